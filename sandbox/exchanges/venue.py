"""What the pretend 3Commas needs from a venue: the same check, the same ledger, that HTTP callers meet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

Side = Literal["BUY", "SELL"]
OrderStatus = Literal["NEW", "PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED"]


class VenueRefused(Exception):
    """The venue said no, with the status, code and message it would send over HTTP."""

    def __init__(self, status: int, code: int | str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class VenueDown(Exception):
    """The venue does not answer (maintenance, or a fault armed for everybody)."""


@dataclass(frozen=True)
class Holding:
    """One asset in one wallet. On futures `free` and `locked` are the margin balance, which counts the profit of open positions."""

    asset: str
    free: Decimal
    locked: Decimal
    unrealized_profit: Decimal = Decimal(0)
    """What of it is profit of open positions, of either sign."""


@dataclass(frozen=True)
class FreshKey:
    """A key pair made by Fast Connect."""

    key: str
    secret: str


@dataclass(frozen=True)
class SymbolRules:
    """The steps of one symbol of one market."""

    name: str
    """The venue's own, such as ETHUSDT."""
    base: str
    quote: str
    tick: Decimal
    lot: Decimal
    min_notional: Decimal


@dataclass(frozen=True)
class OrderWish:
    """A limit order, or a market order where `price` is None."""

    symbol: str
    side: Side
    quantity: Decimal
    price: Decimal | None
    client_order_id: str
    closes: bool = False
    """On futures: it may only make a position smaller. In hedge mode the venue's leg follows from this and the side."""


@dataclass(frozen=True)
class OrderState:
    """An order at the venue as it is now, open or over."""

    order_id: int
    status: OrderStatus
    quantity: Decimal
    executed: Decimal
    price: Decimal
    """Its limit; once it is filled, the average price."""

    @property
    def open(self) -> bool:
        return self.status in ("NEW", "PARTIALLY_FILLED")


class Venue(Protocol):
    """A pretend exchange, as the pretend 3Commas calls it. `market` is "spot" or "usdm"."""

    code: str
    """ccxt id"""

    async def holdings(self, key: str, secret: str, source_ip: str, market: str) -> list[Holding]:
        """Balances read with that key from that address. Raises VenueRefused, VenueDown."""
        ...

    async def may_trade(self, key: str, secret: str, source_ip: str, market: str) -> None:
        """Raises VenueRefused as an order with that key from that address would."""
        ...

    def owner_of(self, key: str) -> int | None:
        """The person whose key this is."""
        ...

    def account_of(self, key: str) -> str | None:
        """The id of the exchange account (main or sub) that the key belongs to."""
        ...

    def price(self, asset: str) -> Decimal:
        """Worth of one unit in USDT."""
        ...

    async def fast_connect(self, person_id: int, label: str, trusted_ips: list[str]) -> FreshKey:
        """A fresh HMAC key of the person's main account: reading, spot, futures, these addresses. Old keys stay."""
        ...

    # At once and without waiting: in one process there is nothing to wait for, and a price move can be followed to its end.

    def place_order(self, key: str, secret: str, source_ip: str, market: str, wish: OrderWish) -> OrderState:
        """Place it; what crosses the market is filled at once. Raises VenueRefused, VenueDown."""
        ...

    def cancel_order(self, key: str, secret: str, source_ip: str, market: str, order_id: int) -> OrderState:
        """Raises VenueRefused (also for an order that is not open any more), VenueDown."""
        ...

    def find_order(self, key: str, secret: str, source_ip: str, market: str, order_id: int) -> OrderState:
        """Raises VenueRefused (also for an order that never was), VenueDown."""
        ...

    def symbols(self, market: str) -> Mapping[str, SymbolRules]:
        """Everything that is listed, by the venue's own name."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Called after prices moved, and after a person took an order out of the book."""
        ...
