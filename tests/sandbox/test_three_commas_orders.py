"""Orders of the pretend 3Commas lie in the ledger of the pretend Binance, and live with it."""

import re
from decimal import Decimal
from typing import Any

import pytest

from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.binance.state import Rights
from sandbox.exchanges.venue import VenueRefused
from sandbox.faults import Fault
from sandbox.three_commas.builders import deal, smart_trade
from sandbox.three_commas.grid_state import GridBot, GridOrder
from sandbox.three_commas.markets import MARKETS
from sandbox.three_commas.simple_state import SimpleTrade
from sandbox.three_commas.state import Stop, Target
from sandbox.world import World
from tests.sandbox.three_commas_house import PERSON, ThreeCommasHouse, three_commas_house

SPOT, FUTURES = 41, 42
D = Decimal
TRADING = Rights(spot_and_margin_trading=True, futures=True)


class Setting:
    """Both accounts of a person on one key; ETH at 2,000."""

    def __init__(self, house: ThreeCommasHouse) -> None:
        self.house, self.emulator, self.binance = house, house.emulator, house.venue
        self.account = self.binance.add_account(PERSON, "Main")
        self.binance.set_price("ETH", D(2000))
        for asset, total in (("ETH", "2"), ("USDT", "5000")):
            self.binance.put_balance(self.account.id, asset, D(total))
        self.binance.put_balance(self.account.id, "USDT", D(3000), "usdm")
        addresses = list(MARKETS["binance"].addresses)
        self.key = self.binance.create_hmac_key(self.account.id, "3Commas", rights=TRADING, ips=addresses).key
        secret = self.binance.key_row(self.key).secret
        for code in ("binance", "binance_futures"):
            self.emulator.add_account(PERSON, code, code, api_key=self.key, secret=secret)
        self.client = house.client()

    def trade(self, *targets: Target, **changes: Any) -> Any:
        usual = {
            "trade_id": 9,
            "account_id": SPOT,
            "pair": "USDT_ETH",
            "units": D(1),
            "entry": D(1900),
            "created_at": self.house.world.clock.now(),
            "targets": targets or [Target(price=D(2500))],
        }
        return self.emulator.open_smart_trade(PERSON, smart_trade(**{**usual, **changes}))

    def open_orders(self) -> list[Any]:
        return [*self.account.spot_orders, *self.account.usdm_orders]

    async def shown(self) -> Any:
        return (await self.client.get("/v2/smart_trades/9")).body

    async def rows(self) -> Any:
        return (await self.client.get("/v2/smart_trades/9/trades")).body


@pytest.fixture
async def setting():
    world = World()
    async with three_commas_house(world, BinanceEmulator(world, symbols=60)) as house:
        yield Setting(house)


# --- SmartTrades ---------------------------------------------------------------------------------------------------


async def test_limit_targets_stand_at_the_exchange_and_a_stop_does_not(setting):
    setting.trade(Target(price=D(2500), volume=D(60)), Target(price=D(2800), volume=D(40)), stop=Stop(trigger=D(1500)))

    assert [(o.side, o.quantity, o.price) for o in setting.open_orders()] == [
        ("SELL", D("0.6"), D(2500)),
        ("SELL", D("0.4"), D(2800)),
    ]


async def test_client_ids_share_a_prefix_of_the_world_and_say_nothing_else(setting):
    setting.trade(Target(price=D(2500), volume=D(60)), Target(price=D(2800), volume=D(40)))
    ids = [order.client_order_id for order in setting.open_orders()]

    assert len(set(ids)) == 2
    for client_id in ids:
        assert client_id.startswith(setting.emulator.order_prefix)
        assert re.fullmatch(r"x-[a-z]{8}[a-z]{18}", client_id), "no digit, so no id of a trade by chance"
    other = World()
    async with three_commas_house(other, BinanceEmulator(other, symbols=60)) as house:
        assert house.emulator.order_prefix != setting.emulator.order_prefix


