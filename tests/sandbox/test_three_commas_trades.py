"""SmartTrades and DCA deals at the pretend 3Commas: lists, entities, and what a dead key does to them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.three_commas.builders import deal, smart_trade
from sandbox.three_commas.state import Bot, Leverage, Stop, Target
from tests.sandbox.three_commas_house import PERSON, ThreeCommasHouse, three_commas_house

SPOT, FUTURES = 41, 42
KEY_DEAD = "API keys are no longer valid or incorrect."


@pytest.fixture
async def house():
    async with three_commas_house() as house:
        for code, name in (("binance", "Binance spot"), ("binance_futures", "Binance futures")):
            key, secret = house.venue.add_key(f"{code}-key", account=code)
            house.emulator.add_account(PERSON, code, name, api_key=key, secret=secret)
        yield house


def put_trade(house: ThreeCommasHouse, trade_id: int, days_ago: int = 10, **facts):
    facts = {
        "account_id": SPOT,
        "pair": "USDT_ETH",
        "units": Decimal(1),
        "entry": Decimal(2000),
        "targets": [Target(price=Decimal(4100), volume=Decimal(60)), Target(price=Decimal(4500), volume=Decimal(40))],
        "stop": Stop(trigger=Decimal(1800)),
    } | facts
    created = house.world.clock.now() - timedelta(days=days_ago)
    return house.emulator.add_smart_trade(PERSON, smart_trade(trade_id=trade_id, created_at=created, **facts))


def put_deal(house: ThreeCommasHouse, deal_id: int = 77, **facts):
    facts = {
        "bot_id": 12,
        "account_id": SPOT,
        "pair": "USDT_ETH",
        "bought_amount": Decimal("0.5"),
        "bought_average_price": Decimal(2800),
        "take_profit_percent": Decimal(5),
        "safety_orders": [(Decimal(2700), Decimal("0.2")), (Decimal(2600), Decimal("0.3"))],
    } | facts
    created = house.world.clock.now() - timedelta(days=deal_id)
    return house.emulator.add_deal(PERSON, deal(deal_id=deal_id, created_at=created, **facts))


async def test_an_active_trade_shows_its_plan_and_its_orders(house):
    put_trade(house, 121)
    client = house.client()

    trade = (await client.get("/v2/smart_trades/121")).body
    rows = (await client.get("/v2/smart_trades/121/trades")).body

    assert trade["status"] == {
        "type": "waiting_targets",
        "basic_type": "waiting_targets",
        "title": "Waiting Targets",
    }
    assert [step["units"]["value"] for step in trade["take_profit"]["steps"]] == ["0.6", "0.4"]
    assert trade["stop_loss"]["conditional"]["price"]["value"] == "1800.0"
    assert (trade["profit"]["volume"], trade["profit"]["percent"]) == ("1000.0", "50.0")
    assert (trade["data"]["type"], trade["data"]["cancel_available"]) == ("smart_trade", True)
    assert [row["trade_purpose"] for row in rows] == ["position", "take_profit", "take_profit", "stop_loss"]
    assert [row["id"] for row in rows[1:3]] == [step["id"] for step in trade["take_profit"]["steps"]]
    assert [row["status"] for row in rows] == ["finished", "order_placed", "order_placed", "to_process"]
    assert (rows[3]["trigger_condition"], rows[3]["order_price"]) == ("less_or_equal", None)


async def test_the_last_slice_takes_the_remainder(house):
    slices = [Target(price=Decimal(4000 + n), volume=Decimal(v)) for n, v in enumerate((40, 50, 10))]
    trade = put_trade(house, 1, units=Decimal("0.0324"), targets=slices)

    assert [str(target.units) for target in trade.targets] == ["0.0129", "0.0162", "0.0033"]


@pytest.mark.parametrize(
    ("facts", "kind", "position"),
    [
        ({}, "smart_trade", "finished"),
        ({"side": "sell"}, "smart_cover", "finished"),
        ({"skip_enter_step": True}, "smart_sell", "smart_sell"),
        ({"skip_enter_step": True, "side": "sell"}, "smart_buy", "smart_sell"),
        ({"instant": True, "targets": [], "stop": None}, "simple_buy", "finished"),
        ({"status": "waiting_position", "entry_order_type": "limit"}, "smart_trade", "order_placed"),
        ({"status": "waiting_position", "entry_order_type": "conditional"}, "smart_trade", "to_process"),
        ({"status": "created"}, "smart_trade", "idle"),
    ],
)
async def test_types_and_position_statuses(house, facts, kind, position):
    put_trade(house, 1, **facts)

    trade = (await house.client().get("/v2/smart_trades/1")).body

    assert (trade["data"]["type"], trade["position"]["status"]["type"]) == (kind, position)
    assert trade["is_position_not_filled"] == (facts.get("status") in ("waiting_position", "created"))


async def test_a_closed_trade_has_lost_what_it_did_not_execute(house):
    done = Target(price=Decimal(2500), volume=Decimal(50), status="finished")
    put_trade(
        house,
        118,
        status="failed",
        error="Binance: Account has insufficient balance",
        targets=[done, Target(price=Decimal(4100), volume=Decimal(50))],
        closed_at=house.world.clock.now(),
    )
    client = house.client()

    trade = (await client.get("/v2/smart_trades/118")).body

    assert [step["price"]["value"] for step in trade["take_profit"]["steps"]] == ["2500.0"]
    assert trade["take_profit"]["enabled"] is True
    assert trade["stop_loss"] == {"enabled": False}
    assert trade["status"]["error"] == trade["position"]["status"]["error"]
    assert (trade["data"]["finished"], trade["data"]["cancel_available"]) == (False, False)
    purposes = [row["trade_purpose"] for row in (await client.get("/v2/smart_trades/118/trades")).body]
    assert purposes == ["position", "take_profit"]

    house.emulator.behaviour.trade_rows_survive_closing = True
    rows = (await client.get("/v2/smart_trades/118/trades")).body
    assert [row["status"] for row in rows] == ["finished", "finished", "cancelled", "cancelled"]


async def test_a_futures_trade_shows_leverage(house):
    put_trade(
        house,
        119,
        account_id=FUTURES,
        pair="USDT_BTCUSDT",
        entry=Decimal(50000),
        leverage=Leverage(kind="isolated", value=Decimal(5)),
    )

    trade = (await house.client().get("/v2/smart_trades/119")).body

    assert trade["leverage"] == {"enabled": True, "type": "isolated", "value": "5.0", "type_editable": False}
    assert (trade["profit"]["percent"], trade["profit"]["roe"]) == ("20.0", "100.0")
    assert trade["account"] == {
        "id": FUTURES,
        "type": "binance_futures",
        "name": "Binance futures",
        "market": "Binance Futures USDT-M",
        "link": "/accounts/42",
    }


async def test_commission_is_a_string_or_a_number(house):
    for trade_id in (1, 2):
        put_trade(house, trade_id)
    trades = (await house.client().get("/v2/smart_trades")).body

    assert {type(trade["data"]["commission"]) for trade in trades} == {str, float}


async def test_every_filter_of_the_list(house):
    put_trade(house, 1, days_ago=30)
    put_trade(house, 2, days_ago=20, status="failed", error="no", pair="USDT_BTC")
    put_trade(house, 3, days_ago=10, status="cancelled", side="sell")
    put_trade(house, 4, days_ago=5, status="finished", closed_price=Decimal(2500))
    put_trade(house, 5, days_ago=4, status="panic_sold", closed_price=Decimal(2100))
    put_trade(house, 6, days_ago=3, account_id=FUTURES, pair="USDT_ETHUSDT")
    client = house.client()

    async def ids(query: str) -> list[int]:
        answer = await client.get(f"/v2/smart_trades?order_by=created_at&order_direction=asc&{query}")
        return [trade["id"] for trade in answer.body]

    since = (house.world.clock.now() - timedelta(days=12)).isoformat().replace("+00:00", "Z").replace(":", "%3A")
    expected = {
        "status=all": [1, 2, 3, 4, 5, 6],
        "status=active": [1, 6],
        "status=finished": [2, 3, 4, 5],
        "status=successfully_finish": [4],
        "status=successfully_finished": [4],
        "status=cancelled": [3],
        "status=failed": [2],
        "account_id=42": [6],
        "pair=USDT_BTC": [2],
        "base=ETH": [1, 3, 4, 5, 6],
        "quote=EUR": [],
        "type=smart_cover": [3],
        f"from={since}": [3, 4, 5, 6],
        f"to={since}": [1, 2],
        "per_page=2&page=3": [5, 6],
    }
    assert {query: await ids(query) for query in expected} == expected


async def test_pages_are_ten_and_at_most_a_hundred(house):
    for trade_id in range(1, 13):
        put_trade(house, trade_id, days_ago=trade_id)
    client = house.client()

    assert len((await client.get("/v2/smart_trades")).body) == 10
    assert len((await client.get("/v2/smart_trades?per_page=100")).body) == 12
    by_profit = (await client.get("/v2/smart_trades?order_by=profit&order_direction=ASC&per_page=1")).body
    assert [trade["id"] for trade in by_profit] == [1]


@pytest.mark.parametrize(
    "query",
    ["per_page=101", "status=open", "order_by=id", "order_direction=up", "type=grid", "from=soon", "stauts=all"],
)
async def test_a_wrong_filter_is_refused_by_name(house, query):
    answer = await house.client().get(f"/v2/smart_trades?{query}")

    assert answer.refusal == (400, "record_invalid")
    assert list(answer.body["error_attributes"]) == [query.split("=")[0]]


async def test_unix_time_trips_the_server(house):
    answer = await house.client().get("/v2/smart_trades?from=1767322800")

    assert (answer.status, answer.body["error"]) == (500, "unknown_error")
    assert answer.body["error_description"].endswith("#ActiveRecord::StatementInvalid")


async def test_a_missing_trade_is_400_and_what_lies_below_it_404(house):
    client = house.client()
    missing = {"error": "Not found", "error_description": "Smart Trade not found"}

    for path, status in (("/v2/smart_trades/9", 400), ("/v2/smart_trades/9/trades", 404)):
        answer = await client.get(path)
        assert (answer.status, answer.body) == (status, missing)


async def test_a_note_can_be_set(house):
    put_trade(house, 1)
    client = house.client()

    answer = await client.post("/v2/smart_trades/1/set_note?note=reconnect%3A7f3a")

    assert (answer.status, answer.body["note_raw"]) == (201, "reconnect:7f3a")
    assert (await client.post("/v2/smart_trades/1/set_note", {"note": "x" * 301})).body["error_attributes"] == {
        "note": ["too long. Max is 300 symbols"]
    }
    assert (await client.post("/v2/smart_trades/1/set_note", {})).body["error_attributes"] == {"note": ["is missing"]}


async def test_an_order_that_is_due_on_a_dead_key_fails_the_trade(house):
    put_trade(house, 121)
    del house.venue.keys["binance-key"]
    await house.emulator.place_due_order(PERSON, 121)
    client = house.client()

    trade = (await client.get("/v2/smart_trades/121")).body

    assert (trade["status"]["type"], trade["status"]["error"]) == ("failed", KEY_DEAD)
    assert trade["take_profit"]["steps"] == []
    assert (await client.get(f"/ver1/accounts/{SPOT}")).body["api_key_invalid"] is True


async def test_a_missing_right_is_seen_only_in_the_text_of_the_trade(house):
    put_trade(house, 121)
    house.venue.keys["binance-key"].trade = False
    await house.emulator.place_due_order(PERSON, 121)
    client = house.client()

    trade = (await client.get("/v2/smart_trades/121")).body

    assert trade["status"]["error"] == "Invalid API-key, IP, or permissions for action."
    assert (await client.get(f"/ver1/accounts/{SPOT}")).body["api_key_invalid"] is False
    assert (await client.post(f"/ver1/accounts/{SPOT}/load_balances")).status == 201


async def test_an_order_that_the_venue_takes_changes_nothing(house):
    put_trade(house, 121)

    assert (await house.emulator.place_due_order(PERSON, 121)).status == "waiting_targets"


async def test_a_trade_that_failed_stays_failed_after_the_repair(house):
    put_trade(house, 121)
    gone = house.venue.keys.pop("binance-key")
    await house.emulator.place_due_order(PERSON, 121)
    house.venue.keys["binance-key"] = gone
    await house.emulator.refresh(PERSON, SPOT)

    assert (await house.client().get("/v2/smart_trades/121")).body["status"]["type"] == "failed"


async def test_profit_stands_still_while_the_key_is_dead(house):
    put_trade(house, 121)
    gone = house.venue.keys.pop("binance-key")
    client = house.client()

    async def profit() -> str:
        return (await client.get("/v2/smart_trades/121")).body["profit"]["volume"]

    await client.post(f"/ver1/accounts/{SPOT}/load_balances")
    house.venue.prices["ETH"] = Decimal(3300)
    assert await profit() == "1000.0"

    house.venue.keys["binance-key"] = gone
    await client.post(f"/ver1/accounts/{SPOT}/load_balances")
    assert await profit() == "1300.0"


async def test_trades_put_on_a_dead_account_stand_still_from_the_start(house):
    house.emulator.account(PERSON, SPOT).api_key_invalid = True
    put_trade(house, 121)
    put_deal(house)
    house.venue.prices["ETH"] = Decimal(9000)
    client = house.client()

    assert (await client.get("/v2/smart_trades/121")).body["profit"]["volume"] == "1000.0"
    assert (await client.get("/ver1/deals/77/show")).body["actual_profit"] == "100.0"
    await client.post(f"/ver1/accounts/{SPOT}/load_balances")
    assert (await client.get("/ver1/deals/77/show")).body["actual_profit"] == "3100.0"


async def test_a_deal_on_a_dead_key_stands_still_and_resumes_after_the_repair(house):
    put_deal(house)
    del house.venue.keys["binance-key"]
    client = house.client()

    async def errors() -> tuple[str, bool, str | None]:
        told = (await client.get("/ver1/deals/77/show")).body
        return told["status"], told["deal_has_error"], told["error_message"]

    assert await errors() == ("bought", False, None)
    await client.post(f"/ver1/accounts/{SPOT}/load_balances")
    assert await errors() == ("bought", True, "Invalid API keys")

    key, secret = house.venue.add_key("new-key", account="binance")
    await house.emulator.update_key(PERSON, SPOT, key, secret)
    await client.post(f"/ver1/accounts/{SPOT}/load_balances")
    assert await errors() == ("bought", False, None)


async def test_deal_orders_have_internal_ids_as_text(house):
    put_deal(house)
    trade = put_trade(house, 121)
    client = house.client()

    orders = (await client.get("/ver1/deals/77/market_orders")).body
    told = (await client.get("/ver1/deals/77/show")).body

    assert [(o["deal_order_type"], o["order_type"], o["status_string"], o["rate"]) for o in orders] == [
        ("Base", "BUY", "Filled", "2800.0"),
        ("Take Profit", "SELL", "Active", "2940.0"),
        ("Safety", "BUY", "Active", "2700.0"),
        ("Safety", "BUY", "Active", "2600.0"),
    ]
    assert all(isinstance(order["order_id"], str) for order in orders)
    assert int(orders[-1]["order_id"]) < trade.entry_id
    assert (told["finished?"], told["take_profit_price"], told["actual_profit"]) == (False, "2940.0", "100.0")
    assert told["reserved_quote_funds"] == "1320.0"
    assert "bot_events" in told
    assert "bot_events" not in (await client.get("/ver1/deals")).body[0]


async def test_deals_are_filtered_and_paged(house):
    put_deal(house, 1)
    put_deal(house, 2, account_id=FUTURES, bot_id=13, pair="USDT_BTCUSDT")
    put_deal(house, 3, status="completed", closed_at=house.world.clock.now(), sold_average_price=Decimal(3000))
    put_deal(house, 4, status="failed", closed_at=house.world.clock.now(), failed_message="no")
    client = house.client()

    async def ids(query: str) -> list[int]:
        return [told["id"] for told in (await client.get(f"/ver1/deals?{query}")).body]

    expected = {
        "": [1, 2, 3, 4],
        "order_direction=ASC": [4, 3, 2, 1],
        "scope=active": [1, 2],
        "scope=finished": [3, 4],
        "scope=completed": [3],
        "scope=failed": [4],
        "account_id=42": [2],
        "bot_id=13": [2],
        "base=BTC": [2],
        "limit=2&offset=1": [2, 3],
    }
    assert {query: await ids(query) for query in expected} == expected
    for query in ("limit=1001", "scope=open", "per_page=10"):
        assert (await client.get(f"/ver1/deals?{query}")).refusal == (400, "record_invalid")
    assert (await client.get("/ver1/deals/99/show")).refusal == (404, "not_found")


async def test_bots_know_their_active_deals(house):
    now = house.world.clock.now()
    for bot_id, enabled in ((12, False), (13, True)):
        bot = Bot(
            id=bot_id,
            name=f"Bot {bot_id}",
            account_id=SPOT,
            pairs=["USDT_ETH"],
            is_enabled=enabled,
            created_at=now,
            updated_at=now,
        )
        house.emulator.add_bot(PERSON, bot)
    put_deal(house)
    client = house.client()

    told = (await client.get("/ver1/bots")).body
    assert [(bot["id"], bot["is_enabled"], bot["active_deals_count"]) for bot in told] == [
        (13, True, 0),
        (12, False, 1),
    ]
    assert [bot["id"] for bot in (await client.get("/ver1/bots?scope=disabled")).body] == [12]
    assert (await client.get("/ver1/bots?scope=enable")).refusal == (400, "record_invalid")
    assert (await client.get("/ver1/bots/12/show?include_events=true")).body["name"] == "Bot 12"
    assert (await client.get("/ver1/deals/77/show")).body["bot_name"] == "Bot 12"


async def test_active_entities_are_counted(house):
    put_trade(house, 1)
    put_trade(house, 2, status="failed", error="no")
    put_deal(house)

    told = (await house.client().get(f"/ver1/accounts/{SPOT}/active_trading_entities")).body["data"]

    assert told == {
        "active_bots_count": 0,
        "active_deals_count": 1,
        "active_smart_trades_count": 1,
        "active_orders_count": 5,
        "active_grid_bots_count": 0,
    }


async def test_grids_and_simple_trades_are_empty_but_checked(house):
    client = house.client()

    assert (await client.get("/ver1/grid_bots?state=enabled")).body == []
    assert (await client.get("/ver1/trades")).body == {"trades": []}
    assert (await client.get("/ver1/trades/history?order_by=closed_at")).body == {"trades": []}
    assert (await client.get("/ver1/grid_bots?state=on")).refusal == (400, "record_invalid")
