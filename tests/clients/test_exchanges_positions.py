"""Positions, and the rules of markets, at the pretend Binance and out of rows that were written down."""

import json
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from clients.exchanges.binance import USDM_POSITIONS, USDM_SETTINGS, Binance
from clients.exchanges.binance_rows import algo_order, order
from clients.exchanges.market_rules import rules_of
from clients.exchanges.quirks import Call, SymbolName
from domain.errors import ServiceDown, Surprise, Unavailable
from domain.trading import MarginMode, MarketRules, Position
from domain.values import MarketType
from sandbox.exchanges.binance.symbols import market_list
from tests.clients.exchange_house import Pretend, pretend_binance

ROW: dict[str, object] = {
    "symbol": "BTCUSDT",
    "positionSide": "BOTH",
    "positionAmt": "0.050",
    "entryPrice": "61200.0",
    "markPrice": "63097.20000000",
    "unRealizedProfit": "94.86000000",
    "liquidationPrice": "0",
}
SETTINGS: dict[str, object] = {"symbol": "BTCUSDT", "marginType": "CROSSED", "leverage": 5}


@pytest.fixture
async def house() -> AsyncIterator[Pretend]:
    async with pretend_binance() as house:
        house.emulator.put_balance(house.account, "USDT", Decimal(5000), "usdm")
        yield house


async def read(rows: list[dict[str, object]], settings: list[dict[str, object]]) -> list[Position]:
    async def ask(call: Call, params: object = None) -> object:
        return {USDM_POSITIONS: rows, USDM_SETTINGS: settings}[call]

    async def as_it_is() -> SymbolName:
        return lambda symbol, market: symbol

    return list(await Binance().positions(ask, MarketType.USDM, as_it_is))


async def test_a_position_tells_margin_mode_leverage_profit_and_liquidation(house: Pretend) -> None:
    house.emulator.set_price("BTC", Decimal("63097.2"))
    house.emulator.put_position(house.account, "BTCUSDT", Decimal("0.05"), Decimal(61200), leverage=5, isolated=True)
    (position,) = await house.binance.positions(house.hmac_key(), {}, MarketType.USDM)
    assert (position.symbol, position.side, position.amount, position.hedged) == (
        "BTC/USDT:USDT",
        "long",
        Decimal("0.05"),
        False,
    )
    assert (position.entry_price, position.mark_price) == (Decimal(61200), Decimal("63097.2"))
    assert (position.unrealised, position.leverage, position.margin_mode) == (
        Decimal("94.86"),
        Decimal(5),
        MarginMode.ISOLATED,
    )
    assert position.liquidation_price is not None
    assert 48_000 < position.liquidation_price < 50_000


async def test_both_legs_of_a_hedged_contract_are_positions_of_their_own(house: Pretend) -> None:
    emulator = house.emulator
    emulator.set_hedge_mode(house.account, True)
    emulator.put_position(house.account, "BTCUSDT", Decimal("0.05"), Decimal(61200), side="LONG")
    emulator.put_position(house.account, "BTCUSDT", Decimal("-0.02"), Decimal(64000), side="SHORT")
    found = await house.binance.positions(house.hmac_key(), {}, MarketType.USDM)
    assert [(p.side, p.amount, p.hedged, p.margin_mode) for p in found] == [
        ("long", Decimal("0.05"), True, MarginMode.CROSS),
        ("short", Decimal("0.02"), True, MarginMode.CROSS),
    ]


async def test_a_contract_with_nothing_but_orders_is_no_position(house: Pretend) -> None:
    """positionRisk lists it with an amount of zero; then neither settings nor market lists are asked for."""
    house.emulator.put_order(house.account, "BTCUSDT", "BUY", Decimal("0.01"), Decimal(50000), market="usdm")
    assert await house.binance.positions(house.hmac_key(), {}, MarketType.USDM) == ()
    assert house.paths == ["/fapi/v3/positionRisk"]