async def test_no_answer_tells_the_ids_of_the_exchange(setting):
    setting.trade()
    order_id = str(setting.open_orders()[0].order_id)

    for path in ("/v2/smart_trades/9", "/v2/smart_trades/9/trades", "/v2/smart_trades"):
        assert order_id not in str((await setting.client.get(path)).body)


async def test_a_filled_target_is_finished_and_the_last_one_finishes_the_trade(setting):
    setting.trade(Target(price=D(2500), volume=D(60)), Target(price=D(2800), volume=D(40)), stop=Stop(trigger=D(1500)))
    setting.binance.set_price("ETH", D(2600))
    first = await setting.shown()

    assert [step["status"]["type"] for step in first["take_profit"]["steps"]] == ["finished", "order_placed"]
    assert (first["status"]["type"], first["data"]["closed_amount"]) == ("waiting_targets", "0.6")

    setting.binance.set_price("ETH", D(2900))
    last = await setting.shown()
    assert (last["status"]["type"], last["data"]["finished"]) == ("finished", True)
    assert len(last["take_profit"]["steps"]) == 2, "what was executed stays"
    assert last["stop_loss"] == {"enabled": False}
    assert setting.open_orders() == []


async def test_a_part_that_was_filled_shows_in_rows_and_in_the_closed_amount(setting):
    setting.trade()
    setting.binance.fill_order(setting.open_orders()[0].order_id, D("0.25"))

    (target,) = [row for row in await setting.rows() if row["trade_purpose"] == "take_profit"]
    assert (target["status"], target["realised_amount"], target["realised_percentage"]) == (
        "order_placed",
        "0.25",
        "25.0",
    )
    assert (await setting.shown())["data"]["closed_amount"] == "0.25"


async def test_a_touched_stop_cancels_the_targets_and_sells(setting):
    setting.trade(Target(price=D(2500)), stop=Stop(trigger=D(1500)))
    setting.binance.set_price("ETH", D(1490))

    trade = await setting.shown()
    assert trade["status"]["type"] == "stop_loss_finished"
    assert (trade["stop_loss"]["status"]["type"], trade["take_profit"]["steps"]) == ("finished", [])
    assert setting.open_orders() == []
    assert setting.account.spot["ETH"] == D(1)


async def test_a_stop_with_a_limit_becomes_an_order(setting):
    setting.trade(Target(price=D(2500)), stop=Stop(trigger=D(1500), order_type="limit", limit=D(1495)))
    setting.binance.set_price("ETH", D(1490))

    assert (await setting.shown())["status"]["type"] == "stop_loss_in_progress"
    (order,) = setting.open_orders()
    assert (order.side, order.price) == ("SELL", D(1495))
    setting.binance.set_price("ETH", D(1495))
    assert (await setting.shown())["status"]["type"] == "stop_loss_finished"


async def test_a_market_target_is_sold_when_its_price_comes(setting):
    setting.trade(Target(price=D(2500), order_type="market"))
    assert setting.open_orders() == []
    setting.binance.set_price("ETH", D(2500))

    assert (await setting.shown())["status"]["type"] == "finished"
    assert setting.account.spot["ETH"] == D(1)


async def test_a_waiting_entry_that_is_filled_places_the_targets(setting):
    setting.trade(Target(price=D(2500)), status="waiting_position", entry_order_type="limit", entry=D(1800))
    assert [(o.side, o.price) for o in setting.open_orders()] == [("BUY", D(1800))]
    setting.binance.set_price("ETH", D(1790))

    trade = await setting.shown()
    assert (trade["status"]["type"], trade["data"]["entered_amount"]) == ("waiting_targets", "1.0")
    assert [(o.side, o.price) for o in setting.open_orders()] == [("SELL", D(2500))]


async def test_a_short_on_futures_is_closed_by_a_buy_that_only_closes(setting):
    setting.binance.put_position(setting.account.id, "ETHUSDT", D(-1), D(2100))
    setting.trade(Target(price=D(1700)), account_id=FUTURES, pair="USDT_ETHUSDT", side="sell", entry=D(2100))
    (order,) = setting.open_orders()
    assert (order.side, order.reduce_only) == ("BUY", True)
    setting.binance.set_price("ETH", D(1700))

    assert (await setting.shown())["status"]["type"] == "finished"
    assert setting.account.positions == []


