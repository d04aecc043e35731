"""Orders that 3Commas has at a venue: placed, looked up and cancelled with the key that the account stores, from 3Commas' address."""

import hashlib
from decimal import ROUND_HALF_UP, Decimal

from sandbox.exchanges.venue import OrderState, OrderWish, SymbolRules
from sandbox.three_commas.accounts import Accounts
from sandbox.three_commas.markets import market_of
from sandbox.three_commas.pairs import base_of, is_futures, quote_of
from sandbox.three_commas.state import Account, Side, ThreeCommasState
from sandbox.world import World

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 18
"""Letters after the prefix; a client order id may have 36 characters at Binance."""
NO_ORDER = 0
"""An id that no venue gives."""


class VenueOrders:
    """Every method raises VenueRefused and VenueDown."""

    def __init__(self, world: World, state: ThreeCommasState, accounts: Accounts) -> None:
        self._world = world
        self._state = state
        self._accounts = accounts

    @property
    def prefix(self) -> str:
        """How the client order ids of 3Commas begin: another one in each world, for nobody outside knows the real one."""
        return f"x-{self._letters('prefix')[:8]}"

    def place(
        self, account: Account, pair: str, side: Side, quantity: Decimal, price: Decimal | None, *, closes: bool
    ) -> OrderState:
        """A limit order, or a market order where `price` is None."""
        market = market_of(account.market_code)
        wish = OrderWish(
            symbol=symbol_of(pair),
            side="BUY" if side == "buy" else "SELL",
            quantity=quantity,
            price=price,
            client_order_id=self._client_id(),
            closes=closes and market.futures,
        )
        venue = self._accounts.venue_of(account.market_code)
        return venue.place_order(account.api_key, account.secret, market.source_address, market.market, wish)

    def find(self, account: Account, order_id: int) -> OrderState:
        market = market_of(account.market_code)
        venue = self._accounts.venue_of(account.market_code)
        return venue.find_order(account.api_key, account.secret, market.source_address, market.market, order_id)

    def cancel(self, account: Account, order_id: int) -> OrderState:
        market = market_of(account.market_code)
        venue = self._accounts.venue_of(account.market_code)
        return venue.cancel_order(account.api_key, account.secret, market.source_address, market.market, order_id)

    def on_tick(self, account: Account, pair: str, price: Decimal) -> Decimal:
        """The price that the venue takes, nearest to this one."""
        tick = self._rules(account, pair).tick
        return (price / tick).to_integral_value(ROUND_HALF_UP) * tick

    def _rules(self, account: Account, pair: str) -> SymbolRules:
        """KeyError for a pair that the venue does not list."""
        market = market_of(account.market_code)
        return self._accounts.venue_of(account.market_code).symbols(market.market)[symbol_of(pair)]

    def _client_id(self) -> str:
        """Says nothing about the trade; only the beginning is common to all."""
        return self.prefix + self._letters(str(self._state.take_order_id()))[:LONGEST]

    def _letters(self, salt: str) -> str:
        """Letters alone, so that no id of a trade stands in them by chance."""
        digest = hashlib.sha256(f"{self._world.state.seed} {salt}".encode()).digest()
        return "".join(LETTERS[byte % len(LETTERS)] for byte in digest)


def symbol_of(pair: str) -> str:
    """The venue's own name: `USDT_ETH` and `USDT_ETHUSDT` are both ETHUSDT, on another market each."""
    return pair.partition("_")[2] if is_futures(pair) else base_of(pair) + quote_of(pair)
