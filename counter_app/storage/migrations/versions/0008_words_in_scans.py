"""The words on the pages of filed scans, and how far each file was read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE page_words_fts USING fts5(words, content='page_words', content_rowid='n', tokenize='ascii',
       prefix='1 2 3', columnsize=0, detail=none)""",
    # a word that is deleted leaves the index at once, not at the next merge
    "INSERT INTO page_words_fts(page_words_fts, rank) VALUES ('secure-delete', 1)",
    """CREATE TRIGGER page_words_fts_added AFTER INSERT ON page_words BEGIN
       INSERT INTO page_words_fts(rowid, words) VALUES (new.n, new.words); END""",
    """CREATE TRIGGER page_words_fts_removed AFTER DELETE ON page_words BEGIN
       INSERT INTO page_words_fts(page_words_fts, rowid, words) VALUES ('delete', old.n, old.words); END""",
)
POSTGRES_SEARCH = ("CREATE INDEX ix_page_words_search ON page_words USING gin (words gin_trgm_ops)",)


def upgrade() -> None:
    """Add the tables and the index of words."""
    op.create_table(
        "page_words", sa.Column("n", ROW_NUMBER, nullable=False), sa.Column("stored_id", WORDS, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False), sa.Column("words", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_page_words"),
        sa.UniqueConstraint("stored_id", "page", name="uq_page_words_stored_id_page"))
    op.create_table(
        "file_reading", sa.Column("stored_id", WORDS, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("pages", "tries")),
        sa.Column("finished", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("stored_id", name="pk_file_reading"))
    for statement in SQLITE_SEARCH if op.get_bind().dialect.name == "sqlite" else POSTGRES_SEARCH:
        op.execute(statement)
