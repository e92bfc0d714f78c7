"""The set-up program and the MSI for Windows x64, built on Debian with mingw, NSIS and wixl; or on Windows, by ``build.ps1``."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

from installer.package import licences, parts, payload, trimming
from installer.package.parts import HERE, PackagingError, run

TOOLS = "" if os.name == "nt" else "x86_64-w64-mingw32-"
"""What stands before the names of mingw's tools where the system builds for another one."""
COMPILER, RESOURCES, READER = f"{TOOLS}gcc", f"{TOOLS}windres", f"{TOOLS}objdump"
SIGNING = "SIGN_COMMAND"
"""Environment variable with the words that sign a file, whose path is put after them; without it nothing is signed."""
ART = HERE / "art" / "quay-mot-cua.ico"
UPGRADES = UUID("5e0f8d4c-0d6b-4b7e-9d2f-8f4b3c6a1e10")
"""What product.wxs calls all versions of the program together."""
PACKAGE_CODE = re.compile(rb"(\x1e\0\0\0\x27\0\0\0)\{[0-9A-F-]{36}\}(?=\0)")
"""Where an MSI has its package code: a text of 39 bytes among its summary."""
PLACES = ("lib", "dlls", "site", "app")
"""Where Python looks for modules, in this order; nothing from outside comes in between."""


def build(work: Path, out: Path, *, quick: bool = False, runtime: Path | None = None) -> list[Path]:
    """Make the set-up program and, where wixl is, the MSI in ``out`` and return their paths.

    ``quick`` compresses less, for checks: a third more bytes in a fifth of the time. ``runtime`` is python.org's embeddable package,
    unpacked, to be shipped instead of the pinned parts.

    Raises:
        PackagingError: a tool or a part is missing.
    """
    stand = work / "stand"
    shutil.rmtree(stand, ignore_errors=True)
    number = payload.version()
    lay_out(work, stand / "versions" / number, runtime)
    (stand / "current").write_text(number, encoding="ascii")
    build_starters(work, stand)
    sign(stand / "quay-mot-cua.exe", stand / "counter.exe")
    payload.settle(stand)
    out.mkdir(parents=True, exist_ok=True)
    name = f"quay-mot-cua-{number}-x64"
    made = [build_setup(stand, out / f"{name}.exe", quick=quick)]
    if os.name != "nt":
        made.append(build_msi(stand, out / f"{name}.msi"))
    sign(*made)
    return made


def sign(*paths: Path) -> None:
    """Sign files with the command that the surroundings name, if they name one."""
    if words := os.environ.get(SIGNING):
        for path in paths:
            run([*shlex.split(words), str(path)])


def lay_out(work: Path, folder: Path, runtime: Path | None = None) -> None:
    """Lay one version out as it stands on the PC: Python's libraries at its top, modules below."""
    (folder / "dlls").mkdir(parents=True)
    pythons = [licences.python(parts.parts()["windows_python"]["python"])]
    if runtime is None:
        standard = parts.fetch_debian_python(work) / "usr" / "lib" / f"python{parts.parts()['python']['minor']}"
        payload.copy_standard_library(standard, folder / "lib")
        pythons.append(licences.python(parts.debian_version(work), "CPython standard library"))
    else:
        with zipfile.ZipFile(runtime / "python311.zip") as archive:
            archive.extractall(folder / "lib")
    for path in sorted((runtime or parts.fetch_windows_python(work)).iterdir()):
        if path.suffix in {".dll", ".pyd", ".exe"}:
            shutil.copy(path, folder / "dlls" / path.name if path.suffix == ".pyd" else folder / path.name)
    parts.install_wheels(folder / "site", parts.WINDOWS)
    licences.write(folder, pythons)
    trimming.trim(folder / "site", parts.parts()["wheels"])
    for name in ("vcruntime140.dll", "vcruntime140_1.dll"):
        shutil.copy(folder / "site" / "PySide6" / name, folder / name)
    payload.copy_program(folder / "app")
    (folder / "python311._pth").write_text("".join(f"{place}\n" for place in PLACES), encoding="ascii")
    if runtime is None:
        build_python(work, folder)
    payload.compile_all(folder)
    payload.close(folder)


def build_python(work: Path, folder: Path) -> None:
    """Build ``python.exe``, ``pythonw.exe`` and the ``python3.dll`` that wheels for several Pythons ask for."""
    source, resource = str(HERE / "windows" / "python.c"), _resource(work)
    library = f"-l:{folder / 'python311.dll'}"
    for name, flags in (("python.exe", ["-mconsole"]), ("pythonw.exe", ["-mwindows", "-municode"])):
        _compile([*flags, "-o", str(folder / name), source, resource, f"-L{folder}", "-l:python311.dll"])
    listing = subprocess.run([READER, "-p", str(folder / "python311.dll")], capture_output=True, text=True, check=True).stdout
    names = sorted(set(re.findall(r"\] ((?:_?Py|_PyO)\w+)$", listing, re.MULTILINE)))
    if len(names) < 1000:
        raise PackagingError(f"{library}: only {len(names)} exports were found")
    definition, empty = work / "python3.def", work / "empty.c"
    definition.write_text("LIBRARY python3.dll\nEXPORTS\n" + "".join(f"{name}=python311.{name}\n" for name in names), encoding="ascii")
    empty.write_text("int __stdcall DllMain(void *a, unsigned b, void *c) { (void)a; (void)b; (void)c; return 1; }\n", encoding="ascii")
    _compile(["-shared", "-nostdlib", "-Wl,-e,DllMain", "-o", str(folder / "python3.dll"), str(empty), str(definition)])