async def test_what_the_venue_refuses_is_told_to_whoever_opens_it(setting):
    with pytest.raises(VenueRefused, match="insufficient balance"):
        setting.trade(units=D(3))


async def test_a_stop_that_the_venue_refuses_fails_the_trade_with_its_words(setting):
    setting.trade(Target(price=D(2500), order_type="market"), stop=Stop(trigger=D(1500)))
    setting.binance.put_balance(setting.account.id, "ETH", D(0))
    setting.binance.set_price("ETH", D(1400))

    trade = await setting.shown()
    assert (trade["status"]["type"], trade["status"]["error"]) == (
        "failed",
        "Account has insufficient balance for requested action. (-2010)",
    )


async def test_an_order_cancelled_at_the_exchange_goes_on_being_listed(setting):
    """The case of a trade that expects an order which is not there."""
    setting.trade()
    setting.binance.cancel_at_desk(setting.account.id, setting.open_orders()[0].order_id)

    trade = await setting.shown()
    assert setting.open_orders() == []
    assert trade["take_profit"]["steps"][0]["status"]["type"] == "order_placed"


# --- dead keys, cancelling -----------------------------------------------------------------------------------------


async def test_on_a_dead_key_everything_stands_still_until_it_works_again(setting):
    setting.trade()
    row = setting.binance.key_row(setting.key)
    row.deleted = setting.house.world.clock.now()
    setting.binance.set_price("ETH", D(2600))

    assert setting.open_orders() == [], "the exchange fills it all the same"
    assert setting.emulator.account(PERSON, SPOT).api_key_invalid
    assert (await setting.shown())["status"]["type"] == "waiting_targets"

    row.deleted = None
    await setting.emulator.refresh(PERSON, SPOT)
    assert (await setting.shown())["status"]["type"] == "finished"


async def test_a_venue_that_is_down_changes_nothing(setting):
    setting.trade()
    setting.house.world.faults.arm(Fault("binance", "status", status=503))
    setting.binance.set_price("ETH", D(2600))
    assert (await setting.shown())["status"]["type"] == "waiting_targets"
    assert not setting.emulator.account(PERSON, SPOT).api_key_invalid

    setting.house.world.faults.disarm()
    await setting.emulator.refresh(PERSON, SPOT)
    assert (await setting.shown())["status"]["type"] == "finished"


async def test_cancelling_takes_the_orders_out_and_forgets_the_plan(setting):
    setting.trade(Target(price=D(2500)), stop=Stop(trigger=D(1500)))
    setting.emulator.cancel_trade(PERSON, 9)

    trade = await setting.shown()
    assert setting.open_orders() == []
    assert (trade["status"]["type"], trade["take_profit"]["steps"], trade["stop_loss"]) == (
        "cancelled",
        [],
        {"enabled": False},
    )
    assert setting.account.spot["ETH"] == D(2), "the coins stay"


async def test_the_reported_defect_leaves_the_order_behind(setting):
    setting.emulator.behaviour.cancel_leaves_orders = True
    setting.trade()
    setting.emulator.cancel_trade(PERSON, 9)

    assert (await setting.shown())["status"]["type"] == "cancelled"
    assert [order.price for order in setting.open_orders()] == [D(2500)]


async def test_a_trade_cancelled_on_a_dead_key_leaves_its_order_too(setting):
    setting.trade()
    setting.binance.delete_key(setting.key)
    setting.emulator.cancel_trade(PERSON, 9)

    assert (await setting.shown())["status"]["type"] == "cancelled"
    assert len(setting.open_orders()) == 1


async def test_while_the_venue_is_down_cancelling_is_pending(setting):
    setting.trade()
    setting.house.world.faults.arm(Fault("binance", "status", status=503))
    setting.emulator.cancel_trade(PERSON, 9)

    pending = await setting.shown()
    assert (pending["status"]["type"], len(pending["take_profit"]["steps"])) == ("cancellation_pending", 1)
    setting.house.world.faults.disarm()
    await setting.emulator.refresh(PERSON, SPOT)
    assert (await setting.shown())["status"]["type"] == "cancelled"
    assert setting.open_orders() == []


