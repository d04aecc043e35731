"""Watching an order that is cancelled by hand: whether it stands, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from domain.access import Access
from domain.errors import KeyRefused, RightMissing, ServiceDown, SupportError, TooManyRequests
from domain.free_by_hand import (
    Became,
    CouldNotSee,
    Gone,
    Held,
    OrderWatch,
    Stands,
    WatchedOrder,
    may_be_freed,
    what_became,
)
from domain.locked_funds import Lock
from domain.matching.verdict import Clue, Evidence, Standing, Sureness, Verdict
from domain.ports import Balance, OpenOrder
from domain.trading import Position
from domain.values import Credentials, MarketType, VenueState
from tests.domain.fakes import KEY, NOW, FakeClock, FakeUnits

ORDER = OpenOrder(
    "8001", "x-1", "ETH/USDT", "sell", "limit", Decimal(4100), Decimal("0.4"), Decimal("0.4"), False, False, NOW
)
SELL = WatchedOrder(KEY, "binance", MarketType.SPOT, ORDER, Lock("ETH", Decimal("0.4"), Decimal(800)))
STOP = replace(SELL, market=MarketType.USDM, order=replace(ORDER, symbol="ETH/USDT:USDT"), lock=None)
BUY_ORDER = replace(ORDER, side="buy", price=Decimal(500), amount=Decimal("0.42"), remaining=Decimal("0.42"))
BUY = replace(SELL, order=BUY_ORDER, lock=Lock("USDT", Decimal(210), Decimal(210)))


def held(free: str, total: str) -> Held:
    return Held(Decimal(free), Decimal(total))


# --- what became of it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "became"),
    [
        (held("0.1", "0.5"), held("0.5", "0.5"), Became.CANCELLED),
        (held("0.1", "0.5"), held("0.1", "0.1"), Became.FILLED),
        (held("0.1", "0.5"), held("0.3", "0.3"), Became.UNCLEAR),  # a part was filled, the rest cancelled
        (held("0.1", "0.5"), held("0.1", "0.5"), Became.UNCLEAR),  # another order took its place
        (held("0.1", "0.5"), held("0.9", "0.9"), Became.UNCLEAR),  # a deposit came in at the same time
        (None, held("0.5", "0.5"), Became.UNCLEAR),
    ],
)
def test_a_wallet_tells_a_cancelled_order_from_a_filled_one_or_nothing(before, after, became):
    assert what_became(replace(SELL, before=before), after) is became


def test_a_fee_in_the_coin_does_not_make_a_filled_buy_unclear():
    assert what_became(replace(BUY, before=held("0", "210")), held("0", "0.2")) is Became.FILLED


def test_on_futures_a_position_that_stayed_the_same_says_cancelled_and_any_other_filled():
    before = replace(STOP, before=Held(position=Decimal("0.05")))
    assert what_became(before, Held(position=Decimal("0.05"))) is Became.CANCELLED
    assert what_became(before, Held(position=Decimal(0))) is Became.FILLED


def test_an_order_that_locks_nothing_we_know_of_is_never_said_to_be_freed():
    unknown = replace(SELL, lock=Lock("ETH", None), before=held("0", "1"))
    assert what_became(unknown, held("1", "1")) is Became.UNCLEAR


# --- whom a trader is led to cancel --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("standing", "clue", "reread", "may"),
    [
        (Standing.LEFTOVER, Clue.CLOSING_SIDE, False, True),
        (Standing.UNKNOWN, Clue.NO_TRACE, False, True),
        (Standing.UNKNOWN, Clue.NOT_LINKED, False, True),
        (Standing.UNKNOWN, Clue.NOT_READ, False, False),
        (Standing.UNKNOWN, Clue.CLOSED_JUST_NOW, True, False),
        (Standing.LEFTOVER, Clue.CLOSING_SIDE, True, False),
        (Standing.OWNED, Clue.SAME_PRICE, False, False),
        (Standing.AMBIGUOUS, Clue.SEVERAL_FIT, False, False),
        (Standing.FOREIGN, Clue.FOREIGN_PREFIX, False, False),
    ],
)
def test_nobody_is_led_to_cancel_what_a_living_trade_or_another_program_may_need(standing, clue, reread, may):
    verdict = Verdict(ORDER, standing, sureness=Sureness.PROBABLE, evidence=(Evidence(clue),), reread=reread)
    assert may_be_freed(verdict) is may


# --- looking -----------------------------------------------------------------------------------------------------


@dataclass
class Venue:
    """An exchange whose wallet, positions and orders are lists of what it answers, one after the other."""

    wallets: list[list[Balance]] = field(default_factory=list)
    books: list[list[OpenOrder]] = field(default_factory=list)
    legs: list[list[Position]] = field(default_factory=list)
    error: SupportError | None = None
    asked: list[str] = field(default_factory=list)

    def ids(self) -> Sequence[str]:
        return ["binance"]

    def of(self, venue: str) -> "Venue":
        return self

    async def balances(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[Balance]:
        self.asked.append("balances")
        return self.wallets.pop(0)

    async def positions(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[Position]:
        self.asked.append("positions")
        return self.legs.pop(0)

    async def open_orders(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[OpenOrder]:
        self.asked.append("orders")
        if self.error is not None:
            raise self.error
        return self.books.pop(0)


def watching(venue: Venue, *, key: bool = True) -> tuple[OrderWatch, FakeUnits]:
    units, clock = FakeUnits(), FakeClock()
    if key:
        units.key()
    return OrderWatch(Access(units, clock), venue, clock), units  # type: ignore[arg-type]  # stand-ins


def wallet(free: str, locked: str) -> list[Balance]:
    return [Balance("ETH", Decimal(free), Decimal(locked)), Balance("USDT", Decimal(7), Decimal(0))]


async def test_an_order_that_stands_is_remembered_with_what_was_held_meanwhile():
    watch, _ = watching(Venue([wallet("0.1", "0.4")], [[ORDER]]))
    look = await watch.look(SELL)
    assert look == Stands(replace(SELL, before=held("0.1", "0.5")))


async def test_what_is_held_is_read_before_the_orders():
    """Read afterwards it could be the wallet of a moment at which the order was gone."""
    venue = Venue([wallet("0.1", "0.4")], [[ORDER]])
    watch, _ = watching(venue)
    await watch.look(SELL)
    assert venue.asked == ["balances", "orders"]


async def test_a_part_that_is_filled_while_it_stands_is_not_locked_any_more():
    smaller = replace(BUY_ORDER, remaining=Decimal("0.2"))
    watch, _ = watching(Venue([wallet("0", "0")], [[smaller]]))
    look = await watch.look(BUY)
    assert isinstance(look, Stands)
    assert look.watched.lock == Lock("USDT", Decimal(100), Decimal(100))
    assert look.watched.order.remaining == Decimal("0.2")


async def test_an_order_that_was_cancelled_between_two_looks_is_gone_and_its_coins_are_free():
    watch, _ = watching(Venue([wallet("0.1", "0.4"), wallet("0.5", "0"), wallet("0.5", "0")], [[ORDER], []]))
    first = await watch.look(SELL)
    assert isinstance(first, Stands)
    assert await watch.look(first.watched) == Gone(Became.CANCELLED, NOW)


async def test_an_order_that_went_while_the_look_was_under_way_is_judged_by_the_wallet_of_afterwards():
    before = replace(SELL, before=held("0.1", "0.5"))
    watch, _ = watching(Venue([wallet("0.1", "0.4"), wallet("0.1", "0")], [[]]))
    assert await watch.look(before) == Gone(Became.FILLED, NOW)


async def test_an_order_that_is_gone_before_the_first_look_is_not_explained():
    watch, _ = watching(Venue([wallet("0.5", "0")], [[]]))
    assert await watch.look(SELL) == Gone(Became.UNCLEAR, NOW)


async def test_the_same_id_on_another_symbol_is_another_order():
    other = replace(ORDER, symbol="BTC/USDT")
    watch, _ = watching(Venue([wallet("0.5", "0")], [[other]]))
    assert isinstance(await watch.look(SELL), Gone)


async def test_on_futures_the_position_of_the_contract_is_held():
    leg = Position("ETH/USDT:USDT", "short", Decimal(2), Decimal(1), None, None, None, None, None, False)
    other = replace(leg, symbol="BTC/USDT:USDT")
    watch, _ = watching(Venue(legs=[[leg, other]], books=[[STOP.order]]))
    look = await watch.look(STOP)
    assert look == Stands(replace(STOP, before=Held(position=Decimal(-2))))


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (ServiceDown("binance"), "ServiceDown"),
        (KeyRefused("binance", ()), "KeyRefused"),
        (RightMissing("binance", "futures"), "RightMissing"),
    ],
)
async def test_an_exchange_that_does_not_tell_says_nothing_about_the_order(error, named):
    watch, units = watching(Venue([wallet("0", "0")], error=error))
    look = await watch.look(SELL)
    assert isinstance(look, CouldNotSee)
    assert look.why.error == named
    assert [use.result for use in units.access_log.uses] == [named]


async def test_a_rate_limit_says_when_to_look_again():
    watch, _ = watching(Venue([wallet("0", "0")], error=TooManyRequests("binance", 90.0)))
    look = await watch.look(SELL)
    assert isinstance(look, CouldNotSee)
    assert look.why.retry_at is not None
    assert (look.why.retry_at - NOW).total_seconds() == 90


async def test_a_key_that_was_removed_is_said_to_be_gone():
    watch, _ = watching(Venue(), key=False)
    look = await watch.look(SELL)
    assert isinstance(look, CouldNotSee)
    assert look.why.error == "KeyGone"
