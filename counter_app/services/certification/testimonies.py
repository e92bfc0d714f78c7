"""What the signer attests (lời chứng), in the words of the law: data by kind of certification, or by procedure where that has its own.

A text is a list of paragraphs; one written wholly in capitals stands as a heading. Its blanks are ``{people}`` (who signs, as the register
has them), ``{document}``, ``{copies}``, ``{clerk}`` (who took the papers in), ``{signer}``, ``{signer_title}``, ``{unit}``, ``{superior}``,
``{day}``, ``{month}``, ``{year}`` and ``{date_words}``; what is not known is left as dots for the pen. Kinds whose text has a page of its
own are signed by the clerk too (Thông tư 01/2020/TT-BTP). The words of the decree of 2025 were not at hand: the commune may set its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import Any

from counter_app.domain.certification import CertificationKind, CertifiedNumber
from counter_app.domain.moments import VIETNAM, day_of
from counter_app.domain.number_words import in_words
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import tidy
from counter_app.services.acts.texts import REASON, Texts
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import parts, superior_of, unit_of
from counter_app.services.documents.forms import FormWords, form_in_force
from counter_app.services.dossiers.access import require
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_setting

STAMP = "stamp"
"""The form that testimonies are printed as."""
KEY = "testimonies"
"""The settings document with the commune's own texts, of the same names as those that are shipped."""
BLANKS = frozenset({
    "people", "document", "copies", "clerk", "signer", "signer_title", "unit", "superior", "day", "month", "year", "date_words"})
MOST_PARAGRAPHS = 12
Paragraphs = Sequence[str]


@dataclass(frozen=True, slots=True)
class Attested:
    """One number with what its testimony says beside it: the procedure, who signed, and the name of the clerk who took it in."""

    number: CertifiedNumber
    procedure_code: str
    people: str
    clerk: str


class OwnTestimonies:
    """Reads and writes the commune's own texts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def own(self) -> dict[str, Paragraphs]:
        """Return the texts that the commune has set, by their names."""
        with self._database.read() as uow:
            return own_texts(uow)

    def in_force(self) -> dict[str, Paragraphs]:
        """Return every text by its name as it is printed today: the commune's own one, else the shipped one."""
        shipped = form_in_force(STAMP, day_of(self._clock.now())).words["testimonies"]
        return {name: list(each["text"]) for name, each in shipped.items()} | self.own()

    def save(self, texts: Mapping[str, Paragraphs], actor: Actor) -> None:
        """Set texts by kind (``signature``) or by procedure code; an empty one brings the shipped text back, others stay.

        Raises:
            RuleBrokenError: NOT_ALLOWED; at ``<name>`` TESTIMONY_UNKNOWN, TESTIMONY_LONG; at ``<name>.<n>`` TESTIMONY_BLANK and what else
                is wrong with a paragraph.
        """
        require(actor, Permission.MANAGE_DESK)
        found = Texts()
        clean = {name: _tidied(name, paragraphs, found) for name, paragraphs in texts.items()}
        found.close()
        with self._database.write() as uow:
            uow.settings.put(KEY, {name: each for name, each in {**own_texts(uow), **clean}.items() if each})
            write_audit(uow, self._clock.now(), actor.user_id, "testimonies.changed", "", {
                "names": sorted(clean), **held_setting(uow, KEY)})
            uow.commit()


def own_texts(uow: UnitOfWork) -> dict[str, Paragraphs]:
    """Return the commune's own texts, read in a transaction that is open already."""
    return dict(uow.settings.get(KEY) or {})


def testimony(attested: Attested, desk: DeskProfile, form: FormWords, own: Mapping[str, Paragraphs]) -> list[str]:
    """Return the paragraphs of one number's testimony."""
    number = attested.number
    known = _known(attested, desk, form)
    blank = form.say("blank")
    values = {name: known.get(name) or blank for name in BLANKS}
    return [paragraph.format(**values) for paragraph in _template(number.kind, attested.procedure_code, form, own)]


def on_own_page(kind: CertificationKind) -> bool:
    """Tell whether a testimony follows the paper on a page of its own; that of a copy stands on the copy."""
    return kind is not CertificationKind.COPY


def date_words(at: datetime) -> str:
    """Return a day in words: ``ngày hai mươi tháng mười một năm hai nghìn không trăm hai mươi sáu``."""
    local = at.astimezone(VIETNAM)
    return f"ngày {in_words(local.day)} tháng {in_words(local.month)} năm {in_words(local.year)}"


def _template(kind: CertificationKind, procedure_code: str, form: FormWords, own: Mapping[str, Paragraphs]) -> Paragraphs:
    shipped: Mapping[str, Any] = form.words["testimonies"]
    for name in (procedure_code, kind.value):
        if name in own:
            return own[name]
        if name in shipped:
            return list(shipped[name]["text"])
    raise AssertionError(f"no testimony of {kind}")


def _known(attested: Attested, desk: DeskProfile, form: FormWords) -> dict[str, str]:
    number = attested.number
    day = parts(number.at)
    return {
        "people": tidy(attested.people), "document": tidy(number.document_name), "copies": f"{number.copies:02d}", "clerk": attested.clerk,
        "signer": tidy(number.signer), "signer_title": tidy(number.signer_title), "unit": unit_of(desk, form),
        "superior": superior_of(desk, form).replace("UBND", form.say("committee")), "day": day["day"], "month": day["month"],
        "year": day["year"], "date_words": date_words(number.at)}


def _tidied(name: str, paragraphs: Paragraphs, found: Texts) -> list[str]:
    kind, _, rest = name.partition(".")
    if name not in set(CertificationKind) and not (kind.isdigit() and rest):
        found.forbid("TESTIMONY_UNKNOWN", name)
    if len(paragraphs) > MOST_PARAGRAPHS:
        found.forbid("TESTIMONY_LONG", name, limit=MOST_PARAGRAPHS)
    clean = [found.need(paragraph, f"{name}.{at}", REASON) for at, paragraph in enumerate(paragraphs)]
    for at, paragraph in enumerate(clean):
        if not _fills(paragraph):
            found.forbid("TESTIMONY_BLANK", f"{name}.{at}", blanks=", ".join(f"{{{blank}}}" for blank in sorted(BLANKS)))
    return clean


def _fills(paragraph: str) -> bool:
    """Tell whether every blank of a paragraph is one that is filled in."""
    try:
        fields = list(Formatter().parse(paragraph))
    except ValueError:
        return False
    return all(name is None or (name in BLANKS and not spec and not conversion) for _, name, spec, conversion in fields)
