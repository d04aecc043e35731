"""What one credential was answered: part by part, when, and what could not be read."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar, cast

from domain.causes import Cause
from domain.check_view import NotLooked, Sight
from domain.errors import KeyRefused, RightMissing, SupportError
from domain.look_exchange import not_looked_at_exchange
from domain.looking.plain_json import from_plain, to_plain
from domain.looking.view import Source, Unread
from domain.markets import PAPER
from domain.ports import Balance, Deal, LoadedBalances, OpenOrder, ThreeCommasAccount, Trade, TradeRow
from domain.records import Json, Key
from domain.trading import ExpectedOrder, Holding, OwnerKind, Position
from domain.values import Credentials, MarketType, VenueState

KEEPS_FOR = timedelta(minutes=30)
"""Older answers are asked again. A plan with five requests a minute needs a quarter of an hour for eighty of them."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Part(Generic[T_co]):
    """One question and the type of its answer. The word before the colon is its kind."""

    name: str


ACCOUNTS: Part[tuple[ThreeCommasAccount, ...]] = Part("accounts")
GRIDS: Part[tuple[ExpectedOrder, ...]] = Part("grids")
SIMPLE: Part[tuple[ExpectedOrder, ...]] = Part("simple")


def trades(status: str) -> Part[tuple[Trade, ...]]:
    return Part(f"trades:{status}")


def trades_of_pair(pair: str) -> Part[tuple[Trade, ...]]:
    """Of every status."""
    return Part(f"trades:all:{pair}")


def deals(scope: str) -> Part[tuple[Deal, ...]]:
    return Part(f"deals:{scope}")


def trade(trade_id: int) -> Part[Trade]:
    return Part(f"trade:{trade_id}")


def deal(deal_id: int) -> Part[Deal]:
    return Part(f"deal:{deal_id}")


def rows(kind: OwnerKind, owner_id: int) -> Part[tuple[TradeRow, ...]]:
    """All steps of one trade, or orders of one deal, that 3Commas still shows."""
    return Part(f"rows:{kind}:{owner_id}")


def expected(kind: OwnerKind, owner_id: int) -> Part[tuple[ExpectedOrder, ...]]:
    """The living orders of one trade or deal."""
    return Part(f"expected:{kind}:{owner_id}")


def loaded(three_commas_id: int) -> Part[LoadedBalances]:
    return Part(f"loaded:{three_commas_id}")


def holdings(three_commas_id: int) -> Part[tuple[Holding, ...]]:
    return Part(f"holdings:{three_commas_id}")


def orders(market: MarketType) -> Part[tuple[OpenOrder, ...]]:
    return Part(f"orders:{market}")


def balances(market: MarketType) -> Part[tuple[Balance, ...]]:
    return Part(f"balances:{market}")


def positions(market: MarketType) -> Part[tuple[Position, ...]]:
    return Part(f"positions:{market}")


def leverage(market: MarketType) -> Part[Mapping[str, Decimal]]:
    """By ccxt's unified name of a contract."""
    return Part(f"leverage:{market}")


def whole(
    question: Callable[[Credentials, VenueState, MarketType], Awaitable[Sequence[T]]],
    credentials: Credentials,
    state: VenueState,
    market: MarketType,
) -> Callable[[], Awaitable[tuple[T, ...]]]:
    """A listing of an exchange as the answer to a part."""

    async def ask() -> tuple[T, ...]:
        return tuple(await question(credentials, state, market))

    return ask


_KEPT: dict[str, Any] = {
    "accounts": tuple[ThreeCommasAccount, ...],
    "grids": tuple[ExpectedOrder, ...],
    "simple": tuple[ExpectedOrder, ...],
    "trades": tuple[Trade, ...],
    "deals": tuple[Deal, ...],
    "trade": Trade,
    "deal": Deal,
    "rows": tuple[TradeRow, ...],
    "expected": tuple[ExpectedOrder, ...],
    "loaded": LoadedBalances,
    "holdings": tuple[Holding, ...],
}
"""Kinds that a later job need not ask again, with the type of their answers. An exchange is always asked afresh."""


