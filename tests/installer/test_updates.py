"""How a release is published: signed with a pinned key only, the same bytes each time, and small where little changed."""

import json
import zipfile
from base64 import b64encode

import pytest

from counter_app.services.updating.release import ReleaseKind, read_files, read_release
from counter_app.support.packed import packed_name
from counter_app.updating.packages import open_package
from counter_app.updating.seal import is_signed, public_half
from installer.package import payload, updates
from installer.package.parts import PackagingError
from tests.updating.releases import FIRST, KEYS, SECOND, SEED, SYSTEM, files_in, head_of, lay, state

BRINGS = ("Sửa lỗi in", "Mends printing")


@pytest.fixture
def key(tmp_path, monkeypatch):
    """The key to sign with, pinned in a list of its own."""
    file = tmp_path / "release.key"
    file.write_bytes(b64encode(SEED))
    pinned = tmp_path / "root" / "resources" / "updates" / "keys.json"
    pinned.parent.mkdir(parents=True)
    pinned.write_text(json.dumps({"source": "a test", "keys": [{"public": KEYS[0]}]}))
    migrations = tmp_path / "root" / "counter_app" / "storage" / "migrations" / "versions"
    migrations.mkdir(parents=True)
    for name in ("0001_first.py", "0012_last.py"):
        (migrations / name).touch()
    monkeypatch.setattr(updates, "ROOT", tmp_path / "root")
    monkeypatch.setattr(payload, "ROOT", tmp_path / "root")
    monkeypatch.setenv(updates.KEY_FILE, str(file))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    return file


def head_in(package):
    return json.loads(head_of(package).read_bytes())


@pytest.fixture
def versions(tmp_path):
    """The folders of an earlier version and of a new one."""
    return lay(tmp_path, "0.1.0", FIRST, sequence=100), lay(tmp_path, "0.2.0", SECOND, sequence=200)


def test_a_release_is_signed_and_says_what_it_brings(versions, tmp_path):
    (package,) = updates.publish(versions[1], tmp_path / "out", SEED, brings=BRINGS)
    assert is_signed(head_in(package), KEYS)
    release = read_release(head_in(package))
    assert (release.version, release.brings_vi, release.brings_en, release.kind) == ("0.2.0", *BRINGS, ReleaseKind.PROGRAM)
    listed = files_in(versions[1])
    names = {path.name for path in (package / "objects").iterdir()}
    assert names == {packed_name(each.sha256) for each in (*listed, release.files)}


def test_the_same_version_is_published_as_the_same_bytes(versions, tmp_path):
    made = [updates.publish(versions[1], tmp_path / place, SEED, earlier=versions[0]) for place in ("one", "two")]
    assert state(made[0][0]) == state(made[1][0])
    assert made[0][1].read_bytes() == made[1][1].read_bytes()


def test_what_changed_is_all_that_a_zip_for_an_earlier_version_holds(versions, tmp_path):
    _, made = updates.publish(versions[1], tmp_path / "out", SEED, earlier=versions[0])
    assert made.name == "quay-mot-cua-0.2.0-linux-x64-from-0.1.0.zip"
    new = {each.path: each for each in files_in(versions[1])}
    release = read_release(head_in(tmp_path / "out" / "quay-mot-cua-0.2.0-linux-x64-update"))
    with zipfile.ZipFile(made) as found:
        assert set(found.namelist()) == {"release-linux-x64.json", *(
            f"objects/{packed_name(each.sha256)}" for each in (
                release.files, new["lists/app+new.json"], new["app/main.py"], new["app/new/more.py"]))}
    with open_package(made, SYSTEM).opened(new["app/main.py"]) as packed:
        assert packed.read(6) == b"\xfd7zXZ\0"


