"""A trade that failed, and the form that sets it up again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.findings import Subject, SubjectKind
from domain.free_by_hand import Became, WatchedOrder
from domain.freed_orders import remember
from domain.ports import Balance, OpenOrder, Trade
from domain.records import Repair, RepairState, TradePlan
from domain.set_up.again import SetUpAgain, Wanted
from domain.set_up.values import Field, Origin, SetUp
from domain.trading import Rates
from domain.values import MarketType
from tests.domain.fakes import KEY, TRADER, days_ago, trade
from tests.domain.looks_world import D, LooksWorld, plan

BTC = "BTC/USDT:USDT"


def failed_trade() -> LooksWorld:
    """ETH bought at 3,350 by trade 118, which failed; all of it is free."""
    world = LooksWorld()
    world.over(over())
    world.holds(Balance("ETH", D("0.4"), D(0)))
    priced(world)
    return world


def priced(world: LooksWorld) -> None:
    for pair in ("USDT_ETH", "USDT_BTCUSDT"):
        world.three_commas.rate[pair] = Rates(D(3500), None, None, D("0.01"), D("0.001"), D("0.001"), D(10))


def over(trade_id: int = 118, account_id: int = 41, pair: str = "USDT_ETH", **known: Any) -> Trade:
    forgotten = plan() | {"take_profit": {"enabled": True, "steps": []}}
    base: dict[str, Any] = {"plan": forgotten, "closed_at": days_ago(17), "status": "failed"}
    return replace(trade(trade_id, account_id, pair=pair), **{**base, **known})


def futures(world: LooksWorld, side: str = "buy", **known: Any) -> None:
    leverage = {"enabled": True, "type": "cross", "value": "10"}
    contents = plan(side, "0.05", "61000", leverage=leverage)
    world.over(over(119, 42, "USDT_BTCUSDT", plan=contents, **known))
    world.three_commas.rate["USDT_BTCUSDT"] = Rates(D(63000), None, None, D("0.1"), D("0.001"), D("0.001"), D(5))


async def set_up(world: LooksWorld, trade_id: int = 118, account: str = "spot") -> SetUp:
    found = await SetUpAgain(*world.ports).read(TRADER, Wanted.trade(account, trade_id), trigger="button", last=True)
    assert isinstance(found, SetUp)
    return found


async def take_over(world: LooksWorld, side: str = "long") -> SetUp:
    wanted = Wanted.position("futures", BTC, side)
    found = await SetUpAgain(*world.ports).read(TRADER, wanted, trigger="button")
    assert isinstance(found, SetUp)
    return found


def values(form: SetUp) -> Mapping[tuple[Field, int], tuple[str, Origin]]:
    return {(field.field, field.step): (field.value, field.origin) for field in form.fields}


def keep(world: LooksWorld, contents: dict[str, object], trade_id: int = 118) -> None:
    world.units.plans.rows[trade_id] = TradePlan(TRADER, trade_id, days_ago(30), contents)


def freed(
    world: LooksWorld, one: OpenOrder, became: Became = Became.CANCELLED, market: MarketType = MarketType.SPOT
) -> None:
    """The trader cancelled it by hand, and the bot saw that."""
    watched = WatchedOrder(KEY, "binance", market, one, None)
    subject = Subject(SubjectKind.KEY, KEY)
    memory = remember({}, watched, became)
    world.units.repairs.rows[one.id] = Repair(one.id, TRADER, subject, RepairState.NOTICED, days_ago(0), memory)
