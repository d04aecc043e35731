"""The pretend Binance: one state, reached over HTTP, by the pretend 3Commas, and by a person at the desk."""

from collections.abc import Mapping
from functools import lru_cache

from aiohttp import web

from sandbox.exchanges.binance import access
from sandbox.exchanges.binance.api_management import ApiManagement
from sandbox.exchanges.binance.door import Door
from sandbox.exchanges.binance.errors import ApiManagementError, BinanceError, Family, cancel_rejected
from sandbox.exchanges.binance.ledger import futures_figures, spot_locks
from sandbox.exchanges.binance.orders import Orders
from sandbox.exchanges.binance.state import ZERO, ExchangeAccount, Market
from sandbox.exchanges.binance.symbols import market_list
from sandbox.exchanges.venue import FreshKey, Holding, OrderState, OrderWish, SymbolRules, VenueDown, VenueRefused
from sandbox.world import World

READ_PATHS: dict[str, tuple[Family, str]] = {"spot": ("api", "/api/v3/account"), "usdm": ("fapi", "/fapi/v3/account")}
ORDER_PATHS: dict[str, tuple[Family, str]] = {"spot": ("api", "/api/v3/order"), "usdm": ("fapi", "/fapi/v1/order")}
TRADE_RIGHTS: dict[str, access.Right] = {"spot": "spot_and_margin_trading", "usdm": "futures"}
MARKETS: dict[str, Market] = {"spot": "spot", "usdm": "usdm"}


@lru_cache(maxsize=4)
def symbol_rules(count: int, market: Market) -> Mapping[str, SymbolRules]:
    """What is traded of a market list of this length, by name."""
    listed = market_list(count)
    rows = listed.spot if market == "spot" else listed.contracts
    return {
        row.name: SymbolRules(row.name, row.base, row.quote, row.tick, row.step, row.min_notional)
        for row in rows.values()
        if row.trading
    }


class BinanceEmulator(ApiManagement, Orders):
    """Operations of a person (inherited), the Venue protocol, and `handle` for everything that arrives over HTTP.

    `symbols` is the length of the spot market list; without it the list is as long as the real one.
    """

    code = "binance"

    def __init__(self, world: World, symbols: int | None = None) -> None:
        super().__init__(world, symbols)
        self._listeners = []
        self.door = Door(self)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Everything that arrives over HTTP for a host of this exchange."""
        return await self.door.handle(request)

    async def holdings(self, key: str, secret: str, source_ip: str, market: str) -> list[Holding]:
        """Balances above zero. Raises VenueRefused, VenueDown; KeyError for a market that is not spot or usdm."""
        family, path = READ_PATHS[market]
        account = self._admit("GET", path, family, "reading", key, secret, source_ip)
        return [row for row in self.wallet(account, MARKETS[market]) if row.free or row.locked]

    def wallet(self, account: ExchangeAccount, market: Market) -> list[Holding]:
        """What a wallet holds now."""
        if market == "spot":
            locks = spot_locks(account, self.listed)
            return [Holding(a, total - locks.get(a, ZERO), locks.get(a, ZERO)) for a, total in account.spot.items()]
        figures = futures_figures(account, self.listed, self.prices)
        return [
            Holding(coin, row.available, row.margin_balance - row.available, row.unrealized_profit)
            for coin, row in figures.items()
        ]

    async def may_trade(self, key: str, secret: str, source_ip: str, market: str) -> None:
        """Raises VenueRefused as an order would, VenueDown; KeyError for a market that is not spot or usdm."""
        family, path = ORDER_PATHS[market]
        self._admit("POST", path, family, TRADE_RIGHTS[market], key, secret, source_ip)

    def place_order(self, key: str, secret: str, source_ip: str, market: str, wish: OrderWish) -> OrderState:
        family, path = ORDER_PATHS[market]
        account = self._admit("POST", path, family, TRADE_RIGHTS[market], key, secret, source_ip)
        try:
            return self._place(account, MARKETS[market], wish)
        except BinanceError as error:
            raise VenueRefused(error.status, error.code, error.message) from error

    def cancel_order(self, key: str, secret: str, source_ip: str, market: str, order_id: int) -> OrderState:
        family, path = ORDER_PATHS[market]
        account = self._admit("DELETE", path, family, TRADE_RIGHTS[market], key, secret, source_ip)
        try:
            return self._cancel(account, order_id)
        except KeyError:
            error = cancel_rejected()
            raise VenueRefused(error.status, error.code, error.message) from None

    def find_order(self, key: str, secret: str, source_ip: str, market: str, order_id: int) -> OrderState:
        family, path = ORDER_PATHS[market]
        account = self._admit("GET", path, family, "reading", key, secret, source_ip)
        try:
            return self._find(account, order_id)
        except BinanceError as error:
            raise VenueRefused(error.status, error.code, error.message) from error

    def symbols(self, market: str) -> Mapping[str, SymbolRules]:
        """By name. KeyError for a market that is not spot or usdm."""
        return symbol_rules(self.state.symbol_count, MARKETS[market])

    def owner_of(self, key: str) -> int | None:
        row = access.find_key(self.state, key)
        return self.account(row.account_id).person_id if row is not None else None

    def account_of(self, key: str) -> str | None:
        row = access.find_key(self.state, key)
        return row.account_id if row is not None else None

    async def fast_connect(self, person_id: int, label: str, trusted_ips: list[str]) -> FreshKey:
        """See connect_third_party. Raises VenueRefused while the user agreement is open or without a main account.

        Fast Connect has no documented path; faults find it under POST /fast-connect.
        """
        self._meet_fault("POST", "/fast-connect")
        try:
            return self.connect_third_party(person_id, label, trusted_ips)
        except ApiManagementError as error:
            raise VenueRefused(400, "fast_connect", str(error)) from error

    def _admit(
        self, method: str, path: str, family: Family, right: access.Right, key: str, secret: str, source_ip: str
    ) -> ExchangeAccount:
        self._meet_fault(method, path)
        try:
            _, account = access.admit(
                self.state,
                key=key,
                source_ip=source_ip,
                family=family,
                right=right,
                now=self.world.clock.now(),
                proof=access.by_secret(secret),
            )
        except BinanceError as error:
            raise VenueRefused(error.status, error.code, error.message) from error
        return account

    def _meet_fault(self, method: str, path: str) -> None:
        """A fault armed for a path of this exchange strikes the pretend 3Commas as well."""
        fault = self.world.faults.take(self.code, method, path)
        if fault is None:
            return
        if fault.kind == "status" and fault.status < 500:
            raise VenueRefused(fault.status, fault.status, fault.body or "The exchange refused the request.")
        raise VenueDown(f"{method} {path}: {fault.kind}")