def test_lists_of_folders_in_which_nothing_changed_stay_at_home(tmp_path):
    runtime = {f"site/{name}/{number}.py": name.encode() for name in ("one", "two") for number in range(50)}
    old, new = (lay(tmp_path, version, {**runtime, "app/ui/page.py": version.encode()}, sequence=sequence)
                for version, sequence in (("1", 1), ("2", 2)))
    updates.publish(new, tmp_path / "out", SEED, earlier=old)
    with zipfile.ZipFile(tmp_path / "out" / "quay-mot-cua-2-linux-x64-from-1.zip") as found:
        assert len(found.namelist()) == 4, "head, list, the list of app/ui, the page"


def test_what_stood_there_before_is_gone(versions, tmp_path):
    stale = tmp_path / "out" / "quay-mot-cua-0.2.0-linux-x64-update" / "objects" / "stale.xz"
    stale.parent.mkdir(parents=True)
    stale.touch()
    updates.publish(versions[1], tmp_path / "out", SEED)
    assert not stale.exists()


def test_forms_are_published_as_data_for_every_system(key, tmp_path):
    folder = tmp_path / "forms-2027"
    (folder / "forms").mkdir(parents=True)
    (folder / "forms" / "01.json").write_text('{"versions": []}')
    for _ in range(2):  # what the first time left beside them is no data
        (package,) = updates.publish_data(folder, "2027.01.01", SEED, tmp_path / "out", BRINGS)
    release = read_release(head_in(package))
    assert (release.kind, release.system, release.sequence, release.released) == (ReleaseKind.DATA, "any", 1795000000, "18/11/2026")
    assert [each.path for each in read_files(json.loads((folder / "files.json").read_bytes()))] == ["forms/01.json"]


@pytest.mark.parametrize("name", ["forms/01.py", "messages/vi/desk.json", "01.json"])
def test_what_may_not_be_replaced_as_data_is_not_published_so(key, tmp_path, name):
    target = tmp_path / "data" / name
    target.parent.mkdir(parents=True)
    target.write_text("{}")
    with pytest.raises(PackagingError, match="no data that can be replaced"):
        updates.publish_data(tmp_path / "data", "1", SEED, tmp_path / "out")


def test_a_new_key_is_kept_apart_and_its_public_half_is_pinned(key, tmp_path, capsys):
    assert updates.main(["key", str(tmp_path / "next.key")]) == 0
    public = capsys.readouterr().out.strip()
    pinned = tmp_path / "root" / "resources" / "updates" / "keys.json"
    document = json.loads(pinned.read_text())
    assert [each["public"] for each in document["keys"]] == [KEYS[0], public]
    assert document["source"] == "a test"
    assert (tmp_path / "next.key").stat().st_mode & 0o777 == 0o600
    assert updates.main(["key", str(tmp_path / "next.key")]) == 4, "never written over"
    assert "there already" in capsys.readouterr().err


def test_the_key_that_follows_signs_too(key, tmp_path, monkeypatch, versions, capsys):
    updates.main(["key", str(tmp_path / "next.key")])
    monkeypatch.setenv(updates.KEY_FILE, str(tmp_path / "next.key"))
    assert updates.main(["program", str(versions[1]), "--out", str(tmp_path / "out")]) == 0
    assert "-update\t0.00" in capsys.readouterr().out


@pytest.mark.parametrize(("content", "words"), [(None, "must name the file"), (b"", "holds no key"), (b"short", "holds no key"),
                                                (b64encode(b"another key of thirty-two bytes!"), "is not in keys.json")])
def test_without_a_pinned_key_nothing_is_published(key, versions, tmp_path, monkeypatch, capsys, content, words):
    if content is None:
        monkeypatch.delenv(updates.KEY_FILE)
    else:
        key.write_bytes(content)
    assert updates.main(["program", str(versions[1]), "--out", str(tmp_path / "out")]) == 4
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_no_key_is_in_the_repository():
    """The public halves are pinned; a private half is 32 bytes that must never stand in any file here."""
    from counter_app.updating.publisher import pinned_keys

    assert public_half(SEED) not in pinned_keys(), "the tests' key opens no door"
