"""Reports of any period: made anew, opened to their dossiers, written to files, and frozen when they are sent.

One source of numbers: every report counts the same cases by the rules of :mod:`counter_app.domain.report_cases`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_app.domain.dossier import DossierRow
from counter_app.domain.errors import broken
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of, write_local
from counter_app.domain.people import Actor, Permission
from counter_app.domain.report_periods import Period
from counter_app.domain.report_tally import Tally, differences
from counter_app.services.changes import Changes
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.form_parts import place_name
from counter_app.services.dossiers.access import require
from counter_app.services.dossiers.views import Page
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.reports import settings as report_settings
from counter_app.services.reports.digital import make_digital
from counter_app.services.reports.document import ReportDocument, ReportPrinter
from counter_app.services.reports.makers import (
    Content,
    Maker,
    Source,
    make_06a,
    make_07a,
    make_load,
    make_on_the_spot,
    make_timeliness,
    months,
)
from counter_app.services.reports.people import make_units, make_weekly
from counter_app.services.reports.score import make_766
from counter_app.services.reports.settings import ReportSettings
from counter_app.services.reports.words import ReportWords, words_in_force
from counter_app.services.repositories.reports import FrozenReport, fingerprint
from counter_app.services.whole_files import whole_file

MAKERS: dict[str, Maker] = {
    "II.06a": make_06a, "07a": make_07a, "timeliness": make_timeliness, "766": make_766, "weekly": make_weekly,
    "on-the-spot": make_on_the_spot, "units": make_units, "load": make_load, "digital": make_digital,
}
"""Every report by the name that commands and files call it."""
SUFFIXES = (".pdf", ".xlsx", ".json")
MOST_ROWS = 500
MARK_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a period, as of now. ``tally`` knows the dossiers behind the figures."""

    name: str
    period: Period
    words: ReportWords
    content: Content
    tally: Tally


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that was written; ``mark`` is its check mark where it was frozen."""

    out: Path
    mark: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class MovedDossier:
    """A dossier that stands elsewhere than in the report that was sent: (row, columns) before and now, None for nowhere."""

    number: int
    row: DossierRow
    before: tuple[str, tuple[str, ...]] | None
    now: tuple[str, tuple[str, ...]] | None


class ReportService:
    """The verb *report* and the head's page."""

    def __init__(
        self, database: Database, clock: Clock, settings: SettingsService, catalogue: CatalogueService, printer: ReportPrinter,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._catalogue = catalogue
        self._printer = printer

    def make(self, name: str, period: Period, actor: Actor) -> Report:
        """Count a report anew.

        Raises:
            RuleBrokenError: NOT_ALLOWED; REPORT_UNKNOWN at ``name``; DAYS_REVERSED at ``to``.
        """
        require(actor, Permission.READ)
        if name not in MAKERS:
            raise broken("REPORT_UNKNOWN", "name", name=name, known=", ".join(MAKERS))
        if period.end < period.start:
            raise broken("DAYS_REVERSED", "to")
        words, procedures = words_in_force(name, period.end), self._catalogue.in_force(period.end)
        with self._database.read() as uow:
            source = Source(uow, period, words, self._settings.profile(), _stored(uow), procedures)
            made, tally = MAKERS[name](source)
        head = {"report": name, "period": {"from": period.start.isoformat(), "to": period.end.isoformat()}}
        return Report(name, period, words, head | made, tally)

    def months(self, period: Period, actor: Actor) -> list[Content]:
        """Return how many were in time in the twelve months up to the end of a period. Raises NOT_ALLOWED."""
        require(actor, Permission.READ)
        with self._database.read() as uow:
            return months(uow, period)

    def rows(self, numbers: Sequence[int], actor: Actor) -> Page:
        """Return the dossiers behind a figure, at most some hundred of them, and how many there are (audited: the list shows names).

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            write_audit(uow, self._clock.now(), actor.user_id, "report.opened", "", {"dossiers": len(numbers)})
            rows = uow.reports.rows(numbers, limit=MOST_ROWS)
            uow.commit()
        return Page(tuple(rows), len(numbers))

    def write(self, name: str, period: Period, out: Path, actor: Actor) -> ReportFile:
        """Write a report by the suffix of ``out`` (audited); the file is there completely or not at all.

        Raises:
            RuleBrokenError: NOT_ALLOWED (inspectors export nothing); FILE_KIND_UNKNOWN at ``out``; as :meth:`make`.
            SurroundingsError: the file can't be written.
        """
        _may_write(actor, out)
        report = self.make(name, period, actor)
        with whole_file(out) as part:
            self._put(report, part, self._clock.now(), self._name(actor), "")
            self._note(actor, "report.exported", report, kind=out.suffix.lower()[1:])
        return ReportFile(out, "", Changes())

    def freeze(self, name: str, period: Period, out: Path, actor: Actor, *, sent_to: str = "") -> ReportFile:
        """Keep a report as it is sent and write it with its check mark (audited). What was sent never changes afterwards.

        Raises:
            RuleBrokenError: as :meth:`write`; PERIOD_NOT_OVER.
            SurroundingsError: as :meth:`write`; nothing is kept then.
        """
        _may_write(actor, out)
        now = self._clock.now()
        if day_of(now) <= period.end:
            raise broken("PERIOD_NOT_OVER", "to", day=f"{period.end:%d/%m/%Y}")
        report = self.make(name, period, actor)
        content = report.content | {"places": report.tally.plain()}
        sha256 = fingerprint(content)
        mark = sha256[:MARK_LENGTH].upper()
        kept = FrozenReport(new_id(now), name, period, now, actor.user_id, sent_to, content, sha256)
        with whole_file(out) as part:
            self._put(report, part, now, self._name(actor), mark)
            with self._database.write() as uow:
                uow.reports.freeze(kept)
                write_audit(uow, now, actor.user_id, "report.frozen", name, {**report.content["period"], "sha256": sha256})
                uow.commit()
        return ReportFile(out, mark, Changes.of("reports"))

    def frozen(self, name: str, period: Period, actor: Actor) -> list[FrozenReport]:
        """Return the reports of this name and period that were sent, the newest first. Raises NOT_ALLOWED."""
        require(actor, Permission.READ)
        with self._database.read() as uow:
            return uow.reports.frozen(name, period)

    def differences(self, sent: FrozenReport, actor: Actor) -> list[MovedDossier]:
        """Return every dossier that would stand elsewhere if the report were made today (audited); empty where the past did not change.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        now = self.make(sent.name, sent.period, actor).tally.places()
        found = differences(Tally.from_plain(sent.content["places"]).places(), now)
        with self._database.write() as uow:
            rows = uow.reports.rows([number for number, _, _ in found], limit=len(found))
            write_audit(uow, self._clock.now(), actor.user_id, "report.compared", sent.report_id, {"dossiers": len(found)})
            uow.commit()
        return [MovedDossier(number, row, before, after) for row, (number, before, after) in zip(rows, found, strict=True)]

    def settings(self) -> ReportSettings:
        """Return what the commune has set for its reports."""
        with self._database.read() as uow:
            return _stored(uow)

    def save_settings(self, settings: ReportSettings, actor: Actor) -> None:
        """Replace the settings (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED, and as :func:`counter_app.services.reports.settings.checked`.
        """
        require(actor, Permission.MANAGE_DESK)
        stored = report_settings.checked(settings)
        with self._database.write() as uow:
            uow.settings.put(report_settings.KEY, stored)
            write_audit(uow, self._clock.now(), actor.user_id, "reports.set", report_settings.KEY, stored)
            uow.commit()

    def _put(self, report: Report, out: Path, at: datetime, maker: str, mark: str) -> None:
        if out.suffix.lower() == ".json":
            frozen = {"mark": mark, "frozen_at": write_local(at)} if mark else {}
            out.write_text(json.dumps(report.content | frozen, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            return
        profile = self._settings.profile()
        document = ReportDocument(
            report.words, report.content, report.period, profile.unit_name or profile.commune, profile.superior, self.settings().receiver,
            place_name(profile.commune), maker, at, mark)
        write = self._printer.pdf if out.suffix.lower() == ".pdf" else self._printer.xlsx
        write(document, out)

    def _name(self, actor: Actor) -> str:
        with self._database.read() as uow:
            user = uow.users.get(actor.user_id)
        return user.full_name if user else ""

    def _note(self, actor: Actor, action: str, report: Report, **details: Any) -> None:  # noqa: ANN401  JSON values
        with self._database.write() as uow:
            write_audit(uow, self._clock.now(), actor.user_id, action, report.name, {**report.content["period"], **details})
            uow.commit()


def _may_write(actor: Actor, out: Path) -> None:
    require(actor, Permission.EXPORT)
    if out.suffix.lower() not in SUFFIXES:
        raise broken("FILE_KIND_UNKNOWN", "out", kinds=", ".join(SUFFIXES))


def _stored(uow: UnitOfWork) -> ReportSettings:
    return report_settings.from_stored(uow.settings.get(report_settings.KEY))