@dataclass(slots=True)
class Answers:
    """All that one credential was answered in one look."""

    key: Key
    got: dict[str, object] = field(default_factory=dict)
    asked_at: dict[str, datetime] = field(default_factory=dict)
    """When a part was asked for that was answered."""
    missed: dict[str, NotLooked] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)
    """Asked again on the next walk; the old answer stays until then."""
    stopped: NotLooked | None = None
    """The service refused the credential itself, or nobody answers: nothing more is asked."""
    waiting_until: datetime | None = None
    over: bool = False
    """Nothing more is asked in this run."""

    def get(self, part: Part[T]) -> T | None:
        """None: not answered (yet)."""
        return cast("T | None", self.got.get(part.name))

    def put(self, part: Part[T], answer: T, at: datetime) -> None:
        self.got[part.name], self.asked_at[part.name] = answer, at
        self.missed.pop(part.name, None)
        self.stale.discard(part.name)

    def why_not(self, part: Part[Any]) -> NotLooked | None:
        """Why a part has no answer; None while it may still get one."""
        if part.name in self.got:
            return None
        if part.name in self.missed:
            return self.missed[part.name]
        if self.stopped is not None or not self.over:
            return self.stopped
        if self.waiting_until is not None:
            return NotLooked("TooManyRequests", self.waiting_until, Cause.RATE_LIMITED)
        return next(iter(self.missed.values()), NotLooked("Unavailable"))

    def unread(self, parts: Iterable[Part[Any]]) -> tuple[Unread, ...]:
        """Those without an answer, once nothing more is asked; while something is, they are not unread but open."""
        found = ((part.name, self.why_not(part)) for part in parts)
        return tuple(Unread(name, why) for name, why in found if why is not None)

    def sight(self, part: Part[Any]) -> tuple[Sight, NotLooked | None]:
        if part.name in self.got:
            return Sight.FINE, None
        why = self.why_not(part)
        return (Sight.LOOKING, None) if why is None else (Sight.NOT_LOOKED, why)

    def source(self) -> Source:
        why = self.stopped or next(iter(self.missed.values()), None)
        if why is None and self.over and self.waiting_until is not None:
            why = NotLooked("TooManyRequests", self.waiting_until, Cause.RATE_LIMITED)
        state = Sight.NOT_LOOKED if why else Sight.FINE if self.over else Sight.LOOKING
        listed = self.get(ACCOUNTS)
        paper = sum(account.market_code == PAPER for account in listed or ())
        return Source(self.key, state, why, paper, None if listed is None else len(listed) - paper)

    def to_json(self) -> Json:
        kept = {name: answer for name, answer in self.got.items() if _kind(name) in _KEPT and name not in self.stale}
        return {name: [self.asked_at[name].isoformat(), to_plain(answer)] for name, answer in kept.items()}

    def fill(self, kept: Json, now: datetime) -> None:
        """From `to_json`, without what is too old."""
        for name, (at, plain) in kept.items():
            asked_at = datetime.fromisoformat(at)
            if _kind(name) not in _KEPT or now - asked_at > KEEPS_FOR:
                continue
            with suppress(ValueError, TypeError):  # written by another version: asked again
                self.got[name] = from_plain(_KEPT[_kind(name)], plain)
                self.asked_at[name] = asked_at


def why_not(error: SupportError) -> NotLooked:
    """Why a part could not be seen."""
    told = not_looked_at_exchange(error)
    match error:
        case RightMissing(right=right):
            return NotLooked(told.error, cause=Cause.PERMISSION_MISSING, right=right)
        case KeyRefused(causes=causes):
            return NotLooked(told.error, cause=causes[0] if len(causes) == 1 else Cause.AMBIGUOUS)
    return told


def _kind(name: str) -> str:
    return name.partition(":")[0]
