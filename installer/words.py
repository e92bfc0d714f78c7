"""Keep the words of the window. For whoever changes a text::

    python installer/words.py collect   # sources → resources/translations/vi.ts; then fill in what is unfinished
    python installer/words.py compile   # *.ts → *.qm

Nothing else is needed: the window reads the compiled files.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "resources" / "translations"


def tool(name: str) -> str:
    """Return the path of one of PySide6's language tools."""
    return str(Path(sys.executable).with_name(f"pyside6-{name}"))


def collect(catalogue: Path) -> None:
    """Bring a catalogue up to the sources: new words unfinished, vanished ones dropped.

    Raises:
        subprocess.CalledProcessError: the tool failed.
    """
    sources = [str(path) for path in sorted((ROOT / "ui").rglob("*.py"))]
    options = ["-silent", "-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", "vi_VN"]
    subprocess.run([tool("lupdate"), *options, *sources, "-ts", str(catalogue)], check=True, stdout=subprocess.DEVNULL)


def compile_words(catalogue: Path, compiled: Path) -> None:
    """Compile one catalogue. The old file stays whole for programs that have it open: Qt reads it through a map of the file.

    Raises:
        subprocess.CalledProcessError: the catalogue is damaged.
    """
    fresh = compiled.with_suffix(".new")
    subprocess.run([tool("lrelease"), "-silent", str(catalogue), "-qm", str(fresh)], check=True)
    fresh.replace(compiled)


def main(arguments: Sequence[str]) -> int:
    """Collect or compile; 0 when done, 2 for other words."""
    if arguments == ["collect"]:
        collect(WORDS / "vi.ts")
    elif arguments == ["compile"]:
        for catalogue in sorted(WORDS.glob("*.ts")):
            compile_words(catalogue, catalogue.with_suffix(".qm"))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
