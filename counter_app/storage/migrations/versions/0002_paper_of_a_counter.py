"""Each paper in the print queue belongs to the counter that queued it: where several share a database, none prints another's."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the device; papers queued before have none and go to whichever counter looks first."""
    op.add_column("print_job", sa.Column("device", WORDS, nullable=False, server_default=""))
