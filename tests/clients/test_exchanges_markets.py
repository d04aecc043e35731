"""Market lists: loaded by a child without keys, adopted whole, refreshed behind everybody's back."""

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

from clients.exchanges import market_tables
from clients.exchanges.catalogue import QUIRKS
from clients.exchanges.market_tables import AGAIN_AFTER, FRESH_FOR, MarketTables
from clients.exchanges.markets import LENGTH_BYTES, PIECE, pieces
from clients.transport import MARKET_LIST_CAP, Transport, VenueSession
from domain.errors import ServiceDown, TooManyRequests
from domain.values import MarketType
from sandbox.faults import Fault
from tests.clients.exchange_house import Pretend, pretend_binance

INFO = "/api/v3/exchangeInfo"


@pytest.fixture(scope="module")
async def warm() -> AsyncIterator[Pretend]:
    """One load for all tests that only look at what was loaded."""
    async with pretend_binance() as house:
        await house.venues.warm("binance")
        yield house


@pytest.fixture
async def house() -> AsyncIterator[Pretend]:
    async with pretend_binance() as house:
        yield house


def tables(house: Pretend) -> MarketTables:
    return house.venues._tables["binance"]


def loads(house: Pretend) -> int:
    return house.paths.count(INFO)


async def until(condition: Any) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110  # another process or task gets there by itself
            await asyncio.sleep(0.01)


async def test_what_is_adopted_is_what_ccxt_would_have_loaded(warm: Pretend) -> None:
    quirks = QUIRKS["binance"]
    async with Transport.open() as transport:
        session = VenueSession(transport, "binance", warm.venues._tables["binance"]._origin, MARKET_LIST_CAP)
        own = quirks.client({"session": session, "enableRateLimit": False})
        await own.load_markets()
        own.session = None
    adopted: Any = tables(warm).client()
    assert adopted.symbols == own.symbols
    assert adopted.ids == own.ids
    assert adopted.codes == own.codes

    def without_info(table: dict[str, Any]) -> dict[str, Any]:
        return {name: {k: v for k, v in row.items() if k != "info"} for name, row in table.items()}

    for slot in ("markets", "currencies", "baseCurrencies", "quoteCurrencies"):
        assert without_info(getattr(adopted, slot)) == without_info(getattr(own, slot))
    assert set(adopted.currencies_by_id) == set(own.currencies_by_id)
    for symbol in own.symbols:
        assert adopted.market(symbol)["id"] == own.market(symbol)["id"]
        assert adopted.amount_to_precision(symbol, 1.23456789) == own.amount_to_precision(symbol, 1.23456789)


async def test_only_what_ccxt_reads_again_is_kept_of_the_raw_lists(warm: Pretend) -> None:
    client: Any = tables(warm).client()
    kept = QUIRKS["binance"].kept_info
    assert all(set(row["info"]) <= kept for row in client.markets.values())
    assert client.markets["BTC/USDT"]["info"]["orderTypes"]


async def test_a_symbol_is_named_by_its_market_and_an_unlisted_one_keeps_its_own(warm: Pretend) -> None:
    name = await tables(warm).symbol_names()
    assert name("BTCUSDT", MarketType.SPOT) == name("BTCUSDT", MarketType.MARGIN) == "BTC/USDT"
    assert name("BTCUSDT", MarketType.USDM) == "BTC/USDT:USDT"
    assert name("GONEUSDT", MarketType.SPOT) == "GONEUSDT"
    assert loads(warm) == 1 + 1, "one load of ours, one of ccxt's own in the test above"


def test_a_piece_is_small_and_together_they_are_everything() -> None:
    table = {str(number): {"id": number} for number in range(2 * PIECE + 1)}
    assert len(list(pieces({"markets": table, "currencies": {}}))) == 3


async def test_the_child_gets_no_environment(house: Pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent's holds the vault's keys and the bot's token."""
    started: list[dict[str, Any]] = []
    start = asyncio.create_subprocess_exec

    async def noting(*command: str, **how: Any) -> Any:
        started.append(how)
        return await start(*command, **how)

    monkeypatch.setattr(market_tables.asyncio, "create_subprocess_exec", noting)
    await house.venues.warm("binance")
    assert [how["env"] for how in started] == [{}]


async def test_all_who_wait_share_one_load_and_one_of_them_may_leave(house: Pretend) -> None:
    first, second = (asyncio.ensure_future(house.venues.warm("binance")) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await first
    await second
    assert loads(house) == 1
    assert gc.isenabled()


@pytest.mark.parametrize(
    "fault",
    [Fault("binance", "status", INFO, times=1), Fault("binance", "garbage", INFO, body='{"symbols":[]}', times=1)],
)
async def test_lists_that_cannot_be_had_are_an_outage_and_tried_again_later(house: Pretend, fault: Fault) -> None:
    house.world.faults.arm(fault)
    for _ in range(2):
        with pytest.raises(ServiceDown):
            await house.venues.warm("binance")
    assert loads(house) == 1, "the second one heard of the first one's failure"
    house.clock.advance(AGAIN_AFTER.total_seconds() + 1)
    await house.venues.warm("binance")
    assert loads(house) == 2


async def test_a_refresh_disturbs_nobody_and_a_failed_one_leaves_what_there_was(house: Pretend) -> None:
    await house.venues.warm("binance")
    before: Any = tables(house).client()
    rows = before.markets
    house.world.faults.arm(Fault("binance", "status", INFO, times=1))
    house.clock.advance(FRESH_FOR.total_seconds() + 1)
    await house.venues.warm("binance")
    await until(lambda: tables(house)._loading is not None and tables(house)._loading.done())
    assert tables(house).client() is before
    house.clock.advance(AGAIN_AFTER.total_seconds() + 1)
    await house.venues.warm("binance")
    await until(lambda: tables(house).client() is not before)
    assert before.session is None
    assert rows["BTC/USDT"]["id"] == "BTCUSDT", "whoever still holds the old tables may read them to the end"
    assert (await tables(house).symbol_names())("BTCUSDT", MarketType.SPOT) == "BTC/USDT"


async def test_a_child_that_stops_in_the_middle_has_loaded_nothing(
    house: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it wrote before, and whatever status it ends with."""
    (piece,) = pieces({"markets": {"BTC/USDT": {"id": "BTCUSDT", "spot": True}}})
    said = len(piece).to_bytes(LENGTH_BYTES, "big") + piece
    start = asyncio.create_subprocess_exec

    async def half(*_: str, **how: Any) -> Any:
        return await start(sys.executable, "-c", f"import os; os.write(1, {said!r})", **how)

    monkeypatch.setattr(market_tables.asyncio, "create_subprocess_exec", half)
    with pytest.raises(ServiceDown):
        await house.venues.warm("binance")
    assert tables(house).client().markets is None
    assert tables(house).loaded_at is None


async def test_a_paused_venue_is_not_asked_for_lists_either(house: Pretend) -> None:
    tables(house).desk.pause(60)
    with pytest.raises(TooManyRequests):
        await house.venues.warm("binance")
    assert house.paths == []


async def test_an_end_in_the_middle_of_a_load_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def noting(*command: str, **how: Any) -> Any:
        children.append(await start(*command, **how))
        return children[-1]

    monkeypatch.setattr(market_tables.asyncio, "create_subprocess_exec", noting)
    async with pretend_binance() as house:
        house.world.faults.arm(Fault("binance", "slow", INFO))
        waiting = asyncio.ensure_future(house.venues.warm("binance"))
        await until(lambda: children and loads(house))
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert children[0].returncode == -signal.SIGKILL
    assert gc.isenabled()
