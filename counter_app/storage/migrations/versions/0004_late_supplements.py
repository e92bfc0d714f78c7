"""Until when awaited papers are to be brought, where lists can find it: what nobody brought by then is a person's to decide."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the day and its index, and copy it out of the dossiers that wait for papers now."""
    op.add_column("dossier", sa.Column("papers_until", WORDS, nullable=True))
    _fill(op.get_bind())
    where = sa.text("queue = 'supplement' AND papers_until IS NOT NULL")
    op.create_index("ix_dossier_papers_until", "dossier", ["papers_until", "n"], sqlite_where=where, postgresql_where=where)


def _fill(connection: sa.Connection) -> None:
    dossier = sa.table("dossier", *map(sa.column, ("n", "rest", "queue", "papers_until")))
    waiting = sa.select(dossier.c.n, dossier.c.rest).where(dossier.c.queue == "supplement")
    for number, rest in connection.execute(waiting).all():
        asked = [each for each in json.loads(rest).get("supplements", ()) if not each.get("received_at")]
        if asked and (until := asked[-1].get("deadline")):
            connection.execute(dossier.update().where(dossier.c.n == number).values(papers_until=until))
