"""Scans by tus (contract 8; invariants 19 and 20), and downloads."""

import base64
import hashlib
import secrets
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.province.server.naming import uuid7

TUS = {"Tus-Resumable": "1.0.0"}
CHUNK = {**TUS, "Content-Type": "application/offset+octet-stream"}


class Upload:
    """One file on its way."""

    def __init__(self, desk, content, announced=None):
        self.desk, self.content = desk, content
        self.digest = announced or hashlib.sha256(content).hexdigest()
        self.dossier_id, self.at = uuid7(desk.day), ""

    def open(self, **headers):
        about = {"sha256": self.digest, "dossier_id": self.dossier_id, "part": "TP01", "filename": "a.pdf", "filetype": "application/pdf"}
        metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in about.items())
        sent = {**TUS, "Upload-Length": str(len(self.content)), "Upload-Metadata": metadata, **headers}
        reply = self.desk.call("POST", "/uploads", headers=sent)
        self.at = reply.headers.get("Location", "").removeprefix("/desk/v1")
        return reply

    def offset(self):
        reply = self.desk.call("HEAD", self.at, headers=TUS)
        assert reply.headers["Upload-Length"] == str(len(self.content))
        assert reply.headers["Cache-Control"] == "no-store"
        return int(reply.headers["Upload-Offset"])

    def patch(self, start, end=None, **headers):
        return self.desk.call("PATCH", self.at, data=self.content[start:end], headers={**CHUNK, "Upload-Offset": str(start), **headers})

    def known(self):
        return self.desk.call("HEAD", f"/blobs/{self.digest}")


def scan(size=200_000):
    return secrets.token_bytes(size)


def test_capabilities_are_told_to_anybody(desk):
    reply = desk.call("OPTIONS", "/uploads", token=False)
    assert (reply.status_code, reply.headers["Tus-Version"]) == (204, "1.0.0")
    assert "creation" in reply.headers["Tus-Extension"]


def test_i19_a_file_is_verified_with_its_own_bytes(desk, stranger):
    cursor, upload = desk.end_of_feed(), Upload(desk, scan())
    assert upload.known().status_code == 404
    opened = upload.open()
    assert (opened.status_code, opened.headers["Tus-Resumable"]) == (201, "1.0.0")
    assert upload.offset() == 0
    first = upload.patch(0, 65_536)
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "65536")
    assert "Desk-Blob" not in first.headers
    last = upload.patch(65_536)
    assert (last.status_code, last.headers["Desk-Blob"]) == (204, "verified")
    known = upload.known()
    assert (known.status_code, known.headers["Desk-Blob"], known.headers["Content-Length"]) == (200, "verified", "200000")
    told = [entry for entry in desk.follow(cursor)[0] if entry["kind"] == "blob.verified"]
    assert [(one["data"], one["dossier_id"]) for one in told] == [({"sha256": upload.digest, "bytes": 200_000}, upload.dossier_id)]
    assert upload.offset() == 200_000
    again = Upload(desk, upload.content).open()
    assert (again.status_code, again.headers["Desk-Blob"]) == (200, "verified")
    assert "Location" not in again.headers
    theirs = Upload(stranger, upload.content)
    assert theirs.known().status_code == 404
    assert stranger.call("HEAD", upload.at, headers=TUS).status_code == 404


def test_i19_a_file_with_another_hash_is_thrown_away(desk):
    content = scan(70_000)
    upload = Upload(desk, content, announced=hashlib.sha256(content + b"x").hexdigest())
    upload.open()
    reply = upload.patch(0)
    assert (reply.status_code, reply.json()["code"], reply.json()["received_sha256"]) == (460, "checksum_mismatch", hashlib.sha256(content).hexdigest())
    assert upload.known().status_code == 404
    assert desk.call("HEAD", upload.at, headers=TUS).status_code in (404, 410)
    first = upload.at
    assert upload.open().status_code == 201
    assert upload.at != first
    assert upload.offset() == 0


@pytest.mark.parametrize("size", [1, 65_536])
def test_i19_small_files_go_in_one_chunk(desk, size):
    upload = Upload(desk, scan(size))
    upload.open()
    assert upload.patch(0).headers["Desk-Blob"] == "verified"


