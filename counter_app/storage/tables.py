"""The tables, for SQLite and PostgreSQL alike. Migrations build them; a test proves that both agree. Indexes with a condition
stand in :mod:`counter_app.storage.indexes`.

Times and days are sortable local text (decision 9), JSON is text with its order kept, because hashes are made over it. On PostgreSQL every
text is compared byte by byte (collation "C"), as SQLite does, so that both sort alike.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
    literal_column,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s",
}
metadata = MetaData(naming_convention=NAMING)

Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Text compared byte by byte on both databases."""

RowNumber = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit row number; on SQLite the rowid itself."""


def _text(name: str, *, primary_key: bool = False) -> Column[str]:
    return Column(name, Words, nullable=False, primary_key=primary_key)


def _maybe(name: str) -> Column[str | None]:
    return Column(name, Words, nullable=True)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


setting = Table("setting", metadata, _text("key", primary_key=True), _text("value"))

user = Table(
    "user_account", metadata,
    _text("user_id", primary_key=True), _text("login"), _text("full_name"), _text("role"), _text("password_hash"), _text("title"),
    Column("disabled", Boolean, nullable=False), Column("must_change_password", Boolean, nullable=False), _maybe("created_at"),
    _number("failed_tries"), _number("wait_seconds"), Column("wait_noted_at", Float(53), nullable=False),
    UniqueConstraint("login"),
)

catalogue = Table(
    "catalogue", metadata,
    _text("version", primary_key=True), _text("title"), _text("imported_at"), _number("count"), _maybe("active_from"),
    _text("source_sha256"),
)

procedure = Table(
    "procedure_version", metadata,
    _text("version_id", primary_key=True),
    _text("catalogue_version"), _number("position"), _text("body"),
    UniqueConstraint("catalogue_version", "position"),
)

override = Table("procedure_override", metadata, Column("n", RowNumber, primary_key=True), _text("body"))

calendar = Table(
    "calendar", metadata,
    Column("n", RowNumber, primary_key=True), _text("version"), _text("document"), _text("imported_at"),
)

dossier = Table(
    "dossier", metadata,
    Column("n", RowNumber, primary_key=True, autoincrement=False),  # the order of entry, without gaps
    _text("dossier_id"), _text("code"), _text("procedure_code"), _text("procedure_name"), _text("procedure_version"), _text("field_name"),
    _text("status"), _text("channel"), _text("applicant_name"), _text("id_number"), _text("phone"), _text("address"),
    _text("received_at"), _maybe("due_at"), _maybe("finished_at"), _maybe("returned_at"), _text("closed_as"), _text("delivery"),
    _number("sets"), _text("note"), _text("handled_by"), _text("holder"), _maybe("supplement_open_since"),
    _maybe("papers_until"),  # the last moment that form 02 names for the papers awaited now
    _maybe("queue"),  # online, running, supplement or ready: what the desk still waits for; NULL for a closed dossier
    _maybe("attention"),
    _number("document_count"), Column("fee_total_vnd", BigInteger, nullable=False),
    _maybe("book"), Column("book_year", Integer), Column("book_volume", Integer), Column("book_ordinal", Integer),
    # the internal step that runs, and what reports split by; the whole of it stands in "rest"
    _maybe("step"), _maybe("step_owner"), _maybe("step_due_at"), _maybe("posted_at"), _maybe("apology_at"),
    Column("online_level", Words, nullable=False, server_default=""), _flag("out_of_area"), _flag("on_the_spot"),
    Column("signed", Words, nullable=False, server_default=""), Column("rating", Integer),
    _flag("awaiting_acceptance"),
    _text("search_text"),  # " word word …", folded; every word preceded by a space
    _text("rest"),  # every other member, as JSON
    UniqueConstraint("dossier_id"), Index("ix_dossier_received", "received_at", "n"),
    # everything that a report counts by, so that a year is counted without opening the dossiers
    Index(
        "ix_dossier_report", "received_at", "finished_at", "due_at", "field_name", "procedure_code", "channel", "status",
        "awaiting_acceptance", "online_level", "out_of_area", "on_the_spot", "apology_at", "fee_total_vnd", "n",
    ),
)

RUNNING, SUPPLEMENT, READY, ONLINE = (literal_column(f"'{name}'", Text) for name in ("running", "supplement", "ready", "online"))
"""Written out in statements, not bound: only so can a partial index be chosen."""
NOTHING = literal_column("''", Text)

dossier_code = Table(
    "dossier_code", metadata,
    _text("code", primary_key=True),
    Column("dossier", RowNumber, ForeignKey("dossier.n"), primary_key=True, index=True),
    _text("kind"),
)

due_change = Table(
    "due_change", metadata,  # all due times of a dossier that had more than one, so that a report can ask what was in force on a day
    Column("dossier", RowNumber, ForeignKey("dossier.n"), primary_key=True), Column("position", Integer, primary_key=True),
    _text("set_at"), _maybe("due_at"),
)
supplement_span = Table(
    "supplement_span", metadata,  # from a request for papers to their coming in
    Column("dossier", RowNumber, ForeignKey("dossier.n"), primary_key=True), Column("position", Integer, primary_key=True),
    _text("requested_at"), _maybe("received_at"),
)

event = Table(
    "event", metadata,
    Column("n", RowNumber, primary_key=True),
    _text("op_id"), Column("dossier_id", Words, index=True), _text("type"), _text("occurred_at"), _text("actor_id"), _text("actor_role"),
    _text("facts"), _maybe("ho_so"), _number("base_rev"), _maybe("device"), _maybe("epoch"), Column("seq", BigInteger), _maybe("prev_hash"),
    _maybe("hash"), _maybe("resolves"),
    UniqueConstraint("op_id"), UniqueConstraint("device", "epoch", "seq"),
)

op_place = Table(
    "op_place", metadata,  # the place in a lane that an op has beside the one it was recorded in, or that the province holds it in
    Column("n", RowNumber, primary_key=True),
    Column("op_id", Words, nullable=False, index=True), _text("device"), _text("epoch"), Column("seq", BigInteger, nullable=False),
    _text("prev_hash"), _text("hash"), UniqueConstraint("device", "epoch", "seq"),
)

outbox = Table(
    "outbox", metadata,
    _text("op_id", primary_key=True), Column("dossier_id", Words, index=True), _text("state"),
    Column("rev", BigInteger), _maybe("result"),  # what the province said of the op itself, and which revision it made
)
PROVINCE_HAS = literal_column("'province_has'", Text)
OPEN_OPS = outbox.c.state != PROVINCE_HAS
"""What the province has not proven to hold, or a person must look at."""
outbox_total = Table("outbox_total", metadata, _text("state", primary_key=True), Column("ops", BigInteger, nullable=False))

audit = Table(
    "audit", metadata,
    Column("seq", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    _text("at"), _text("user_id"), _text("action"), _text("subject"), _text("details"), _text("prev_hash"), _text("hash"),
)

volume = Table(
    "book_volume", metadata,
    _text("book", primary_key=True), Column("year", Integer, primary_key=True), Column("volume", Integer, primary_key=True),
    _text("title"), _text("opened_on"), _number("first_ordinal"), _maybe("closed_on"), Column("last_ordinal", Integer),
    _number("printed_through"),
)

line = Table(
    "book_line", metadata,
    _text("book", primary_key=True), Column("year", Integer, primary_key=True), Column("ordinal", Integer, primary_key=True),
    _number("volume"), Column("dossier_id", Words, nullable=False, index=True), _text("entered_on"), _text("struck_reason"),
    _maybe("struck_on"), _maybe("ref"),  # the payment, certification or hand-over that the line is about
    _maybe("content"),  # its columns as they were written, as JSON; NULL in the register of dossiers, whose lines follow the dossier
)

number = Table(
    "used_number", metadata,
    _text("device", primary_key=True), _text("day", primary_key=True), _text("series", primary_key=True),
    Column("serial", Integer, primary_key=True),
    _text("code"), _maybe("dossier_id"), _text("reason"), _text("noted_at"),
    UniqueConstraint("code"),
)

print_prefix = Table(
    "print_prefix", metadata,
    _text("sha256", primary_key=True), _text("template_version"), Column("body", LargeBinary, nullable=False),
)

printed = Table(
    "printed_form", metadata,
    Column("n", RowNumber, primary_key=True),
    _text("print_id"), _text("dossier_id"), _text("form"), _number("issue"), _text("paper"), _text("printed_at"),
    _text("template_version"), _text("sha256"), _text("content"),
    Column("prefix", Words, ForeignKey("print_prefix.sha256")), Column("tail", LargeBinary, nullable=False),
    UniqueConstraint("print_id"), UniqueConstraint("dossier_id", "form", "issue"),
)

print_void = Table(
    "print_void", metadata,  # prints that are struck
    _text("print_id", primary_key=True), _text("at"), _text("reason"),
)
job = Table(
    "print_job", metadata,
    _text("job_id", primary_key=True), _text("print_id"), _text("printer"), _number("copies"), _text("state"), _text("queued_at"),
    _number("tries"), _text("message"), Column("device", Words, nullable=False, server_default=""),
)
OPEN_JOBS = job.c.state.in_([literal_column(f"'{state}'", Text) for state in ("waiting", "printing", "failed")])
"""The jobs somebody still waits for."""
draft = Table(
    "draft", metadata,
    _text("draft_id", primary_key=True), _text("owner"), _text("kind"), _text("saved_at"), Column("parked", Boolean, nullable=False),
    _text("label"), _text("content"),
    Index("ix_draft_owner", "owner", "kind"),
)

certification = Table(
    "certification", metadata,  # one row a number; the printed columns stand with the line of its register, whose "ref" it is
    _text("certification_id", primary_key=True), Column("visit_id", Words, nullable=False, index=True),
    Column("dossier_id", Words, nullable=False, index=True), _text("book"), _number("year"), _number("volume"), _number("ordinal"),
    Column("at", Words, nullable=False, index=True), _text("kind"), _text("document_name"), _number("pages"), _number("copies"),
    Column("amount_vnd", BigInteger, nullable=False), _text("fee_line_ids"), _text("signer"), _text("signer_title"),
    Column("signed_at", Words, index=True), _maybe("struck_on"), _text("struck_reason"),
    UniqueConstraint("book", "year", "ordinal"),
)
payment = Table(
    "payment", metadata,  # money taken, given back (negative) or waived (0, exempt)
    _text("payment_id", primary_key=True), Column("dossier_id", Words, nullable=False, index=True), _text("fee_line_id"),
    Column("at", Words, nullable=False, index=True), Column("amount_vnd", BigInteger, nullable=False), _text("method"), _text("collector"),
    _text("name"), _number("quantity"), _text("payer"), _text("receipt_series"), _text("receipt_number"), _text("exempt_reason"),
    _text("exempt_proof"), _maybe("reverses"), _maybe("op_id"), _maybe("count_id"),
    _text("code"), _text("reason"), _flag("receipt_cancelled"),  # of what was given back
    _maybe("matched_at"), _text("matched_by"), _text("bank_reference"),  # of a transfer that was found on the bank's list
    Index("ix_payment_receipt", "receipt_number", "receipt_series"),
)
OPEN_PAYMENTS = and_(payment.c.count_id.is_(None), payment.c.method != literal_column("'exempt'", Text))
"""Money that is not handed in yet."""
cash_count = Table(
    "cash_count", metadata,
    _text("count_id", primary_key=True), Column("at", Words, nullable=False, index=True), _text("collector"), _text("counted_by"),
    _text("expected"), _text("counted"), _text("handed_to"), _text("note"),  # sums by method, as JSON
)
message = Table(
    "message", metadata,
    _text("message_id", primary_key=True), Column("dossier_id", Words, nullable=False, index=True), _text("occasion"), _text("channel"),
    _text("recipient"), _text("body"), _text("queued_at"), _text("expires_at"), _text("state"), _maybe("changed_at"), _text("changed_by"),
    _text("note"),
    Index("ix_message_state", "state", "queued_at"),
)
complaint = Table(
    "complaint", metadata,
    _text("complaint_id", primary_key=True), Column("dossier_id", Words, index=True),
    Column("received_at", Words, nullable=False, index=True), _text("channel"),
    _text("person"), _text("phone"), _text("body"), _maybe("answer_due"), _text("owner"), _maybe("answered_at"),
    _text("answer"), _text("answered_by"), Column("satisfied", Boolean),
)
frozen_report = Table(
    "frozen_report", metadata,
    _text("report_id", primary_key=True), _text("name"), _text("start_day"), _text("end_day"), _text("frozen_at"), _text("frozen_by"),
    _text("sent_to"), _text("content"), _text("sha256"),
    Index("ix_frozen_report_name", "name", "start_day"),
)
typing_task = Table(
    "typing_task", metadata,  # a dossier that must also be typed into a ministry's program
    _text("task_id", primary_key=True), Column("dossier_id", Words, nullable=False, index=True), _text("system"), _text("opened_at"),
    _text("state"), _text("code"), _maybe("done_at"), _text("done_by"),
    Index("ix_typing_task_state", "state", "opened_at"),
)

stored_file = Table(
    "stored_file", metadata,  # files lie encrypted in the desk's folder; without its key here one is nothing but noise
    _text("stored_id", primary_key=True), Column("sha256", Words, nullable=False, index=True), Column("size", BigInteger, nullable=False),
    _text("key"), _text("stored_at"), _maybe("destroyed_at"), _text("destroyed_by"), _text("destroyed_reason"),
)
digital_paper = Table(
    "digital_paper", metadata,
    _text("op_id", primary_key=True), _text("file_id"), Column("dossier_id", Words, nullable=False, index=True), _text("owner"),
    Column("stored_id", Words, nullable=False, index=True), _text("target"), _text("part"), _text("paper"), _number("state"),
    _text("sha256"), _text("content_sha256"), _number("pages"), _text("filename"), _text("filed_at"), _text("scanned_by"),
    _text("checked_by"), _text("signed_by"), _text("result_code"), _text("number"), _maybe("issued_on"), _text("issuer"), _text("signer"),
    _maybe("valid_from"), _maybe("valid_to"), _text("box"), _text("folder"), _maybe("kept_until"), Column("archived_on", Words, index=True),
    _maybe("unlinked_at"), Column("certificate", Words, nullable=False, server_default=""),
    Index("ix_digital_paper_owner", "owner", "filed_at"), Index("ix_digital_paper_kept", "kept_until", "op_id"),
)
UNSIGNED = and_(
    digital_paper.c.signed_by == NOTHING, digital_paper.c.unlinked_at.is_(None), digital_paper.c.state == literal_column("1", Integer))
"""The papers that were scanned here and wait for a signature."""
upload = Table(
    "upload", metadata,  # how far a file is on its way to the province; a file without a row was not begun
    _text("sha256", primary_key=True), _text("state"), _text("location"), _number("tries"),
)
line_pass = Table(
    "line_pass", metadata,  # what became of each pass over the line to the province
    _text("pass_id", primary_key=True), _text("device"), _text("began_at"), _text("ended_at"), _number("passes"), _number("sent"),
    _number("received"), _number("uploaded"),
    *(Column(name, BigInteger, nullable=False) for name in ("bytes_up", "bytes_down", "file_bytes")), _text("trouble"),
    Index("ix_line_pass_device", "device", "began_at"),
)
digital_state = Table(
    "digital_state", metadata,  # how far a dossier with files is, where reports look for it
    Column("dossier", RowNumber, ForeignKey("dossier.n"), primary_key=True, autoincrement=False),
    _flag("components"), _flag("results"), _flag("reused"),
)
scan_batch = Table(
    "scan_batch", metadata,  # pages that are not filed yet; journal and originals lie in the desk's folder
    _text("batch_id", primary_key=True), _text("key"), Column("device", Words, nullable=False, index=True), _text("opened_at"),
    _text("opened_by"),
)
page_words = Table(
    "page_words", metadata,  # what a page of a filed scan is found by
    Column("n", RowNumber, primary_key=True), _text("stored_id"), _number("page"),
    _text("words"),  # " word word …", folded, each once, in the order of the alphabet; every word preceded by a space
    UniqueConstraint("stored_id", "page"),
)
file_reading = Table(
    "file_reading", metadata,  # how far a filed scan was read; one without a row was not begun
    _text("stored_id", primary_key=True), _number("pages"), _number("tries"), _flag("finished"),
)
