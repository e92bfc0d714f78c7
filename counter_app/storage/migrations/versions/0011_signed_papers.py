"""The certificate that a paper was signed with, and those that still wait for a signature found without looking at all papers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the certificate, and the index of unsigned papers."""
    op.add_column("digital_paper", sa.Column("certificate", WORDS, nullable=False, server_default=""))
    where = sa.text("signed_by = '' AND unlinked_at IS NULL AND state = 1")
    op.create_index("ix_digital_paper_unsigned", "digital_paper", ["filed_at", "op_id"], sqlite_where=where, postgresql_where=where)
