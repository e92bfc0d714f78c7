"""The database behind the ports: an encrypted SQLite file, or PostgreSQL. Nothing outside this folder knows which."""

from counter_app.storage.opening import create_database, open_database

__all__ = ["create_database", "open_database"]
