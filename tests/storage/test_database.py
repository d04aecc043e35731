"""SQLite as it is set up here."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Column, Dialect, MetaData, Table, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.schema import CreateTable

from domain.values import Clock
from storage.database import Big, Busy, Database, DatabaseError, Exact, Utc, sqlite_path
from storage.migrations import migrate_file
from storage.opening import open_storage
from storage.write_ahead_log import EVERY

TABLE = Table("thing", MetaData(), Column("id", Big, primary_key=True), Column("at", Utc), Column("amount", Exact))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    migrate_file(tmp_path / "test.db")
    database = Database(tmp_path / "test.db")
    async with database.writing() as connection:
        await connection.execute(CreateTable(TABLE))
        await connection.commit()
    yield database
    await database.close()


async def count(database: Database) -> int:
    async with database.reading() as connection:
        return len((await connection.execute(select(TABLE))).all())


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/bot.db", "data/bot.db"),
        ("sqlite:////var/lib/bot.db", "/var/lib/bot.db"),
        ("sqlite:///a b.db", "a b.db"),
    ],
)
def test_a_sqlite_address_names_a_file(url: str, path: str) -> None:
    assert sqlite_path(url) == Path(path)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hidden@h/d",
        "postgres://u:hidden@h/d",
        "mysql://u:hidden@h/d",
        "sqlite://",
        "sqlite:///:memory:",
        "data/bot.db",
    ],
)
def test_any_other_address_stops_with_a_sentence_that_does_not_quote_it(url: str) -> None:
    with pytest.raises(DatabaseError, match=r"^DATABASE_URL .* Example: sqlite:///") as refused:
        sqlite_path(url)
    assert "hidden" not in str(refused.value)


async def test_the_pragmas_hold_on_every_connection(database: Database) -> None:
    for transaction, waits_ms in ((database.writing(), 0), (database.reading(), 5_000)):
        async with transaction as connection:
            values = [
                (await connection.execute(text(f"PRAGMA {name}"))).scalar()
                for name in ("journal_mode", "secure_delete", "synchronous", "foreign_keys", "busy_timeout")
            ]
        assert values == ["wal", 1, 1, 1, waits_ms]


async def test_a_durable_transaction_flushes_and_the_next_does_not(database: Database) -> None:
    for durable, expected in ((True, 2), (False, 1)):
        async with database.writing(durable=durable) as connection:
            assert (await connection.execute(text("PRAGMA synchronous"))).scalar() == expected
            await connection.execute(insert(TABLE), {"amount": Decimal(1)})
            await connection.commit()
    assert await count(database) == 2


@pytest.mark.parametrize("durable", [False, True])
async def test_what_is_not_committed_is_not_kept(database: Database, durable: bool) -> None:
    async with database.writing(durable=durable) as connection:
        await connection.execute(insert(TABLE), {"amount": Decimal(1)})
    assert await count(database) == 0


async def test_a_cancelled_writer_keeps_nothing_and_blocks_nobody(database: Database) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(TABLE), {"amount": Decimal(1)})
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await begun.wait()
    task.cancel()
    await asyncio.wait({task})
    async with database.writing() as connection:
        await connection.execute(insert(TABLE), {"amount": Decimal(2)})
        await connection.commit()
    assert await count(database) == 1


@pytest.mark.parametrize("turns", range(1, 8))
async def test_a_writer_cancelled_while_the_disk_is_awaited_leaves_a_working_database(
    database: Database, turns: int
) -> None:
    async def write() -> None:
        async with database.writing(durable=True) as connection:
            await connection.execute(insert(TABLE), {"amount": Decimal(1)})
            await connection.commit()

    task = asyncio.create_task(write())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    async with database.writing() as connection:
        await connection.execute(insert(TABLE), {"amount": Decimal(2)})
        await connection.commit()
    assert await count(database) in (1, 2)


async def test_a_writer_waits_for_another_process_and_holds_up_nobody(database: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(TABLE), {"amount": Decimal(1)})
            await connection.commit()

    task = asyncio.create_task(write())
    await asyncio.sleep(0)
    assert await count(database) == 0, "who reads goes on"
    assert not task.done()
    other.execute("ROLLBACK")
    await task
    other.close()
    assert await count(database) == 1


async def test_a_writer_gives_up_on_another_process_in_the_end(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 20)
    other = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        async with database.writing():
            pass
    other.close()


async def test_who_writes_without_a_pause_lets_others_in(database: Database) -> None:
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    other = asyncio.create_task(count_turns())
    for number in range(50):
        async with database.writing() as connection:
            await connection.execute(insert(TABLE), {"amount": Decimal(number)})
            await connection.commit()
    other.cancel()
    assert turns >= 49


async def test_a_long_log_begins_anew_while_somebody_writes_without_a_pause(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.write_ahead_log.LONG_PAGES", EVERY // 2)
    sizes = []
    for number in range(4 * EVERY):
        async with database.writing() as connection:
            await connection.execute(insert(TABLE), {"amount": Decimal(number)})
            await connection.commit()
        sizes.append((tmp_path / "test.db-wal").stat().st_size)
    assert sizes[-1] < 0.8 * 4 * sizes[EVERY - 1]
    assert await count(database) == 4 * EVERY


async def test_many_writers_at_once_lose_no_update(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(TABLE), {"id": 1, "amount": Decimal(0)})
        await connection.commit()

    async def add_one() -> None:
        async with database.writing() as connection:
            amount = (await connection.execute(select(TABLE.c.amount))).scalar_one()
            await connection.execute(TABLE.update().values(amount=amount + 1))
            await connection.commit()

    await asyncio.gather(*(add_one() for _ in range(50)))
    async with database.reading() as connection:
        assert (await connection.execute(select(TABLE.c.amount))).scalar_one() == 50


async def test_a_reader_sees_one_moment_and_cannot_write(database: Database) -> None:
    async with database.reading() as reader:
        assert (await reader.execute(select(TABLE))).all() == []
        async with database.writing() as connection:
            await connection.execute(insert(TABLE), {"amount": Decimal(1)})
            await connection.commit()
        assert (await reader.execute(select(TABLE))).all() == []
        with pytest.raises(OperationalError, match="readonly"):
            await reader.execute(insert(TABLE), {"amount": Decimal(1)})


async def test_values_do_not_show_in_database_errors(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(TABLE), {"id": 1, "amount": Decimal(1)})
        with pytest.raises(IntegrityError) as failure:
            await connection.execute(insert(TABLE), {"id": 1, "amount": Decimal("271.828")})
    assert "271.828" not in str(failure.value) + repr(failure.value)


async def test_a_moment_comes_back_in_utc(database: Database) -> None:
    at = datetime(2026, 11, 24, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    async with database.writing() as connection:
        await connection.execute(insert(TABLE), {"at": at})
        back = (await connection.execute(select(TABLE.c.at))).scalar_one()
    assert back == at
    assert back.tzinfo is UTC


@pytest.mark.parametrize("amount", ["0.10", "1E-30", "123456789012345678901234567890.123456789012345678", "-7", "0"])
async def test_an_amount_comes_back_digit_by_digit(database: Database, amount: str) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(TABLE), {"amount": Decimal(amount)})
        back = (await connection.execute(select(TABLE.c.amount))).scalar_one()
    assert format(back, "f") == format(Decimal(amount), "f")


@pytest.mark.parametrize(
    "values",
    [{"at": datetime.now(UTC).replace(tzinfo=None)}, {"amount": 0.1}, {"amount": Decimal("NaN")}, {"amount": "1"}],
)
async def test_what_would_be_kept_wrongly_is_refused(database: Database, values: dict[str, object]) -> None:
    async with database.writing() as connection:
        with pytest.raises(StatementError):
            await connection.execute(insert(TABLE), values)


@pytest.mark.parametrize(
    ("dialect", "kinds"),
    [
        (postgresql.dialect(), ["BIGINT", "TIMESTAMP WITH TIME ZONE", "NUMERIC"]),
        (sqlite.dialect(), ["INTEGER", "DATETIME", "VARCHAR"]),
    ],
)
def test_the_types_are_those_that_each_database_keeps_exactly(dialect: Dialect, kinds: list[str]) -> None:
    assert [column.type.compile(dialect) for column in TABLE.columns] == kinds


async def test_a_checkpoint_waits_for_no_reader_for_ever(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database._log, "_patience_s", 0.01)
    async with database.writing() as connection:
        await connection.execute(insert(TABLE), {"amount": Decimal(1)})
        await connection.commit()
    async with database.reading() as reader:
        await reader.execute(select(TABLE))
        async with database.writing() as connection:
            await connection.execute(insert(TABLE), {"amount": Decimal(1)})
            await connection.commit()
        with pytest.raises(Busy):
            await database.checkpoint()
    await database.checkpoint()


async def test_the_file_is_for_its_owner_only(tmp_path: Path, clock: Clock, master_key: str) -> None:
    storage = await open_storage(f"sqlite:///{tmp_path / 'new' / 'bot.db'}", tmp_path, master_key, clock)
    await storage.close()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "bot.db").stat().st_mode) == 0o600
