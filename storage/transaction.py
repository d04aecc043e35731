"""One database transaction, in the few verbs that the stores need.

Statements go through SQLAlchemy's Core: a session would cost about half as much again per row, and nothing here wants
tracked objects. Rows come back with the attributes of the table class they were asked for, read-only.

Rows are chosen by what columns equal, given by name, and by fixed conditions that a module makes once. So a statement is
put together once and then only given its values: putting it together costs more than carrying it out.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

from sqlalchemy import (
    CursorResult,
    Delete,
    Insert,
    Integer,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from storage.connection import SqliteConnection
from storage.tables import Row

R = TypeVar("R", bound=Row)
Condition = Any
"""A condition without values of the moment; SQLModel's columns are typed as the values they hold, so no type says more."""
_IS: Final = "is_"
_NEW: Final = "new_"
_MOST: Final = "most"


def table_of(row: type[Row]) -> Table:
    """The table behind a row class."""
    return cast(Table, row.__table__)  # type: ignore[attr-defined]  # SQLModel sets it when the class is made


def _given(equal: Mapping[str, Any]) -> dict[str, Any]:
    return {_IS + name: value for name, value in equal.items()}


def _conditions(table: Table, fixed: tuple[Condition, ...], equal: tuple[str, ...]) -> list[Any]:
    return [*fixed, *(table.c[name] == bindparam(_IS + name, type_=table.c[name].type) for name in equal)]


@lru_cache(maxsize=256)
def _select(
    table: Table, fixed: tuple[Condition, ...], equal: tuple[str, ...], order: tuple[Any, ...], limited: bool
) -> Select[*tuple[Any, ...]]:
    columns = [table.c[column] if isinstance(column, str) else column for column in order]
    statement = select(table).where(*_conditions(table, fixed, equal)).order_by(*columns)
    return statement.limit(bindparam(_MOST, type_=Integer)) if limited else statement


@lru_cache(maxsize=256)
def _update(table: Table, values: tuple[str, ...], fixed: tuple[Condition, ...], equal: tuple[str, ...]) -> Update:
    new = {name: bindparam(_NEW + name, type_=table.c[name].type) for name in values}
    return update(table).where(*_conditions(table, fixed, equal)).values(new)


@lru_cache(maxsize=256)
def _delete(table: Table, fixed: tuple[Condition, ...], equal: tuple[str, ...]) -> Delete:
    return delete(table).where(*_conditions(table, fixed, equal))


class Transaction:
    """Nothing is kept before `commit()`; whoever made it rolls back what was not committed."""

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection

    async def first(self, row: type[R], *fixed: Condition, **equal: Any) -> R | None:
        """The row, or any one row, that fits."""
        statement = _select(table_of(row), fixed, tuple(equal), (), True)
        found = await self.execute(statement, _given(equal) | {_MOST: 1})
        return cast(R | None, found.first())

    async def all(
        self, row: type[R], *fixed: Condition, order: Sequence[Any] = (), limit: int | None = None, **equal: Any
    ) -> list[R]:
        """Every row that fits, by the columns named in `order`."""
        statement = _select(table_of(row), fixed, tuple(equal), tuple(order), limit is not None)
        found = await self.execute(statement, _given(equal) if limit is None else _given(equal) | {_MOST: limit})
        return cast(list[R], found.all())

    async def add(self, row: Row) -> int | None:
        """Insert; returns the number that the database gave it, for tables that number their rows."""
        values = {name: value for name, value in row if not (name == "id" and value is None)}
        result = await self.execute(insert(table_of(type(row))), values)
        return result.lastrowid

    async def put(self, row: Row) -> None:
        """Insert, or overwrite the row with this primary key. The row of another trader is never overwritten."""
        table, values = table_of(type(row)), dict(row)
        identity = {column.name for column in table.primary_key} | {"trader_id"}
        equal = {name: value for name, value in values.items() if name in identity}
        rest = {name: value for name, value in values.items() if name not in identity}
        if not await self.update(type(row), rest, **equal):
            await self.add(row)

    async def update(self, row: type[Row], values: Mapping[str, Any], *fixed: Condition, **equal: Any) -> int:
        """How many rows were changed; the conditions decide, so this is the compare-and-set of every store."""
        statement = _update(table_of(row), tuple(values), fixed, tuple(equal))
        result = await self.execute(statement, _given(equal) | {_NEW + name: value for name, value in values.items()})
        return result.rowcount

    async def delete(self, row: type[Row] | Table, *fixed: Condition, **equal: Any) -> int:
        """How many rows were deleted."""
        table = row if isinstance(row, Table) else table_of(row)
        result = await self.execute(_delete(table, fixed, tuple(equal)), _given(equal))
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