def break_off(desk, upload, start, kept):
    """Begin a chunk and break the line after some bytes of it."""
    address = urlsplit(desk.url)
    head = {"Host": address.netloc, "Authorization": f"Bearer {desk.access}", "Desk-Protocol": "1.0", "Upload-Offset": start,
            "Content-Length": len(upload.content) - start, **CHUNK}
    text = f"PATCH {address.path}{upload.at} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items()) + "\r\n"
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(text.encode() + upload.content[start : start + kept])
        line.shutdown(socket.SHUT_WR)
        line.settimeout(5)
        try:
            line.recv(1)
        except OSError:
            return


def finished(upload):
    """Go on after a cut as section 13 says, until the file is there; return the offset that it went on from last."""
    for _ in range(200):
        head = upload.desk.call("HEAD", upload.at, headers=TUS)
        if head.status_code == 200:
            reached = int(head.headers["Upload-Offset"])
            reply = upload.patch(reached)
            if reply.status_code == 204:
                assert reply.headers["Desk-Blob"] == "verified"
                return reached
            assert reply.status_code in (409, 423)
        else:
            assert head.status_code == 423
        time.sleep(0.05)
    raise AssertionError("the upload stays locked")


@pytest.mark.parametrize("kept", [1, 40_960, 65_537, 199_999])
def test_i19_after_a_cut_what_came_is_kept(desk, kept):
    upload = Upload(desk, scan())
    upload.open()
    break_off(desk, upload, 0, kept)
    reached = finished(upload)
    assert 0 <= reached <= kept
    assert kept - reached <= 65_536


def test_a_post_whose_reply_was_lost_finds_the_same_upload(desk):
    upload = Upload(desk, scan())
    upload.open()
    first = upload.at
    upload.patch(0, 65_536)
    assert upload.open().status_code == 201
    assert upload.at == first
    assert upload.offset() == 65_536


def test_chunks_are_held_to_offset_and_size(desk):
    upload = Upload(desk, scan(2_000_000))
    upload.open()
    assert upload.patch(5).status_code == 409
    assert upload.patch(0).status_code == 413
    assert upload.offset() == 0
    assert upload.patch(0, 1_048_576).status_code == 204
    assert upload.patch(0, 65_536).json()["code"] == "offset_mismatch"
    assert upload.patch(1_048_576).headers["Desk-Blob"] == "verified"


@pytest.mark.parametrize(("headers", "status"), [
    ({"Tus-Resumable": "0.2.2"}, 412), ({"Tus-Resumable": None}, 412), ({"Upload-Length": "0"}, 400), ({"Upload-Length": "x"}, 400),
    ({"Upload-Length": None}, 400), ({"Upload-Length": str(2**40)}, 413), ({"Upload-Metadata": "sha256 AAAA"}, 400), ({"Upload-Metadata": "sha256 !"}, 400),
    ({"Upload-Metadata": None}, 400),
])
def test_an_upload_of_another_form_is_refused(desk, headers, status):
    assert Upload(desk, scan(10)).open(**headers).status_code == status


def test_a_chunk_of_another_form_is_refused(desk):
    upload = Upload(desk, scan(10))
    upload.open()
    assert upload.patch(0, **{"Content-Type": "application/json"}).status_code == 415
    assert upload.patch(0, **{"Upload-Offset": None}).status_code == 400
    assert upload.patch(0, **{"Tus-Resumable": "2.0.0"}).headers["Tus-Version"] == "1.0.0"
    assert upload.patch(0).status_code == 204


def test_an_upload_can_be_given_up(desk):
    upload = Upload(desk, scan(10))
    upload.open()
    assert desk.call("DELETE", upload.at, headers=TUS).status_code == 204
    assert upload.patch(0).status_code in (404, 410)
    assert desk.call("HEAD", "/uploads/nobodysupload", headers=TUS).status_code == 404


