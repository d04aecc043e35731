"""One look at the positions."""

from dataclasses import replace

import pytest

from domain.check_view import Sight
from domain.errors import AnswerLost
from domain.look_positions import LookPositions
from domain.positions_view import Management, Protection, StopState, Watched
from domain.trading import Owner, OwnerKind, Side
from domain.values import MarketType
from tests.domain.fakes import deal, listed, trade
from tests.domain.looks_world import D, LooksWorld, bot_deal, expected, order, plan, position, smart, stop_at

BTC = "BTC/USDT:USDT"


@pytest.fixture
def world() -> LooksWorld:
    world = LooksWorld()
    world.open(position())
    return world


def smart_long(trade_id: int = 119, **known: object):
    contents = known.pop("plan", plan(units="0.05", entry="61200"))
    return replace(trade(trade_id, account_id=42, pair="USDT_BTCUSDT", plan=contents), **known)


async def only(world: LooksWorld):
    (row,) = (await world.last(LookPositions)).positions
    return row


async def test_a_position_that_nothing_alive_holds_is_managed_by_nobody(world):
    row = await only(world)
    assert (row.management, row.protection.state) == (Management.UNMANAGED, StopState.NONE)
    assert round(row.profit_percent, 1) == D("3.1")


async def test_a_living_trade_of_the_contract_and_side_manages_it(world):
    world.living(smart_long(plan=plan(units="0.05", entry="61200", stop=stop_at("59400"))))
    row = await only(world)
    assert (row.management, row.managers) == (Management.MANAGED, (smart(119),))
    assert (row.protection.state, row.protection.first) == (StopState.AT_3COMMAS, D(59400))
    assert row.managed == D("0.05")


async def test_a_short_trade_does_not_manage_a_long_position(world):
    world.living(smart_long(plan=plan("sell", "0.05")))
    assert (await only(world)).management is Management.UNMANAGED


async def test_a_trade_that_waits_for_its_entry_manages_nothing_yet(world):
    world.living(smart_long(plan=plan(status="order_placed"), entered_amount=D(0)))
    assert (await only(world)).management is Management.UNMANAGED


async def test_a_trade_of_another_account_manages_nothing_here(world):
    world.living(replace(smart_long(), account_id=41))
    assert (await only(world)).management is Management.UNMANAGED


async def test_a_deal_and_a_grid_manage_as_well(world):
    world.deal(_deal(bought_amount=D("0.05")))
    row = await only(world)
    assert (row.managers, row.protection.state, row.protection.first) == (
        (bot_deal(77),),
        StopState.AT_3COMMAS,
        D(58000),
    )
    world.three_commas.active_deals.clear()
    grid = Owner(OwnerKind.GRID, "5", "Grid")
    world.three_commas.grid = [expected(grid, "USDT_BTCUSDT", Side.SELL, "64000", "0.01", account_id=42)]
    row = await only(world)
    assert (row.management, row.managers, row.protection.state) == (Management.MANAGED, (grid,), StopState.UNKNOWN)


@pytest.mark.parametrize("part", ["active", "deals", "grids"])
async def test_with_a_part_unread_nobody_is_not_said(world, part):
    world.three_commas.errors[part] = AnswerLost("three_commas")
    view = await world.last(LookPositions)
    assert view.positions[0].management is Management.UNKNOWN
    assert view.accounts[0].managers is Sight.NOT_LOOKED


async def test_with_a_strange_pair_alive_nobody_is_not_said(world):
    world.living(smart_long(pair="USDT_XBTUSDT"))
    assert (await only(world)).management is Management.UNKNOWN


async def test_without_a_link_the_manager_is_unknown():
    world = LooksWorld(token=False)
    world.open(position())
    view = await world.last(LookPositions)
    assert view.positions[0].management is Management.UNKNOWN
    assert view.accounts[0].managers is Sight.NOT_ATTACHED


async def test_a_trade_of_a_neighbour_that_may_be_this_account_leaves_it_open(world):
    world.three_commas.real.append(listed(43, "binance_futures"))
    world.units.account("again", 43, market_type=MarketType.USDM, market_code="binance_futures")
    world.living(replace(smart_long(), account_id=43))
    row = await only(world)
    assert (row.management, row.managers) == (Management.UNKNOWN, (smart(119),))


