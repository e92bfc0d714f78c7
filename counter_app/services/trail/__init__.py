"""The audit trail: read, noted in, and marked outside the database."""
