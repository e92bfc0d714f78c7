"""What is shipped, with version and licence: a bill of materials (CycloneDX), and a check that nothing of it forbids our licence."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from urllib.parse import quote

from installer.package.parts import PackagingError, parts
from installer.package.payload import version

_CLASSIFIER = re.compile(r"License :: OSI Approved :: (.+)")
OTHER = "generic"
"""What package URLs call a source that has no name of its own."""
KNOWN = {
    "pyserial": "BSD-3-Clause", "python-barcode": "MIT", "reportlab": "BSD-3-Clause", "segno": "BSD-3-Clause", "oscrypto": "MIT",
    "sqlcipher3": "Zlib", "psycopg": "LGPL-3.0-only", "psycopg-binary": "LGPL-3.0-only",
}
"""Licences of projects whose metadata doesn't name them in a standard way, read in their own files."""


@dataclass(frozen=True, slots=True)
class Part:
    """A project that is shipped; ``source`` is where it comes from, as package URLs call it."""

    name: str
    version: str
    licence: str
    source: str = "pypi"

    @property
    def url(self) -> str:
        """The package URL, by which programs that look for known faults name it."""
        return f"pkg:{self.source}/{quote(self.name.lower(), safe='')}@{quote(self.version, safe='')}"


def python(version: str, name: str = "CPython") -> Part:
    """Return CPython, or the part of it that ``name`` says, as something that is shipped."""
    return Part(name, version, "PSF-2.0", OTHER)


def shipped(site: Path, pythons: Sequence[Part]) -> list[Part]:
    """Return the projects in a folder of wheels, and what they and CPython bring along, by name."""
    found = [Part(d.metadata["Name"], d.version, licence_of(d)) for d in distributions(path=[str(site)])]
    runtime = [*pythons, Part("OpenSSL", "3", "Apache-2.0", OTHER), Part("Noto Sans", "see resources/fonts", "OFL-1.1", OTHER),
               Part("Tabler Icons", "see resources/icons", "MIT", OTHER)]
    return sorted([*found, *runtime], key=lambda part: part.name.lower())


def licence_of(distribution: Distribution) -> str:
    """Return the licence a project names: the SPDX expression, else what we read ourselves, else its classifiers, else its free text."""
    about = distribution.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    if known := KNOWN.get(about["Name"].lower()):
        return known
    classified = [match[1] for value in about.get_all("Classifier") or () if (match := _CLASSIFIER.match(value))]
    return " AND ".join(classified) or (about.get("License") or "").split("\n")[0].strip()


def is_refused(licence: str) -> bool:
    """Tell whether a licence would bind the whole program. A choice (``OR``) is refused only where every branch is."""
    return all(_binds(branch) for branch in re.split(r"\s+OR\s+", licence))


def _binds(expression: str) -> bool:
    words = re.sub(r"(?i)(GNU )?Lesser General Public License", "LGPL", expression)
    words = re.sub(r"(?i)(GNU )?(Affero )?General Public License", "GPL", words)
    return any(re.search(rf"(?<![A-Z]){name}", words.upper()) for name in parts()["licences"]["refused"])


def check(found: list[Part]) -> None:
    """See that every part may be shipped.

    Raises:
        PackagingError: a part names no licence, or one that would bind the whole program.
    """
    nameless = [part.name for part in found if not part.licence]
    refused = [f"{part.name} ({part.licence})" for part in found if part.licence and is_refused(part.licence)]
    if nameless or refused:
        raise PackagingError(f"These can't be shipped. No licence named: {nameless or 'none'}. Under GPL or AGPL: {refused or 'none'}.")


def bill(found: list[Part]) -> str:
    """Return the bill of materials as CycloneDX 1.6 in JSON; the same parts give the same text."""
    components = [{
        "type": "library", "name": part.name, "version": part.version, "bom-ref": part.url, "purl": part.url,
        "licenses": [{"license": {"name": part.licence}}],
    } for part in found]
    about = {"component": {"type": "application", "name": "Quầy Một Cửa", "version": version(), "bom-ref": "quay-mot-cua"}}
    content = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": about, "components": components}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write(folder: Path, pythons: Sequence[Part]) -> None:
    """Check the projects of a version's ``site`` and write the bill of materials and all their licences beside it.

    Raises:
        PackagingError: something may not be shipped.
    """
    site = folder / "site"
    found = shipped(site, pythons)
    check(found)
    (folder / "sbom.json").write_text(bill(found), encoding="utf-8")
    texts = []
    for path in sorted(site.glob("*.dist-info/**/*")):
        if path.is_file() and re.match(r"(?i)(licen[cs]e|copying|notice|authors)", path.name):
            texts.append(f"=== {path.relative_to(site).as_posix()} ===\n\n{path.read_text(encoding='utf-8', errors='replace')}\n")
    (folder / "LICENCES.txt").write_text("\n".join(texts), encoding="utf-8")
