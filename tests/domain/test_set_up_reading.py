"""What reading for a form asks, and how it goes on after a rate limit."""

from datetime import timedelta
from typing import Any

import pytest

from domain.access import KeyGone
from domain.errors import AnswerLost, RightMissing, TooManyRequests
from domain.ports import Balance
from domain.records import TradePlan
from domain.set_up.again import Paused, SetUpAgain, Step, Wanted
from domain.set_up.values import Caution, NothingLeft, SetUp
from domain.trading import Rates
from tests.domain.fakes import NOW, TRADER, days_ago
from tests.domain.looks_world import D, LooksWorld, order, plan, position, target
from tests.domain.set_up_world import over

SLOW = TooManyRequests("three_commas", 60)
BTC = "BTC/USDT:USDT"


@pytest.fixture
def world() -> LooksWorld:
    world = LooksWorld()
    world.over(over())
    world.holds(Balance("ETH", D("0.4"), D(0)))
    world.three_commas.rate["USDT_ETH"] = Rates(D(3500), None, None, D("0.01"), D("0.001"), D("0.001"), D(10))
    return world


async def read(world: LooksWorld, **options: Any) -> SetUp | NothingLeft | Paused:
    return await SetUpAgain(*world.ports).read(TRADER, Wanted.trade("spot", 118), trigger="button", **options)


async def test_four_questions_are_enough_where_no_order_stands(world):
    await read(world)
    assert world.three_commas.asked == ["trade:118", "rows:118", "active", "deals", "rates:USDT_ETH"]


async def test_steps_are_not_asked_for_where_the_kept_plan_has_them(world):
    world.units.plans.rows[118] = TradePlan(TRADER, 118, days_ago(30), plan(targets=[target("4100")]))
    await read(world)
    assert world.three_commas.asked == ["trade:118", "active", "deals", "rates:USDT_ETH"]


async def test_grids_are_asked_for_where_a_position_or_another_order_of_its_coin_may_be_theirs(world):
    world.stands(order("1", "ETH/BTC", "sell", "0.05", "0.1"))
    await read(world)
    assert "grids" in world.three_commas.asked
    assert "simple" not in world.three_commas.asked
    world.three_commas.asked.clear()
    world.over(over(119, 42, "USDT_BTCUSDT", plan=plan(units="0.05")))
    world.open(position())
    await SetUpAgain(*world.ports).read(TRADER, Wanted.trade("futures", 119), trigger="button", last=True)
    assert "grids" in world.three_commas.asked


async def test_others_that_are_over_are_asked_for_only_where_they_may_have_left_an_order_as_well(world):
    asked = world.three_commas.asked
    world.units.plans.rows[118] = TradePlan(TRADER, 118, days_ago(30), plan(targets=[target("4100")]))
    world.stands(order("1", "ETH/USDT", "sell", "4100", "0.3"))
    await read(world)
    assert not {"all:USDT_ETH", "deals:finished"} & set(asked)
    world.stands(order("2", "ETH/USDT", "sell", "4300", "0.1"))
    await read(world)
    assert {"all:USDT_ETH", "deals:finished"} <= set(asked)


async def test_grids_and_single_orders_are_asked_for_only_where_an_order_may_be_theirs(world):
    world.stands(order("1", "SOL/USDT", "sell", "200", "1"))
    await read(world)
    assert not {"grids", "simple"} & set(world.three_commas.asked)
    world.stands(order("2", "ETH/USDT", "sell", "4100", "0.4"))
    await read(world)
    assert {"grids", "simple"} <= set(world.three_commas.asked)


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("trade:118", (Step.ITSELF, Step.LIVING, Step.PRICE)),
        ("rows:118", (Step.ITSELF, Step.LIVING, Step.PRICE)),
        ("active", (Step.LIVING, Step.PRICE)),
        ("deals", (Step.LIVING, Step.PRICE)),
        ("rates:USDT_ETH", (Step.PRICE,)),
    ],
)
async def test_a_rate_limit_is_a_pause_that_says_what_was_not_looked_at_yet(world, part, left):
    world.three_commas.errors_once[part] = SLOW
    found = await read(world)
    assert isinstance(found, Paused)
    assert (found.service, found.until, found.left) == ("three_commas", NOW + timedelta(seconds=60), left)
    form = await read(world, answers=found.answers)
    assert isinstance(form, SetUp)
    asked = [one for one in world.three_commas.asked if one != part]
    assert len(asked) == len(set(asked)), "3Commas is not asked twice"
    assert world.exchange.asked.count("spot") == 2, "the exchange is read afresh"


async def test_a_limit_of_the_exchange_is_a_pause_too(world):
    world.exchange.errors_once["spot"] = TooManyRequests("binance", 30)
    found = await read(world)
    assert isinstance(found, Paused)
    assert (found.service, found.left) == ("binance", tuple(Step))


async def test_a_short_limit_is_waited_for(world):
    world.three_commas.errors_once["active"] = TooManyRequests("three_commas", 3)
    assert isinstance(await read(world, patience_s=5), SetUp)
    assert world.clock.waited == [3]


async def test_answers_that_are_old_are_asked_again(world):
    world.three_commas.errors_once["deals"] = SLOW
    found = await read(world)
    assert isinstance(found, Paused)
    world.clock.time += timedelta(hours=1)
    await read(world, answers=found.answers)
    assert world.three_commas.asked.count("active") == 2


@pytest.mark.parametrize("part", ["active", "deals"])
@pytest.mark.parametrize("error", [SLOW, AnswerLost("three_commas"), RightMissing("three_commas", "BOTS_READ")])
async def test_in_the_last_run_what_is_unread_is_said_and_the_form_is_filled(world, part, error):
    world.three_commas.errors[part] = error
    form = await read(world, last=True)
    assert isinstance(form, SetUp)
    assert Caution.OTHERS_NOT_READ in form.cautions


async def test_what_was_read_in_full_needs_no_warning(world):
    form = await read(world)
    assert isinstance(form, SetUp)
    assert Caution.OTHERS_NOT_READ not in form.cautions


async def test_in_the_last_run_a_trade_that_cannot_be_read_is_an_error(world):
    world.three_commas.errors["trade:118"] = SLOW
    with pytest.raises(TooManyRequests):
        await read(world, last=True)


async def test_a_token_that_was_removed_is_said_to_be_gone(world):
    await world.units.keys.remove("token")
    with pytest.raises(KeyGone):
        await read(world)


async def test_a_position_waits_as_well_and_is_read_afresh(world):
    world.open(position())
    wanted = Wanted.position("futures", BTC, "long")
    world.three_commas.errors_once["active"] = SLOW
    again = SetUpAgain(*world.ports)
    found = await again.read(TRADER, wanted, trigger="button")
    assert isinstance(found, Paused)
    assert found.left == (Step.LIVING,)
    assert isinstance(await again.read(TRADER, wanted, trigger="button", answers=found.answers), SetUp)


@pytest.mark.parametrize(("token", "warned"), [(True, True), (False, False)])
async def test_a_position_whose_neighbours_cannot_be_asked_about_is_warned_of_where_there_are_any(token, warned):
    world = LooksWorld(token=token)
    world.open(position())
    await world.units.keys.remove("token")
    form = await SetUpAgain(*world.ports).read(TRADER, Wanted.position("futures", BTC, "long"), trigger="button")
    assert isinstance(form, SetUp)
    assert (Caution.OTHERS_NOT_READ in form.cautions) is warned
