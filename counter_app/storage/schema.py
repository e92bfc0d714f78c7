"""The version of the schema. Opening a database of today's version needs no Alembic, whose import is felt at every start."""

from __future__ import annotations

import logging

from sqlalchemy import Connection, Engine, inspect, text

from counter_app.domain.errors import failed

HEAD = "0012"
"""The newest migration; a test holds it against the folder."""

log = logging.getLogger(__name__)


def version(connection: Connection) -> str | None:
    """Return the schema version of a database; None where there is no desk in it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def current_version(engine: Engine) -> str | None:
    """Return the schema version, looked at in a transaction of its own."""
    with engine.connect() as connection:
        return version(connection)


def upgrade(engine: Engine, place: str) -> None:
    """Bring the schema up to date, all migrations in one transaction, under the write lock. ``place`` is what to call the database.

    Raises:
        SurroundingsError: DATABASE_TOO_NEW, a newer program made this database.
    """
    from alembic import command  # noqa: PLC0415  costs 200 ms, needed only when something must be migrated
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    from counter_app.storage.migrations import configuration  # noqa: PLC0415

    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config = configuration(connection)
        found = version(connection)
        try:
            ScriptDirectory.from_config(config).get_revision(found or "base")
        except CommandError:
            raise failed("DATABASE_TOO_NEW", path=place, found=str(found), known=HEAD) from None
        if found != HEAD:
            command.upgrade(config, HEAD)
            log.info("schema migrated from %s to %s", found, HEAD)
