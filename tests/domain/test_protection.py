"""What stops at the exchange protect: measured once against all that is there, and never called more than they are."""

from dataclasses import replace

import pytest

from domain.positions_view import Protection, StopState
from domain.protection import covered_by, protection_of
from domain.trades_view import Left, LeftKind
from tests.domain.looks_world import D, order, position

TRADE = 118_000_502
COINS = Left(LeftKind.COINS, D("0.4"), D("0.4"), D("0.4"), there=D("0.4"))
OPEN = Left(LeftKind.POSITION, D("0.05"), D("0.05"), None, position(), there=D("0.05"))
SPOT_STOP = order("1", "ETH/USDT", "sell", "1790", "0.4", conditional=True, type="stop_loss_limit", trigger=D(1800))
FUTURES_STOP = order("2", "BTC/USDT:USDT", "sell", None, "0.05", conditional=True, type="stop_market", trigger=D(59400))
UNKNOWN, NONE = Protection(), Protection(StopState.NONE)
AT_1800 = Protection(StopState.AT_EXCHANGE, D(1800), D(1800))
AT_59400 = Protection(StopState.AT_EXCHANGE, D(59400), D(59400))


def coins_stop(amount: str, trigger: str = "1800", **known):
    return replace(SPOT_STOP, amount=D(amount), remaining=D(amount), trigger=D(trigger), **known)


def part(covered: str, there: str, first: str | None = "1800", last: str | None = "1800", stops: int = 1) -> Protection:
    prices = [None if one is None else D(one) for one in (first, last)]
    return Protection(StopState.PART, *prices, stops, D(covered), D(there))


@pytest.mark.parametrize(
    ("left", "pair", "orders", "said"),
    [
        (COINS, "USDT_ETH", [SPOT_STOP], AT_1800),
        (COINS, "USDT_ETH", [], NONE),
        (COINS, "USDT_SOL", [SPOT_STOP], NONE),
        (COINS, "USDT_ETH", [replace(SPOT_STOP, conditional=False)], NONE),
        (COINS, "USDT_ETH", [replace(SPOT_STOP, side="buy")], NONE),
        (COINS, "USDT_ETH", [replace(SPOT_STOP, type="take_profit_limit")], NONE),
        (COINS, "USDT_ETH", [replace(SPOT_STOP, trigger=None)], Protection(StopState.AT_EXCHANGE)),
        (OPEN, "USDT_BTCUSDT", [FUTURES_STOP], AT_59400),
        (OPEN, "USDT_BTCUSDT", [replace(FUTURES_STOP, trigger=D(70000))], NONE),
        (OPEN, "USDT_BTCUSDT", [replace(FUTURES_STOP, symbol="ETH/USDT:USDT")], NONE),
        (OPEN, "USDT_BTCUSDT", [replace(FUTURES_STOP, position_side="short")], NONE),
        (replace(OPEN, shared=True), "USDT_BTCUSDT", [], UNKNOWN),
        (replace(COINS, shared=True), "USDT_ETH", [SPOT_STOP], AT_1800),
        (Left(LeftKind.GONE), "USDT_ETH", [SPOT_STOP], UNKNOWN),
    ],
)
def test_only_an_order_that_would_close_it_with_a_loss_is_a_stop(left, pair, orders, said) -> None:
    assert protection_of(left, pair, TRADE, orders) == said


@pytest.mark.parametrize("left", [COINS, OPEN])
def test_where_orders_were_not_read_nothing_is_claimed(left) -> None:
    assert protection_of(left, "USDT_ETH", TRADE, None) == UNKNOWN


def test_a_stop_for_other_coins_of_the_wallet_does_not_protect_those_of_a_trade() -> None:
    """4 of 10 are the trade's; the stop is for 6, and those may be the other ones."""
    left = Left(LeftKind.COINS, D(4), D(4), D(0), there=D(10))
    assert protection_of(left, "USDT_ETH", TRADE, [coins_stop("6")]) == part("6", "10")


def test_one_stop_does_not_protect_two_trades_of_one_coin() -> None:
    """Each has 0.4 of the 0.8, and the stop is for 0.4: of neither it is called the stop."""
    each = replace(COINS, there=D("0.8"))
    assert [protection_of(each, "USDT_ETH", n, [SPOT_STOP]) for n in (301, 302)] == [part("0.4", "0.8")] * 2


def test_a_stop_for_all_coins_protects_every_trade_of_them() -> None:
    each = replace(COINS, there=D("0.8"))
    assert [protection_of(each, "USDT_ETH", n, [coins_stop("0.8")]) for n in (301, 302)] == [AT_1800] * 2


def test_a_stop_that_bears_the_id_of_a_trade_is_for_that_trade_alone() -> None:
    left, own = replace(COINS, there=D("10.4")), replace(SPOT_STOP, client_id=f"bot-{TRADE}-sl")
    assert protection_of(left, "USDT_ETH", TRADE, [own]) == AT_1800
    assert protection_of(left, "USDT_ETH", TRADE + 1, [own]) == part("0.4", "10.4")
    small = replace(own, remaining=D("0.2"))
    assert protection_of(left, "USDT_ETH", TRADE, [small]) == part("0.2", "10.4")


def test_what_fees_and_rounding_leave_over_needs_no_stop() -> None:
    assert protection_of(replace(COINS, there=D("0.4004")), "USDT_ETH", TRADE, [SPOT_STOP]) == AT_1800


