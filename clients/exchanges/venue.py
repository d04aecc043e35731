"""A venue that can be read: the domain's port over one ccxt client."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from clients.exchanges.answers import said
from clients.exchanges.client import Desk, Reader, lent
from clients.exchanges.foreign import FOREIGN, translated
from clients.exchanges.market_rules import rules_of
from clients.exchanges.quirks import Ask, Call, Markets, SymbolName
from domain.causes import Cause
from domain.errors import KeyRefused, SupportError, TooManyRequests
from domain.ports import Balance, KeyRights, OpenOrder
from domain.trading import MarketRules, Position
from domain.values import Clock, Credentials, MarketType, VenueState

PRICES_KEPT = timedelta(seconds=15)
"""One list serves all traders who look within this time; it is a rough worth, not a quote."""


class Venue:
    """`domain.ports.Exchange`. Each method lends a copy of the client for its own time."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        source: Callable[[], Reader],
        symbol_names: Callable[[], Awaitable[SymbolName]],
        markets: Callable[[], Awaitable[Markets]],
    ) -> None:
        """
        source                  the client to copy; another one after each refresh of the markets
        symbol_names, markets   wait for the first market lists
        """
        self._desk = desk
        self._clock = clock
        self._source = source
        self._symbol_names = symbol_names
        self._markets = markets
        self._price_lock = asyncio.Lock()
        self._prices: tuple[datetime, Mapping[str, Decimal]] | None = None

    # `state` is what other venues make us remember per key; no venue of the catalogue does.

    async def rights(self, credentials: Credentials, state: VenueState) -> KeyRights:
        with self._asking(credentials) as ask:
            return await self._desk.quirks.rights(ask)

    async def balances(
        self,
        credentials: Credentials,
        state: VenueState,
        market: MarketType,
    ) -> Sequence[Balance]:
        with self._asking(credentials) as ask:
            return await self._desk.quirks.balances(ask, market)

    async def open_orders(
        self,
        credentials: Credentials,
        state: VenueState,
        market: MarketType,
    ) -> Sequence[OpenOrder]:
        with self._asking(credentials) as ask:
            return await self._desk.quirks.open_orders(ask, market, self._symbol_names)

    async def positions(
        self,
        credentials: Credentials,
        state: VenueState,
        market: MarketType,
    ) -> Sequence[Position]:
        with self._asking(credentials) as ask:
            return await self._desk.quirks.positions(ask, market, self._symbol_names)

    async def leverage(
        self,
        credentials: Credentials,
        state: VenueState,
        market: MarketType,
    ) -> Mapping[str, Decimal]:
        with self._asking(credentials) as ask:
            return await self._desk.quirks.leverage(ask, market, self._symbol_names)

    async def rules(self, symbols: Sequence[str], market: MarketType) -> Mapping[str, MarketRules]:
        return rules_of(await self._markets(), symbols, market)

    async def prices(self, assets: Sequence[str]) -> Mapping[str, Decimal]:
        last = await self._last_prices()
        found = {asset: self._desk.quirks.worth(asset, last) for asset in assets}
        return {asset: worth for asset, worth in found.items() if worth is not None}

    async def _last_prices(self) -> Mapping[str, Decimal]:
        async with self._price_lock:
            now = self._clock.now()
            if self._prices is None or not now - PRICES_KEPT < self._prices[0] <= now:
                with self._asking(None) as ask:
                    self._prices = (now, await self._desk.quirks.prices(ask))
            return self._prices[1]

    @contextmanager
    def _asking(self, credentials: Credentials | None) -> Iterator[Ask]:
        quirks = self._desk.quirks
        if credentials is not None and not quirks.key_has_its_form(credentials.api_key):
            raise KeyRefused(quirks.venue, (Cause.KEY_UNKNOWN,))
        with lent(self._source(), credentials) as client:
            yield _Asking(self._desk, client)


class _Asking:
    """`Ask` over a lent client."""

    def __init__(self, desk: Desk, client: Any) -> None:
        self._desk = desk
        self._client = client

    async def __call__(self, call: Call, params: Mapping[str, object] | None = None) -> object:
        """A call that the venue refuses for its time is sent once more, by the venue's clock freshly read."""
        try:
            return await self._once(call, params)
        except KeyRefused as error:
            if not call.signed or error.causes != (Cause.CLOCK_OFF,):
                raise
        await self._desk.clock.measure(self._their_time)
        return await self._once(call, params)

    async def _their_time(self) -> int:
        return await self._desk.quirks.milliseconds(self._once)

    async def _once(self, call: Call, params: Mapping[str, object] | None = None) -> object:
        client, venue = self._client, self._desk.quirks.venue
        # ccxt remembers a success and then reports the same refusal of a key as a rate limit.
        client.options["hasAlreadyAuthenticatedSuccessfully"] = False
        client.right, client.answer = call.right, None
        error: SupportError
        try:
            return await call.endpoint(client, dict(params or {}))
        except SupportError as ours:
            error = ours.with_traceback(None)
        except FOREIGN as foreign:
            code, text = self._desk.quirks.told(client.answer) if client.answer else ("", "")
            error = translated(venue, foreign, code, said(text))
            if isinstance(error, TooManyRequests):
                self._desk.pause(error.retry_after_s)
        raise error  # outside the handlers: the frames and the error below hold the signed address
