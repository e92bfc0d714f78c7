"""What became of each pass over the line to the province."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "line_pass", *(sa.Column(name, WORDS, nullable=False) for name in ("pass_id", "device", "began_at", "ended_at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("passes", "sent", "received", "uploaded")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("bytes_up", "bytes_down", "file_bytes")),
        sa.Column("trouble", WORDS, nullable=False), sa.PrimaryKeyConstraint("pass_id", name="pk_line_pass"))
    op.create_index("ix_line_pass_device", "line_pass", ["device", "began_at"])
