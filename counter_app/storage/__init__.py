"""The encrypted database behind SQLAlchemy, on SQLite or PostgreSQL; nobody outside knows which."""
