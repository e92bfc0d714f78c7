"""Whether what a desk reads is what it wrote.

Every page of the encrypted file carries its own proof. SQLCipher hands a page that fails it over as zeros and refuses only the next
page: where the zeros are the end of a long value, that value is changed in silence. But the connection remembers that it failed once, so
each transaction asks it before it ends, and what was made of its answers does not get out.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.errors import failed


def trust(connection: Connection, place: str) -> None:
    """Prove that no page that was read was damaged; a server proves its pages itself. ``place`` is what to call the database.

    A connection that read a damaged page gives nothing any more and is let go of, so that the next one can read what is sound.

    Raises:
        SurroundingsError: DATABASE_CORRUPT.
    """
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA cipher_status").scalar() != "1":
        connection.invalidate()
        raise failed("DATABASE_CORRUPT", path=place)


def examine(connection: Connection, place: str) -> None:
    """Read every page and every table of an encrypted file; a server examines itself.

    Raises:
        SurroundingsError: DATABASE_CORRUPT.
    """
    if connection.dialect.name != "sqlite":
        return
    damaged = connection.exec_driver_sql("PRAGMA cipher_integrity_check").first()
    if damaged is not None or connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise failed("DATABASE_CORRUPT", path=place)
