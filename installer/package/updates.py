"""What a release is published as: ``python -m installer.package.updates key|program|data``.

A folder with a signed head and packed files, for a web server or a stick; and, against an earlier version, a zip file with what changed.
The private key lies in the file that ``UPDATE_KEY_FILE`` names, never in the repository; only a key that is pinned here may sign.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import sys
import zipfile
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path

from counter_app.domain.events import JsonObject
from counter_app.services.updating.release import (
    Release,
    ReleaseFile,
    ReleaseKind,
    all_files,
    head_name,
    read_release,
    write_files,
    write_release,
)
from counter_app.services.updating.rules import ANY_SYSTEM
from counter_app.support.packed import OBJECTS, pack, packed_name
from counter_app.support.paths import REPLACEABLE
from counter_app.updating.laying import HEAD, LIST
from counter_app.updating.publisher import KEYS
from counter_app.updating.seal import public_half, signed
from installer.package import payload
from installer.package.parts import ROOT, PackagingError

KEY_FILE = "UPDATE_KEY_FILE"


def publish(folder: Path, out: Path, seed: bytes, *, brings: tuple[str, str] = ("", ""), earlier: Path | None = None) -> list[Path]:
    """Publish a version that lies in ``folder`` with its list and its head; return the folder made, and the zip file for ``earlier``.

    ``brings`` says in Vietnamese and English what is new; ``earlier`` is another version's folder: its head and its lists are enough.
    """
    release = replace(read_release(json.loads((folder / HEAD).read_bytes())), brings_vi=brings[0], brings_en=brings[1])
    document = signed(write_release(release), seed)
    files = _listed(folder)
    name = f"quay-mot-cua-{release.version}-{release.system}"
    whole = out / f"{name}-update"
    shutil.rmtree(whole, ignore_errors=True)
    (whole / OBJECTS).mkdir(parents=True)
    for file in (release.files, *files):
        target = whole / OBJECTS / packed_name(file.sha256)
        if not target.exists():
            target.write_bytes(pack((folder / file.path).read_bytes()))
    (whole / head_name(release.system)).write_bytes(_written(document))  # last: a folder without a head is no release
    if earlier is None:
        return [whole]
    known = {each.sha256 for each in _listed(earlier)}
    new = [release.files, *(each for each in files if each.sha256 not in known)]
    since = read_release(json.loads((earlier / HEAD).read_bytes())).version
    return [whole, _zipped(whole, out / f"{name}-from-{since}.zip", head_name(release.system), new)]


def publish_data(folder: Path, version: str, seed: bytes, out: Path, brings: tuple[str, str] = ("", "")) -> list[Path]:
    """Publish forms and books that lie in ``folder`` as they do in ``resources``, for every system.

    Raises:
        PackagingError: a file is none that may be replaced.
    """
    own = (folder / LIST, folder / HEAD)
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path not in own)
    files = [payload.described(path, path.relative_to(folder).as_posix()) for path in paths]
    for each in files:
        if not each.path.startswith(REPLACEABLE) or not each.path.endswith(".json"):
            raise PackagingError(f"{each.path} is no data that can be replaced; that is JSON in {', '.join(REPLACEABLE)}")
    (folder / LIST).write_text(json.dumps(write_files(files), indent=0), encoding="utf-8")
    oldest, newest = payload.schemas()
    release = Release(
        ReleaseKind.DATA, ANY_SYSTEM, version, payload.commit_time(), newest, oldest, payload.described(folder / LIST, LIST),
        released=payload.commit_day())
    (folder / HEAD).write_bytes(_written(write_release(release)))
    return publish(folder, out, seed, brings=brings)


def new_key(file: Path, pinned: Path) -> str:
    """Make a key: its private half in ``file``, readable by its owner alone, its public half in the list that ships; return the latter.

    Raises:
        PackagingError: the file is there.
    """
    seed = secrets.token_bytes(32)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise PackagingError(f"{file} is there already; a key is never written over") from None
    with os.fdopen(descriptor, "wb") as target:
        target.write(b64encode(seed))
    document = json.loads(pinned.read_text(encoding="utf-8"))
    document["keys"].append({"public": public_half(seed)})
    pinned.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return public_half(seed)


def signing_key(pinned: Path) -> bytes:
    """Return the private half of the key to sign with.

    Raises:
        PackagingError: no file is named, it holds no key, or its public half is not pinned: no desk would take what it signs.
    """
    try:
        seed = b64decode(Path(os.environ[KEY_FILE]).read_bytes(), validate=True)
        public = public_half(seed)
    except KeyError:
        raise PackagingError(f"{KEY_FILE} must name the file of the key to sign with; `updates key FILE` makes one") from None
    except (OSError, ValueError) as error:
        raise PackagingError(f"the file that {KEY_FILE} names holds no key: {error}") from error
    if public not in {each["public"] for each in json.loads(pinned.read_text(encoding="utf-8"))["keys"]}:
        raise PackagingError(f"the public half {public} is not in {pinned.name}: a program made so would take nothing that it signs")
    return seed


def _listed(folder: Path) -> tuple[ReleaseFile, ...]:
    """Return every file of a version that lies in a folder, or at least its lists do."""

    def content(file: ReleaseFile) -> bytes:
        """Return a list of the version."""
        return (folder / file.path).read_bytes()

    return all_files((folder / LIST).read_bytes(), content)


def _zipped(whole: Path, out: Path, head: str, files: list[ReleaseFile]) -> Path:
    """Zip the head and some files, the same bytes each time; they are packed already."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in [head, *dict.fromkeys(f"{OBJECTS}/{packed_name(each.sha256)}" for each in files)]:
            target.writestr(zipfile.ZipInfo(name), (whole / name).read_bytes())
    return out


def _written(document: JsonObject) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _size(path: Path) -> int:
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file()) if path.is_dir() else path.stat().st_size


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked and print what was made; 4 when something is missing."""
    reader = argparse.ArgumentParser(prog="installer.package.updates", description=__doc__)
    reader.add_argument("what", choices=("key", "program", "data"))
    reader.add_argument("path", type=Path, help="key: the file to make; program: the folder of a version; data: a folder like resources")
    reader.add_argument("--out", type=Path, default=ROOT / "dist")
    reader.add_argument("--earlier", type=Path, help="program: an earlier version's folder, for a zip file with what changed")
    reader.add_argument("--version", default=payload.commit_day("%Y.%m.%d"), help="data: what to call it; else by the commit's day")
    reader.add_argument("--brings", nargs=2, default=("", ""), metavar=("VI", "EN"), help="what is new, in both languages")
    found = reader.parse_args(arguments)
    pinned = ROOT / "resources" / KEYS
    try:
        if found.what == "key":
            print(new_key(found.path, pinned))
            return 0
        seed, brings = signing_key(pinned), (found.brings[0], found.brings[1])
        if found.what == "data":
            made = publish_data(found.path, found.version, seed, found.out, brings)
        else:
            made = publish(found.path, found.out, seed, brings=brings, earlier=found.earlier)
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 4
    for path in made:
        print(f"{path}\t{_size(path) / 1e6:.3f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
