"""How a verb describes its dialog: what it asks for, what it does with the answers, what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypedDict

from counter_app.domain.catalogue import Procedure
from counter_app.domain.deadline_input import read_options
from counter_app.domain.dossier import Dossier
from counter_app.domain.people import Actor
from counter_app.services.acts.undo import UndoOffer
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.dossiers.service import DossierView
from counter_app.services.people.offices import ProcessStep, Signer, Unit
from counter_app.support.resources import shipped_json

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.services.acts.acting import Done

Values = Mapping[str, Any]
Options = tuple[tuple[str, object], ...]
"""What may be chosen: the word on the screen and the value behind it."""


class FieldKind(StrEnum):
    """What a field holds, and so what its value is."""

    LINE = "line"
    """A line: ``str``."""
    OFFERED = "offered"
    """A line with ``options`` to choose from, anything else may be typed: ``str``."""
    CHOICE = "choice"
    """One of ``options``: its value."""
    TICK = "tick"
    """Yes or no: ``bool``."""
    PAPERS = "papers"
    """Some of ``options``, and others typed, one after the other with a semicolon: ``tuple[str, ...]``."""
    NUMBER = "number"
    """A whole number, empty is None: ``int | None``."""
    MOMENT = "moment"
    """Hour and day, empty is None: ``datetime | None``."""
    DAY = "day"
    """A day, empty is None: ``datetime | None`` at its beginning."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``name`` is what the verb's service calls it in its problems; ``half``: two of them share a line."""

    name: str
    text: str
    kind: FieldKind = FieldKind.LINE
    value: object = None
    options: Options = ()
    hint: str = ""
    half: bool = False


class How(TypedDict):
    """The paper of a form, and whether it waits for a printer; for the commands that print."""

    paper: str
    queue: bool


@dataclass(frozen=True, slots=True)
class ActDesk:
    """What a verb is carried out with, on the data thread."""

    counter: Counter
    actor: Actor
    profile: DeskProfile

    @property
    def how(self) -> How:
        """The paper of this desk; without a printer the form is kept and can be opened."""
        return {"paper": self.profile.paper, "queue": bool(self.profile.printer)}


@dataclass(frozen=True, slots=True)
class ActForm:
    """A verb's dialog. ``act`` raises what the service raises; ``told`` is the toast afterwards, ``note`` stands above the fields."""

    title: str
    button: str
    fields: tuple[Field, ...]
    act: Callable[[ActDesk, Values], Done]
    told: str
    note: str = ""
    warns: bool = False
    """The note is a warning."""
    more: tuple[Field, ...] = ()
    """Fields that can be asked for once more (a second result), their names with ``{at}`` for which time it is."""
    more_word: str = ""


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What the descriptions are made from: the dossier, opened, and the desk around it."""

    view: DossierView
    now: datetime
    profile: DeskProfile
    procedure: Procedure | None = None
    units: tuple[Unit, ...] = ()
    signers: tuple[Signer, ...] = ()
    process: tuple[ProcessStep, ...] = ()
    undo: UndoOffer | None = None
    days_left: int | None = None
    """Working days until the due day; None where none is promised."""
    last_extension: date | None = None
    """The last day on which it may be extended; None where it is due on no day."""
    linked: tuple[str, ...] = ()
    """The codes of the dossiers of its bundle."""
    people: tuple[str, ...] = ()
    """Names of those who work here, to choose from."""

    @property
    def dossier(self) -> Dossier:
        """The dossier as it stands."""
        return self.view.dossier

    @property
    def papers_late(self) -> bool:
        """The day is over until which the missing papers were to be brought."""
        until = self.dossier.papers_until
        return until is not None and until.date() < self.now.date()

    @property
    def code(self) -> str:
        """Its code."""
        return self.view.dossier.code

    @property
    def signer_options(self) -> Options:
        """Who may sign today, to choose from."""
        return same(signer.name for signer in self.signers)

    @property
    def title_options(self) -> Options:
        """The titles of those who may sign, each once."""
        return same(dict.fromkeys(signer.title for signer in self.signers))

    @property
    def unit_options(self) -> Options:
        """The units of the commune, by name."""
        return same(unit.name for unit in self.units)


def same(words: Iterable[str]) -> Options:
    """Return options that read as what they stand for."""
    return tuple((word, word) for word in words)


def first(options: Options) -> object:
    """Return the value of the first option; an empty text where there is none."""
    return options[0][1] if options else ""


def load_facts(counter: Counter, code: str, actor: Actor) -> ActFacts:
    """Open a dossier with everything its verbs need to know; runs on the data thread.

    Raises:
        RuleBrokenError: as :meth:`DossierService.show <counter_app.services.dossiers.service.DossierService.show>`.
    """
    view = counter.dossiers.show(code, actor)
    dossier, now = view.dossier, counter.clock.now()
    days, last, calendar = None, None, counter.calendar.calendar()
    if dossier.due_at is not None:
        last = calendar.counting_day_before(dossier.due_at.date(), counts_saturday=read_options(dossier.options).counts_saturday)
        if dossier.due_at >= now:
            days = calendar.counting_days_between(now.date(), dossier.due_at.date())
    return ActFacts(
        view, now, counter.settings.profile(), counter.catalogue.version(dossier.procedure_version), counter.offices.units(),
        counter.offices.signers(now.date()), counter.offices.process(dossier.procedure_code), counter.life.undo.last(dossier.code, actor),
        days, last, counter.dossiers.codes_of(dossier.linked, actor), tuple(card.full_name for card in counter.login.people()),
    )


def reasons(kind: str) -> tuple[tuple[str, object], ...]:
    """Return the reasons that are offered for an act."""
    return tuple((reason, reason) for reason in shipped_json("reasons/reasons.json")[kind])
