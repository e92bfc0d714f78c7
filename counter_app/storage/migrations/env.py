"""Alembic's environment: migrates over the connection it is given, inside the transaction that is open there."""

from alembic import context

from counter_app.storage.indexes import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True, render_as_batch=True,
)
context.run_migrations()
