"""One database transaction, in the few verbs that the stores need.

Statements go through SQLAlchemy's Core: a session would cost about half as much again per row, and nothing here wants
tracked objects. Rows come back with the attributes of the table class they were asked for, read-only.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Delete, Insert, Select, Table, Update, delete, insert, select, update

from storage.connection import SqliteConnection
from storage.tables import Row

R = TypeVar("R", bound=Row)
Condition = Any
"""A comparison of columns; SQLModel's columns are typed as the values they hold, so no type says more."""


def table_of(row: type[Row]) -> Table:
    """The table behind a row class."""
    return cast(Table, row.__table__)  # type: ignore[attr-defined]  # SQLModel sets it when the class is made


class Transaction:
    """Nothing is kept before `commit()`; whoever made it rolls back what was not committed."""

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection

    async def first(self, row: type[R], *where: Condition, order: Sequence[Any] = ()) -> R | None:
        """The first row that fits."""
        found = await self.execute(select(table_of(row)).where(*where).order_by(*order).limit(1))
        return cast(R | None, found.first())

    async def all(
        self, row: type[R], *where: Condition, order: Sequence[Any] = (), limit: int | None = None
    ) -> list[R]:
        """Every row that fits."""
        found = await self.execute(select(table_of(row)).where(*where).order_by(*order).limit(limit))
        return cast(list[R], found.all())

    async def add(self, row: Row) -> int | None:
        """Insert; returns the number that the database gave it, for tables that number their rows."""
        values = {name: value for name, value in row if not (name == "id" and value is None)}
        result = await self.execute(insert(table_of(type(row))), values)
        return result.lastrowid

    async def put(self, row: Row) -> None:
        """Insert, or overwrite the row with this primary key. The row of another trader is never overwritten."""
        table, values = table_of(type(row)), dict(row)
        identity = [*table.primary_key, *(table.c.get(name) for name in ("trader_id",) if name in table.c)]
        here = [column == values[column.name] for column in identity]
        rest = {name: value for name, value in values.items() if not table.c[name].primary_key}
        if not await self.update(type(row), *here, values=rest):
            await self.add(row)

    async def update(self, row: type[Row], *where: Condition, values: Mapping[str, Any]) -> int:
        """How many rows were changed; the conditions decide, so this is the compare-and-set of every store."""
        result = await self.execute(update(table_of(row)).where(*where).values(**values))
        return result.rowcount

    async def delete(self, row: type[Row] | Table, *where: Condition) -> int:
        """How many rows were deleted."""
        table = row if isinstance(row, Table) else table_of(row)
        result = await self.execute(delete(table).where(*where))
        return result.rowcount

    async def execute(
        self,
        statement: Select[*tuple[Any, ...]] | Insert | Update | Delete,
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> CursorResult[*tuple[Any, ...]]:
        """Any other statement."""
        return await self._connection.execute(statement, parameters)

    async def commit(self) -> None:
        await self._connection.commit()
