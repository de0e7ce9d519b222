"""Alembic's entry: it is always called from `issuer.migrations.upgrade`, with a connection."""

from alembic import context

from issuer.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
