"""3Commas' public API behind the domain's port."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from clients.limits import Limiter
from clients.three_commas import fields, orders, shapes
from clients.three_commas.fields import Row
from clients.three_commas.permissions import permissions_in
from clients.three_commas.plan_orders import orders_in_plan
from clients.three_commas.refusals import Refusal
from clients.three_commas.wire import Call, Params, Wire
from clients.transport import Transport
from domain.errors import NotThere, TokenRefused
from domain.markets import MarketListing
from domain.ports import Contact, Deal, LoadedBalances, ThreeCommasAccount, Trade, TradeRow
from domain.trading import ExpectedOrder, Holding, Rates
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
GRID_BOTS_PER_PAGE = 100
GRID_ORDERS_PER_PAGE = 1000
SIMPLE_ORDERS_PER_PAGE = 100
"""Its maximum is not documented, so a short page proves nothing there."""
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
            raise fields.lost("no_validation")

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

    async def trades(
        self, credentials: Credentials, status: str, since: datetime | None = None, pair: str = ""
    ) -> Sequence[Trade]:
        """`since` goes by the day of creation; it is an aware time."""
        wanted: dict[str, str | int] = {"status": status, "order_by": "created_at", "order_direction": "asc"}
        if since is not None:
            wanted["from"] = _iso(since)
        if pair:
            wanted["pair"] = pair

        def page(number: int) -> Params:
            return {**wanted, "page": number + 1, "per_page": TRADES_PER_PAGE}

        found = await self._all(credentials, "/v2/smart_trades", page, TRADES_PER_PAGE, SMART_TRADES_READ)
        return [shapes.trade(row) for row in found]

    async def deals(self, credentials: Credentials, scope: str, since: datetime | None = None) -> Sequence[Deal]:
        """`since` goes by the day of creation; it is an aware time."""
        wanted = {} if since is None else {"from": _iso(since)}

        def page(number: int) -> Params:
            return {
                **wanted,
                "scope": scope,
                "order": "created_at",
                "order_direction": "ASC",
                "limit": DEALS_PER_PAGE,
                "offset": number * DEALS_PER_PAGE,
            }

        found = await self._all(credentials, "/ver1/deals", page, DEALS_PER_PAGE, BOTS_READ)
        return [shapes.deal(row) for row in found]

    async def trade(self, credentials: Credentials, trade_id: int) -> Trade:
        call = Call(f"/v2/smart_trades/{trade_id:d}", {}, SMART_TRADES_READ, route="/v2/smart_trades/:id")
        return shapes.trade(_of_id(await self._wire.json(call, credentials), trade_id))

    async def deal(self, credentials: Credentials, deal_id: int) -> Deal:
        call = Call(f"/ver1/deals/{deal_id:d}/show", {}, BOTS_READ, route="/ver1/deals/:id/show")
        return shapes.deal(_of_id(await self._wire.json(call, credentials), deal_id))

    async def expected_of_trade(self, credentials: Credentials, trade: Trade) -> Sequence[ExpectedOrder]:
        """Out of the plan that the list has shown, where that is enough; else one call."""
        known = orders_in_plan(trade)
        if known is not None:
            return known
        found = (orders.live_row(row, trade) for row in await self._rows_of_trade(credentials, trade.id))
        return [order for order in found if order is not None]

    async def rows_of_trade(self, credentials: Credentials, trade_id: int) -> Sequence[TradeRow]:
        return [orders.trade_row(row) for row in await self._rows_of_trade(credentials, trade_id)]

    async def _rows_of_trade(self, credentials: Credentials, trade_id: int) -> Sequence[Row]:
        path, route = f"/v2/smart_trades/{trade_id:d}/trades", "/v2/smart_trades/:id/trades"
        return fields.rows(await self._wire.json(Call(path, {}, SMART_TRADES_READ, route=route), credentials))

    async def rows_of_deal(self, credentials: Credentials, deal_id: int) -> Sequence[TradeRow]:
        return [orders.deal_row(row) for row in await self._rows_of_deal(credentials, deal_id)]

    async def expected_of_deal(self, credentials: Credentials, deal: Deal) -> Sequence[ExpectedOrder]:
        found = (orders.live_deal_order(row, deal) for row in await self._rows_of_deal(credentials, deal.id))
        return [order for order in found if order is not None]

    async def _rows_of_deal(self, credentials: Credentials, deal_id: int) -> Sequence[Row]:
        path, route = f"/ver1/deals/{deal_id:d}/market_orders", "/ver1/deals/:id/market_orders"
        return fields.objects(await self._wire.json(Call(path, {}, BOTS_READ, route=route), credentials))

    async def grid_orders(self, credentials: Credentials) -> Sequence[ExpectedOrder]:
        def page(number: int) -> Params:
            size = GRID_BOTS_PER_PAGE
            return {"state": "enabled", "limit": size, "offset": number * size}

        bots = await self._all(credentials, "/ver1/grid_bots", page, GRID_BOTS_PER_PAGE, BOTS_READ)
        found = [orders.live_grid_order(row, bot) for bot in bots for row in await self._rows_of_grid(credentials, bot)]
        return [order for order in found if order is not None]

    async def _rows_of_grid(self, credentials: Credentials, bot: Row) -> Sequence[Row]:
        """Every page: an active line may be older than many that were filled."""

        def page(number: int) -> Params:
            return {"limit": GRID_ORDERS_PER_PAGE, "offset": number * GRID_ORDERS_PER_PAGE}

        return await self._all(
            credentials,
            f"/ver1/grid_bots/{fields.integer(bot, 'id'):d}/market_orders",
            page,
            GRID_ORDERS_PER_PAGE,
            BOTS_READ,
            route="/ver1/grid_bots/:id/market_orders",
            read=orders.grid_rows,
            key=orders.order_id,
        )

    async def simple_orders(self, credentials: Credentials) -> Sequence[ExpectedOrder]:
        known: dict[str, Row] = {}
        for _ in range(MOST_PAGES):
            asked: Params = {"order_by": "created_at", "limit": SIMPLE_ORDERS_PER_PAGE, "offset": len(known)}
            body = await self._wire.json(Call("/ver1/trades", asked, SMART_TRADES_READ), credentials)
            before = len(known)
            known |= {orders.simple_id(row): row for row in orders.simple_rows(body)}
            if len(known) == before:
                found = (orders.live_simple_order(row) for row in known.values())
                return [order for order in found if order is not None]
        raise fields.lost("endless_list")

    async def holdings(self, credentials: Credentials, account_id: int) -> Sequence[Holding]:
        call = Call(
            f"/ver1/accounts/{account_id:d}/account_table_data",
            {},
            ACCOUNTS_READ,
            method="POST",
            route="/ver1/accounts/:id/account_table_data",
        )
        return orders.holdings(await self._wire.json(call, credentials), account_id)

    async def rates(self, market_code: str, pair: str) -> Rates:
        asked = {"market_code": market_code, "pair": pair, "limit_type": "smart_trade"}
        return orders.rates(await self._wire.json(Call("/ver1/accounts/currency_rates", asked, ""), None))

    async def market_list(self) -> Sequence[MarketListing]:
        async with self._markets_lock:
            now = self._clock.now()
            if self._markets is None or now - self._markets[0] >= MARKET_LIST_KEPT:
                body = await self._wire.json(Call("/ver1/accounts/market_list", {}, ""), None)
                self._markets = (now, shapes.market_list(body))
            return self._markets[1]

    async def _all(
        self,
        credentials: Credentials,
        path: str,
        page: Callable[[int], Params],
        size: int,
        right: str,
        *,
        route: str = "",
        read: Callable[[object], Sequence[Row]] = fields.rows,
        key: Callable[[Row], object] = itemgetter("id"),
    ) -> Sequence[Row]:
        """Pages until a short one; no totals and no cursors are sent. Rows that moved onto a later page meanwhile count once.

        One page that cannot be read makes the whole list unread: part of a list would look like all of it.
        """
        found: dict[object, Row] = {}
        for number in range(MOST_PAGES):
            rows = read(await self._wire.json(Call(path, page(number), right, route=route), credentials))
            known = len(found)
            found |= {key(row): row for row in rows}
            if len(rows) < size:
                return list(found.values())
            if len(found) == known:
                break  # a full page of what we have already: it does not page
        raise fields.lost("endless_list")


def _the_one(body: object, account_id: int) -> ThreeCommasAccount:
    account = shapes.account(fields.row(body))
    if account.id != account_id:
        raise fields.lost("other_account")
    return account


def _of_id(body: object, wanted: int) -> Row:
    """Raises AnswerLost for another object than the one that was asked for."""
    found = fields.row(body)
    if fields.integer(found, "id") != wanted:
        raise fields.lost("other_object")
    return found


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
