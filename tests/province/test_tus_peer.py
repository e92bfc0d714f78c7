"""The same uploads at this server and at the independent ``@tus/server`` from npm: where the protocol decides, both say the same."""

import base64
import hashlib
import secrets
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
import requests

from tests.province.conformance.desk import Desk
from tests.province.server.naming import VIETNAM, uuid7
from tests.province.trial import TrialProvince

PEER = Path(__file__).with_name("peer")
DOSSIER = uuid7(datetime(2026, 11, 23, tzinfo=VIETNAM))
SHOWN = ("Tus-Resumable", "Upload-Offset", "Upload-Length")
COARSE = {412: 400, 415: 400}
"""The peer says 400 for a wrong version, where tus says 412, and for a wrong media type, where the contract says 415."""
pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    """The address of the peer's uploads; skipped where Node or the registry is missing."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("no Node on this machine")
    folder = tmp_path_factory.mktemp("peer")
    for name in ("package.json", "serve.mjs"):
        shutil.copy(PEER / name, folder)
    done = subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("npm can't fetch @tus/server here")
    with subprocess.Popen(["node", "serve.mjs", str(folder / "files")], cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        yield server.stdout.readline().strip() + "/uploads", {}
        server.kill()


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    with TrialProvince(tmp_path_factory.mktemp("ours")) as province:
        desk = Desk(province.ticket("H99.10.05"))
        desk.enrol()
        yield f"{desk.url}/uploads", {"Desk-Protocol": "1.0", "Authorization": f"Bearer {desk.access}"}


class Client:
    """A tus client that writes down what it is told."""

    def __init__(self, place):
        self.address, self.always = place
        self.said = []

    def ask(self, method, at, data=None, **headers):
        sent = {"Tus-Resumable": "1.0.0", **self.always, **headers}
        sent = {name: value for name, value in sent.items() if value is not None}
        reply = requests.request(method, at, data=data, headers=sent, timeout=30, allow_redirects=False)
        self.said.append((method, COARSE.get(reply.status_code, reply.status_code), {name: reply.headers.get(name) for name in SHOWN if reply.status_code < 300}))
        return reply

    def opened(self, content):
        digest = hashlib.sha256(content).hexdigest()
        about = {"sha256": digest, "dossier_id": DOSSIER, "part": "TP01", "filename": "a.pdf", "filetype": "application/pdf"}
        metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in about.items())
        reply = self.ask("POST", self.address, **{"Upload-Length": str(len(content)), "Upload-Metadata": metadata})
        return requests.compat.urljoin(self.address, reply.headers["Location"])

    def chunk(self, at, offset, data, **headers):
        return self.ask("PATCH", at, data, **{"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset), **headers})


def in_chunks(client, content):
    at = client.opened(content)
    client.ask("HEAD", at)
    for offset in range(0, len(content), 65_536):
        client.chunk(at, offset, content[offset : offset + 65_536])
        client.ask("HEAD", at)


def with_wrong_offsets(client, content):
    at = client.opened(content)
    client.chunk(at, 7, content[7:])
    client.chunk(at, 0, content[:1000])
    client.chunk(at, 0, content[:1000])
    client.chunk(at, 2000, content[2000:])
    client.ask("HEAD", at)
    client.chunk(at, 1000, content[1000:])


def of_another_version(client, content):
    at = client.opened(content)
    client.ask("HEAD", at, **{"Tus-Resumable": "0.2.2"})
    client.chunk(at, 0, content, **{"Tus-Resumable": None})
    client.chunk(at, 0, content)


def of_another_media_type(client, content):
    at = client.opened(content)
    client.chunk(at, 0, content, **{"Content-Type": "text/plain"})
    client.ask("HEAD", at)


def that_nobody_opened(client, _content):
    at = f"{client.address}/nobodysupload"
    client.ask("HEAD", at)
    client.chunk(at, 0, b"x")


@pytest.mark.parametrize("story", [in_chunks, with_wrong_offsets, of_another_version, of_another_media_type, that_nobody_opened])
def test_both_servers_say_the_same(peer, ours, story):
    content = secrets.token_bytes(200_000)
    clients = [Client(place) for place in (peer, ours)]
    for client in clients:
        story(client, content)
    theirs, own = (client.said for client in clients)
    assert own == theirs
