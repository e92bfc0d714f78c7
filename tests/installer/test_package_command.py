"""The command that builds installers: what it leaves beside the parts, and what it warns of."""

import sys

import pytest

from installer.package import __main__ as command
from installer.package.parts import PackagingError


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Run the command with a builder that writes one small file; return its exit code."""

    def made(work, out, *, quick=False):
        work.mkdir()
        out.mkdir()
        (out / "a.deb").write_bytes(b"x" * (50_000 if quick else 100_000))
        return [out / "a.deb"]

    def run(*words, builder=made, keys=("key",)):
        monkeypatch.setattr(command, "KINDS", {"debian": builder})
        monkeypatch.setattr(command, "pinned_keys", lambda: keys)
        monkeypatch.setattr(sys, "argv", ["package", "debian", "--out", str(tmp_path / "out"), "--work", str(tmp_path / "work"), *words])
        return command.main()

    return run


def test_what_was_made_is_told_with_its_size_and_how_long_it_took_is_kept(build, tmp_path, capsys):
    assert build() == 0
    told = capsys.readouterr()
    assert told.out == f"{tmp_path / 'out' / 'a.deb'}\t0.1 MB\n"
    assert told.err == ""
    assert float((tmp_path / "work" / "debian.seconds").read_text()) >= 0


def test_tools_that_work_in_folders_of_their_own_are_told_whole_paths(build, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert build("--out", "elsewhere", "--work", "parts") == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'elsewhere' / 'a.deb'}\t")
    assert (tmp_path / "parts" / "debian.seconds").is_file()


def test_without_a_publisher_it_warns_and_says_what_to_do(build, capsys):
    assert build(keys=()) == 0, "a trial is built without one"
    told = capsys.readouterr().err
    assert told.startswith("warning: resources/updates/keys.json pins no key")
    assert "installer.package.updates key FILE" in told


def test_what_is_missing_is_told_and_no_time_is_kept(build, tmp_path, capsys):
    def fails(work, out, *, quick=False):
        raise PackagingError("makensis is missing")

    assert build(builder=fails) == 4
    assert capsys.readouterr().err == "makensis is missing\n"
    assert not (tmp_path / "work").exists()
