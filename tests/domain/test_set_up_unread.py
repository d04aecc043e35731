"""What could not be read is never what nobody knows."""

from dataclasses import replace

import pytest

from domain.errors import AnswerLost
from domain.set_up.values import Caution, Unread
from domain.values import MarketType
from tests.domain.fakes import days_ago, trade
from tests.domain.looks_world import LooksWorld, order, plan, position, stop_at, target
from tests.domain.set_up_world import BTC, failed_trade, freed, futures, keep, over, priced, set_up, take_over


@pytest.fixture
def world() -> LooksWorld:
    return failed_trade()


# --- what was not read is never what nobody knows ---------------------------------------------------------------------


async def test_what_was_read_in_full_leaves_nothing_that_might_be_known(world):
    form = await set_up(world)
    assert form.unread == ()
    assert not {Caution.ORDERS_NOT_READ, Caution.ORDERS_UNCLEAR, Caution.PRICE_NOT_READ} & set(form.cautions)


async def test_without_a_key_its_orders_were_not_read():
    world = LooksWorld(key=False)
    priced(world)
    world.over(over())
    form = await set_up(world)
    assert form.unread == (Unread.ORDERS,)
    assert Caution.ORDERS_NOT_READ not in form.cautions, "that nothing was seen at the exchange is said already"


async def test_orders_that_the_exchange_keeps_back_are_said_where_its_coins_were_seen(world):
    world.exchange.errors["orders:spot"] = AnswerLost("binance")
    form = await set_up(world)
    assert form.unread == (Unread.ORDERS,)
    assert Caution.ORDERS_NOT_READ in form.cautions


async def test_an_entry_that_would_be_repeated_may_still_stand_where_orders_were_not_read():
    world = LooksWorld(key=False)
    priced(world)
    world.over(over(plan=plan(status="order_placed")))
    form = await set_up(world)
    assert not form.takes_over
    assert Caution.ORDERS_NOT_READ in form.cautions


async def test_steps_that_3commas_keeps_back_are_not_steps_that_it_forgot(world):
    world.three_commas.errors["rows:118"] = AnswerLost("three_commas")
    assert (await set_up(world)).unread == (Unread.STEPS,)


@pytest.mark.parametrize("part", ["active", "deals", "grids", "simple"])
async def test_whose_an_order_is_cannot_be_known_with_a_part_unread(world, part):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.three_commas.errors[part] = AnswerLost("three_commas")
    form = await set_up(world)
    assert form.unread == (Unread.OWNERS,)
    assert Caution.OTHERS_NOT_READ in form.cautions


async def test_an_order_that_a_living_trade_may_need_may_be_its_own_all_the_same(world):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.living(replace(trade(130), plan=plan()))
    form = await set_up(world)
    assert form.unread == (Unread.OWNERS,)
    assert Caution.ORDERS_UNCLEAR in form.cautions


@pytest.mark.parametrize(
    ("known", "unread"),
    [
        ({}, (Unread.OWNERS,)),
        ({"created_at": None}, (Unread.OWNERS,)),
        ({"client_id": "web_abc"}, ()),
        ({"created_at": days_ago(400)}, ()),
        ({"created_at": days_ago(1)}, ()),
    ],
    ids=["while it ran", "no time", "another program", "older than the trade", "after its end"],
)
async def test_an_order_that_does_not_fit_may_be_its_own_if_it_was_placed_while_the_trade_ran(world, known, unread):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "7", **known))
    assert (await set_up(world)).unread == unread


async def test_what_a_living_trade_placed_after_its_end_is_not_its_own(world):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4", created_at=days_ago(1)))
    world.living(replace(trade(130), plan=plan()))
    assert (await set_up(world)).unread == ()


async def test_a_freed_order_may_have_told_the_price_where_whose_it_was_is_not_known(world):
    freed(world, order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    assert (await set_up(world)).unread == ()
    world.three_commas.errors["deals"] = AnswerLost("three_commas")
    assert (await set_up(world)).unread == (Unread.FREED,)


async def test_a_freed_order_is_not_forgotten_where_the_market_lists_cannot_be_read(world):
    freed(world, order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.exchange.errors["rules"] = AnswerLost("binance")
    assert Unread.FREED in (await set_up(world)).unread


async def test_a_freed_order_of_another_coin_is_not_its_own_where_the_market_lists_cannot_be_read(world):
    freed(world, order("1001", "SOL/USDT", "sell", "200", "0.4"))
    world.exchange.errors["rules"] = AnswerLost("binance")
    assert Unread.FREED not in (await set_up(world)).unread


async def test_in_hedge_mode_an_order_of_the_other_side_is_not_its_own(world):
    futures(world, "sell")
    world.open(position(hedged=True), position(side="short", hedged=True))
    world.stands(order("7", BTC, "sell", "67000", "0.05", position_side="long"), market=MarketType.USDM)
    form = await set_up(world, 119, "futures")
    assert (form.old_orders, form.old_entries, form.unread) == ((), (), ())
    world.stands(order("8", BTC, "sell", "67000", "7", position_side="short"), market=MarketType.USDM)
    assert (await set_up(world, 119, "futures")).unread == (Unread.OWNERS,)


async def test_a_price_that_was_not_read_is_said_with_a_plan_that_is_known(world):
    keep(world, plan(targets=[target("4100")], stop=stop_at("2900")))
    world.three_commas.rate.clear()
    world.three_commas.errors["rates:USDT_ETH"] = AnswerLost("three_commas")
    assert Caution.PRICE_NOT_READ in (await set_up(world)).cautions


async def test_of_a_position_its_orders_may_be_unread_or_of_somebody(world):
    world.open(position())
    world.exchange.errors["orders:usdm"] = AnswerLost("binance")
    assert (await take_over(world)).unread == (Unread.ORDERS,)
    world.exchange.errors.clear()
    assert (await take_over(world)).unread == ()
    world.stands(order("7", BTC, "sell", "67000", "0.05", reduce_only=True), market=MarketType.USDM)
    world.three_commas.errors["active"] = AnswerLost("three_commas")
    assert (await take_over(world)).unread == (Unread.OWNERS,)
