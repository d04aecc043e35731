"""Watches an order that a trader cancels by hand at the exchange: does it still stand, and what became of it.

An exchange's list of open orders does not say why an order is not in it any more. What the wallet or the position does meanwhile tells
whether it was cancelled or filled; where that is not clear, nothing is claimed.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.access import Access, KeyGone
from domain.causes import Cause
from domain.check_view import NotLooked
from domain.errors import RightMissing, SupportError, TooManyRequests
from domain.locked_funds import Lock
from domain.matching.verdict import Clue, Standing, Verdict
from domain.ports import Exchange, Exchanges, OpenOrder
from domain.values import Clock, Credentials, MarketType, VenueState

PURPOSE = "order watch"
"""What stands in the access log."""

_FEE = Decimal("0.005")
"""Share of a lock that a fee or a rounding may make away."""
_WALLETS = (MarketType.SPOT, MarketType.MARGIN)


def may_be_freed(verdict: Verdict) -> bool:
    """Whether a trader is led to cancel it: only what no living trade can need, as far as everything was read."""
    if verdict.reread or any(evidence.clue is Clue.NOT_READ for evidence in verdict.evidence):
        return False
    return verdict.standing in (Standing.LEFTOVER, Standing.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Held:
    """What the exchange told about the money around an order: of a wallet the locked coin, of futures the position."""

    free: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    position: Decimal = Decimal(0)
    """Long is positive, short negative; hedge legs summed up."""


@dataclass(frozen=True, slots=True)
class WatchedOrder:
    """The order, and whose key sees it."""

    key_id: str
    venue: str
    market: MarketType
    order: OpenOrder
    lock: Lock | None
    before: Held | None = None
    """As it was while the order stood; None before the first look."""


class Became(StrEnum):
    """What became of an order that is not there any more."""

    CANCELLED = "cancelled"
    FILLED = "filled"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Stands:
    """As before. Keep `watched` for the next look."""

    watched: WatchedOrder


@dataclass(frozen=True, slots=True)
class Gone:
    became: Became
    at: datetime


@dataclass(frozen=True, slots=True)
class CouldNotSee:
    """Says nothing about the order."""

    why: NotLooked


def what_became(watched: WatchedOrder, after: Held) -> Became:
    """From the wallet or the position before and after."""
    before = watched.before
    if before is None:
        return Became.UNCLEAR
    if watched.market not in _WALLETS:
        return Became.CANCELLED if after.position == before.position else Became.FILLED
    lock = watched.lock
    if lock is None or not lock.amount:
        return Became.UNCLEAR
    spent, freed = before.total - after.total, after.free - before.free
    if spent >= lock.amount * (1 - _FEE):
        return Became.FILLED
    if abs(spent) <= lock.amount * _FEE and freed >= lock.amount * (1 - _FEE):
        return Became.CANCELLED
    return Became.UNCLEAR


class OrderWatch:
    """Looks once at an order that is to be cancelled by hand. It only reads."""

    def __init__(self, access: Access, exchanges: Exchanges, clock: Clock) -> None:
        self._access = access
        self._exchanges = exchanges
        self._clock = clock

    async def look(self, watched: WatchedOrder, *, trigger: str = "watch") -> Stands | Gone | CouldNotSee:
        try:
            async with self._access.open(watched.key_id, purpose=PURPOSE, trigger=trigger) as opened:
                exchange = self._exchanges.of(watched.venue)
                return await self._look(exchange, opened.credentials, opened.state, watched)
        except KeyGone:
            return CouldNotSee(NotLooked("KeyGone"))
        except TooManyRequests as limit:
            retry_at = self._clock.now() + timedelta(seconds=limit.retry_after_s)
            return CouldNotSee(NotLooked("TooManyRequests", retry_at, Cause.RATE_LIMITED))
        except SupportError as error:
            right = error.right if isinstance(error, RightMissing) else ""
            return CouldNotSee(NotLooked(type(error).__name__, right=right))

    async def _look(
        self, exchange: Exchange, credentials: Credentials, state: VenueState, watched: WatchedOrder
    ) -> Stands | Gone:
        """What is held is read before the orders: then the order still stood while it was read, and may be compared with."""
        before = await _held(exchange, credentials, state, watched)
        standing = await exchange.open_orders(credentials, state, watched.market)
        order = watched.order
        now = next((one for one in standing if (one.id, one.symbol) == (order.id, order.symbol)), None)
        if now is not None:
            return Stands(replace(watched, before=before, order=now, lock=_shrunk(watched, now)))
        after = await _held(exchange, credentials, state, watched) if watched.before is not None else before
        return Gone(what_became(watched, after), self._clock.now())


async def _held(exchange: Exchange, credentials: Credentials, state: VenueState, watched: WatchedOrder) -> Held:
    if watched.market not in _WALLETS:
        found = await exchange.positions(credentials, state, watched.market)
        legs = [one for one in found if one.symbol == watched.order.symbol]
        return Held(position=sum((leg.amount if leg.side == "long" else -leg.amount for leg in legs), Decimal(0)))
    if watched.lock is None:
        return Held()
    balances = await exchange.balances(credentials, state, watched.market)
    mine = [one for one in balances if one.asset == watched.lock.asset]
    return Held(sum((one.free for one in mine), Decimal(0)), sum((one.total for one in mine), Decimal(0)))


def _shrunk(watched: WatchedOrder, now: OpenOrder) -> Lock | None:
    """A part was filled meanwhile: less is locked."""
    lock, before = watched.lock, watched.order.remaining
    if lock is None or lock.amount is None or not before or now.remaining == before:
        return lock
    worth = None if lock.worth is None else lock.worth * now.remaining / before
    together = None if lock.together == lock.amount else lock.together
    return replace(lock, amount=lock.amount * now.remaining / before, worth=worth, together=together)
