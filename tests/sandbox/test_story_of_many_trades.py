"""Story `many_trades` holds what its table says, and 3Commas and Binance agree about every part that is filled."""

from collections import Counter

import pytest

from sandbox.house import House
from sandbox.stories.figures import ALEX, FUTURES, SPOT, SUB_SPOT
from sandbox.three_commas.limits import PLAN_PER_MINUTE
from sandbox.three_commas.opened_orders import opened_orders
from tests.sandbox.test_stories import house_of


@pytest.fixture(scope="module")
def house() -> House:
    return house_of("many_trades")


def test_forty_trades_and_twenty_deals_live_on_three_accounts(house: House) -> None:
    user = house.three_commas.user(ALEX.id)
    alive = [trade for trade in user.smart_trades if trade.status in ("waiting_targets", "waiting_position")]
    assert Counter(trade.account_id for trade in alive) == {SPOT: 24, FUTURES: 8, SUB_SPOT: 8}
    assert Counter(deal.account_id for deal in user.deals) == {SPOT: 12, SUB_SPOT: 8}
    assert len(alive) + len(user.deals) > PLAN_PER_MINUTE[user.plan]


def test_every_order_but_one_belongs_to_something_that_lives(house: House) -> None:
    standing = {
        order.order_id
        for account in house.binance.accounts_of(ALEX.id)
        for order in (*account.spot_orders, *account.usdm_orders)
    }
    known = {int(row["order_id"]) for row in opened_orders(house.three_commas.user(ALEX.id))}
    assert known < standing
    assert (len(known), len(standing)) == (80, 81)


def test_3commas_knows_of_every_part_that_is_filled(house: House) -> None:
    executed = {
        order.order_id: order.executed
        for account in house.binance.accounts_of(ALEX.id)
        for order in (*account.spot_orders, *account.usdm_orders)
    }
    for trade in house.three_commas.user(ALEX.id).smart_trades[:40]:
        if trade.status == "waiting_position":
            assert executed[trade.entry_venue_order or 0] == trade.entered == trade.units / 10
        else:
            (target,) = trade.targets
            assert executed[target.venue_order or 0] == target.filled == target.units / 10
