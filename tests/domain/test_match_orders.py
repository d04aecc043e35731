"""Whose order is it: the ladder rung by rung, and what must hold in every world."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.match_orders import Book, Clue, Matching, Reading, Standing, Sureness, Verdict, match, match_off_loop
from domain.matching.prefixes import foreign, learn
from domain.pairs import symbols_of
from domain.ports import OpenOrder
from domain.trading import ClosedTrade, ExpectedOrder, Owner, OwnerKind, Side
from domain.values import MarketType
from tests.domain.fakes import NOW, days_ago
from tests.domain.looks_world import RULES, D, bot_deal, closed, expected, order, smart
from tests.domain.worlds import Maker, Truth, shuffled

seeds = st.integers(0, 10**9)
SPOT = {rules.symbol: rules for rules in RULES if ":" not in rules.symbol}


def matched(
    orders: Sequence[OpenOrder],
    rows: Sequence[ExpectedOrder] = (),
    trades: Sequence[ClosedTrade] = (),
    **reading: Any,
) -> Matching:
    pairs = {one.pair for one in rows} | {one.pair for one in trades}
    symbols = symbols_of(pairs, SPOT.values(), MarketType.SPOT)
    return match(Book("binance", orders, rows, trades, symbols, SPOT, Reading(NOW, **reading)))


def verdict(
    one: OpenOrder, rows: Sequence[ExpectedOrder] = (), trades: Sequence[ClosedTrade] = (), **reading: Any
) -> Verdict:
    return matched([one], rows, trades, **reading).verdicts[0]


def clues(one: Verdict) -> set[Clue]:
    return {evidence.clue for evidence in one.evidence}


SELL = order("1", "ETH/USDT", "sell", "4100", "0.4")
ROW = expected(smart(121), "USDT_ETH", Side.SELL, "4100", "0.4")


# --- living trades ---------------------------------------------------------------------------------------------------


def test_price_and_amount_of_one_living_trade_are_certain():
    one = verdict(SELL, [ROW])
    assert (one.standing, one.owner, one.sureness) == (Standing.OWNED, smart(121), Sureness.CERTAIN)
    assert clues(one) == {Clue.SAME_PRICE, Clue.SAME_AMOUNT}


def test_prices_are_compared_to_the_tick_and_amounts_to_half_a_lot():
    assert verdict(SELL, [replace(ROW, price=D("4100.0049"), remaining=D("0.40005"))]).sureness is Sureness.CERTAIN
    assert verdict(SELL, [replace(ROW, price=D("4100.0051"))]).standing is not Standing.OWNED
    assert verdict(SELL, [replace(ROW, remaining=D("0.40006"))]).sureness is Sureness.STRONG


def test_thirty_six_decimals_are_no_obstacle():
    long = D("0.400000000000000000000000000000000001")
    assert verdict(SELL, [replace(ROW, remaining=long, amount=long)]).sureness is Sureness.CERTAIN


def test_a_fee_taken_in_the_coin_is_strong():
    one = verdict(replace(SELL, remaining=D("0.3996"), amount=D("0.3996")), [ROW])
    assert (one.owner, one.sureness) == (smart(121), Sureness.STRONG)
    assert Clue.CLOSE_AMOUNT in clues(one)


def test_a_partial_fill_that_3commas_has_not_seen_is_strong():
    one = verdict(replace(SELL, remaining=D("0.1")), [ROW])
    assert (one.owner, one.sureness) == (smart(121), Sureness.STRONG)
    assert Clue.SAME_SIZE in clues(one)


def test_another_amount_at_the_same_time_is_probable():
    row = replace(ROW, remaining=D(1), amount=D(1), created_at=days_ago(20) + timedelta(seconds=120))
    one = verdict(SELL, [row])
    assert (one.owner, one.sureness) == (smart(121), Sureness.PROBABLE)
    assert verdict(SELL, [replace(row, created_at=row.created_at + timedelta(seconds=1))]).owner is None


def test_a_match_by_time_alone_gives_way_to_doubt_where_a_closed_trades_plan_fits():
    row = replace(ROW, remaining=D(1), amount=D(1), created_at=days_ago(20))
    one = verdict(SELL, [row], [closed(118, known_prices=(D(4100),))])
    assert (one.standing, one.candidates) == (Standing.AMBIGUOUS, (smart(118), smart(121)))
    assert verdict(SELL, [row], [closed(118)]).owner == smart(121)


def test_a_stop_order_is_found_by_its_trigger():
    stop = order("1", "ETH/USDT", "sell", "2890", "0.4", trigger=D(2900), conditional=True)
    assert verdict(stop, [replace(ROW, price=D(2900))]).owner == smart(121)
    assert verdict(stop, [replace(ROW, price=D(2890))]).owner == smart(121)


def test_the_other_side_and_another_pair_are_somebody_elses():
    assert verdict(replace(SELL, side="buy"), [ROW]).owner is None
    assert verdict(replace(SELL, symbol="SOL/USDT"), [ROW]).owner is None


@pytest.mark.parametrize(
    ("owner", "client_id"),
    [
        (smart(1102345678), "x-AbC-1102345678-tp"),
        (Owner(OwnerKind.SIMPLE, "0b1f6a52-77a1-4f0e-9c1d-2b8b7a4f9a10"), "0b1f6a5277a14f0e9c1d2b8b7a4f9a10"),
    ],
)
def test_an_id_of_3commas_inside_the_client_id_is_certain(owner, client_id):
    one = verdict(replace(SELL, client_id=client_id, price=D(1)), [replace(ROW, owner=owner)])
    assert (one.owner, one.sureness) == (owner, Sureness.CERTAIN)
    assert clues(one) == {Clue.KNOWN_ID}


def test_a_short_number_inside_an_id_proves_nothing():
    assert verdict(replace(SELL, client_id="x-118-121a", price=D(1)), [ROW]).owner is None


def test_two_rows_of_one_trade_are_no_tie():
    rows = [replace(ROW, trade_id="1"), replace(ROW, trade_id="2")]
    result = matched([SELL, replace(SELL, id="2")], rows)
    assert [one.owner for one in result.verdicts] == [smart(121)] * 2
    assert not result.missing


def test_two_living_trades_that_are_alike_stay_ambiguous():
    result = matched([SELL, replace(SELL, id="2")], [ROW, replace(ROW, owner=smart(130))])
    assert {one.standing for one in result.verdicts} == {Standing.AMBIGUOUS}
    assert {one.candidates for one in result.verdicts} == {(smart(121), smart(130))}
    assert not result.missing


def test_of_two_alike_the_one_that_stood_before_the_trade_is_not_its():
    """The leftover of 118 and the new order of 130, at the same price."""
    row = replace(ROW, owner=smart(130), created_at=days_ago(5))
    new = replace(SELL, id="2", created_at=days_ago(5))
    result = matched([SELL, new], [row], [closed(118)])
    old, young = result.verdicts
    assert (young.standing, young.owner) == (Standing.OWNED, smart(130))
    assert (old.standing, old.owner) == (Standing.LEFTOVER, smart(118))
    assert Clue.PLACED_SINCE in clues(young)


def test_a_single_match_that_stood_before_its_row_is_not_certain():
    one = verdict(SELL, [replace(ROW, created_at=days_ago(5))])
    assert (one.owner, one.sureness) == (smart(121), Sureness.STRONG)
    assert Clue.OLDER_THAN_TRADE in clues(one)


def test_without_times_two_alike_for_one_trade_stay_ambiguous():
    result = matched([SELL, replace(SELL, id="2")], [ROW], [closed(118)])
    assert {one.standing for one in result.verdicts} == {Standing.AMBIGUOUS}
    assert not result.missing


def test_an_expected_order_that_is_not_there_is_missing():
    (missing,) = matched([], [ROW]).missing
    assert missing.certain
    assert matched([], [ROW]).reread


def test_a_row_made_a_moment_ago_may_still_be_on_its_way():
    (missing,) = matched([], [replace(ROW, created_at=NOW - timedelta(seconds=30))]).missing
    assert not missing.certain


def test_a_filled_row_expects_nothing():
    assert not matched([], [replace(ROW, remaining=D(0))]).missing


# --- closed trades ---------------------------------------------------------------------------------------------------


def test_side_amount_and_time_of_a_closed_trade_make_a_probable_leftover():
    one = verdict(SELL, trades=[closed(118)])
    assert (one.standing, one.owner, one.sureness) == (Standing.LEFTOVER, smart(118), Sureness.PROBABLE)
    assert clues(one) == {Clue.CLOSING_SIDE, Clue.WITHIN_UNITS, Clue.PLACED_WHILE_IT_RAN}


def test_a_price_of_its_plan_makes_it_strong():
    one = verdict(SELL, trades=[closed(118, known_prices=(D(4100),))])
    assert (one.owner, one.sureness) == (smart(118), Sureness.STRONG)


def test_an_unfilled_entry_is_left_over_at_the_entry_price_only():
    buy = order("1", "ETH/USDT", "buy", "3350", "0.4")
    assert verdict(buy, trades=[closed(118)]).owner == smart(118)
    assert verdict(replace(buy, price=D(3300)), trades=[closed(118)]).standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": D("0.5")},
        {"side": "buy"},
        {"created_at": days_ago(41)},
        {"created_at": days_ago(9)},
        {"symbol": "SOL/USDT"},
    ],
)
def test_what_does_not_fit_the_closed_trade_is_unknown(changed):
    assert verdict(replace(SELL, **changed), trades=[closed(118)]).standing is Standing.UNKNOWN


def test_a_trade_leaves_no_more_than_it_held():
    half = [order(str(n), "ETH/USDT", "sell", "4100", "0.2") for n in range(2)]
    assert {one.standing for one in matched(half, trades=[closed(118)]).verdicts} == {Standing.LEFTOVER}
    three = [*half, order("3", "ETH/USDT", "sell", "4200", "0.2")]
    assert {one.standing for one in matched(three, trades=[closed(118)]).verdicts} == {Standing.UNKNOWN}


def test_several_closed_trades_that_fit_leave_the_owner_open():
    one = verdict(SELL, trades=[closed(118), closed(119)])
    assert (one.standing, one.owner) == (Standing.LEFTOVER, None)
    assert one.candidates == (smart(118), smart(119))


def test_a_plan_decides_between_closed_trades():
    assert verdict(SELL, trades=[closed(118), closed(119, known_prices=(D(4100),))]).owner == smart(119)


def test_a_safety_order_of_a_closed_deal_needs_the_learned_prefix():
    trade = replace(closed(77), owner=bot_deal(77))
    buy = order("1", "ETH/USDT", "buy", "3000", "2", client_id="x-AbCdEf-1")
    assert verdict(buy, trades=[trade]).standing is Standing.UNKNOWN
    living = [order(str(n), "SOL/USDT", "sell", str(200 + n), "2", client_id=f"x-AbCdEf-{n}z") for n in (2, 3)]
    rows = [expected(smart(121), "USDT_SOL", Side.SELL, str(200 + n), "2") for n in (2, 3)]
    assert matched([buy, *living], rows, [trade]).verdicts[0].owner == bot_deal(77)


def test_another_prefix_than_the_learned_one_is_no_probable_leftover():
    living = [order(str(n), "SOL/USDT", "sell", str(200 + n), "2", client_id=f"x-AbCdEf-{n}z") for n in (2, 3)]
    rows = [expected(smart(121), "USDT_SOL", Side.SELL, str(200 + n), "2") for n in (2, 3)]
    assert matched([SELL, *living], rows, [closed(118)]).verdicts[0].standing is Standing.UNKNOWN
    planned = closed(118, known_prices=(D(4100),))
    assert matched([SELL, *living], rows, [planned]).verdicts[0].sureness is Sureness.PROBABLE


# --- what keeps it from being called left over -----------------------------------------------------------------------


@pytest.mark.parametrize("reading", [{"linked": False}, {"unread": ("grids",)}])
def test_what_was_not_read_may_own_it(reading):
    one = verdict(SELL, trades=[closed(118, known_prices=(D(4100),))], **reading)
    assert (one.standing, one.owner) == (Standing.UNKNOWN, None)
    assert one.candidates == (smart(118),)


def test_an_order_without_a_time_is_unknown():
    one = verdict(replace(SELL, created_at=None), trades=[closed(118, known_prices=(D(4100),))])
    assert one.standing is Standing.UNKNOWN
    assert clues(one) == {Clue.NO_TIME}


def test_an_order_placed_after_the_reading_is_read_again():
    fresh = replace(SELL, created_at=NOW + timedelta(seconds=1))
    one = verdict(fresh, trades=[closed(118, closed_at=None)])
    assert one.standing is Standing.UNKNOWN
    assert one.reread


def test_a_trade_closed_a_moment_ago_may_still_take_its_orders_away():
    one = verdict(SELL, trades=[closed(118, closed_at=NOW - timedelta(seconds=60))])
    assert one.standing is Standing.UNKNOWN
    assert one.reread
    assert clues(one) == {Clue.CLOSED_JUST_NOW}


def test_an_order_may_be_that_of_a_living_trade_at_a_new_price():
    result = matched([SELL], [replace(ROW, price=D(4200))], [closed(118)])
    (one,) = result.verdicts
    assert one.standing is Standing.AMBIGUOUS
    assert one.candidates == (smart(118), smart(121))
    assert one.reread
    assert not result.missing[0].certain


def test_an_order_older_than_the_living_row_is_not_its_moved_one():
    result = matched([SELL], [replace(ROW, price=D(4200), created_at=days_ago(5))], [closed(118)])
    assert result.verdicts[0].standing is Standing.LEFTOVER
    assert result.missing[0].certain


def test_a_living_trade_of_a_strange_pair_is_not_missing_for_certain():
    result = matched([SELL], [replace(ROW, pair="USDT_XETH")])
    assert result.verdicts[0].standing is Standing.UNKNOWN
    assert Clue.STRANGE_PAIR in clues(result.verdicts[0])
    assert not result.missing[0].certain


# --- other programs --------------------------------------------------------------------------------------------------


def test_an_order_of_the_exchanges_own_app_is_foreign():
    one = verdict(replace(SELL, client_id="web_a1b2c3"), trades=[closed(118)])
    assert (one.standing, one.owner) == (Standing.FOREIGN, None)


def test_a_foreign_order_that_is_exactly_a_living_trades_is_ambiguous():
    result = matched([replace(SELL, client_id="x-TKT5PX2Fabc")], [ROW])
    assert result.verdicts[0].standing is Standing.AMBIGUOUS
    assert not result.missing[0].certain


def test_a_beginning_is_foreign_at_its_own_exchange_only():
    assert foreign("gate", "web")
    assert not foreign("gate", "webbed")
    assert not foreign("binance", "web")
    assert not foreign("okx", "x-TKT5PX2Fabc")


@pytest.mark.parametrize(
    ("ids", "prefixes"),
    [
        (["x-AbC-118a", "x-AbC-121"], ("x-AbC-",)),
        (["deal1102", "deal1103"], ("deal",)),
        (["abcdefX1", "abcdefY2", "web_1"], ("abcdef",)),
        (["x-1", "x-2"], ()),
        (["abcde1"], ()),
        (["1102345678", "1102345699"], ()),
        (["", ""], ()),
        (["same-id-1", "same-id-1"], ()),
    ],
)
def test_prefixes_are_learned_from_two_ids_and_four_letters(ids, prefixes):
    assert learn(ids) == prefixes


async def test_a_large_book_is_matched_off_the_loop_with_the_same_result():
    world = Maker(3, most=400).make()
    assert await match_off_loop(world.book) == match(world.book)


# --- trades that no answer shows ---------------------------------------------------------------------------------------

UNSEEN = [
    order("8", "SOL/USDT", "buy", "91", "3", client_id="x-Own7kQab"),
    order("9", "BTC/USDT", "sell", "90000", "0.2", client_id="x-Own7kQcd"),
]
LEFT = replace(SELL, client_id="x-Own7kQef")


def left(*others: OpenOrder, one: OpenOrder = LEFT, **trade: Any) -> Verdict:
    return matched([one, *others], trades=[closed(118, **trade)]).verdicts[0]


def test_two_orders_that_nothing_explains_make_a_bare_leftover_of_their_beginning_unknown():
    one = left(*UNSEEN)
    assert (one.standing, one.sureness, one.candidates) == (Standing.UNKNOWN, Sureness.NONE, (smart(118),))
    assert clues(one) == {Clue.UNSEEN_TRADES}
    assert left(UNSEEN[0]).sureness is Sureness.PROBABLE
    assert left(*UNSEEN, one=replace(LEFT, client_id="another")).sureness is Sureness.PROBABLE
    assert left(*UNSEEN, one=replace(LEFT, client_id="")).standing is Standing.UNKNOWN


def test_better_grounds_than_chance_keep_a_leftover_and_it_is_probable():
    one = left(*UNSEEN, known_prices=(D(4100),))
    assert (one.standing, one.owner, one.sureness) == (Standing.LEFTOVER, smart(118), Sureness.PROBABLE)
    assert Clue.UNSEEN_TRADES in clues(one)
    began = closed(118).created_at
    assert began is not None
    assert left(*UNSEEN, one=replace(LEFT, created_at=began + timedelta(seconds=121))).standing is Standing.UNKNOWN
    one = left(*UNSEEN, one=replace(LEFT, created_at=began + timedelta(seconds=3)))
    assert (one.owner, one.sureness) == (smart(118), Sureness.PROBABLE)
    assert {Clue.PLACED_TOGETHER, Clue.UNSEEN_TRADES} <= clues(one)


def test_a_letter_that_two_ids_have_alike_by_chance_does_not_make_a_leftover_somebody_elses():
    orders = [
        replace(SELL, id="5", price=D(4200), client_id="x-Own7kQab"),
        replace(SELL, id="6", price=D(4300), client_id="x-Own7kQac"),
        LEFT,
    ]
    rows = [replace(ROW, trade_id=price, price=D(price)) for price in ("4200", "4300")]
    result = matched(orders, rows, [closed(118)])
    assert result.prefixes == ("x-Own7kQa",)
    assert (result.verdicts[2].owner, result.verdicts[2].sureness) == (smart(118), Sureness.PROBABLE)


# --- in every world --------------------------------------------------------------------------------------------------


@given(seeds)
@settings(max_examples=150, deadline=None)
def test_no_order_is_given_to_two_trades_and_no_row_to_two_orders(seed):
    world = Maker(seed, trouble=0.5).make()
    result = match(world.book)
    assert [one.order for one in result.verdicts] == list(world.book.orders)
    rows = [id(one.expected) for one in result.verdicts if one.expected is not None]
    assert len(rows) == len(set(rows))
    gone = {id(one.expected) for one in result.missing}
    assert not gone & set(rows)
    for one in result.verdicts:
        assert (one.owner is None) == (one.sureness is Sureness.NONE) or one.standing is Standing.LEFTOVER
        assert one.owner is None or not one.candidates


@given(seeds)
@settings(max_examples=300, deadline=None)
def test_no_order_of_a_living_trade_is_called_left_over(seed):
    world = Maker(seed, trouble=0.5).make()
    for one in match(world.book).verdicts:
        truth, owner = world.truth[one.order.id]
        if truth is Truth.LIVING:
            assert one.standing is not Standing.LEFTOVER
            assert one.owner in (None, owner)


@given(seeds, st.sampled_from(["linked", "unread"]))
@settings(max_examples=60, deadline=None)
def test_with_anything_unread_nothing_is_called_left_over(seed, what):
    book = Maker(seed).make().book
    reading = Reading(NOW, linked=False) if what == "linked" else Reading(NOW, unread=("deals",))
    for one in match(replace(book, reading=reading)).verdicts:
        assert one.standing is not Standing.LEFTOVER
        assert one.sureness < Sureness.CERTAIN


@given(seeds, seeds)
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_input_does_not_matter(seed, mix):
    book = Maker(seed, trouble=0.4).make().book
    other = match(shuffled(book, random.Random(mix)))
    assert {one.order.id: one for one in match(book).verdicts} == {one.order.id: one for one in other.verdicts}
    assert match(book).missing == other.missing


@given(seeds)
@settings(max_examples=80, deadline=None)
def test_taking_away_what_supports_a_verdict_never_makes_it_surer(seed):
    world = Maker(seed, trouble=0.4, most=6).make()
    for one in match(world.book).verdicts:
        if one.owner is None:
            continue
        for poorer in without_support(world.book, one):
            (after,) = (other for other in match(poorer).verdicts if other.order.id == one.order.id)
            assert after.sureness <= one.sureness, (one, after)


TIMES = {Clue.PLACED_TOGETHER, Clue.PLACED_SINCE, Clue.PLACED_WHILE_IT_RAN}


def without_support(book: Book, one: Verdict) -> Iterator[Book]:
    """The book with one of the verdict's grounds taken away."""
    found = clues(one)

    def changed(**known: Any) -> Book:
        orders = [replace(o, **known) if o.id == one.order.id else o for o in book.orders]
        return replace(book, orders=orders)

    if found & {Clue.LEARNED_PREFIX, Clue.KNOWN_ID}:
        yield changed(client_id="")
    if found & TIMES:
        yield changed(created_at=None)
        untimed = [
            replace(row, created_at=None, updated_at=None) if row.owner == one.owner else row for row in book.expected
        ]
        yield replace(book, expected=untimed)
    if one.expected is not None:
        yield replace(book, expected=[row for row in book.expected if row is not one.expected])
    yield replace(book, expected=[row for row in book.expected if row.owner != one.owner])
    yield replace(book, closed=[trade for trade in book.closed if trade.owner != one.owner])
    forgotten = [replace(trade, known_prices=()) if trade.owner == one.owner else trade for trade in book.closed]
    yield replace(book, closed=forgotten)
    yield replace(book, reading=replace(book.reading, unread=("grids",)))
    yield replace(book, reading=replace(book.reading, linked=False))
