"""Run by Alembic. The caller passes an open connection; see `storage.migrations`."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from storage.database import Big, Exact, Utc
from storage.tables import Row


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """How our column types stand in a revision that Alembic writes."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, Big | Exact | Utc):
        autogen.imports.add("from storage.database import Big, Exact, Utc")
        return f"{type(item).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
