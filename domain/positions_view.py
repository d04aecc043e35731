"""What /positions shows: open futures positions, those that nobody manages first."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.check_view import Sight
from domain.looking.view import AccountSight, Snapshot, Unread
from domain.ports import OpenOrder
from domain.records import ExchangeAccount
from domain.trading import MarketRules, Owner, Position


class Management(StrEnum):
    MANAGED = "managed"
    """A living trade, deal or grid of this contract and side is at 3Commas."""
    UNMANAGED = "unmanaged"
    """All of 3Commas was read, and nothing there looks after it."""
    UNKNOWN = "unknown"
    """Not linked, or a part could not be read."""


class StopState(StrEnum):
    AT_EXCHANGE = "at_exchange"
    """It fires without anybody's help, and for all of it."""
    PART = "part"
    """One stands at the exchange, or is watched by 3Commas, for less than what is there."""
    AT_3COMMAS = "at_3commas"
    """3Commas watches it, for all of it: it fires only while 3Commas' key works."""
    NONE = "none"
    UNKNOWN = "unknown"
    """Orders or managers could not be read."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Stops that 3Commas watches where they are not known to be for all of a position."""

    units: Decimal | None = None
    """What the trades that have them hold together; None: not all of them tell."""
    price: Decimal | None = None
    """None: not told, or several."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What stops do for a position, or for a coin in the wallet. Amounts in base coin."""

    state: StopState = StopState.UNKNOWN
    first: Decimal | None = None
    """The price that wakes the nearest stop; None if it follows the price, or is not known."""
    last: Decimal | None = None
    """The price by which all of it is closed, where that takes several stops; else as `first`."""
    stops: int = 1
    """How many it takes to close all of it; of a part, how many stand there."""
    covered: Decimal | None = None
    """Of a part: what the stops at the exchange are for; None: none stands there, and `watched` is the part."""
    there: Decimal | None = None
    """Of a part: all that is there."""
    watched: Watched | None = None
    """Of a part, or where it is unknown: what 3Commas watches, perhaps for the same units as the stops at the exchange."""
    begins: Decimal | None = None
    """The price from which a stop at the exchange follows, where nobody tells whether it was touched: it is not counted."""


NOT_SEEN = Protection()
"""Nobody knows (yet)."""


@dataclass(frozen=True, slots=True)
class PositionRow:
    """An open position with what stands on it."""

    sight: AccountSight
    position: Position
    rules: MarketRules | None = None
    management: Management = Management.UNKNOWN
    managers: tuple[Owner, ...] = ()
    managed: Decimal | None = None
    """What the managers' own units come to, where all of them tell; less than the position: the rest is nobody's."""
    protection: Protection = NOT_SEEN
    stops: tuple[OpenOrder, ...] = ()
    targets: tuple[OpenOrder, ...] = ()
    profit_percent: Decimal | None = None
    """Of the position's worth at entry, without leverage."""


@dataclass(frozen=True, slots=True)
class FuturesAccount:
    """A futures account and how far it could be read."""

    sight: AccountSight
    managers: Sight = Sight.LOOKING
    """As `OrderBook.owners`."""
    unread: tuple[Unread, ...] = ()
    orders_read: bool = False


@dataclass(frozen=True, slots=True)
class PositionsView(Snapshot):
    """One snapshot of /positions."""

    accounts: tuple[FuturesAccount, ...] = ()
    positions: tuple[PositionRow, ...] = ()
    without_key: tuple[ExchangeAccount, ...] = ()
    """Futures accounts at 3Commas that no key of the bot reads: 3Commas does not list positions."""
