"""Online dossiers that wait to be taken in, found without looking at all dossiers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the index of their list."""
    where = sa.text("queue = 'online'")
    op.create_index("ix_dossier_online", "dossier", ["received_at", "n"], sqlite_where=where, postgresql_where=where)
