"""Small programs laid out as a set-up program leaves them, and releases of them as they are published."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from counter_app.services.updating.ports import SignedRelease
from counter_app.services.updating.release import (
    Release,
    ReleaseFile,
    ReleaseKind,
    all_files,
    read_head,
    read_release,
    write_files,
    write_release,
)
from counter_app.support.packed import packed_name, unpack
from counter_app.updating.folder import ProgramFolder
from counter_app.updating.laying import HEAD, LIST
from counter_app.updating.seal import public_half, signed
from installer.package import payload
from installer.package.updates import publish

SEED, STRANGER = b"k" * 32, b"s" * 32
KEYS = (public_half(SEED),)
SYSTEM = "linux-x64"
FIRST = {"app/main.py": b"print('one')\n", "app/same.py": b"SAME = 1\n", "lib/big.so": b"\x7fELF" + b"b" * 5000, "bin/python3.11": b"#!/bin/sh\n"}
SECOND = {**FIRST, "app/main.py": b"print('two')\n", "app/new/more.py": b"MORE = 2\n"}


def lay(root: Path, version: str, files: dict, *, sequence: int, schema="0012", system=SYSTEM, lists=True) -> Path:
    """Lay one version out below ``root``, with its list and its head, and return its folder."""
    folder = root / "versions" / version
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o755 if name.startswith("bin/") else 0o644)
    described = [payload.described(folder / name, name) for name in files]
    if lists:
        payload.write_lists(folder, described)
    else:
        (folder / LIST).write_text(json.dumps(write_files(described)))
    release = Release(
        ReleaseKind.PROGRAM, system, version, sequence, schema, "0001", payload.described(folder / LIST, LIST),
        released="22/11/2026")
    (folder / HEAD).write_text(json.dumps(write_release(release)))
    return folder


def program(root: Path, version="0.1.0", files=FIRST, *, sequence=100, schema="0012") -> ProgramFolder:
    """Return an installed program of one version, confirmed."""
    folder = lay(root, version, files, sequence=sequence, schema=schema)
    (folder / "confirmed").touch()
    (root / "current").write_text(version)
    return running(root, version, schema)


def running(root: Path, version: str, schema="0012") -> ProgramFolder:
    """Return the program as a version of it sees itself."""
    return ProgramFolder(root / "versions" / version / "app", root / "newer" / version, schema)


def published(place: Path, version="0.2.0", files=SECOND, *, sequence=200, seed=SEED, earlier=None, **more) -> Path:
    """Publish a version, and return the folder; with ``earlier`` the zip file of what changed."""
    folder = lay(place / "made", version, files, sequence=sequence, **more)
    return publish(folder, place / "out", seed, brings=("Sửa lỗi in", "Mends printing"), earlier=earlier)[-1]


def published_data(place: Path, files: dict, *, sequence=150, version="2026.12") -> Path:
    """Publish forms and books."""
    folder = lay(place / "data", version, files, sequence=sequence, system="any", lists=False)
    head = read_release(json.loads((folder / HEAD).read_bytes()))
    (folder / HEAD).write_text(json.dumps(write_release(replace(head, kind=ReleaseKind.DATA))))
    return publish(folder, place / "out", SEED)[0]


def head_of(package: Path) -> Path:
    """Return the file of a package's head."""
    (found,) = package.glob("release-*.json")
    return found


def signed_release_of(package: Path) -> SignedRelease:
    """Return what a desk knows of a package once its signature was found good."""
    document = read_head(head_of(package).read_bytes())
    release = read_release(document)

    def content(file):
        out = BytesIO()
        with (package / "objects" / packed_name(file.sha256)).open("rb") as packed:
            unpack(packed, out, size=file.size, sha256=file.sha256)
        return out.getvalue()

    listing = content(release.files)
    return SignedRelease(document, release, listing, all_files(listing, content))


def files_in(folder: Path) -> tuple:
    """Return every file that a version's lists name."""
    return all_files((folder / LIST).read_bytes(), lambda file: (folder / file.path).read_bytes())


def state(root: Path) -> dict:
    """Return every file of an installed program by its path, but for locks."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.endswith(".lock")}


def starts(root: Path) -> str:
    """Return the version that the starter takes, as launcher and starter.sh choose it; fails where it would be none that is whole."""
    version = (root / "current").read_text()
    folder = root / "versions" / version
    if not (folder / "confirmed").exists() and (folder / "tried-twice").exists() and (root / "previous").exists():
        version = (root / "previous").read_text()
        folder = root / "versions" / version
    assert [each.path for each in files_in(folder) if payload.described(folder / each.path, each.path) != each] == []
    return version


def resigned(document: dict, **changes) -> dict:
    """Return a head with other members, signed again by the right key."""
    rest = {name: value for name, value in document.items() if name != "signature"}
    return signed({**rest, **changes}, SEED)


def a_release(**changes) -> Release:
    """Return a head."""
    return replace(
        Release(ReleaseKind.PROGRAM, SYSTEM, "0.2.0", 200, "0012", "0001", ReleaseFile("files.json", 10, "a" * 64), "22/11/2026", "Mới", "New"),
        **changes)