# --- deals, grids, Simple Trading ----------------------------------------------------------------------------------


def open_deal(setting, **changes):
    usual = {
        "deal_id": 77,
        "bot_id": 5,
        "account_id": SPOT,
        "pair": "USDT_ETH",
        "bought_amount": D("0.5"),
        "bought_average_price": D(1950),
        "take_profit_percent": D(10),
        "created_at": setting.house.world.clock.now(),
        "safety_orders": [(D(1800), D("0.5"))],
    }
    return setting.emulator.open_deal(PERSON, deal(**{**usual, **changes}))


async def test_a_filled_safety_order_moves_the_take_profit(setting):
    open_deal(setting)
    setting.binance.set_price("ETH", D(1800))
    answer = (await setting.client.get("/ver1/deals/77/show")).body

    assert (answer["bought_amount"], answer["bought_average_price"]) == ("1.0", "1875.0")
    orders = (await setting.client.get("/ver1/deals/77/market_orders")).body
    assert [(o["deal_order_type"], o["status_string"], o["rate"]) for o in orders][1:] == [
        ("Take Profit", "Cancelled", "2145.0"),
        ("Safety", "Filled", "1800.0"),
        ("Take Profit", "Active", "2062.5"),
    ]
    assert [(o.quantity, o.price) for o in setting.open_orders()] == [(D("1.0"), D("2062.50"))]


async def test_a_filled_take_profit_completes_the_deal_and_takes_the_rest_back(setting):
    open_deal(setting)
    setting.binance.set_price("ETH", D(2200))

    answer = (await setting.client.get("/ver1/deals/77/show")).body
    assert (answer["status"], answer["finished?"], answer["sold_average_price"]) == ("completed", True, "2145.0")
    assert setting.open_orders() == []


async def test_a_take_profit_that_trails_is_active_without_an_order(setting):
    open_deal(setting, take_profit_trails=True)

    orders = (await setting.client.get("/ver1/deals/77/market_orders")).body
    assert [o["status_string"] for o in orders if o["deal_order_type"] == "Take Profit"] == ["Active"]
    assert (await setting.client.get("/ver1/deals/77/show")).body["trailing_enabled"] is True
    assert [order.side for order in setting.open_orders()] == ["BUY"]


def open_grid(setting):
    now = setting.house.world.clock.now()

    def line(side, rate):
        return GridOrder(
            order_type=side, quantity=D("0.1"), remaining=D("0.1"), rate=D(rate), created_at=now, updated_at=now
        )

    bought = GridOrder(order_type="BUY", quantity=D(1), rate=D(2000), status="Filled", created_at=now, updated_at=now)
    bot = GridBot(
        id=31,
        name="ETH grid",
        account_id=SPOT,
        pair="USDT_ETH",
        step=D(100),
        lines=[line("BUY", 1900), line("SELL", 2100)],
        balancing=[bought],
        created_at=now,
        updated_at=now,
    )
    return setting.emulator.open_grid_bot(PERSON, bot)


async def test_a_grid_bot_lists_two_arrays_with_whole_numbers_as_ids(setting):
    open_grid(setting)
    answer = (await setting.client.get("/ver1/grid_bots/31/market_orders")).body

    assert sorted(answer) == ["balancing_orders", "grid_lines_orders"]
    assert [(o["order_type"], o["rate"], o["status_string"]) for o in answer["grid_lines_orders"]] == [
        ("SELL", "2100.0", "Active"),
        ("BUY", "1900.0", "Active"),
    ]
    assert all(isinstance(order["order_id"], int) for order in answer["grid_lines_orders"])
    assert "update_at" in answer["balancing_orders"][0]
    first = (await setting.client.get("/ver1/grid_bots/31/market_orders?limit=1&offset=1")).body
    assert (len(first["grid_lines_orders"]), first["balancing_orders"]) == (1, [])


