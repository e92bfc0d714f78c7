"""Scans: encrypted files with their keys, digitised papers, how far a dossier is, batches that are not filed yet."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(name: str) -> sa.Column[str]:
    """Return a column that is never NULL."""
    return sa.Column(name, WORDS, nullable=False)


def maybe(name: str) -> sa.Column[str]:
    """Return a column that may be NULL."""
    return sa.Column(name, WORDS, nullable=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "stored_file", text("stored_id"), text("sha256"), sa.Column("size", sa.BigInteger(), nullable=False), text("key"),
        text("stored_at"), maybe("destroyed_at"), text("destroyed_by"), text("destroyed_reason"),
        sa.PrimaryKeyConstraint("stored_id", name="pk_stored_file"))
    op.create_index("ix_stored_file_sha256", "stored_file", ["sha256"])
    _papers()
    op.create_table(
        "digital_state", sa.Column("dossier", ROW_NUMBER, sa.ForeignKey("dossier.n", name="fk_digital_state_dossier"), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()) for name in ("components", "results", "reused")),
        sa.PrimaryKeyConstraint("dossier", name="pk_digital_state"))
    op.create_table(
        "scan_batch", text("batch_id"), text("key"), text("device"), text("opened_at"), text("opened_by"),
        sa.PrimaryKeyConstraint("batch_id", name="pk_scan_batch"))
    op.create_index("ix_scan_batch_device", "scan_batch", ["device"])


def _papers() -> None:
    op.create_table(
        "digital_paper", *map(text, ("op_id", "file_id", "dossier_id", "owner", "stored_id", "target", "part", "paper")),
        sa.Column("state", sa.Integer(), nullable=False), text("sha256"), text("content_sha256"),
        sa.Column("pages", sa.Integer(), nullable=False),
        *map(text, ("filename", "filed_at", "scanned_by", "checked_by", "signed_by", "result_code", "number")), maybe("issued_on"),
        text("issuer"), text("signer"), maybe("valid_from"), maybe("valid_to"), text("box"), text("folder"), maybe("kept_until"),
        maybe("archived_on"), maybe("unlinked_at"), sa.PrimaryKeyConstraint("op_id", name="pk_digital_paper"))
    for name in ("dossier_id", "stored_id", "archived_on"):
        op.create_index(f"ix_digital_paper_{name}", "digital_paper", [name])
    op.create_index("ix_digital_paper_owner", "digital_paper", ["owner", "filed_at"])
    op.create_index("ix_digital_paper_kept", "digital_paper", ["kept_until", "op_id"])
