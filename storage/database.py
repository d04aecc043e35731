"""Everything that knows which database this is: where the file is, how a connection is set up, who writes when, what a column keeps.

One connection writes, behind a lock: many writers at once cost SQLite seconds. A few connections read. Writers begin with
BEGIN IMMEDIATE, else two of them read the same row before either writes. Statements run on the event loop's thread (see
`connection.py`); whatever could hold it up is kept away from it: another process' lock is waited for between the tries to begin,
and the write-ahead log is moved into the file by a thread.
"""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    Numeric,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.connection import SqliteConnection
from storage.errors import StorageError
from storage.write_ahead_log import WriteAheadLog

READERS = 4
"""Connections that are kept open for reading; more are opened for as long as they are needed."""
BUSY_TIMEOUT_MS = 5_000
LOOK_AGAIN_S = 0.005
"""Pause between two tries to begin while another process writes."""
PREFIX = "sqlite:///"
NEVER_REUSED = {"sqlite_autoincrement": True}
"""For tables that number their rows: a late `finish(7)` must not hit a new row that got the number of an old one."""


class DatabaseError(StorageError):
    """DATABASE_URL, or the file behind it, cannot be used."""


class Busy(StorageError):
    """Somebody reads for so long that deleted content cannot be moved out of the write-ahead log now."""

    def __init__(self) -> None:
        super().__init__("The database is being read by another process; deleted content was not scrubbed yet.")


def sqlite_path(url: str) -> Path:
    """The file that DATABASE_URL names. Raises DatabaseError; never quotes the address, it may hold a password."""
    if url.startswith(("postgresql:", "postgres:", "postgresql+")):
        raise DatabaseError(
            "DATABASE_URL names PostgreSQL, which this version cannot use yet. Example: sqlite:///data/reconnect.db"
        )
    path = url.removeprefix(PREFIX)
    if path in (url, "", ":memory:") or path.startswith("file:"):
        raise DatabaseError("DATABASE_URL does not name an SQLite file. Example: sqlite:///data/reconnect.db")
    return Path(path)


def sync_engine(path: Path) -> Engine:
    """For migrations, which Alembic runs without asyncio."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    engine = create_engine(URL.create("sqlite", database=str(path)), hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def insert_new(table: Table, values: Mapping[str, Any]) -> Insert:
    """An INSERT that passes over a row whose primary key is there already; `rowcount` tells which it was."""
    return insert(table).values(**values).on_conflict_do_nothing()


class Utc(TypeDecorator[datetime]):
    """A moment. Any aware time goes in, UTC comes out; a time without a zone is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone is no moment")
        moment = value.astimezone(UTC)
        return moment if _keeps_zones(dialect) else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Big(TypeDecorator[int]):
    """A whole number of up to 63 bits. SQLite numbers rows by itself only in a column that is called INTEGER."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


class Exact(TypeDecorator[Decimal]):
    """An amount, digit by digit. Where it is kept as text, never sort, compare or sum it in SQL: 9 comes after 100 there."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Numeric(asdecimal=True) if _keeps_decimals(dialect) else String())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError("an amount is a finite Decimal")
        return value if _keeps_decimals(dialect) else format(value, "f")

    def process_result_value(self, value: Any, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def _keeps_zones(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


def _keeps_decimals(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


class Database:
    """One SQLite file, migrated already."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = _engine(path, size=1)
        self._readers = _engine(path, size=READERS)
        event.listen(self._writer, "connect", _never_wait)
        event.listen(self._writer, "begin", _begin_immediate)
        event.listen(self._readers, "begin", _begin)
        event.listen(self._readers, "connect", _read_only)
        self._turn = asyncio.Lock()
        self._log = WriteAheadLog(path, self._turn, BUSY_TIMEOUT_MS / 1000)

    @asynccontextmanager
    async def writing(self, *, durable: bool = False) -> AsyncIterator[SqliteConnection]:
        """Wait for the turn to write. What is not committed is rolled back.

        A commit survives the death of the process; with `durable` also that of the machine, at the price of a flush.
        Raises OperationalError if another process writes for longer than BUSY_TIMEOUT_MS.
        """
        # Statements do not wait, so whoever writes one thing after the other lets others in here.
        await asyncio.sleep(0)
        async with self._turn:
            with self._writer.connect() as connection:
                if durable:
                    _pragma(connection, "synchronous=FULL")
                try:
                    await _begin_in_turn(connection)
                    yield SqliteConnection(connection, durable=durable)
                finally:
                    if durable:
                        connection.rollback()
                        _pragma(connection, "synchronous=NORMAL")
            self._log.written()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteConnection]:
        """One snapshot; writers go on meanwhile."""
        with self._readers.connect() as connection:
            yield SqliteConnection(connection)

    async def checkpoint(self) -> None:
        """Move the write-ahead log into the file and empty it, so that deleted content is nowhere. Raises Busy."""
        if not await self._log.empty():
            raise Busy

    @contextmanager
    def sole_runner(self) -> Iterator[None]:
        """Held while jobs are run: two processes would run each of them twice. Raises DatabaseError.

        The lock belongs to the open file, so it ends with the process, however that ends.
        """
        with self._path.with_name(f"{self._path.name}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DatabaseError("Another process already runs the bot on this database. Stop it first.") from None
            yield

    async def close(self) -> None:
        await self._log.rest()
        self._readers.dispose()
        self._writer.dispose()


def _engine(path: Path, size: int) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        pool_size=size,
        max_overflow=-1,  # waiting for a connection would stop the thread that is to give one back
        pool_reset_on_return=None,  # every transaction is ended by who began it
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up)
    return engine


async def _begin_in_turn(connection: Connection) -> None:
    """Begin as soon as no other process writes."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.begin()
        except OperationalError as error:
            if not _is_busy(error) or loop.time() >= deadline:
                raise
            await asyncio.sleep(LOOK_AGAIN_S)
        else:
            return


def _is_busy(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY


def _set_up(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # sqlite3 begins nothing by itself
    cursor = raw.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "secure_delete=ON",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _never_wait(raw: Any, _record: object) -> None:
    """The loop's thread waits for nobody; checkpoints are made elsewhere."""
    cursor = raw.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    cursor.execute("PRAGMA wal_autocheckpoint=0")
    cursor.close()


def _read_only(raw: Any, _record: object) -> None:
    cursor = raw.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _pragma(connection: Connection, text: str) -> None:
    """Past SQLAlchemy, which would begin a transaction first; these pragmas work outside of one only."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA {text}")
