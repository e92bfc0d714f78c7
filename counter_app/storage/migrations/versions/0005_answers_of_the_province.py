"""What the province answered to each op, and the few ops that are still open found without looking at all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the answer and its revision, and the index of open ops."""
    op.add_column("outbox", sa.Column("rev", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("result", WORDS, nullable=True))
    where = sa.text("state != 'province_has'")
    op.create_index("ix_outbox_open", "outbox", ["state", "op_id"], sqlite_where=where, postgresql_where=where)
