"""Plans read from what 3Commas sends."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plans import Leverage, OrderType, Stop, Target, closed_trade, read_plan
from domain.trading import Side
from tests.domain.fakes import days_ago, trade
from tests.domain.looks_world import D, plan, smart, stop_at, target


def test_a_living_plan_is_read_whole():
    kept = plan(
        targets=[target("4100", "60"), target("4300", "40", "market", "finished")],
        stop=stop_at("2900", "limit", "2890"),
        leverage={"enabled": True, "type": "isolated", "value": "5"},
    )
    read = read_plan(kept)
    assert read.entry.side is Side.BUY
    assert (read.entry.units, read.entry.price, read.entry.order_type) == (D("0.4"), D(3350), OrderType.LIMIT)
    assert read.entry.filled
    assert read.targets == (
        Target(D(4100), D(60), OrderType.LIMIT),
        Target(D(4300), D(40), OrderType.MARKET, done=True),
    )
    assert read.stop == Stop(D(2900), OrderType.LIMIT, D(2890))
    assert read.leverage == Leverage("isolated", D(5))


def test_prices_are_those_at_which_an_order_may_stand():
    kept = plan(targets=[target("4100"), target("4300", order_type="market")], stop=stop_at("2900", "limit", "2890"))
    assert read_plan(kept).prices == (3350, 4100, 2890, 2900)


def test_trailing_timeout_and_breakeven_are_read():
    stop = stop_at("2900")
    stop["conditional"]["trailing"] = {"enabled": True, "percent": "1.5"}
    stop["timeout"] = {"enabled": True, "value": "30"}
    stop["breakeven"] = True
    trailing = target("4100") | {"trailing": {"enabled": True, "percent": "0.8"}}
    read = read_plan(plan(targets=[trailing], stop=stop))
    assert (read.stop.trailing, read.stop.timeout_s, read.stop.breakeven) == (D("1.5"), D(30), True)
    assert read.targets[0].trailing == D("0.8")


def test_the_plan_of_a_closed_trade_tells_that_something_is_missing():
    forgotten = plan() | {"take_profit": {"enabled": True, "steps": []}}
    read = read_plan(forgotten)
    assert read.targets_wanted
    assert not read.targets
    assert read.stop is None


@pytest.mark.parametrize("status", ["order_placed", "to_process", "trailing_activated"])
def test_an_entry_that_is_not_filled_is_seen(status):
    assert read_plan(plan(status=status)).entry.filled is False


def test_own_funds_count_as_entered():
    assert read_plan(plan(status="smart_sell")).entry.filled


json = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["position", "take_profit", "stop_loss", "steps", "price", "value", "units", "enabled", "type"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["position", "take_profit", "stop_loss", "leverage", "instant"]), json))
def test_a_strange_plan_is_an_unknown_one_and_no_error(strange):
    read = read_plan(strange)
    assert all(price > 0 for price in read.prices)


def test_a_closed_trade_knows_the_prices_of_its_kept_plan():
    over = replace(trade(118, status="failed", closed_at=days_ago(10)), plan=plan())
    closed = closed_trade(over, read_plan(plan(targets=[target("4100")])))
    assert (closed.owner, closed.side, closed.units, closed.entry_price) == (smart(118), Side.BUY, D("0.4"), D(3350))
    assert closed.known_prices == (3350, 4100)


def test_a_trade_without_side_or_amount_cannot_have_left_anything_that_we_know():
    assert closed_trade(trade(118, status="failed"), None) is None
