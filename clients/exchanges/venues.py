"""The venues that can be read with a key: `domain.ports.Exchanges`."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Self

from clients.exchanges.catalogue import QUIRKS
from clients.exchanges.client import Desk, template
from clients.exchanges.market_tables import MarketTables
from clients.exchanges.quirks import Quirks
from clients.exchanges.venue import Venue
from clients.exchanges.venue_clock import VenueClock
from clients.limits import Limiter
from clients.transport import Transport, VenueSession
from domain.values import Clock


class Venues:
    """One per process. Made by `open()`; leaving it ends what still loads."""

    def __init__(self, transport: Transport, origins: Mapping[str, str], clock: Clock, limiter: Limiter) -> None:
        """`origins` maps ccxt ids to where their requests go instead of the venue's own hosts."""
        adopting = asyncio.Lock()
        self._tables: dict[str, MarketTables] = {}
        self._venues: dict[str, Venue] = {}
        for id_, quirks in QUIRKS.items():
            tables = _tables(quirks, transport, origins.get(id_), clock, limiter, adopting)
            self._tables[id_] = tables
            self._venues[id_] = Venue(tables.desk, clock, tables.client, tables.symbol_names, tables.markets)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, transport: Transport, origins: Mapping[str, str], clock: Clock, limiter: Limiter
    ) -> AsyncIterator[Self]:
        venues = cls(transport, origins, clock, limiter)
        try:
            yield venues
        finally:
            for tables in venues._tables.values():
                await tables.close()

    def ids(self) -> Sequence[str]:
        return tuple(self._venues)

    def of(self, venue: str) -> Venue:
        """KeyError for a venue that is not in `ids()`."""
        return self._venues[venue]

    async def warm(self, venue: str) -> None:
        """Load the market lists before somebody waits for them. Raises ServiceDown or TooManyRequests; nothing depends on it."""
        await self._tables[venue].ready()

    def markets_loaded_at(self, venue: str) -> datetime | None:
        """When the market lists in use were loaded; None as long as there are none."""
        return self._tables[venue].loaded_at


def _tables(
    quirks: Quirks, transport: Transport, origin: str | None, clock: Clock, limiter: Limiter, adopting: asyncio.Lock
) -> MarketTables:
    desk = Desk(quirks, VenueClock(clock), limiter)
    client = template(desk, VenueSession(transport, quirks.venue, origin))
    return MarketTables(desk, client, clock, origin, adopting)
