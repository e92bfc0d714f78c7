"""Versions of the catalogue and the commune's overrides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, insert, select, update

from counter_app.domain.catalogue import CatalogueInfo, Procedure, ProcedureOverride
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain, members, read_json, to_plain, write_json


class SqlCatalogue:
    """:class:`~counter_app.services.repositories.core.CatalogueRepository`. Procedures keep the order they were imported in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, info: CatalogueInfo, procedures: Sequence[Procedure]) -> None:
        """Store an imported catalogue whole."""
        self._connection.execute(insert(t.catalogue), {c.name: to_plain(getattr(info, c.name)) for c in t.catalogue.c})
        rows = [
            {"version_id": each.version_id, "catalogue_version": info.version, "position": position, "body": write_json(members(each))}
            for position, each in enumerate(procedures)
        ]
        if rows:
            self._connection.execute(insert(t.procedure), rows)

    def activate(self, version: str, active_from: date) -> None:
        """Use a catalogue from a day on."""
        changed = update(t.catalogue).where(t.catalogue.c.version == version).values(active_from=to_plain(active_from))
        self._connection.execute(changed)

    def infos(self) -> list[CatalogueInfo]:
        """Return every imported catalogue, the oldest import first."""
        found = self._connection.execute(select(t.catalogue).order_by(t.catalogue.c.imported_at, t.catalogue.c.version))
        return [from_plain(CatalogueInfo, row._mapping) for row in found]

    def procedures(self, catalogue_version: str) -> list[Procedure]:
        """Return every procedure of a catalogue, in its order."""
        wanted = select(t.procedure.c.body).where(t.procedure.c.catalogue_version == catalogue_version).order_by(t.procedure.c.position)
        return [read_procedure(body) for body in self._connection.execute(wanted).scalars()]

    def version(self, version_id: str) -> Procedure | None:
        """Return one version of a procedure, which dossiers keep for ever."""
        body = self._connection.execute(select(t.procedure.c.body).where(t.procedure.c.version_id == version_id)).scalar()
        return None if body is None else read_procedure(body)

    def add_override(self, override: ProcedureOverride) -> None:
        """Store a decision of the commune or province."""
        self._connection.execute(insert(t.override), {"body": write_json(members(override))})

    def overrides(self) -> list[ProcedureOverride]:
        """Return every decision, in the order they were entered."""
        bodies = self._connection.execute(select(t.override.c.body).order_by(t.override.c.n)).scalars()
        return [from_plain(ProcedureOverride, read_json(body)) for body in bodies]


def read_procedure(body: str) -> Procedure:
    """Return the procedure that a stored body holds.

    Raises:
        UnreadableError: it holds none.
    """
    return from_plain(Procedure, read_json(body))
