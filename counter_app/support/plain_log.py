"""What of logs and reports may be given to strangers: lines in the program's own words, and nothing else.

The log is written without people in it (:mod:`counter_app.support.logs`). This is the second wall, for what a library or a later hand may
have put there: a word that the program does not use itself does not pass, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from counter_app.support import messages
from counter_app.support.logs import BLOT

_SAID = (
    "a an and another audit be bug check could daily comparison ended errno failed from in made marked met migrated not of pass record "
    "report saved schema shape task the to trail unexpected was with made: failed: marked:")
_VERBS = (
    "appointment backup book-page calendar call-list card cash catalogue certify commune complaint day-page demo devices diagnostics "
    "doctor enrol event export-dossiers fee file-scans import-dossiers init intake keeping list logbook messages numbers papers "
    "person poster reconcile record recover refuse report restore scan search settings show signatures slip sync update users usb "
    "verify window")
WORDS = frozenset(f"{_SAID} {_VERBS}".split())
"""Every word that a log call of the program has, and the verbs of the command line; a test holds them against the sources."""
_HEAD = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d) (DEBUG|INFO|WARNING|ERROR|CRITICAL) ((?:counter_app|ui)(?:\.[a-z_]+)*) (.*)", re.ASCII)
_PLACE = re.compile(r'  (?:File ")?[^"]*?((?:[\w.-]+[/\\])?[\w.-]+\.py)(?::|", line )(\d{1,5})(?: in)? ([\w<>.]+)', re.ASCII)
_KIND = re.compile(
    r"[A-Z][A-Za-z_]*(?:Error|Exception|Interrupt|Exit|Warning)|because of|Fatal Python error: [A-Za-z ]+"
    r"|(?:Current t|T)hread 0x[0-9a-f]+ \(most recent call first\):", re.ASCII)
_FACT = re.compile(
    r"time: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?(?:[+-]\d\d:\d\d)?|doing: [a-z-]+"
    r"|program: (?:\d[\w.+-]{0,20}|checkout, Python [\d.]+)|python: \d[\w.+]{0,20}"
    r"|system: (?:Linux|Windows|Darwin) \d[\w.+-]* \w+", re.ASCII)
"""Where there are digits, there are too few for a number of anybody: a file has less than 100,000 lines."""
_NUMBER = re.compile(r"\d{1,3}|00\d\d", re.ASCII)
_TOKEN = re.compile(r"[A-Z][A-Za-z_]*(?:Error|Exception|Warning)|\[\.\.\]", re.ASCII)


def plain(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines of a log, of a report or of a hard crash as strangers may read them; what is of no known shape is blotted out whole."""
    for line in lines:
        text = line.rstrip("\r\n")
        if head := _HEAD.fullmatch(text):
            yield f"{head[1]} {head[2]} {head[3]} {_words(head[4])}"
        elif place := _PLACE.fullmatch(text):
            yield f"  {_short(place[1])}:{place[2]} {place[3]}"
        else:
            yield text if not text or _KIND.fullmatch(text) or _FACT.fullmatch(text) else BLOT


def _words(said: str) -> str:
    words = said.split()
    return " ".join(word if _known(word) or _counts(words, at) else BLOT for at, word in enumerate(words))


def _counts(words: list[str], at: int) -> bool:
    """Tell whether a word is a small number by itself; groups of digits side by side may be a telephone's."""
    beside = words[max(at - 1, 0):at] + words[at + 1:at + 2]
    return _NUMBER.fullmatch(words[at]) is not None and not any(_NUMBER.fullmatch(word) for word in beside)


def _known(word: str) -> bool:
    return word in WORDS or _TOKEN.fullmatch(word) is not None or word in messages.table(messages.DEFAULT_LANGUAGE)


def _short(path: str) -> str:
    return path.replace("\\", "/")
