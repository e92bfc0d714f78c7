"""Stands for the next migration, in the tests: a new column, filled from what is there."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0012"


def upgrade() -> None:
    """Add the column."""
    op.add_column("draft", sa.Column("shelf", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE draft SET shelf = kind")
