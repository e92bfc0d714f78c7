"""The places of ops in lanes beside the one they were recorded in: after a lane was left, and as the province holds them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = ("op_id", "device", "epoch", "prev_hash", "hash")


def upgrade() -> None:
    """Add the table, which is kept for ever as the events are."""
    op.create_table(
        "op_place", sa.Column("n", ROW_NUMBER, nullable=False), *(sa.Column(name, WORDS, nullable=False) for name in TEXTS),
        sa.Column("seq", sa.BigInteger(), nullable=False), sa.PrimaryKeyConstraint("n", name="pk_op_place"),
        sa.UniqueConstraint("device", "epoch", "seq", name="uq_op_place_device_epoch_seq"))
    op.create_index("ix_op_place_op_id", "op_place", ["op_id"])
    for statement in _kept("op_place", op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def _kept(table: str, dialect: str) -> list[str]:
    """Return what makes the database refuse to change or delete rows of a table, as the first migration does for its own."""
    if dialect == "sqlite":
        return [f"""CREATE TRIGGER {table}_kept_{act.lower()} BEFORE {act} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is kept for ever'); END""" for act in ("UPDATE", "DELETE")]
    return [f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION desk_refuse()"]
