"""The whole life of a dossier: steps, due times and supplements for reports, money, messages, complaints, frozen reports, tasks."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LATER_DUE = '%"due_history":[[%],[%'
"""What a dossier with more than one due time looks like."""


def upgrade() -> None:
    """Add columns and tables, and fill those that reports ask."""
    _dossier()
    _book_line()
    _certifications()
    _money()
    _people()
    _reports()
    _prints()
    _fill(op.get_bind())


def text(name: str, *, primary_key: bool = False) -> sa.Column[str]:
    """Return a column that is never NULL."""
    return sa.Column(name, WORDS, nullable=False, primary_key=primary_key)


def maybe(name: str) -> sa.Column[str]:
    """Return a column that may be NULL."""
    return sa.Column(name, WORDS, nullable=True)


def _dossier() -> None:
    for name in ("step", "step_owner", "step_due_at", "posted_at", "apology_at"):
        op.add_column("dossier", maybe(name))
    op.add_column("dossier", sa.Column("online_level", WORDS, nullable=False, server_default=""))
    op.add_column("dossier", sa.Column("signed", WORDS, nullable=False, server_default=""))
    for name in ("out_of_area", "on_the_spot", "awaiting_acceptance"):
        op.add_column("dossier", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("dossier", sa.Column("rating", sa.Integer(), nullable=True))
    op.create_index("ix_dossier_report", "dossier", [
        "received_at", "finished_at", "due_at", "field_name", "procedure_code", "channel", "status", "awaiting_acceptance", "online_level",
        "out_of_area", "on_the_spot", "apology_at", "fee_total_vnd", "n",
    ])
    for name, *columns in (
        ("due_change", text("set_at"), maybe("due_at")), ("supplement_span", text("requested_at"), maybe("received_at")),
    ):
        op.create_table(
            name,
            sa.Column("dossier", ROW_NUMBER, sa.ForeignKey("dossier.n", name=f"fk_{name}_dossier"), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            *columns,
            sa.PrimaryKeyConstraint("dossier", "position", name=f"pk_{name}"),
        )


def _book_line() -> None:
    op.add_column("book_line", maybe("ref"))
    op.add_column("book_line", maybe("content"))
    op.create_index("ix_book_line_dossier_id", "book_line", ["dossier_id"])


def _certifications() -> None:
    op.create_table(
        "certification", text("certification_id"), text("visit_id"), text("dossier_id"), text("book"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("year", "volume", "ordinal")), text("at"), text("kind"),
        text("document_name"), *(sa.Column(name, sa.Integer(), nullable=False) for name in ("pages", "copies")),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False), text("fee_line_ids"), text("signer"), text("signer_title"),
        maybe("signed_at"), maybe("struck_on"), text("struck_reason"),
        sa.PrimaryKeyConstraint("certification_id", name="pk_certification"),
        sa.UniqueConstraint("book", "year", "ordinal", name="uq_certification_book_year_ordinal"),
    )
    for name in ("visit_id", "dossier_id", "at", "signed_at"):
        op.create_index(f"ix_certification_{name}", "certification", [name])


def _money() -> None:
    op.create_table(
        "payment", text("payment_id"), text("dossier_id"), text("fee_line_id"), text("at"),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False), text("method"), text("collector"), text("name"),
        sa.Column("quantity", sa.Integer(), nullable=False), text("payer"), text("receipt_series"), text("receipt_number"),
        text("exempt_reason"), text("exempt_proof"), maybe("reverses"), maybe("op_id"), maybe("count_id"), text("code"), text("reason"),
        sa.Column("receipt_cancelled", sa.Boolean(), nullable=False, server_default=sa.false()),
        maybe("matched_at"), text("matched_by"), text("bank_reference"), sa.PrimaryKeyConstraint("payment_id", name="pk_payment"),
    )
    op.create_index("ix_payment_receipt", "payment", ["receipt_number", "receipt_series"])
    for name, columns, condition in (
        ("ix_payment_counted", ["count_id"], "count_id IS NOT NULL"),
        ("ix_payment_open", ["at", "payment_id"], "count_id IS NULL AND method != 'exempt'"),
    ):
        op.create_index(name, "payment", columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))
    for name in ("dossier_id", "at"):
        op.create_index(f"ix_payment_{name}", "payment", [name])
    op.create_table(
        "cash_count", text("count_id"), text("at"), text("collector"), text("counted_by"), text("expected"), text("counted"),
        text("handed_to"), text("note"), sa.PrimaryKeyConstraint("count_id", name="pk_cash_count"),
    )
    op.create_index("ix_cash_count_at", "cash_count", ["at"])


def _people() -> None:
    op.create_table(
        "message", text("message_id"), text("dossier_id"), text("occasion"), text("channel"), text("recipient"), text("body"),
        text("queued_at"), text("expires_at"), text("state"), maybe("changed_at"), text("changed_by"), text("note"),
        sa.PrimaryKeyConstraint("message_id", name="pk_message"),
    )
    op.create_index("ix_message_dossier_id", "message", ["dossier_id"])
    op.create_index("ix_message_state", "message", ["state", "queued_at"])
    op.create_table(
        "complaint", text("complaint_id"), maybe("dossier_id"), text("received_at"), text("channel"), text("person"), text("phone"),
        text("body"), maybe("answer_due"), text("owner"), maybe("answered_at"), text("answer"), text("answered_by"),
        sa.Column("satisfied", sa.Boolean(), nullable=True), sa.PrimaryKeyConstraint("complaint_id", name="pk_complaint"),
    )
    op.create_index("ix_complaint_dossier_id", "complaint", ["dossier_id"])
    op.create_index("ix_complaint_received_at", "complaint", ["received_at"])


def _reports() -> None:
    op.create_table(
        "frozen_report", text("report_id"), text("name"), text("start_day"), text("end_day"), text("frozen_at"), text("frozen_by"),
        text("sent_to"), text("content"), text("sha256"), sa.PrimaryKeyConstraint("report_id", name="pk_frozen_report"),
    )
    op.create_index("ix_frozen_report_name", "frozen_report", ["name", "start_day"])
    op.create_table(
        "typing_task", text("task_id"), text("dossier_id"), text("system"), text("opened_at"), text("state"), text("code"),
        maybe("done_at"), text("done_by"), sa.PrimaryKeyConstraint("task_id", name="pk_typing_task"),
    )
    op.create_index("ix_typing_task_dossier_id", "typing_task", ["dossier_id"])
    op.create_index("ix_typing_task_state", "typing_task", ["state", "opened_at"])


def _prints() -> None:
    op.create_table(
        "print_void", text("print_id"), text("at"), text("reason"), sa.PrimaryKeyConstraint("print_id", name="pk_print_void"))
    for statement in _kept("print_void", op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def _kept(table: str, dialect: str) -> list[str]:
    """Return what makes the database refuse to change or delete rows of a table, as the first migration does for its own."""
    if dialect == "sqlite":
        return [f"""CREATE TRIGGER {table}_kept_{act.lower()} BEFORE {act} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is kept for ever'); END""" for act in ("UPDATE", "DELETE")]
    return [f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION desk_refuse()"]


def _fill(connection: sa.Connection) -> None:
    """Copy what stands in the JSON of kept dossiers to where reports look for it."""
    dossier = sa.table("dossier", *map(sa.column, ("n", "rest", "out_of_area", "awaiting_acceptance", "supplement_open_since")))
    due_change = sa.table("due_change", *map(sa.column, ("dossier", "position", "set_at", "due_at")))
    span = sa.table("supplement_span", *map(sa.column, ("dossier", "position", "requested_at", "received_at")))
    for name in ("out_of_area", "awaiting_acceptance"):
        connection.execute(dossier.update().where(dossier.c.rest.like(f'%"{name}":true%')).values({name: sa.true()}))
    waiting = sa.select(dossier.c.n, sa.literal(1), dossier.c.supplement_open_since, sa.null()).where(
        dossier.c.supplement_open_since.is_not(None))
    connection.execute(span.insert().from_select(["dossier", "position", "requested_at", "received_at"], waiting))
    for number, rest in connection.execute(sa.select(dossier.c.n, dossier.c.rest).where(dossier.c.rest.like(LATER_DUE))).all():
        history = json.loads(rest)["due_history"]
        rows = [{"dossier": number, "position": at, "set_at": set_at, "due_at": due} for at, (set_at, due) in enumerate(history)]
        if rows:
            connection.execute(due_change.insert(), rows)