async def test_a_stop_of_a_neighbour_that_may_be_this_account_is_not_told_as_one_of_this_position(world):
    world.three_commas.real.append(listed(43, "binance_futures"))
    world.units.account("again", 43, market_type=MarketType.USDM, market_code="binance_futures")
    world.living(replace(smart_long(plan=plan(units="0.05", entry="61200", stop=stop_at("60000"))), account_id=43))
    row = await only(world)
    assert (row.management, row.managers, row.protection) == (Management.UNKNOWN, (smart(119),), Protection())


async def test_stops_and_targets_on_it_are_told_apart(world):
    world.stands(
        order("stop", BTC, "sell", None, "0.05", type="stop_market", conditional=True, trigger=D(59400)),
        order("target", BTC, "sell", "67000", "0.05", reduce_only=True),
        order("tp", BTC, "sell", None, "0.05", type="take_profit_market", conditional=True, trigger=D(68000)),
        order("trail", BTC, "sell", None, "0.05", type="trailing_stop_market", conditional=True),
        order("more", BTC, "buy", "60000", "0.01"),
        order("other", "ETH/USDT:USDT", "sell", "2000", "1"),
        market=MarketType.USDM,
    )
    row = await only(world)
    assert [one.id for one in row.stops] == ["stop", "trail"]
    assert [one.id for one in row.targets] == ["target", "tp"]
    assert (row.protection.state, row.protection.first) == (StopState.AT_EXCHANGE, D(59400))


async def test_a_stop_for_a_part_of_it_is_no_stop_for_all_of_it(world):
    world.stands(
        order("stop", BTC, "sell", None, "0.02", type="stop_market", conditional=True, trigger=D(59400)),
        market=MarketType.USDM,
    )
    assert (await only(world)).protection == Protection(
        StopState.PART, D(59400), D(59400), 1, covered=D("0.02"), there=D("0.05")
    )
    world.living(smart_long(plan=plan(units="0.05", entry="61200", stop=stop_at("58000"))))
    assert (await only(world)).protection == Protection(StopState.AT_3COMMAS, D(58000), D(58000))


def _deal(**known: object):
    return replace(deal(77, account_id=42), pair="USDT_BTCUSDT", strategy="long", stop_loss_price=D(58000), **known)


def _with_stop(trade_id: int, units: str, trigger: str = "60000"):
    return smart_long(trade_id, plan=plan(units=units, entry="61200", stop=stop_at(trigger)))


async def test_a_stop_of_a_trade_that_holds_a_crumb_of_it_is_told_as_one_for_the_crumb():
    world = LooksWorld()
    world.open(position(amount="0.30"))
    world.living(_with_stop(119, "0.01"))
    world.living(smart_long(120, plan=plan(units="0.04", entry="61200")))
    watched = Watched(D("0.01"), D(60000))
    assert (await only(world)).protection == Protection(StopState.PART, there=D("0.30"), watched=watched)
    world.stands(
        order("stop", BTC, "sell", None, "0.02", type="stop_market", conditional=True, trigger=D(59400)),
        market=MarketType.USDM,
    )
    assert (await only(world)).protection == Protection(
        StopState.PART, D(59400), D(59400), 1, D("0.02"), D("0.30"), watched
    )


async def test_stops_of_several_trades_that_hold_all_of_it_are_for_all_of_it(world):
    world.living(_with_stop(119, "0.02"))
    world.living(_with_stop(120, "0.03"))
    assert (await only(world)).protection == Protection(StopState.AT_3COMMAS, D(60000), D(60000))


async def test_of_stops_at_several_prices_none_is_told_as_that_of_all_of_it(world):
    world.living(_with_stop(119, "0.02"))
    world.living(_with_stop(120, "0.03", "58000"))
    assert (await only(world)).protection == Protection(StopState.AT_3COMMAS)


async def test_a_stop_for_nobody_tells_how_much_is_not_told_as_that_of_all_of_it(world):
    world.deal(_deal())
    assert (await only(world)).protection == Protection(watched=Watched(None, D(58000)))


@pytest.mark.parametrize("unread", ["grids", "orders"])
async def test_only_a_part_is_not_said_where_more_may_have_a_stop(world, unread):
    world.living(_with_stop(119, "0.01"))
    where = world.three_commas.errors if unread == "grids" else world.exchange.errors
    where["grids" if unread == "grids" else "orders:usdm"] = AnswerLost("binance")
    assert (await only(world)).protection == Protection(watched=Watched(D("0.01"), D(60000)))


@pytest.mark.parametrize(("units", "state"), [("0.01", StopState.UNKNOWN), ("0.05", StopState.NONE)])
async def test_with_a_part_unread_no_stop_is_said_only_of_what_its_own_trades_hold(world, units, state):
    world.three_commas.errors["grids"] = AnswerLost("three_commas")
    world.living(smart_long(plan=plan(units=units, entry="61200")))
    assert (await only(world)).protection == Protection(state)