def build_starters(work: Path, folder: Path) -> None:
    """Build ``quay-mot-cua.exe`` (the window) and ``counter.exe`` (without one)."""
    source, resource = str(HERE / "windows" / "launcher.c"), _resource(work)
    _compile(["-DWINDOW", "-mwindows", "-municode", "-o", str(folder / "quay-mot-cua.exe"), source, resource])
    _compile(["-mconsole", "-o", str(folder / "counter.exe"), source, resource])


def _compile(words: list[str]) -> None:
    """Compile so that the same source gives the same bytes: no time in the file, and no address that depends on where it is built."""
    linker = ("--no-insert-timestamp", "--disable-auto-image-base", "--dynamicbase", "--nxcompat")
    run([COMPILER, "-O2", "-s", "-Wall", "-Wextra", *(f"-Wl,{each}" for each in linker), *words])


def _resource(work: Path) -> str:
    """Return the compiled icon and version of our programs."""
    out = work / "program.o"
    text = payload.version()
    run([RESOURCES, "-c", "65001", f"-DVERSION_NUMBERS={numbers(',')}", f'-DVERSION_TEXT=\\"{text}\\"', "-I", str(ART.parent),
         str(HERE / "windows" / "program.rc"), str(out)])
    return str(out)


def numbers(between: str = ".") -> str:
    """Return the version as the four numbers that Windows knows."""
    found = [*re.findall(r"\d+", payload.version()), "0", "0", "0", "0"]
    return between.join(found[:4])


def build_setup(stand: Path, out: Path, *, quick: bool) -> Path:
    """Pack everything into the set-up program, with NSIS."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(payload.commit_time())}
    run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DVERSION={payload.version()}", f"-DNUMBERS={numbers()}", f"-DSOURCE={stand}",
         f"-DOUT={out}", f"-DICON={ART}", f"-DCOMPRESSION={'zlib' if quick else 'lzma'}", str(HERE / "windows" / "setup.nsi")],
        environment=environment)
    return out


def build_msi(stand: Path, out: Path) -> Path:
    """Pack the same into an MSI, for those who distribute programs by policy, with wixl, whose clock stands at the commit.

    Windows Installer knows a product and a package by codes that differ from release to release: they follow from version and commit.
    """
    listing = "".join(f"{path}\n" for path in sorted(stand.rglob("*")) if path.is_file())
    words = ["-p", f"{stand}/", "--component-group", "Everything", "--var", "var.Stand", "--directory-ref", "INSTALLDIR", "--win64"]
    heat = subprocess.run(["wixl-heat", *words], input=listing, capture_output=True, text=True, check=False)
    if heat.returncode != 0:
        raise PackagingError(f"wixl-heat failed: {heat.stderr[-500:]}")
    files = out.with_suffix(".wxs").resolve()
    files.write_text(numbered(heat.stdout), encoding="utf-8")
    moment = datetime.fromtimestamp(payload.commit_time(), UTC)
    product, package = (str(uuid5(UPGRADES, f"{name} {payload.version()} {moment}")).upper() for name in ("product", "package"))
    given = {"Version": numbers(), "Stand": stand.name, "Win64": "yes", "ProductCode": product}
    defined = [word for name, value in given.items() for word in ("-D", f"{name}={value}")]
    run(["faketime", "-f", f"{moment:%Y-%m-%d %H:%M:%S}", "wixl", "--arch", "x64", *defined, "-o", str(out.resolve()),
         str(HERE / "windows" / "product.wxs"), str(files)], cwd=stand.parent,  # wixl finds no file by its whole path
        environment={**os.environ, "TZ": "UTC"})
    files.unlink()
    out.write_bytes(with_code(out.read_bytes(), package))
    return out


def numbered(listing: str) -> str:
    """Return wixl-heat's list of files with numbers in place of the random names that it gives to folders."""
    names = dict.fromkeys(re.findall(r"\bdir[0-9A-F]{32}\b", listing))
    numbers_of = {name: f"dir{number}" for number, name in enumerate(names)}
    return re.sub(r"\bdir[0-9A-F]{32}\b", lambda found: numbers_of[found[0]], listing)


def with_code(package: bytes, code: str) -> bytes:
    """Return an MSI with a package code in place of the random one that wixl gives, which is the only text of its kind and length there.

    Raises:
        PackagingError: there is not just one.
    """
    told, count = PACKAGE_CODE.subn(lambda found: found[1] + f"{{{code}}}".encode(), package)
    if count != 1:
        raise PackagingError(f"the MSI has {count} package codes, where Windows Installer wants one: was wixl changed?")
    return told
