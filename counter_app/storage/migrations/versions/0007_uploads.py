"""How far each file is on its way to the province."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "upload", *(sa.Column(name, WORDS, nullable=False) for name in ("sha256", "state", "location")),
        sa.Column("tries", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("sha256", name="pk_upload"))
