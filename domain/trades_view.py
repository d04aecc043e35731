"""What /trades shows: what failed, what was cancelled, what is in error, and what of it is still held or open."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.check_view import NotLooked
from domain.looking.view import AccountSight, Snapshot, Unread
from domain.ports import Deal, Trade
from domain.positions_view import NOT_SEEN, Protection
from domain.trade_errors import ErrorText
from domain.trading import Position


class LeftKind(StrEnum):
    """What a trade that is over has left behind."""

    NOTHING_ENTERED = "nothing_entered"
    """Its entry was never filled."""
    COINS = "coins"
    """Coins that it bought are still in the wallet (or are locked there)."""
    SOLD = "sold"
    """A short trade on spot: the coins were sold, the money should be there."""
    POSITION = "position"
    """A position of this contract and side is open."""
    GONE = "gone"
    """Neither coins nor a position are there any more."""
    UNKNOWN = "unknown"
    """`not_looked` says why; no key of the bot if it is None."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is still held or open. Amounts in base coin."""

    kind: LeftKind
    units: Decimal | None = None
    """What the trade itself should have left: entered less closed."""
    held: Decimal | None = None
    """Of these, what the wallet has (free and locked)."""
    free: Decimal | None = None
    """Of all that the wallet has of the coin: which of it is this trade's, no exchange tells."""
    position: Position | None = None
    shared: bool = False
    """Living trades use the same coin or contract: what is there may be theirs."""
    not_looked: NotLooked | None = None
    there: Decimal | None = None
    """All that the wallet has of the coin, or the whole position: others may have a part in it."""
    contested: bool = False
    """Others that are over had the same, and `there` is not enough for all of them."""


@dataclass(frozen=True, slots=True)
class TroubledTrade:
    """A SmartTrade that failed or was cancelled."""

    trade: Trade
    sight: AccountSight
    reason: ErrorText
    """`Group.UNKNOWN` without a text: somebody cancelled it, or 3Commas does not say."""
    left: Left
    plan_seen_at: datetime | None = None
    """When the bot last saw its plan alive; None: never."""
    protection: Protection = NOT_SEEN
    """Whether stops at the exchange protect what is left."""


@dataclass(frozen=True, slots=True)
class TroubledDeal:
    """A trade of a DCA bot: in error but alive (it usually goes on after the key was updated), or failed or cancelled."""

    deal: Deal
    sight: AccountSight
    reason: ErrorText
    alive: bool
    left: Left
    """Of a living one it is not asked: `LeftKind.UNKNOWN`."""
    protection: Protection = NOT_SEEN
    """Whether stops at the exchange protect what is left."""


@dataclass(frozen=True, slots=True)
class LivingTrade:
    """A SmartTrade that is alive, or a deal that runs without an error."""

    trade: Trade | Deal
    sight: AccountSight
    reason: ErrorText | None = None
    """A step of it met an error; the trade goes on."""


@dataclass(frozen=True, slots=True)
class TradesView(Snapshot):
    """One snapshot of /trades. Newest trouble first, what still holds something before what does not."""

    troubled: tuple[TroubledTrade, ...] = ()
    deals: tuple[TroubledDeal, ...] = ()
    living: tuple[LivingTrade, ...] = ()
    unread: tuple[Unread, ...] = ()
    """Lists that could not be read: there may be more."""
    elsewhere: int = 0
    """Failed and cancelled trades on accounts that 3Commas does not list any more: left out."""
