"""Exchanges as the domain asks them, with the bot's own keys; how pairs of keys are made; and the bot's own addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from domain.trading import MarketRules, Position
from domain.values import Credentials, KeyKind, KeyPair, MarketType, VenueState


@dataclass(frozen=True, slots=True)
class KeyRights:
    """What an exchange says about the key that asks. None: it does not tell."""

    reading: bool | None = None
    spot: bool | None = None
    futures: bool | None = None
    margin: bool | None = None
    withdrawals: bool | None = None
    transfers: bool | None = None
    ip_restricted: bool | None = None
    made_at: datetime | None = None
    trading_expires_at: datetime | None = None

    def names(self) -> tuple[str, ...]:
        """The granted rights, for keeping."""
        granted = {
            "reading": self.reading,
            "spot": self.spot,
            "futures": self.futures,
            "margin": self.margin,
            "withdrawals": self.withdrawals,
            "transfers": self.transfers,
        }
        return tuple(name for name, has in granted.items() if has)


@dataclass(frozen=True, slots=True)
class Balance:
    """One asset in one wallet; `total` is free plus locked."""

    asset: str
    free: Decimal
    locked: Decimal
    unrealised: Decimal = Decimal(0)
    """Profit of open positions that are settled in it, of either sign; not in `total`."""
    available: Decimal | None = None
    """Of futures: what new orders may use, as the exchange tells it. A loss of open positions takes from it, a profit adds to it."""
    order_margin: Decimal | None = None
    """Of futures: what all open orders together hold as margin, as the exchange tells it."""

    @property
    def total(self) -> Decimal:
        return self.free + self.locked


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order that stands at the exchange. Amounts in base coin."""

    id: str
    client_id: str
    symbol: str
    side: str
    type: str
    price: Decimal | None
    amount: Decimal
    remaining: Decimal
    reduce_only: bool
    conditional: bool
    """Sleeps until a price is touched: stop, take-profit and trailing orders."""
    created_at: datetime | None
    trigger: Decimal | None = None
    """The price that wakes a conditional order."""
    position_side: str = ""
    """"long" or "short" where the account holds both side by side (hedge mode); empty otherwise."""
    group: str = ""
    """Orders of one list (Binance's OCO: `orderListId`) share this; what they lock is locked once."""
    activation: Decimal | None = None
    """Of an order that follows the price: what has to be touched before it begins to; None: nothing has."""
    callback: Decimal | None = None
    """Of such an order: by how many per cent the price has to turn to wake it."""


class Exchange(Protocol):
    """One venue behind ccxt. Credentials live for the one call; `state` may be changed by it and is kept by the caller.

    Raises KeyRefused, RightMissing, TooManyRequests, Unavailable, Surprise.
    """

    async def rights(self, credentials: Credentials, state: VenueState) -> KeyRights: ...

    async def balances(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[Balance]: ...

    async def open_orders(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[OpenOrder]:
        """All of this market type: plain and conditional, merged by order id."""
        ...

    async def positions(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[Position]:
        """Open futures positions of this market type."""
        ...

    async def leverage(self, credentials: Credentials, state: VenueState, market: MarketType) -> Mapping[str, Decimal]:
        """With which the account trades each futures contract, by ccxt's unified name, whether a position is open or not."""
        ...

    async def rules(self, symbols: Sequence[str], market: MarketType) -> Mapping[str, MarketRules]:
        """By ccxt's unified name; waits for the market lists. Unknown symbols are left out."""
        ...

    async def prices(self, assets: Sequence[str]) -> Mapping[str, Decimal]:
        """Worth of one unit in USDT, from public tickers; assets without one are left out."""
        ...


class Exchanges(Protocol):
    """The venues that the bot can read with a key of its own."""

    def ids(self) -> Sequence[str]:
        """ccxt ids."""
        ...

    def of(self, venue: str) -> Exchange:
        """KeyError for a venue that is not in `ids()`."""
        ...


class KeyMaker(Protocol):
    """Makes key pairs, so that no secret passes through the chat."""

    async def pair(self, kind: KeyKind) -> KeyPair:
        """ED25519, or RSA with 2048 bit. Runs in a thread: RSA takes about 50 ms of processor."""
        ...


@dataclass(frozen=True, slots=True)
class Addresses:
    """This bot's own outgoing addresses; empty where it has none that stay."""

    fixed: tuple[str, ...] = ()
