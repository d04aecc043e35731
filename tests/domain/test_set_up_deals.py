"""Taking over what a deal of a bot left, from the deal's own numbers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.deal_plans import plan_of_deal
from domain.errors import AnswerLost, NotThere
from domain.ports import Balance, Deal, DealStep, Safety, TradeRow
from domain.set_up.again import Paused, SetUpAgain, Wanted
from domain.set_up.values import Caution, Field, NothingLeft, Origin, SetUp, Tool
from domain.trading import Purpose, Rates, Side
from domain.values import MarketType
from tests.domain.fakes import TRADER, days_ago, trade
from tests.domain.looks_world import D, LooksWorld, order, plan, position


@pytest.fixture
def world() -> LooksWorld:
    """ETH bought at 3,000 by deal 86, which failed; all of it is free."""
    world = LooksWorld()
    world.holds(Balance("ETH", D("0.4"), D(0)))
    with_prices(world)
    return world


def with_prices(world: LooksWorld) -> None:
    for pair in ("USDT_ETH", "USDT_SOL", "USDT_BTCUSDT"):
        world.three_commas.rate[pair] = Rates(D(2900), None, None, D("0.01"), D("0.001"), D("0.001"), D(10))


def over(**known: Any) -> Deal:
    base: dict[str, Any] = {
        "strategy": "long",
        "closed_at": days_ago(17),
        "bought_amount": D("0.4"),
        "bought_volume": D(1200),
        "bought_average_price": D(3000),
        "take_profit_percent": D(3),
        "take_profit_price": D(3090),
    }
    deal = Deal(86, 41, "Wide net", "USDT_ETH", "failed", False, "", days_ago(50), days_ago(17))
    return replace(deal, **{**base, **known})


def futures(**known: Any) -> Deal:
    sizes = {"bought_amount": D("0.05"), "bought_average_price": D(61000), "take_profit_price": D(64000)}
    return over(account_id=42, pair="USDT_BTCUSDT", **{**sizes, **known})


async def read(world: LooksWorld, account: str = "spot", **options: Any) -> SetUp | NothingLeft | Paused:
    return await SetUpAgain(*world.ports).read(TRADER, Wanted.deal(account, 86), trigger="button", **options)


async def form_of(world: LooksWorld, deal: Deal, account: str = "spot") -> SetUp:
    world.three_commas.finished_deals[:] = [deal]
    found = await read(world, account)
    assert isinstance(found, SetUp)
    return found


def values(form: SetUp) -> Mapping[tuple[Field, int], tuple[str, Origin]]:
    return {(field.field, field.step): (field.value, field.origin) for field in form.fields}


# --- spot ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["failed", "cancelled"])
async def test_coins_are_taken_over_by_smart_sell_with_the_deals_own_numbers(world, status):
    form = await form_of(world, over(status=status))
    assert (form.tool, form.takes_over) == (Tool.SMART_SELL, True)
    assert Caution.SECOND_ENTRY in form.cautions
    assert values(form) == {
        (Field.ACCOUNT, 0): ("spot", Origin.TRADE),
        (Field.PAIR, 0): ("USDT_ETH", Origin.TRADE),
        (Field.TOOL, 0): ("smart_sell", Origin.TOOL),
        (Field.USE_EXISTING, 0): ("on", Origin.TOOL),
        (Field.UNITS, 0): ("0.4", Origin.TRADE),
        (Field.PRICE, 0): ("3000", Origin.TRADE),
        (Field.TARGET_TYPE, 1): ("limit", Origin.TRADE),
        (Field.TARGET_PRICE, 1): ("3090", Origin.TRADE),
        (Field.TARGET_SHARE, 1): ("100", Origin.TRADE),
    }


async def test_units_are_what_is_there_and_not_what_was_bought(world):
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D("0.25"), D(0))]
    form = await form_of(world, over())
    assert values(form)[Field.UNITS, 0] == ("0.25", Origin.BALANCE)
    assert Caution.LESS_THAN_BEFORE in form.cautions


async def test_what_was_sold_already_is_not_counted(world):
    form = await form_of(world, over(sold_amount=D("0.3")))
    assert values(form)[Field.UNITS, 0] == ("0.1", Origin.TRADE)


async def test_a_deal_without_a_stop_has_none_in_the_form_and_that_is_said(world):
    form = await form_of(world, over())
    assert Caution.NO_STOP in form.cautions
    assert not form.asks


async def test_a_stop_is_carried_over_and_its_kind_is_the_traders_choice(world):
    form = await form_of(world, over(stop_loss_price=D(2700)))
    assert values(form)[Field.STOP_TRIGGER, 0] == ("2700", Origin.TRADE)
    assert values(form)[Field.STOP_TYPE, 0] == ("", Origin.ASK)
    assert Caution.NO_STOP not in form.cautions


async def test_what_a_smart_trade_has_no_place_for_is_said(world):
    known = {"safety": Safety(5, 2, 1), "closes_on_condition": True, "take_profit_trails": True}
    form = await form_of(world, over(**known))
    assert {Caution.SAFETY_ORDERS_END, Caution.TRAILING_ENDS, Caution.CONDITION_ENDS} <= set(form.cautions)
    assert form.safety_left == 3
    assert values(form)[Field.TARGET_TYPE, 1][0] == "market"
    plain = await form_of(world, over(safety=Safety(2, 2, 0)))
    assert not {Caution.SAFETY_ORDERS_END, Caution.TRAILING_ENDS, Caution.CONDITION_ENDS} & set(plain.cautions)


async def test_of_several_take_profits_those_that_were_reached_are_left_out(world):
    steps = (DealStep(D(3050), D(50), True), DealStep(D(3100), D(30), False), DealStep(D(3200), D(20), False))
    form = await form_of(world, over(take_profit_steps=steps, take_profit_percent=None, sold_amount=D("0.2")))
    found = values(form)
    assert [found[Field.TARGET_PRICE, step][0] for step in (1, 2)] == ["3100", "3200"]
    assert [found[Field.TARGET_SHARE, step][0] for step in (1, 2)] == ["60", "40"]


async def test_a_target_that_nobody_knows_is_asked(world):
    form = await form_of(world, over(take_profit_percent=None, take_profit_price=D(2900)))
    assert [(one.field, one.value) for one in form.asks] == [(Field.TARGET_PRICE, "")]


@pytest.mark.parametrize(
    ("known", "price"),
    [
        ({"take_profit_of": "total"}, D(3090)),
        ({"take_profit_of": "total", "strategy": "short"}, D(2910)),
        ({"take_profit_of": "base", "safety": Safety(5, 0, 5)}, D(3090)),
        ({"take_profit_of": "base", "safety": Safety(5, 1, 4)}, None),
        ({"take_profit_of": "base"}, None),
        ({}, None),
        ({"take_profit_of": "total", "bought_average_price": None}, None),
    ],
)
def test_per_cent_become_a_price_only_where_it_is_certain_what_they_are_of(known, price):
    targets = plan_of_deal(over(take_profit_price=None, **known)).targets
    assert [target.price for target in targets] == ([] if price is None else [price])


async def test_coins_that_a_short_deal_sold_are_bought_back_by_smart_buy(world):
    form = await form_of(world, over(strategy="short", take_profit_price=D(2800)))
    assert (form.tool, form.takes_over) == (Tool.SMART_BUY, True)


@pytest.mark.parametrize("known", [{"bought_amount": D(0)}, {"pair": "USDT_SOL"}, {"sold_amount": D("0.4")}])
async def test_of_a_deal_that_left_nothing_there_is_no_form(world, known):
    world.ended_deal(over(**known))
    assert isinstance(await read(world), NothingLeft)


@pytest.mark.parametrize("status", ["bought", "completed", "panic_sold"])
async def test_a_deal_that_lives_or_was_closed_is_not_taken_over(world, status):
    world.ended_deal(over(status=status))
    with pytest.raises(NotThere):
        await read(world)


async def test_a_deal_of_another_account_is_not_there(world):
    world.ended_deal(over())
    with pytest.raises(NotThere):
        await read(world, "futures")


# --- orders that it left ---------------------------------------------------------------------------------------------


def rows(*more: TradeRow) -> list[TradeRow]:
    taking = TradeRow(1, Purpose.TAKE_PROFIT, "cancelled", "", Side.SELL, D(3090), None, D("0.4"), D(0), None)
    safety = TradeRow(2, Purpose.SAFETY, "cancelled", "", Side.BUY, D(2500), None, D("0.9"), D(0), None)
    return [taking, safety, *more]


async def test_its_take_profit_and_its_safety_orders_are_named_to_be_cancelled(world):
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D(0), D("0.4"))]
    world.three_commas.rows[86] = rows()
    world.stands(
        order("1001", "ETH/USDT", "sell", "3090", "0.4"),
        order("1002", "ETH/USDT", "buy", "2500", "0.9"),
        order("1003", "ETH/USDT", "buy", "2400", "0.9"),
    )
    form = await form_of(world, over())
    assert (form.old_orders, form.old_entries) == (("1001",), ("1002",))
    assert {Caution.CANCEL_OLD_ORDERS, Caution.CANCEL_OLD_ENTRIES} <= set(form.cautions)
    assert values(form)[Field.UNITS, 0] == ("0.4", Origin.ONCE_CANCELLED)


async def test_an_order_that_may_be_its_safety_order_is_said_where_its_orders_at_3commas_were_not_read(world):
    world.three_commas.rows[86] = rows()
    world.stands(order("1002", "ETH/USDT", "buy", "2500", "0.9"))
    assert Caution.ORDERS_UNCLEAR not in (await form_of(world, over())).cautions
    world.three_commas.errors["rows:86"] = AnswerLost("three_commas")
    form = await form_of(world, over())
    assert form.old_entries == ()
    assert Caution.ORDERS_UNCLEAR in form.cautions


async def test_an_order_that_was_placed_after_the_deal_is_nobodys(world):
    world.three_commas.rows[86] = rows()
    world.stands(order("1002", "ETH/USDT", "buy", "2500", "0.9", created_at=days_ago(3)))
    assert (await form_of(world, over())).old_entries == ()


async def test_a_living_trade_of_the_pair_may_need_the_orders_so_none_is_named(world):
    world.three_commas.rows[86] = rows()
    world.stands(order("1001", "ETH/USDT", "sell", "3090", "0.4"))
    world.living(replace(trade(130), plan=plan()))
    form = await form_of(world, over())
    assert (form.old_orders, form.old_entries) == ((), ())
    assert Caution.SHARED in form.cautions


# --- futures ---------------------------------------------------------------------------------------------------------


async def test_a_position_is_taken_over_as_it_is(world):
    world.open(position(hedged=True))
    form = await form_of(world, futures(), "futures")
    found = values(form)
    assert (form.tool, form.takes_over, form.leg) == (Tool.SMART_SELL, True, "long")
    assert {Caution.SECOND_ENTRY, Caution.HEDGE_LEG} <= set(form.cautions)
    assert found[Field.LEVERAGE_TYPE, 0] == ("isolated", Origin.POSITION)
    assert found[Field.UNITS, 0] == ("0.05", Origin.POSITION)
    assert found[Field.PRICE, 0] == ("61200", Origin.POSITION)
    assert form.last_price == position().mark_price


async def test_a_short_position_is_taken_over_by_smart_buy(world):
    world.open(position(side="short"))
    form = await form_of(world, futures(strategy="short", take_profit_price=D(58000)), "futures")
    assert (form.tool, form.takes_over) == (Tool.SMART_BUY, True)


async def test_without_a_key_the_deals_own_leverage_counts_or_it_is_asked():
    world = LooksWorld(key=False)
    with_prices(world)
    form = await form_of(world, futures(leverage_type="cross", leverage=D(5)), "futures")
    assert values(form)[Field.LEVERAGE_TYPE, 0] == ("cross", Origin.TRADE)
    bare = await form_of(world, futures(), "futures")
    assert {Field.LEVERAGE_TYPE, Field.LEVERAGE} <= {one.field for one in bare.asks}
    assert Caution.NOT_LOOKED in bare.cautions
