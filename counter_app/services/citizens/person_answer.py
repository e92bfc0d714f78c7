"""The answer to a person who asks what this desk holds about them: by the number they show, never a list of others.

What is held, whom it went to, who looked at it, and until when it is kept (Luật 91/2025/QH15; within two working days, domain guide 16).
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from counter_app.domain.errors import broken
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import tidy
from counter_app.services.citizens.person_content import FORM, person_content
from counter_app.services.citizens.person_data import PersonData, collect
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.forms import form_in_force
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.dossiers.access import require
from counter_app.services.people.second_person import Second, SecondPersonService
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.whole_files import whole_file

SUFFIXES = (".pdf", ".json")
_NUMBER = re.compile(r"[A-Z0-9]{6,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answered:
    """The file, and of how many dossiers it tells."""

    out: Path
    dossiers: int


class PersonAnswers:
    """The verb *person*."""

    def __init__(
        self, database: Database, clock: Clock, settings: SettingsService, maker: SlipMaker, second_person: SecondPersonService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._maker = maker
        self._second_person = second_person

    def write(self, id_number: str, out: Path, actor: Actor, *, second: Second | None = None) -> Answered:
        """Write everything about the person with this number, .pdf to be handed over or .json (audited at each dossier, not the number).

        Looks through every event and the whole audit trail, which takes a while at a large desk.

        Raises:
            RuleBrokenError: NOT_ALLOWED (who leads or runs the desk answers); PERSON_NUMBER, PERSON_UNKNOWN at ``id``;
                FILE_KIND_UNKNOWN at ``out``; as :meth:`.SecondPersonService.agree`.
            SurroundingsError: the file can't be written, and as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        require(actor, Permission.INSPECT)
        require(actor, Permission.EXPORT)
        suffix, number = out.suffix.lower(), _number(id_number)
        if suffix not in SUFFIXES:
            raise broken("FILE_KIND_UNKNOWN", "out", kinds=", ".join(SUFFIXES))
        with self._database.read() as uow:
            data = collect(uow, number)
        if not data.ids:
            raise broken("PERSON_UNKNOWN", "id")
        agreed = self._second_person.agree(len(data.ids), actor, second)
        with whole_file(out) as part:
            part.write_bytes(self._pdf(data, number) if suffix == ".pdf" else _json(data, number))
            with self._database.write() as uow:  # on the trail before the file takes its name
                for dossier_id in data.ids:
                    write_audit(uow, self._clock.now(), actor.user_id, "person.exported", dossier_id, {"kind": suffix[1:]} | agreed)
                uow.commit()
        return Answered(out, len(data.ids))

    def _pdf(self, data: PersonData, number: str) -> bytes:
        now = self._clock.now()
        form = form_in_force(FORM, day_of(now))
        return self._maker.document(person_content(data, number, self._settings.profile(), form, now), "a4")


def _number(text: str) -> str:
    number = tidy(text).replace(" ", "").upper()
    if not _NUMBER.fullmatch(number):
        raise broken("PERSON_NUMBER", "id")
    return number


def _json(data: PersonData, number: str) -> bytes:
    told = {"id_number": number} | {name: rows for name, rows in asdict(data).items() if name != "ids"}
    return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"
