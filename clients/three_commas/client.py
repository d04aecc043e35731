"""3Commas' public API behind the domain's port."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from clients.limits import Limiter
from clients.three_commas import shapes
from clients.three_commas.permissions import permissions_in
from clients.three_commas.refusals import Refusal
from clients.three_commas.shapes import Row
from clients.three_commas.wire import Call, Params, Wire
from clients.transport import Transport
from domain.errors import NotThere, TokenRefused
from domain.markets import MarketListing
from domain.ports import Contact, Deal, LoadedBalances, ThreeCommasAccount, Trade
from domain.values import THREE_COMMAS, Clock, Credentials

ORIGIN = "https://api.3commas.io"
MARKET_LIST_KEPT = timedelta(hours=1)

ACCOUNTS_READ = "ACCOUNTS_READ"
SMART_TRADES_READ = "SMART_TRADES_READ"
BOTS_READ = "BOTS_READ"

EXCHANGE_KEY_REFUSED = "invalid_api_key"
"""422 `error`: the exchange refuses the key that 3Commas holds."""

LOAD_TIMEOUT_S = 20.0
"""3Commas asks the exchange before it answers."""

ACCOUNTS_PER_PAGE = 100
TRADES_PER_PAGE = 100
DEALS_PER_PAGE = 200
"""Documented maximum 1000; a deal has several kB, and an answer may have four MB."""
MOST_PAGES = 200
"""Beyond that it is not a list but a loop."""


class ThreeCommasClient:
    """`domain.ports.ThreeCommas`. Keeps no credentials; remembers the public market list for an hour."""

    def __init__(
        self,
        transport: Transport,
        limiter: Limiter,
        clock: Clock,
        *,
        origin: str = ORIGIN,
        egress: str = "",
        proxy: str | None = None,
    ) -> None:
        """`origin`: "/public/api" follows it. `egress`: the address from which requests of this client leave, if there are several."""
        self._wire = Wire(transport, origin, limiter, clock, egress=egress, proxy=proxy)
        self._clock = clock
        self._markets: tuple[datetime, tuple[MarketListing, ...]] | None = None
        self._markets_lock = asyncio.Lock()

    async def validate(self, credentials: Credentials) -> None:
        body = await self._wire.json(Call("/ver1/validate", {}, ""), credentials)
        valid = body.get("valid") if isinstance(body, dict) else None
        if valid is False:
            raise TokenRefused(THREE_COMMAS, code="not_valid")
        if valid is not True:
            raise shapes.lost("no_validation")

    async def permissions(self, credentials: Credentials) -> frozenset[str] | None:
        try:
            body = await self._wire.json(Call("/ver1/users/permissions_info", {}, ""), credentials)
        except NotThere:
            return None
        return permissions_in(body)

    async def accounts(self, credentials: Credentials) -> Sequence[ThreeCommasAccount]:
        def page(number: int) -> Params:
            return {"page": number + 1, "per_page": ACCOUNTS_PER_PAGE}

        found = await self._all(credentials, "/ver1/accounts", page, ACCOUNTS_PER_PAGE, ACCOUNTS_READ)
        return [shapes.account(row) for row in found]

    async def account(self, credentials: Credentials, account_id: int) -> ThreeCommasAccount:
        call = Call(f"/ver1/accounts/{account_id:d}", {}, ACCOUNTS_READ, route="/ver1/accounts/:id")
        return _the_one(await self._wire.json(call, credentials), account_id)

    async def load_balances(self, credentials: Credentials, account_id: int) -> LoadedBalances:
        call = Call(
            f"/ver1/accounts/{account_id:d}/load_balances",
            {},
            ACCOUNTS_READ,
            method="POST",
            route="/ver1/accounts/:id/load_balances",
            refusal_is_answer=422,
            timeout_s=LOAD_TIMEOUT_S,
        )
        body = await self._wire.json(call, credentials)
        if isinstance(body, Refusal):
            contact = Contact.KEY_REFUSED if body.code == EXCHANGE_KEY_REFUSED else Contact.UNDECIDED
            return LoadedBalances(contact, said=body.said)
        return LoadedBalances(Contact.WORKS, _the_one(body, account_id))

    async def trades(self, credentials: Credentials, status: str, since: datetime | None = None) -> Sequence[Trade]:
        """`since` goes by the day of creation; it is an aware time."""
        wanted: dict[str, str | int] = {"status": status, "order_by": "created_at", "order_direction": "asc"}
        if since is not None:
            wanted["from"] = _iso(since)

        def page(number: int) -> Params:
            return {**wanted, "page": number + 1, "per_page": TRADES_PER_PAGE}

        found = await self._all(credentials, "/v2/smart_trades", page, TRADES_PER_PAGE, SMART_TRADES_READ)
        return [shapes.trade(row) for row in found]

    async def deals(self, credentials: Credentials, scope: str) -> Sequence[Deal]:
        def page(number: int) -> Params:
            return {
                "scope": scope,
                "order": "created_at",
                "order_direction": "ASC",
                "limit": DEALS_PER_PAGE,
                "offset": number * DEALS_PER_PAGE,
            }

        found = await self._all(credentials, "/ver1/deals", page, DEALS_PER_PAGE, BOTS_READ)
        return [shapes.deal(row) for row in found]

    async def market_list(self) -> Sequence[MarketListing]:
        async with self._markets_lock:
            now = self._clock.now()
            if self._markets is None or now - self._markets[0] >= MARKET_LIST_KEPT:
                body = await self._wire.json(Call("/ver1/accounts/market_list", {}, ""), None)
                self._markets = (now, shapes.market_list(body))
            return self._markets[1]

    async def _all(
        self, credentials: Credentials, path: str, page: Callable[[int], Params], size: int, right: str
    ) -> Sequence[Row]:
        """Pages until a short one; no totals and no cursors are sent. Rows that moved onto a later page meanwhile count once.

        One page that cannot be read makes the whole list unread: part of a list would look like all of it.
        """
        found: dict[object, Row] = {}
        for number in range(MOST_PAGES):
            rows = shapes.rows(await self._wire.json(Call(path, page(number), right), credentials))
            known = len(found)
            found |= {row["id"]: row for row in rows}
            if len(rows) < size:
                return list(found.values())
            if len(found) == known:
                break  # a full page of what we have already: it does not page
        raise shapes.lost("endless_list")


def _the_one(body: object, account_id: int) -> ThreeCommasAccount:
    account = shapes.account(shapes.row(body))
    if account.id != account_id:
        raise shapes.lost("other_account")
    return account


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
