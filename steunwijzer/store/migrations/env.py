"""Alembic's entry: works on the connection that :class:`steunwijzer.store.database.Database` hands over."""

from alembic import context

from steunwijzer.store import desk_tables  # noqa: F401  (its tables belong to the same Base)
from steunwijzer.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
