"""What only the set-up program for Windows has: the official runtime in place of the pinned parts, and signatures."""

import re
import shutil
import sys
import zipfile

import pytest

from installer.package import licences, parts, payload, windows_package


@pytest.fixture
def runtime(tmp_path):
    """python.org's embeddable package in small."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    for name in ("python.exe", "pythonw.exe", "python3.dll", "python311.dll", "_ssl.pyd", "python311._pth", "LICENSE.txt", "python.cat"):
        (folder / name).write_text(f"official {name}")
    with zipfile.ZipFile(folder / "python311.zip", "w") as archive:
        archive.writestr("json/__init__.pyc", b"code")
    return folder


@pytest.fixture
def laid_out(tmp_path, monkeypatch, runtime):
    """A version as it is laid out with that runtime; wheels and program in small."""
    def wheels(site, platform):
        assert platform == parts.WINDOWS
        (site / "PySide6").mkdir(parents=True)
        for name in ("vcruntime140.dll", "vcruntime140_1.dll"):
            (site / "PySide6" / name).write_text("newer")

    def program(app):
        (app / "ui").mkdir(parents=True)
        (app / "ui" / "__init__.py").write_text("")

    monkeypatch.setattr(parts, "install_wheels", wheels)
    monkeypatch.setattr(parts, "fetch_windows_python", None)  # must not be asked for
    monkeypatch.setattr(windows_package.licences, "write", lambda folder, pythons: told.extend(pythons))
    monkeypatch.setattr(windows_package.payload, "copy_program", program)
    monkeypatch.setattr(windows_package.payload, "compile_all", lambda _: None)
    told = []
    folder = tmp_path / "stand" / "versions" / "1.0"
    windows_package.lay_out(tmp_path, folder, runtime)
    assert told == [licences.python(parts.parts()["windows_python"]["python"])], "all of CPython is of one version"
    return folder


def test_the_official_runtime_is_shipped_as_it_is(laid_out):
    found = {path.relative_to(laid_out).as_posix() for path in laid_out.rglob("*") if path.is_file()}
    assert {"python.exe", "pythonw.exe", "python3.dll", "python311.dll", "dlls/_ssl.pyd", "lib/json/__init__.pyc", "files.json"} <= found
    assert (laid_out / "python.exe").read_text() == "official python.exe"
    assert "LICENSE.txt" not in found, "only programs and libraries lie at the top"


def test_modules_are_looked_for_in_the_version_alone(laid_out):
    assert (laid_out / "python311._pth").read_text().split() == ["lib", "dlls", "site", "app"]


def test_what_wheels_need_of_the_compiler_is_theirs(laid_out):
    assert (laid_out / "vcruntime140.dll").read_text() == "newer"


def test_the_build_on_windows_takes_the_pinned_runtime_of_the_same_version():
    script = (parts.ROOT / "installer" / "build.ps1").read_text(encoding="utf-8")
    number = parts.parts()["windows_python"]["python"]
    assert f"https://www.python.org/ftp/python/{number}/python-{number}-embed-amd64.zip" in script
    assert re.search(r'\$Sha256 = "[0-9a-f]{64}"', script)
    assert all((parts.ROOT / name.replace("\\", "/")).is_file() for name in re.findall(r'"([\w\\-]+\.lock)"', script))
    assert f"py -{parts.parts()['python']['minor']} " in script


def test_a_tool_that_speaks_in_another_code_page_breaks_nothing(tmp_path):
    tool = "import sys; sys.stderr.buffer.write(b'not \\xff UTF-8'); raise SystemExit(1)"
    with pytest.raises(parts.PackagingError, match=r"not . UTF-8"):
        parts.run([sys.executable, "-c", tool])


FOLDERS = ["0A" * 16, "1B" * 16]
LISTING = """<Directory Id="dir{0}" Name="a"><Component Id="cmp{1}"/></Directory><Directory Id="dir{1}" Name="b"/><Ref Id="dir{0}"/>"""


def test_folders_are_numbered_where_wixl_heat_gives_them_random_names():
    numbered = windows_package.numbered(LISTING.format(*FOLDERS))
    assert numbered == LISTING.replace("dir{0}", "dir0").replace("dir{1}", "dir1").format(*FOLDERS)
    assert windows_package.numbered(LISTING.format(*reversed(FOLDERS))).replace(FOLDERS[0], FOLDERS[1]) == numbered


def summary(*codes):
    """What stands of an MSI's summary in its file."""
    return b"MSI" + b"".join(b"\x1e\0\0\0\x27\0\0\0" + code + b"\0" for code in codes) + b"{00000000-0000-0000-0000-000000000000}"


OLD, NEW = b"{8274D478-693C-4364-9961-BE4F621791F4}", "BFE4444E-0E13-4C7D-933D-2695E713C7D3"


def test_the_code_of_a_package_takes_the_place_of_the_random_one_and_of_nothing_else():
    assert windows_package.with_code(summary(OLD), NEW) == summary(b"{" + NEW.encode() + b"}")


@pytest.mark.parametrize("codes", [(), (OLD, OLD)])
def test_a_package_that_has_not_one_code_is_none(codes):
    with pytest.raises(parts.PackagingError, match=f"{len(codes)} package codes"):
        windows_package.with_code(summary(*codes), NEW)


@pytest.mark.skipif(shutil.which("wixl") is None or shutil.which("faketime") is None, reason="only where installers are built")
def test_two_msi_of_one_commit_are_the_same_and_another_commit_is_another_product(tmp_path, monkeypatch):
    def built(place, moment):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(moment))
        stand = tmp_path / place / "stand"
        for name in ("quay-mot-cua.exe", "versions/1.0/lib/a.py"):
            (stand / name).parent.mkdir(parents=True, exist_ok=True)
            (stand / name).write_text(name)
        payload.settle(stand)
        return windows_package.build_msi(stand, tmp_path / place / "x.msi").read_bytes()

    first, again, other = built("one", 1_795_000_000), built("a-longer/two", 1_795_000_000), built("three", 1_795_000_060)
    assert first == again
    assert first != other


SIGNER = "import sys; open(sys.argv[-1], 'a').write(' signed by ' + sys.argv[1])"


def test_files_are_signed_with_the_command_of_the_surroundings(tmp_path, monkeypatch):
    program = tmp_path / "a program.exe"
    program.write_text("program")
    monkeypatch.setenv(windows_package.SIGNING, f'{sys.executable} -c "{SIGNER}" "the commune"')
    windows_package.sign(program)
    assert program.read_text() == "program signed by the commune"


def test_without_a_command_nothing_is_signed(tmp_path, monkeypatch):
    monkeypatch.delenv(windows_package.SIGNING, raising=False)
    windows_package.sign(tmp_path / "nothing.exe")


def test_a_signature_that_fails_ends_the_build(tmp_path, monkeypatch):
    monkeypatch.setenv(windows_package.SIGNING, f'{sys.executable} -c "raise SystemExit(1)"')
    with pytest.raises(parts.PackagingError):
        windows_package.sign(tmp_path / "program.exe")