async def test_a_filled_line_is_answered_on_the_other_side(setting):
    open_grid(setting)
    setting.binance.set_price("ETH", D(1890))

    assert sorted((o.side, o.price) for o in setting.open_orders()) == [("SELL", D(2000)), ("SELL", D(2100))]


async def test_grid_bots_are_filtered_by_state_and_account(setting):
    open_grid(setting).is_enabled = False

    for query, found in (("state=enabled", 0), ("state=disabled", 1), ("account_ids[]=41", 1), ("account_id=42", 0)):
        assert len((await setting.client.get(f"/ver1/grid_bots?{query}")).body) == found
    assert (await setting.client.get("/ver1/grid_bots/32")).status == 404


def open_simple(setting):
    trade = SimpleTrade(
        uuid="5b0f3c1e",
        account_id=SPOT,
        pair="USDT_ETH",
        side="sell",
        units=D("0.4"),
        price=D(2300),
        created_at=setting.house.world.clock.now(),
    )
    return setting.emulator.open_simple_trade(PERSON, trade)


async def test_an_order_of_simple_trading_that_somebody_cancels_is_placed_again(setting):
    open_simple(setting)
    (before,) = setting.open_orders()
    setting.binance.fill_order(before.order_id, D("0.1"))
    setting.binance.cancel_at_desk(setting.account.id, before.order_id)

    (after,) = setting.open_orders()
    assert after.order_id != before.order_id
    assert after.quantity == D("0.3")
    (listed,) = (await setting.client.get("/ver1/trades")).body["trades"]
    assert (listed["status"]["value"], listed["filled"]["units"]) == ("order_placed", "0.1")


async def test_a_filled_one_moves_to_the_history(setting):
    open_simple(setting)
    setting.binance.set_price("ETH", D(2300))

    assert (await setting.client.get("/ver1/trades")).body == {"trades": []}
    (closed,) = (await setting.client.get("/ver1/trades/history?order_by=closed_at")).body["trades"]
    assert (closed["status"]["value"], closed["filled"]["units"], closed["data"]["cancelable"]) == (
        "finished",
        "0.4",
        False,
    )
    assert (await setting.client.get("/ver1/trades/5b0f3c1e")).body["trade"]["uuid"] == "5b0f3c1e"
    assert (await setting.client.get("/ver1/trades/nobody")).status == 404


# --- balance table, rates ------------------------------------------------------------------------------------------


async def test_the_balance_table_says_what_orders_lock_once_it_was_loaded(setting):
    setting.trade()

    async def on_orders() -> dict[str, float]:
        rows = (await setting.client.post(f"/ver1/accounts/{SPOT}/account_table_data")).body
        return {row["currency_code"]: row["on_orders"] for row in rows}

    assert (await on_orders()).get("ETH", 0) == 0
    await setting.client.post(f"/ver1/accounts/{SPOT}/load_balances")
    assert await on_orders() == {"ETH": 1.0, "USDT": 0.0}


@pytest.mark.parametrize(
    ("market", "pair", "tick", "lot", "least", "kind"),
    [
        ("binance", "USDT_ETH", "0.01", "0.0001", "5.0", "spot"),
        ("binance_futures", "USDT_ETHUSDT", "0.1", "0.01", "20.0", "linear_futures"),
    ],
)
async def test_rates_are_the_ledgers_prices_and_rules(setting, market, pair, tick, lot, least, kind):
    setting.binance.set_price("ETH", D("2345.6"))
    path = f"/public/api/ver1/accounts/currency_rates?market_code={market}&pair={pair}"
    rates = (await setting.house.send("GET", path)).body

    assert (rates["last"], rates["priceStep"], rates["lotStep"], rates["minTotal"], rates["instrumentKind"]) == (
        "2345.6",
        tick,
        lot,
        least,
        kind,
    )


async def test_active_orders_are_counted(setting):
    setting.trade()
    open_grid(setting)
    open_simple(setting)
    counted = (await setting.client.get(f"/ver1/accounts/{SPOT}/active_trading_entities")).body["data"]

    assert (counted["active_orders_count"], counted["active_grid_bots_count"]) == (4, 1)
