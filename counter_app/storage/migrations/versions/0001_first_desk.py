"""The first desk: every table, the search index, and the guards of what is never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE dossier_fts USING fts5(search_text, content='dossier', content_rowid='n', tokenize='ascii',
       prefix='1 2 3 4 5 6', columnsize=0, detail=none)""",
    """CREATE TRIGGER dossier_fts_added AFTER INSERT ON dossier BEGIN
       INSERT INTO dossier_fts(rowid, search_text) VALUES (new.n, new.search_text); END""",
    """CREATE TRIGGER dossier_fts_changed AFTER UPDATE OF search_text ON dossier WHEN old.search_text IS NOT new.search_text BEGIN
       INSERT INTO dossier_fts(dossier_fts, rowid, search_text) VALUES ('delete', old.n, old.search_text);
       INSERT INTO dossier_fts(rowid, search_text) VALUES (new.n, new.search_text); END""",
)
POSTGRES_SEARCH = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_dossier_search ON dossier USING gin (search_text gin_trgm_ops)",
)

KEPT = {
    "event": ("UPDATE", "DELETE"),
    "audit": ("UPDATE", "DELETE"),
    "printed_form": ("UPDATE", "DELETE"),
    "print_prefix": ("UPDATE", "DELETE"),
    "used_number": ("UPDATE", "DELETE"),
    "book_line": ("UPDATE OF book, year, ordinal, volume, dossier_id, entered_on", "DELETE"),
    "book_volume": ("UPDATE OF book, year, volume, first_ordinal", "DELETE"),
    "dossier": ("UPDATE OF n, dossier_id", "DELETE"),
}
"""What nobody may do to a table, this program's own mistakes included."""

POSTGRES_REFUSAL = """CREATE FUNCTION desk_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '%% is kept for ever', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"""


def upgrade() -> None:
    """Build everything."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _run(*SQLITE_SEARCH)
        _run(*(_sqlite_guard(table, act) for table, acts in KEPT.items() for act in acts))
    else:
        _run(*POSTGRES_SEARCH, POSTGRES_REFUSAL)
        _run(*(_postgres_guard(table, acts) for table, acts in KEPT.items()))


def _run(*statements: str) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _sqlite_guard(table: str, act: str) -> str:
    return f"""CREATE TRIGGER {table}_kept_{act.split(maxsplit=1)[0].lower()} BEFORE {act} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is kept for ever'); END"""


def _postgres_guard(table: str, acts: tuple[str, ...]) -> str:
    return f"CREATE TRIGGER {table}_kept BEFORE {' OR '.join(acts)} ON {table} FOR EACH ROW EXECUTE FUNCTION desk_refuse()"


