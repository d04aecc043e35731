"""The form that takes over a position: its own part, its leg, and nothing of somebody else."""

from dataclasses import replace

import pytest

from domain.errors import NotThere
from domain.set_up.values import Caution, Field, Origin, Tool
from domain.values import MarketType
from tests.domain.fakes import trade
from tests.domain.looks_world import LooksWorld, order, plan, position, stop_at, target
from tests.domain.set_up_world import BTC, failed_trade, futures, keep, over, set_up, take_over, values


@pytest.fixture
def world() -> LooksWorld:
    return failed_trade()


# --- futures ----------------------------------------------------------------------------------------------------------


async def test_a_long_position_is_taken_over_as_it_is(world):
    futures(world)
    world.open(position())
    form = await set_up(world, 119, "futures")
    found = values(form)
    assert (form.tool, form.takes_over) == (Tool.SMART_SELL, True)
    assert found[Field.LEVERAGE_TYPE, 0] == ("isolated", Origin.POSITION)
    assert found[Field.LEVERAGE, 0] == ("5", Origin.POSITION)
    assert found[Field.UNITS, 0] == ("0.05", Origin.POSITION)
    assert found[Field.PRICE, 0] == ("61200", Origin.POSITION)
    assert form.leg == ""


async def test_a_short_leg_in_hedge_mode_is_taken_over_by_smart_buy(world):
    futures(world, "sell")
    world.open(position(hedged=True), position(side="short", hedged=True))
    form = await set_up(world, 119, "futures")
    assert (form.tool, form.takes_over, form.leg) == (Tool.SMART_BUY, True, "short")
    assert {Caution.HEDGE_LEG, Caution.SECOND_ENTRY} <= set(form.cautions)


async def test_a_position_that_a_living_trade_shares_is_taken_over_in_part(world):
    futures(world)
    world.open(position(amount="0.2"))
    living = replace(trade(130, 42, pair="USDT_BTCUSDT"), plan=plan(units="0.15"))
    world.living(living)
    form = await set_up(world, 119, "futures")
    assert values(form)[Field.UNITS, 0] == ("0.05", Origin.TRADE)
    assert Caution.SHARED in form.cautions
    assert Caution.MORE_THAN_BEFORE not in form.cautions, "that a part is another's is said already"


async def test_of_a_position_that_is_larger_than_what_the_trade_had_its_part_is_taken_over(world):
    futures(world)
    world.open(position(amount="0.3"))
    form = await set_up(world, 119, "futures")
    assert values(form)[Field.UNITS, 0] == ("0.05", Origin.TRADE)
    assert Caution.MORE_THAN_BEFORE in form.cautions


@pytest.mark.parametrize("amount", ["0.05", "0.03"])
async def test_of_a_position_that_is_not_larger_all_is_taken_over(world, amount):
    futures(world)
    world.open(position(amount=amount))
    form = await set_up(world, 119, "futures")
    assert values(form)[Field.UNITS, 0] == (amount, Origin.POSITION)
    assert Caution.MORE_THAN_BEFORE not in form.cautions


async def test_a_position_of_which_the_trades_part_is_not_told_is_taken_over_whole(world):
    contents = plan(units="0.05", entry="61000")
    del contents["position"]["units"]
    world.over(over(119, 42, "USDT_BTCUSDT", plan=contents))
    world.open(position(amount="0.3"))
    assert values(await set_up(world, 119, "futures"))[Field.UNITS, 0] == ("0.3", Origin.POSITION)


async def test_without_the_position_its_leverage_comes_from_the_trade(world):
    futures(world)
    form = await set_up(world, 119, "futures")
    assert (form.tool, form.takes_over) == (Tool.SMART_TRADE, False)
    assert values(form)[Field.LEVERAGE_TYPE, 0] == ("cross", Origin.TRADE)
    assert values(form)[Field.LEVERAGE, 0] == ("10", Origin.TRADE)


async def test_a_stop_beyond_the_liquidation_is_said(world):
    futures(world)
    keep(world, plan(targets=[target("67000")], stop=stop_at("49000")), 119)
    world.open(position())
    assert Caution.STOP_BEYOND_LIQUIDATION in (await set_up(world, 119, "futures")).cautions


async def test_an_orphaned_position_asks_for_its_targets_and_stop(world):
    world.open(position())
    world.stands(order("7", BTC, "sell", "67000", "0.05", reduce_only=True), market=MarketType.USDM)
    form = await take_over(world)
    assert (form.tool, form.pair, form.old_orders) == (Tool.SMART_SELL, "USDT_BTCUSDT", ("7",))
    assert values(form)[Field.TARGET_PRICE, 1] == ("67000", Origin.OLD_ORDER)
    assert [field.field for field in form.asks] == [Field.STOP_TRIGGER]
    with pytest.raises(NotThere):
        await take_over(world, "short")


async def test_a_position_that_turns_out_to_be_managed_is_said_and_its_orders_stay(world):
    world.open(position())
    world.stands(order("7", BTC, "sell", "67000", "0.05", reduce_only=True), market=MarketType.USDM)
    world.living(replace(trade(130, 42, pair="USDT_BTCUSDT"), plan=plan(units="0.05")))
    form = await take_over(world)
    assert Caution.SHARED in form.cautions
    assert form.old_orders == ()
