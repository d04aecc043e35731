"""A venue's market tables: loaded by a child process, adopted in small steps, swapped in whole.

The event loop must not stand still: a piece at a time, the garbage collector off meanwhile (it would walk through all of
it), and the tables frozen afterwards, so that no later collection looks at them again.
"""

import asyncio
import copy
import gc
import pickle
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import ExitStack, aclosing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from clients.exchanges.client import Desk, Reader
from clients.exchanges.market_rules import FLAG
from clients.exchanges.markets import LENGTH_BYTES, SLOTS
from clients.exchanges.quirks import Markets, SymbolName
from domain.errors import ServiceDown, SupportError
from domain.values import Clock, MarketType

log = structlog.get_logger()

FRESH_FOR = timedelta(hours=4)
AGAIN_AFTER = timedelta(seconds=30)
"""After a load that failed. Until then whoever needs the tables hears of that failure at once."""
LOAD_WITHIN_S = 120.0
STEP = 200
"""Rows let go of at a time."""
PROJECT = Path(__file__).resolve().parents[2]

Piece = tuple[str, dict[str, Any]]
"""A slot of ccxt's and some of its rows by name."""


class MarketTables:
    """Owns the keyless client of a venue, which holds the tables, and the task that loads them."""

    def __init__(self, desk: Desk, client: Reader, clock: Clock, origin: str | None, adopting: asyncio.Lock) -> None:
        """`adopting` is shared by all venues: the collector is switched for one of them at a time."""
        self.desk = desk
        self._client = client
        self._clock = clock
        self._origin = origin
        self._adopting = adopting
        self._loaded_at: datetime | None = None
        self._failed: tuple[datetime, SupportError] | None = None
        self._loading: asyncio.Task[None] | None = None

    def client(self) -> Reader:
        """To be copied, never used or kept: a refresh puts another one in its place."""
        return self._client

    @property
    def loaded_at(self) -> datetime | None:
        return self._loaded_at

    async def ready(self) -> None:
        """Return as soon as there are tables. Old ones will do: they are refreshed behind the caller's back.

        Raises ServiceDown or TooManyRequests if there are none to be had.
        """
        if self._loaded_at is None:
            await asyncio.shield(self._begin())
        elif self._clock.now() - self._loaded_at >= FRESH_FOR and self._may_try():
            self._begin()

    async def markets(self) -> Markets:
        """ccxt's table of markets, as it is now. Raises as `ready`."""
        await self.ready()
        return self._client.markets or {}

    async def symbol_names(self) -> SymbolName:
        """Raises as `ready`. A symbol that is not listed (any more) keeps the name that the venue gives it."""
        await self.ready()
        by_id = self._client.markets_by_id or {}

        def name(symbol: str, market: MarketType) -> str:
            flag = FLAG[market]
            return next((str(row["symbol"]) for row in by_id.get(symbol, ()) if row.get(flag)), symbol)

        return name

    async def close(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            with suppress(asyncio.CancelledError, SupportError):
                await self._loading
        self._client.session = None

    def _may_try(self) -> bool:
        return self._failed is None or self._clock.now() - self._failed[0] >= AGAIN_AFTER

    def _begin(self) -> "asyncio.Task[None]":
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load(), name=f"markets of {self.desk.quirks.venue}")
            self._loading.add_done_callback(_noticed)
        return self._loading

    async def _load(self) -> None:
        if self._failed is not None and not self._may_try():
            raise self._failed[1].with_traceback(None)
        try:
            for weight in self.desk.quirks.market_weights:
                await self.desk.admit(weight)
            async with self._adopting, asyncio.timeout(LOAD_WITHIN_S):
                await self._adopt()
        except SupportError as error:
            self._failed = (self._clock.now(), error.with_traceback(None))
            raise
        except TimeoutError:
            down = ServiceDown(self.desk.quirks.venue, code="markets")
            self._failed = (self._clock.now(), down)
            raise down from None
        self._loaded_at, self._failed = self._clock.now(), None

    async def _adopt(self) -> None:
        tables: dict[str, dict[str, Any]] = {slot: {} for slot in SLOTS}
        by_id: dict[str, list[Any]] = {}
        with ExitStack() as quiet:
            async with aclosing(_from_child(self.desk.quirks.venue, self._origin)) as pieces:
                async for slot, part in pieces:
                    if not by_id:
                        quiet.enter_context(_collector_off())  # not before: the child takes its time
                    tables[slot] |= part
                    if slot == "markets":  # spot first, as ccxt sorts them: it takes the first where ids clash
                        for row in part.values():
                            by_id.setdefault(row["id"], []).append(row)
                    await asyncio.sleep(0)
            fresh = _with_tables(self._client, tables, by_id)
        old, self._client = self._client, fresh
        gone = [row for slot in SLOTS for row in (getattr(old, slot) or {}).values()]
        old.session = None
        del old
        await _let_go(gone)


def _with_tables(client: Reader, tables: dict[str, dict[str, Any]], by_id: dict[str, list[Any]]) -> Reader:
    """What ccxt's `set_markets` would leave behind, without its 100 ms."""
    fresh: Any = copy.copy(client)  # ccxt declares its attributes as None
    for slot, table in tables.items():
        setattr(fresh, slot, table)
    fresh.markets_by_id = by_id
    fresh.symbols = sorted(tables["markets"])
    fresh.ids = sorted(by_id)
    fresh.codes = sorted(tables["currencies"])
    fresh.currencies_by_id = {row["id"]: row for row in tables["currencies"].values()}
    reader: Reader = fresh
    return reader


async def _let_go(rows: list[Any]) -> None:
    """Freeing all at once would take as long as a garbage collection. Copies in use keep theirs alive by themselves."""
    while rows:
        del rows[-STEP:]
        await asyncio.sleep(0)


@contextmanager
def _collector_off() -> Iterator[None]:
    """What exists at the end is never looked at again. Young garbage goes first: then there is little of it, and afterwards the
    collector would have to walk through all that was adopted."""
    was_on = gc.isenabled()
    gc.collect(1)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


async def _from_child(venue: str, origin: str | None) -> AsyncGenerator[Piece]:
    """The pieces in order. Raises ServiceDown if the child did not come to the end; it is gone in any case."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "clients.exchanges.markets",
        venue,
        *([origin] if origin else []),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        cwd=PROJECT,
        env={},  # the parent's holds the keys of the vault and the bot's token
    )
    if child.stdout is None:
        raise RuntimeError("a child without a pipe")
    try:
        while length := int.from_bytes(await child.stdout.readexactly(LENGTH_BYTES), "big"):
            slot, part = pickle.loads(await child.stdout.readexactly(length))  # noqa: S301  # our own child's
            yield slot, part
        await child.wait()
    except asyncio.IncompleteReadError:  # it stopped before the end
        raise ServiceDown(venue, code="markets") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


def _noticed(task: "asyncio.Task[None]") -> None:
    """Whoever waits hears of a failure; a refresh that failed behind the scenes leaves the old tables and is tried again."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.warning("markets_not_loaded", load=task.get_name(), error=type(error).__name__)