def _index(name: str, table: str, columns: list[str], where: str | None = None, *, unique: bool = False) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _tables() -> None:
    op.create_table('audit',
        sa.Column('seq', ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column('at', WORDS, nullable=False),
        sa.Column('user_id', WORDS, nullable=False),
        sa.Column('action', WORDS, nullable=False),
        sa.Column('subject', WORDS, nullable=False),
        sa.Column('details', WORDS, nullable=False),
        sa.Column('prev_hash', WORDS, nullable=False),
        sa.Column('hash', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('seq', name='pk_audit')
    )
    op.create_table('book_line',
        sa.Column('book', WORDS, nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('ordinal', sa.Integer(), nullable=False),
        sa.Column('volume', sa.Integer(), nullable=False),
        sa.Column('dossier_id', WORDS, nullable=False),
        sa.Column('entered_on', WORDS, nullable=False),
        sa.Column('struck_reason', WORDS, nullable=False),
        sa.Column('struck_on', WORDS, nullable=True),
        sa.PrimaryKeyConstraint('book', 'year', 'ordinal', name='pk_book_line')
    )
    op.create_table('book_volume',
        sa.Column('book', WORDS, nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('volume', sa.Integer(), nullable=False),
        sa.Column('title', WORDS, nullable=False),
        sa.Column('opened_on', WORDS, nullable=False),
        sa.Column('first_ordinal', sa.Integer(), nullable=False),
        sa.Column('closed_on', WORDS, nullable=True),
        sa.Column('last_ordinal', sa.Integer(), nullable=True),
        sa.Column('printed_through', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('book', 'year', 'volume', name='pk_book_volume')
    )
    op.create_table('calendar',
        sa.Column('n', ROW_NUMBER, nullable=False),
        sa.Column('version', WORDS, nullable=False),
        sa.Column('document', WORDS, nullable=False),
        sa.Column('imported_at', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('n', name='pk_calendar')
    )
    op.create_table('catalogue',
        sa.Column('version', WORDS, nullable=False),
        sa.Column('title', WORDS, nullable=False),
        sa.Column('imported_at', WORDS, nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('active_from', WORDS, nullable=True),
        sa.Column('source_sha256', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('version', name='pk_catalogue')
    )
    op.create_table('dossier',
        sa.Column('n', ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column('dossier_id', WORDS, nullable=False),
        sa.Column('code', WORDS, nullable=False),
        sa.Column('procedure_code', WORDS, nullable=False),
        sa.Column('procedure_name', WORDS, nullable=False),
        sa.Column('procedure_version', WORDS, nullable=False),
        sa.Column('field_name', WORDS, nullable=False),
        sa.Column('status', WORDS, nullable=False),
        sa.Column('channel', WORDS, nullable=False),
        sa.Column('applicant_name', WORDS, nullable=False),
        sa.Column('id_number', WORDS, nullable=False),
        sa.Column('phone', WORDS, nullable=False),
        sa.Column('address', WORDS, nullable=False),
        sa.Column('received_at', WORDS, nullable=False),
        sa.Column('due_at', WORDS, nullable=True),
        sa.Column('finished_at', WORDS, nullable=True),
        sa.Column('returned_at', WORDS, nullable=True),
        sa.Column('closed_as', WORDS, nullable=False),
        sa.Column('delivery', WORDS, nullable=False),
        sa.Column('sets', sa.Integer(), nullable=False),
        sa.Column('note', WORDS, nullable=False),
        sa.Column('handled_by', WORDS, nullable=False),
        sa.Column('holder', WORDS, nullable=False),
        sa.Column('supplement_open_since', WORDS, nullable=True),
        sa.Column('queue', WORDS, nullable=True),
        sa.Column('attention', WORDS, nullable=True),
        sa.Column('document_count', sa.Integer(), nullable=False),
        sa.Column('fee_total_vnd', sa.BigInteger(), nullable=False),
        sa.Column('book', WORDS, nullable=True),
        sa.Column('book_year', sa.Integer(), nullable=True),
        sa.Column('book_volume', sa.Integer(), nullable=True),
        sa.Column('book_ordinal', sa.Integer(), nullable=True),
        sa.Column('search_text', WORDS, nullable=False),
        sa.Column('rest', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('n', name='pk_dossier'),
        sa.UniqueConstraint('dossier_id', name='uq_dossier_dossier_id')
    )
    _index('ix_dossier_assigned', 'dossier', ['due_at', 'n'], "holder != '' AND queue IS NOT NULL")
    _index('ix_dossier_attention', 'dossier', ['n'], 'attention IS NOT NULL')
    _index('ix_dossier_finished', 'dossier', ['finished_at', 'due_at'], 'finished_at IS NOT NULL')
    _index('ix_dossier_person', 'dossier', ['id_number', 'n'], "id_number != ''")
    _index('ix_dossier_ready', 'dossier', ['finished_at', 'n'], "queue = 'ready'")
    _index('ix_dossier_ready_due', 'dossier', ['due_at', 'n'], "queue = 'ready'")
    _index('ix_dossier_received', 'dossier', ['received_at', 'n'])
    _index('ix_dossier_returned', 'dossier', ['returned_at', 'n'], 'returned_at IS NOT NULL')
    _index('ix_dossier_running', 'dossier', ['due_at', 'n'], "queue = 'running'")
    _index('ix_dossier_supplement', 'dossier', ['supplement_open_since', 'n'], "queue = 'supplement'")
    op.create_table('draft',
        sa.Column('draft_id', WORDS, nullable=False),
        sa.Column('owner', WORDS, nullable=False),
        sa.Column('kind', WORDS, nullable=False),
        sa.Column('saved_at', WORDS, nullable=False),
        sa.Column('parked', sa.Boolean(), nullable=False),
        sa.Column('label', WORDS, nullable=False),
        sa.Column('content', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('draft_id', name='pk_draft')
    )
    _index('ix_draft_owner', 'draft', ['owner', 'kind'])
    op.create_table('event',
        sa.Column('n', ROW_NUMBER, nullable=False),
        sa.Column('op_id', WORDS, nullable=False),
        sa.Column('dossier_id', WORDS, nullable=True),
        sa.Column('type', WORDS, nullable=False),
        sa.Column('occurred_at', WORDS, nullable=False),
        sa.Column('actor_id', WORDS, nullable=False),
        sa.Column('actor_role', WORDS, nullable=False),
        sa.Column('facts', WORDS, nullable=False),
        sa.Column('ho_so', WORDS, nullable=True),
        sa.Column('base_rev', sa.Integer(), nullable=False),
        sa.Column('device', WORDS, nullable=True),
        sa.Column('epoch', WORDS, nullable=True),
        sa.Column('seq', sa.BigInteger(), nullable=True),
        sa.Column('prev_hash', WORDS, nullable=True),
        sa.Column('hash', WORDS, nullable=True),
        sa.Column('resolves', WORDS, nullable=True),
        sa.PrimaryKeyConstraint('n', name='pk_event'),
        sa.UniqueConstraint('device', 'epoch', 'seq', name='uq_event_device_epoch_seq'),
        sa.UniqueConstraint('op_id', name='uq_event_op_id')
    )
    _index('ix_event_dossier_id', 'event', ['dossier_id'])
    op.create_table('outbox',
        sa.Column('op_id', WORDS, nullable=False),
        sa.Column('dossier_id', WORDS, nullable=True),
        sa.Column('state', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('op_id', name='pk_outbox')
    )
    _index('ix_outbox_dossier_id', 'outbox', ['dossier_id'])
    op.create_table('outbox_total',
        sa.Column('state', WORDS, nullable=False),
        sa.Column('ops', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('state', name='pk_outbox_total')
    )
    op.create_table('print_job',
        sa.Column('job_id', WORDS, nullable=False),
        sa.Column('print_id', WORDS, nullable=False),
        sa.Column('printer', WORDS, nullable=False),
        sa.Column('copies', sa.Integer(), nullable=False),
        sa.Column('state', WORDS, nullable=False),
        sa.Column('queued_at', WORDS, nullable=False),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.Column('message', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('job_id', name='pk_print_job')
    )
    _index('ix_print_job_open', 'print_job', ['queued_at', 'job_id'], "state IN ('waiting', 'printing', 'failed')")
    op.create_table('print_prefix',
        sa.Column('sha256', WORDS, nullable=False),
        sa.Column('template_version', WORDS, nullable=False),
        sa.Column('body', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('sha256', name='pk_print_prefix')
    )
    op.create_table('procedure_override',
        sa.Column('n', ROW_NUMBER, nullable=False),
        sa.Column('body', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('n', name='pk_procedure_override')
    )
    op.create_table('procedure_version',
        sa.Column('version_id', WORDS, nullable=False),
        sa.Column('catalogue_version', WORDS, nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('body', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('version_id', name='pk_procedure_version'),
        sa.UniqueConstraint('catalogue_version', 'position', name='uq_procedure_version_catalogue_version_position')
    )
    op.create_table('setting',
        sa.Column('key', WORDS, nullable=False),
        sa.Column('value', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('key', name='pk_setting')
    )
    op.create_table('used_number',
        sa.Column('device', WORDS, nullable=False),
        sa.Column('day', WORDS, nullable=False),
        sa.Column('series', WORDS, nullable=False),
        sa.Column('serial', sa.Integer(), nullable=False),
        sa.Column('code', WORDS, nullable=False),
        sa.Column('dossier_id', WORDS, nullable=True),
        sa.Column('reason', WORDS, nullable=False),
        sa.Column('noted_at', WORDS, nullable=False),
        sa.PrimaryKeyConstraint('device', 'day', 'series', 'serial', name='pk_used_number'),
        sa.UniqueConstraint('code', name='uq_used_number_code')
    )
    _index('ix_used_number_burned', 'used_number', ['day'], 'dossier_id IS NULL')
    op.create_table('user_account',
        sa.Column('user_id', WORDS, nullable=False),
        sa.Column('login', WORDS, nullable=False),
        sa.Column('full_name', WORDS, nullable=False),
        sa.Column('role', WORDS, nullable=False),
        sa.Column('password_hash', WORDS, nullable=False),
        sa.Column('title', WORDS, nullable=False),
        sa.Column('disabled', sa.Boolean(), nullable=False),
        sa.Column('must_change_password', sa.Boolean(), nullable=False),
        sa.Column('created_at', WORDS, nullable=True),
        sa.Column('failed_tries', sa.Integer(), nullable=False),
        sa.Column('wait_seconds', sa.Integer(), nullable=False),
        sa.Column('wait_noted_at', sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint('user_id', name='pk_user_account'),
        sa.UniqueConstraint('login', name='uq_user_account_login')
    )
    op.create_table('dossier_code',
        sa.Column('code', WORDS, nullable=False),
        sa.Column('dossier', ROW_NUMBER, nullable=False),
        sa.Column('kind', WORDS, nullable=False),
        sa.ForeignKeyConstraint(['dossier'], ['dossier.n'], name='fk_dossier_code_dossier'),
        sa.PrimaryKeyConstraint('code', 'dossier', name='pk_dossier_code')
    )
    _index('ix_dossier_code_dossier', 'dossier_code', ['dossier'])
    _index('ux_dossier_code_issued', 'dossier_code', ['code'], "kind IN ('official', 'provisional')", unique=True)
    op.create_table('printed_form',
        sa.Column('n', ROW_NUMBER, nullable=False),
        sa.Column('print_id', WORDS, nullable=False),
        sa.Column('dossier_id', WORDS, nullable=False),
        sa.Column('form', WORDS, nullable=False),
        sa.Column('issue', sa.Integer(), nullable=False),
        sa.Column('paper', WORDS, nullable=False),
        sa.Column('printed_at', WORDS, nullable=False),
        sa.Column('template_version', WORDS, nullable=False),
        sa.Column('sha256', WORDS, nullable=False),
        sa.Column('content', WORDS, nullable=False),
        sa.Column('prefix', WORDS, nullable=True),
        sa.Column('tail', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['prefix'], ['print_prefix.sha256'], name='fk_printed_form_prefix'),
        sa.PrimaryKeyConstraint('n', name='pk_printed_form'),
        sa.UniqueConstraint('dossier_id', 'form', 'issue', name='uq_printed_form_dossier_id_form_issue'),
        sa.UniqueConstraint('print_id', name='uq_printed_form_print_id')
    )