async def test_leverage_is_told_of_contracts_without_a_position_as_well(house: Pretend) -> None:
    house.emulator.put_position(house.account, "BTCUSDT", Decimal("0.05"), Decimal(61200), leverage=5)
    told = await house.binance.leverage(house.hmac_key(), {}, MarketType.USDM)
    assert (told["BTC/USDT:USDT"], told["ETH/USDT:USDT"]) == (Decimal(5), Decimal(20))
    with pytest.raises(Unavailable):
        await house.binance.leverage(house.hmac_key("coinm"), {}, MarketType.COINM)


async def test_other_markets_are_not_read(house: Pretend) -> None:
    for market in (MarketType.SPOT, MarketType.MARGIN, MarketType.COINM):
        with pytest.raises(Unavailable):
            await house.binance.positions(house.hmac_key(str(market)), {}, market)


async def test_positions_that_cannot_be_named_are_not_looked_at(house: Pretend) -> None:
    house.emulator.put_position(house.account, "BTCUSDT", Decimal("0.05"), Decimal(61200))
    house.venues._tables["binance"]._failed = (house.clock.now(), ServiceDown("binance", code="markets"))
    with pytest.raises(ServiceDown):
        await house.binance.positions(house.hmac_key(), {}, MarketType.USDM)


@pytest.mark.parametrize(
    ("row", "side", "amount", "hedged"),
    [
        ({}, "long", "0.050", False),
        ({"positionAmt": "-0.050"}, "short", "0.050", False),
        ({"positionSide": "SHORT", "positionAmt": "-0.02"}, "short", "0.02", True),
        ({"positionSide": "LONG"}, "long", "0.050", True),
    ],
)
async def test_the_side_is_that_of_the_leg_or_of_the_sign(
    row: dict[str, object], side: str, amount: str, hedged: bool
) -> None:
    (position,) = await read([ROW | row], [SETTINGS])
    assert (position.side, str(position.amount), position.hedged) == (side, amount, hedged)
    assert position.liquidation_price is None, "0 means that the wallet outlives any price"


async def test_what_the_settings_do_not_tell_is_not_made_up() -> None:
    (position,) = await read([ROW], [])
    assert (position.leverage, position.margin_mode) == (None, None)


async def test_a_position_that_cannot_be_read_is_a_surprise() -> None:
    with pytest.raises(Surprise):
        await read([ROW | {"entryPrice": "much"}], [SETTINGS])


async def test_orders_tell_trigger_leg_and_list(house: Pretend) -> None:
    emulator, key = house.emulator, house.hmac_key()
    emulator.put_balance(house.account, "SOL", Decimal(6))
    emulator.put_order(house.account, "SOLUSDT", "SELL", Decimal(6), Decimal(180), order_list_id=815)
    emulator.put_order(
        house.account, "SOLUSDT", "SELL", Decimal(6), Decimal(119), type="STOP_LOSS_LIMIT",
        stop_price=Decimal(120), order_list_id=815,
    )  # fmt: skip
    limit, stop = await house.binance.open_orders(key, {}, MarketType.SPOT)
    assert (limit.group, limit.trigger, limit.conditional, limit.position_side) == ("815", None, False, "")
    assert (stop.group, stop.trigger, stop.conditional) == ("815", Decimal(120), True)
    emulator.set_hedge_mode(house.account, True)
    emulator.put_order(
        house.account, "BTCUSDT", "SELL", Decimal("0.01"), Decimal(0), market="usdm", type="STOP_MARKET",
        stop_price=Decimal(50000), position_side="LONG",
    )  # fmt: skip
    (algo,) = await house.binance.open_orders(key, {}, MarketType.USDM)
    assert (algo.trigger, algo.position_side, algo.group) == (Decimal(50000), "long", "")