def test_an_upload_is_kept_seven_days_after_its_last_byte(desk, hand):
    upload = Upload(desk, scan())
    upload.open()
    upload.patch(0, 65_536)
    day = 86_400
    try:
        hand.do("clock", offset_s=6 * day)
        desk.take(desk.send("/token/refresh", desk.token_request(), token=False))
        assert upload.offset() == 65_536
        hand.do("clock", offset_s=8 * day)
        desk.take(desk.send("/token/refresh", desk.token_request(), token=False))
        assert desk.call("HEAD", upload.at, headers=TUS).status_code == 410
        assert upload.open().status_code == 201
        assert upload.offset() == 0
    finally:
        hand.do("clock", offset_s=0)


@pytest.mark.parametrize("reason", [None, "malware"])
def test_a_file_may_be_checked_first(desk, hand, reason):
    hand.do("switch", slow_check=True)
    try:
        upload = Upload(desk, scan(1000))
        upload.open()
        assert upload.patch(0).headers["Desk-Blob"] == "pending"
    finally:
        hand.do("switch", slow_check=False)
    known = upload.known()
    assert (known.status_code, known.headers["Desk-Blob"]) == (202, "pending")
    cursor = desk.end_of_feed()
    hand.do("end_check", agency=desk.agency, sha256=upload.digest, **({"reason": reason} if reason else {}))
    entry = desk.follow(cursor)[0][0]
    assert (entry["kind"], entry["data"].get("reason")) == ("blob.rejected" if reason else "blob.verified", reason)
    assert upload.known().status_code == (404 if reason else 200)


def test_i20_ops_pass_beside_an_upload(desk):
    upload = Upload(desk, scan())
    upload.open()
    address = urlsplit(desk.url)
    head = {"Host": address.netloc, "Authorization": f"Bearer {desk.access}", "Desk-Protocol": "1.0", "Upload-Offset": 0,
            "Content-Length": len(upload.content), **CHUNK}
    text = f"PATCH {address.path}{upload.at} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items()) + "\r\n"
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(text.encode() + upload.content[:1000])
        first, _ = desk.received()
        assert desk.outcomes(first) == ["applied"]
        line.sendall(upload.content[1000:])
        assert b" 204 " in line.recv(200)
    assert upload.known().status_code == 200


def test_a_file_of_the_province_comes_with_an_online_dossier(desk, stranger, hand):
    content = scan(5000)
    digest = hand.do("put_file", agency=desk.agency, content=base64.b64encode(content).decode())
    cursor = desk.end_of_feed()
    file = {"file_id": uuid7(desk.day), "sha256": digest, "bytes": len(content), "filetype": "application/pdf"}
    hand.do("assign", agency=desk.agency, record={"ChuHoSo": "Công dân mẫu"}, files=[file])
    told = desk.follow(cursor)[0][0]["data"]["files"]
    assert told == [file]
    assert desk.call("GET", f"/blobs/{told[0]['sha256']}").content == content
    assert stranger.call("GET", f"/blobs/{digest}").status_code == 404


@pytest.fixture
def held(desk):
    upload = Upload(desk, bytes(range(256)) * 10)
    upload.open()
    upload.patch(0)
    return upload


@pytest.mark.parametrize(("wanted", "status", "part"), [
    (None, 200, slice(0, None)), ("bytes=0-0", 206, slice(0, 1)), ("bytes=1024-", 206, slice(1024, None)), ("bytes=100-99999", 206, slice(100, None)),
])
def test_a_file_is_fetched_in_parts(desk, held, wanted, status, part):
    if "blob.download" not in desk.hello()["features"]:
        pytest.skip("the gateway gives no files out")
    reply = desk.call("GET", f"/blobs/{held.digest}", headers={"Range": wanted, "Accept-Encoding": "gzip"})
    assert (reply.status_code, reply.content, reply.headers["ETag"]) == (status, held.content[part], f'"{held.digest}"')
    assert "Content-Encoding" not in reply.headers
    if status == 206:
        first = part.start
        assert reply.headers["Content-Range"] == f"bytes {first}-{first + len(reply.content) - 1}/{len(held.content)}"


def test_a_part_of_another_file_is_the_whole_one(desk, held):
    reply = desk.call("GET", f"/blobs/{held.digest}", headers={"Range": "bytes=5-", "If-Range": '"' + "0" * 64 + '"'})
    assert (reply.status_code, reply.content) == (200, held.content)
    beyond = desk.call("GET", f"/blobs/{held.digest}", headers={"Range": "bytes=9999-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(held.content)}")
