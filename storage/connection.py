"""A connection to SQLite that is used on the event loop's own thread.

A statement on one trader's rows takes 20 to 100 µs; handing it to another thread and back costs several times that, and a
multiple of it on a busy machine. What may take long does go to a thread: a flush to the disk (here) and a checkpoint
(`write_ahead_log.py`). Nothing here waits for a lock.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Delete, Insert, Select, TextClause, Update

T = TypeVar("T")
Statement = Select[*tuple[Any, ...]] | Insert | Update | Delete | TextClause


class SqliteConnection:
    """One transaction of it; what is not committed is rolled back by whoever opened it."""

    def __init__(self, connection: Connection, *, durable: bool = False) -> None:
        self._connection = connection
        self._durable = durable

    async def execute(
        self, statement: Statement, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        return self._connection.execute(statement, parameters)

    async def commit(self) -> None:
        """With `durable` the disk has it afterwards, and others go on meanwhile."""
        if self._durable:
            await _in_thread(self._connection.commit)
        else:
            self._connection.commit()


async def _in_thread(work: Callable[[], T]) -> T:
    """Ends before a cancellation is felt: a connection must not be given back while a thread works on it."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({task})
        task.exception()  # looked at, so that nobody reports it as forgotten
        raise