async def test_a_trailing_order_tells_from_where_it_follows_the_price_and_no_trigger(house: Pretend) -> None:
    house.emulator.put_order(
        house.account, "BTCUSDT", "SELL", Decimal("0.01"), Decimal(0), market="usdm", type="TRAILING_STOP_MARKET",
        stop_price=Decimal(80000), activate_price=Decimal(80000), callback_rate=Decimal("1.5"),
    )  # fmt: skip
    (found,) = await house.binance.open_orders(house.hmac_key(), {}, MarketType.USDM)
    assert (found.activation, found.callback, found.trigger) == (Decimal(80000), Decimal("1.5"), None)


@pytest.mark.parametrize(
    ("activates", "triggers", "said"), [(None, "80000", 80000), ("0", "0", None), ("70000", "1", 70000)]
)
def test_a_trailing_order_that_names_no_activating_price_has_it_as_its_trigger_at_most(
    activates, triggers, said
) -> None:
    row = {
        "algoId": 1, "symbol": "BTCUSDT", "side": "SELL", "orderType": "TRAILING_STOP_MARKET", "quantity": "1",
        "activatePrice": activates, "triggerPrice": triggers,
    }  # fmt: skip
    found = algo_order(row, MarketType.USDM, lambda symbol, market: symbol)
    assert (found.activation, found.callback, found.trigger) == (said, None, None)


def test_a_plain_trailing_order_tells_the_same_in_fields_of_its_own() -> None:
    row = {
        "orderId": 1, "symbol": "BTCUSD_PERP", "side": "SELL", "type": "TRAILING_STOP_MARKET", "price": "0",
        "origQty": "10", "executedQty": "0", "stopPrice": "9300", "activatePrice": "9020", "priceRate": "0.3",
    }  # fmt: skip
    found = order(row, MarketType.COINM, lambda symbol, market: symbol)
    assert (found.activation, found.callback, found.trigger) == (Decimal(9020), Decimal("0.3"), None)


async def test_rules_are_the_steps_that_the_venue_wrote(house: Pretend) -> None:
    rules = await house.binance.rules(["ETH/USDT", "SHIB/USDT", "NOSUCH/USDT"], MarketType.SPOT)
    listed = market_list(60).spot
    assert set(rules) == {"ETH/USDT", "SHIB/USDT"}
    for symbol, name in (("ETH/USDT", "ETHUSDT"), ("SHIB/USDT", "SHIBUSDT")):
        row = listed[name]
        assert (rules[symbol].id, rules[symbol].tick, rules[symbol].lot) == (name, row.tick, row.step)
        assert rules[symbol].min_notional == row.min_notional
    contracts = await house.binance.rules(["BTC/USDT:USDT", "ETH/USDT"], MarketType.USDM)
    assert set(contracts) == {"BTC/USDT:USDT"}, "a spot pair is no contract"
    assert contracts["BTC/USDT:USDT"] == MarketRules(
        symbol="BTC/USDT:USDT",
        id="BTCUSDT",
        base="BTC",
        quote="USDT",
        tick=Decimal("0.1"),
        lot=Decimal("0.001"),
        min_amount=Decimal("0.001"),
        min_notional=Decimal(100),
        contract_size=Decimal(1),
    )


def test_a_float_of_ccxt_is_the_decimal_that_it_was_read_from() -> None:
    market = {
        "id": "AB",
        "base": "A",
        "quote": "B",
        "spot": True,
        "precision": {"price": json.loads("1e-08"), "amount": json.loads("0.1")},
        "limits": {"amount": {"min": None}, "cost": {}},
        "contractSize": None,
    }
    rules = rules_of({"A/B": market}, ["A/B"], MarketType.SPOT)["A/B"]
    assert (rules.tick, rules.lot, rules.contract_size) == (Decimal("0.00000001"), Decimal("0.1"), Decimal(1))
    assert (rules.min_amount, rules.min_notional) == (Decimal(0), Decimal(0))