def _trailing(activation: str):
    return order(
        "trail", BTC, "sell", None, "0.05", type="trailing_stop_market", conditional=True,
        activation=D(activation), callback=D(1),
    )  # fmt: skip


async def test_a_stop_that_sleeps_until_a_gain_is_a_target(world):
    world.stands(_trailing("80000"), market=MarketType.USDM)
    row = await only(world)
    assert (row.protection, row.stops, [one.id for one in row.targets]) == (Protection(StopState.NONE), (), ["trail"])


async def test_a_stop_that_may_have_begun_to_follow_the_price_is_neither_claimed_nor_denied(world):
    world.stands(_trailing("63400"), market=MarketType.USDM)
    row = await only(world)
    assert (row.protection, row.stops, row.targets) == (Protection(begins=D(63400)), (), ())
    world.living(_with_stop(119, "0.01"))
    watched = Watched(D("0.01"), D(60000))
    assert (await only(world)).protection == Protection(watched=watched, begins=D(63400))
    world.living(_with_stop(120, "0.04"))
    assert (await only(world)).protection == Protection(StopState.AT_3COMMAS, D(60000), D(60000))


async def test_those_with_a_stop_for_a_part_come_after_those_without_and_before_the_rest():
    world = LooksWorld()
    world.open(position(), position("ETH/USDT:USDT", amount="1", entry_price=D(2000), mark_price=D(2100)))
    world.open(position("DOGE/USDT:USDT", amount="1000", entry_price=D("0.2"), mark_price=D("0.2")))
    stop = {"type": "stop_market", "conditional": True}
    world.stands(
        order("1", BTC, "sell", None, "0.05", trigger=D(59400), **stop),
        order("2", "ETH/USDT:USDT", "sell", None, "0.5", trigger=D(1900), **stop),
        market=MarketType.USDM,
    )
    rows = (await world.last(LookPositions)).positions
    assert [row.position.symbol for row in rows] == ["DOGE/USDT:USDT", "ETH/USDT:USDT", BTC]


async def test_without_the_orders_a_missing_stop_is_not_claimed(world):
    world.exchange.errors["orders:usdm"] = AnswerLost("binance")
    view = await world.last(LookPositions)
    assert view.positions[0].protection.state is StopState.UNKNOWN
    assert not view.accounts[0].orders_read


async def test_in_hedge_mode_each_leg_has_its_own_orders_and_manager():
    world = LooksWorld()
    world.open(position(hedged=True), position(side="short", hedged=True, mark_price=D(63000)))
    world.living(smart_long(plan=plan("sell", "0.05")))
    world.stands(
        order("1", BTC, "sell", None, "0.05", conditional=True, trigger=D(59400), position_side="long"),
        order("2", BTC, "buy", None, "0.05", conditional=True, trigger=D(66000), position_side="short"),
        market=MarketType.USDM,
    )
    long, short = (await world.last(LookPositions)).positions
    assert (long.position.side, long.management, [o.id for o in long.stops]) == ("long", Management.UNMANAGED, ["1"])
    assert (short.position.side, short.management, [o.id for o in short.stops]) == ("short", Management.MANAGED, ["2"])
    assert short.profit_percent < 0


async def test_the_unmanaged_without_a_stop_stand_first(world):
    world.open(position("ETH/USDT:USDT", amount="1", entry_price=D(2000), mark_price=D(2100)))
    world.open(position("DOGE/USDT:USDT", amount="1000", entry_price=D("0.2"), mark_price=D("0.2")))
    world.living(smart_long())
    world.stands(
        order("1", "DOGE/USDT:USDT", "sell", None, "1000", conditional=True, trigger=D("0.1")), market=MarketType.USDM
    )
    rows = (await world.last(LookPositions)).positions
    assert [row.position.symbol for row in rows] == ["ETH/USDT:USDT", "DOGE/USDT:USDT", BTC]


async def test_plans_of_living_trades_are_kept(world):
    world.living(smart_long())
    await world.last(LookPositions)
    assert world.units.plans.rows[119].plan == plan(units="0.05", entry="61200")


async def test_spot_alone_has_no_positions():
    world = LooksWorld()
    world.units.accounts.rows.pop("futures")
    view = await world.last(LookPositions)
    assert (view.accounts, view.positions, view.complete) == ((), (), True)
