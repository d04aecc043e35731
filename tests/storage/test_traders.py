"""Traders: met once, found again, forgotten without a trace."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from domain.records import Job, OutgoingState, Trader, UpdateState
from storage.opening import Storage
from storage.tables import Row, UpdateRow, UserKeyRow
from storage.transaction import Transaction
from tests.storage.clock import StillClock
from tests.storage.people import fill, meet
from tests.storage.raw import files, rows

ANN = 4_815_162_342


async def test_a_trader_is_made_at_first_contact_and_found_ever_after(storage: Storage, clock: StillClock) -> None:
    ann = await meet(storage, ANN, clock.now(), "de")
    assert ann == Trader(ann.id, ANN, "de", reachable=True, created_at=clock.now())
    clock.advance(60)
    assert await meet(storage, ANN, clock.now(), "fr") == ann
    async with storage.units.reading() as u:
        assert await u.traders.get(ann.id) == await u.traders.by_telegram_id(ANN) == ann
        assert await u.traders.by_telegram_id(ANN + 1) is None
        assert await u.traders.get("nobody") is None


async def test_language_and_reach_are_remembered(storage: Storage, clock: StillClock) -> None:
    ann = await meet(storage, ANN, clock.now())
    async with storage.units.writing() as u:
        await u.traders.set_language(ann.id, "ru")
        await u.traders.set_language("nobody", "ru")
        await u.traders.set_reachable(ann.id, False)
        await u.commit()
    async with storage.units.reading() as u:
        found = await u.traders.get(ann.id)
    assert found is not None
    assert (found.language, found.reachable) == ("ru", False)
    async with storage.units.writing() as u:
        await u.traders.set_reachable(ann.id, True)
        found = await u.traders.get(ann.id)
    assert found is not None
    assert found.reachable


async def everything_of(storage: Storage, clock: StillClock, telegram_id: int, name: str) -> Trader:
    trader = await meet(storage, telegram_id, clock.now())
    async with storage.units.writing() as u:
        await fill(u, trader, clock.now(), "typed by a trader", "secret of a trader", name)
        number = await u.outbox.put(trader.id, {"text": "said"}, clock.now())
        await u.outbox.finish(number, OutgoingState.SENT)
        await u.inbox.add(int(name) * 10, trader.id, b"waits", clock.now())
        await u.inbox.add(int(name) * 10 + 1, trader.id, b"was handled", clock.now())
        await u.inbox.finish(int(name) * 10 + 1, UpdateState.FAILED)
        await u.jobs.put(Job("check", f"{trader.id}|screen", dedup_key=f"check:{trader.id}"))
        await u.jobs.put(Job("handle", "7", order_key=f"trader:{trader.id}"))
        await u.commit()
    return trader


async def counted(storage: Storage) -> dict[str, int]:
    found = {}
    async with storage._database.reading() as connection:
        for table in Row.metadata.sorted_tables:
            statement = select(func.count()).select_from(table)
            found[table.name] = int((await Transaction(connection).execute(statement)).scalar() or 0)
    return found


async def test_forgetting_takes_everything_of_one_trader_and_nothing_of_another(
    storage: Storage, clock: StillClock
) -> None:
    before = await counted(storage)
    ben = await everything_of(storage, clock, ANN + 1, "1")
    only_ben = await counted(storage)
    assert all(number > before[name] for name, number in only_ben.items() if name not in ("deployment", "master_key"))
    ann = await everything_of(storage, clock, ANN, "2")
    async with storage.units.writing() as u:
        await u.traders.forget(ann.id)
        await u.commit()
    assert await counted(storage) == only_ben | {"update_inbox": 4}
    async with storage.units.reading() as u:
        assert await u.traders.by_telegram_id(ANN) is None
        assert await u.traders.get(ben.id) == ben
        assert await u.keys.open("key-1") is not None


async def test_bare_update_ids_stay_so_that_no_update_is_handled_twice(storage: Storage, clock: StillClock) -> None:
    ann = await everything_of(storage, clock, ANN, "2")
    async with storage.units.writing() as u:
        await u.traders.forget(ann.id)
        await u.commit()
    assert [(row.update_id, row.trader_id, row.state, row.body) for row in await rows(storage, UpdateRow)] == [
        (20, None, "done", None),
        (21, None, "done", None),
    ]
    async with storage.units.writing() as u:
        stored = await u.inbox.get(20)
        again = await u.traders.meet(ANN, "en", clock.now())
        assert not await u.inbox.add(20, again.id, b"again", clock.now())
    assert stored is not None
    assert (stored.trader_id, stored.body) == ("", b"")
    assert again.id != ann.id


async def test_a_trader_who_is_being_forgotten_is_whole_until_the_commit(storage: Storage, clock: StillClock) -> None:
    ann = await everything_of(storage, clock, ANN, "2")
    async with storage.units.writing() as u:
        await u.traders.forget(ann.id)
    async with storage.units.reading() as u:
        assert await u.traders.get(ann.id) == ann
        assert await u.keys.open("key-2") is not None


async def test_nothing_can_be_written_for_somebody_who_was_forgotten(storage: Storage, clock: StillClock) -> None:
    """Not even under a data key that is still remembered: the row has nobody to belong to."""
    ann = await meet(storage, ANN, clock.now())
    remembered = storage._vault.remembered(ann.id)
    assert remembered is not None
    async with storage.units.writing() as u:
        await u.traders.forget(ann.id)
        await u.commit()
    assert storage._vault.remembered(ann.id) is None
    storage._vault.remember(ann.id, remembered)
    async with storage.units.writing() as u:
        with pytest.raises(Exception, match="FOREIGN KEY"):
            await u.outbox.put(ann.id, {"text": "late"}, clock.now())


async def test_after_forgetting_and_scrubbing_no_byte_of_a_trader_is_in_the_files(
    storage: Storage, clock: StillClock, tmp_path: Path
) -> None:
    ann = await everything_of(storage, clock, ANN, "2")
    await everything_of(storage, clock, ANN + 1, "3")
    lookup = storage._vault.lookup(ANN)
    mine = [row for row in await rows(storage, UserKeyRow) if row.trader_id == ann.id]
    traces = [ann.id.encode(), lookup, *(row.wrapped for row in mine), *(row.dek_id.encode() for row in mine)]
    assert all(trace in files(tmp_path) for trace in traces)
    async with storage.units.writing() as u:
        await u.traders.forget(ann.id)
        await u.commit()
    await storage.scrub()
    left = files(tmp_path)
    assert [trace for trace in traces if trace in left] == []
    assert (tmp_path / "reconnect.db-wal").stat().st_size == 0


def test_every_table_is_either_a_traders_or_known_to_be_nobodys() -> None:
    """A new table with a trader's things must name him, or /forget would miss it."""
    nobodys = {"deployment", "master_key"}
    others = {"trader", "job"}
    named = {table.name for table in Row.metadata.sorted_tables if "trader_id" in table.c}
    assert {table.name for table in Row.metadata.sorted_tables} == named | nobodys | others


PLAIN = {
    "flow",
    "step",
    "kind",
    "state",
    "service",
    "venue",
    "market_type",
    "market_code",
    "symptom",
    "subject",
    "screen",
    "nonce",
    "lookup",
    "attempts",
    "place",
    "origin",
    "generation",
    "order_key",
    "dedup_key",
    "not_before",
}
SEALED = {
    "secret",
    "canary",
    "wrapped",
    "sealed",
    "body",
    "content",
    "memory",
    "venue_state",
    "about",
    "finding",
    "plan",
}


def test_plain_columns_hold_ids_kinds_codes_states_times_and_versions_only() -> None:
    """K8. A new column has to be put into one of these lists, on purpose."""
    for table in Row.metadata.sorted_tables:
        for column in table.columns:
            name = column.name
            named = (
                name in PLAIN
                or name in ("id", "revision", "version")
                or name.endswith(("_id", "_at", "_revision", "_kind"))
            )
            assert named or name == "at" or name in SEALED, f"{table.name}.{name}"
            assert (name in SEALED or name == "lookup") == (column.type.python_type is bytes), f"{table.name}.{name}"