def test_what_is_partly_filled_already_protects_only_the_rest() -> None:
    stop = replace(SPOT_STOP, remaining=D("0.1"))
    assert protection_of(COINS, "USDT_ETH", TRADE, [stop]) == part("0.1", "0.4")


def test_orders_of_one_list_count_once() -> None:
    listed = [coins_stop("0.2", group="7"), coins_stop("0.2", "1700", group="7")]
    assert covered_by(listed, D("0.4")) == part("0.2", "0.4")


def test_several_stops_count_together_from_the_nearest_to_the_one_that_closes_the_rest() -> None:
    far, near, beyond = coins_stop("0.2", "1600"), coins_stop("0.2", "1800"), coins_stop("0.4", "1500")
    assert covered_by([beyond, far, near], D("0.4")) == Protection(StopState.AT_EXCHANGE, D(1800), D(1600), 2)
    assert covered_by([far, near], D(1)) == part("0.4", "1", "1800", "1600", 2)


def test_of_a_short_the_lowest_stop_is_the_nearest() -> None:
    stops = [coins_stop("0.2", "1900"), coins_stop("0.2", "1850")]
    assert covered_by(stops, D("0.4"), "short") == Protection(StopState.AT_EXCHANGE, D(1850), D(1900), 2)


def test_what_follows_the_price_has_no_price_and_comes_after_those_that_have_one() -> None:
    trailing = coins_stop("0.2", "1900", type="trailing_stop_market")
    assert covered_by([trailing], D("0.2")) == Protection(StopState.AT_EXCHANGE)
    assert covered_by([trailing, coins_stop("0.2")], D("0.4")) == Protection(StopState.AT_EXCHANGE, D(1800), None, 2)


def test_a_stop_without_an_amount_closes_the_whole_position() -> None:
    whole = replace(FUTURES_STOP, amount=D(0), remaining=D(0), reduce_only=True)
    assert protection_of(OPEN, "USDT_BTCUSDT", TRADE, [whole]) == AT_59400


def test_a_stop_for_a_part_of_a_position_is_told_as_that_to_the_last_digit() -> None:
    small = replace(FUTURES_STOP, remaining=D("0.0499"), reduce_only=True)
    said = protection_of(OPEN, "USDT_BTCUSDT", TRADE, [small])
    assert said == part("0.0499", "0.05", "59400", "59400")
    assert protection_of(replace(OPEN, shared=True), "USDT_BTCUSDT", TRADE, [small]) == said


def test_in_hedge_mode_the_stop_of_the_other_leg_protects_nothing() -> None:
    left = replace(OPEN, position=position(hedged=True))
    of_long = replace(FUTURES_STOP, position_side="long")
    of_short = replace(FUTURES_STOP, side="buy", position_side="short", trigger=D(70000))
    assert protection_of(left, "USDT_BTCUSDT", TRADE, [of_short]) == NONE
    assert protection_of(left, "USDT_BTCUSDT", TRADE, [of_short, of_long]) == AT_59400


def trailing(activation: str | None, callback: str | None = "1", **known):
    told = {"activation": activation, "callback": callback}
    return replace(
        FUTURES_STOP,
        type="trailing_stop_market",
        trigger=None,
        **{name: None if one is None else D(one) for name, one in told.items()},
        **known,
    )


FOLLOWS = Protection(StopState.AT_EXCHANGE)


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        (trailing(None), FOLLOWS),
        (trailing("63000"), FOLLOWS),
        (trailing("63097"), FOLLOWS),
        (trailing("80000"), NONE),
        (trailing("80000", None), Protection(begins=D(80000))),
        (trailing("63400"), Protection(begins=D(63400))),
    ],
)
def test_a_stop_that_follows_the_price_counts_once_the_price_that_activates_it_was_touched(stop, said) -> None:
    """The mark is 63,097: one at 63,400 with a callback of 1 % may have been touched, one at 80,000 would have fired."""
    assert protection_of(OPEN, "USDT_BTCUSDT", TRADE, [stop]) == said


@pytest.mark.parametrize(
    ("activation", "said"),
    [("64000", FOLLOWS), ("50000", NONE), ("62800", Protection(begins=D(62800)))],
)
def test_of_a_short_the_activating_price_lies_below(activation, said) -> None:
    left = replace(OPEN, position=position(side="short"))
    assert protection_of(left, "USDT_BTCUSDT", TRADE, [trailing(activation, side="buy")]) == said


def test_without_a_mark_price_nobody_knows_whether_it_was_touched() -> None:
    left = replace(OPEN, position=position(mark_price=None))
    assert protection_of(left, "USDT_BTCUSDT", TRADE, [trailing("80000")]) == Protection(begins=D(80000))


def test_one_that_may_have_begun_is_told_beside_a_part_and_not_beside_all() -> None:
    small, maybe = replace(FUTURES_STOP, remaining=D("0.02")), trailing("63400")
    said = protection_of(OPEN, "USDT_BTCUSDT", TRADE, [small, maybe])
    assert said == replace(part("0.02", "0.05", "59400", "59400"), begins=D(63400))
    assert protection_of(OPEN, "USDT_BTCUSDT", TRADE, [FUTURES_STOP, maybe]) == AT_59400
