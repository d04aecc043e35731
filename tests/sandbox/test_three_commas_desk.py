"""The desk page of the pretend 3Commas: its buttons do what the API does, and their refusals are sentences."""

from decimal import Decimal

import pytest

from sandbox.three_commas.builders import smart_trade
from sandbox.three_commas.state import Target
from sandbox.world import BOT_ADDRESS
from tests.sandbox.test_chat_page import drawn_by_a_browser
from tests.sandbox.three_commas_house import PERSON, TokenClient, three_commas_house

SPOT = 41


@pytest.fixture
async def house():
    async with three_commas_house() as house:
        key, secret = house.venue.add_key("first-key")
        house.emulator.add_account(PERSON, "binance", "Binance spot", api_key=key, secret=secret)
        yield house


async def look(house):
    return (await house.send("GET", f"/desk/three_commas/api/state?person={PERSON}")).body


async def test_the_page_and_everything_it_loads_are_served(house):
    page = await house.send("GET", f"/desk/three_commas?person={PERSON}")

    assert page.status == 200
    for name in ("three_commas.js", "three_commas.css", "base.css"):
        assert f"/static/{name}" in page.body
        assert (await house.send("GET", f"/static/{name}")).status == 200


async def test_a_stranger_has_no_page(house):
    for path in ("/desk/three_commas?person=99", "/desk/three_commas", "/desk/three_commas/api/state?person=x"):
        assert (await house.send("GET", path)).status == 404


async def test_a_token_made_at_the_desk_opens_the_api(house):
    made = await house.desk(
        "tokens", kind="system", name="bot", permissions=["ACCOUNTS_READ"], ips=f" {BOT_ADDRESS},\n"
    )

    client = TokenClient(house, made.body["key"], made.body["secret"])
    assert (await client.get("/ver1/accounts")).status == 200
    [token] = (await look(house))["tokens"]
    assert (token["kind"], token["permissions"], token["ips"]) == ("System-generated", ["Accounts read"], [BOT_ADDRESS])

    await house.desk("tokens/delete", key=client.key)
    assert (await client.get("/ver1/accounts")).status == 401


async def test_refusals_are_sentences(house):
    no_list = await house.desk("tokens", kind="system", name="bot", permissions=[], ips="")
    no_key = await house.desk("tokens", kind="self_generated", name="bot", permissions=[], public_key="what?")
    wrong = await house.desk(f"accounts/{SPOT}/update_key", api_key="wrong-key", secret="wrong-secret")

    assert (no_list.status, no_list.body["sentence"]) == (
        409,
        "A system-generated token needs at least one IP address.",
    )
    assert no_key.status == 409
    assert wrong.status == 409
    assert wrong.body["sentence"].startswith("API keys are no longer valid or incorrect.")


async def test_a_dead_key_is_repaired_at_the_desk_and_the_api_sees_it(house):
    client = house.client()
    del house.venue.keys["first-key"]

    assert (await house.desk(f"accounts/{SPOT}/refresh")).status == 409
    [card] = (await look(house))["accounts"]
    assert (card["key_dead"], card["error"]) == (True, "API keys are no longer valid or incorrect.")
    assert (await client.get(f"/ver1/accounts/{SPOT}")).body["api_key_invalid"] is True

    repaired = await house.desk(f"accounts/{SPOT}/fast_connect")
    assert repaired.body["accounts"][0]["error"] == ""
    assert (await client.get(f"/ver1/accounts/{SPOT}")).body["api_key_invalid"] is False


async def test_a_key_given_by_hand_and_a_new_name(house):
    key, secret = house.venue.add_key("second-key")

    await house.desk(f"accounts/{SPOT}/update_key", api_key=key, secret=secret)
    renamed = await house.desk(f"accounts/{SPOT}/rename", name="Main")

    assert (renamed.body["accounts"][0]["name"], house.emulator.account(PERSON, SPOT).api_key) == ("Main", "second-key")
    assert (await house.desk(f"accounts/{SPOT}/explode")).status == 404


async def test_changing_the_plan_takes_effect_at_once(house):
    client = house.client()

    assert (await house.desk("plan", plan="pro", ended=True)).body["plan_ended"] is True
    assert (await client.get("/ver1/accounts")).status == 429
    assert (await house.desk("plan", plan="starter", ended=False)).body["plan"] == "starter"
    assert (await client.get("/ver1/accounts")).status == 200
    assert (await house.desk("plan", plan="golden", ended=False)).status == 400


async def test_the_history_keeps_the_plan_that_the_api_forgets(house):
    now = house.world.clock.now()
    trade = smart_trade(
        trade_id=118,
        account_id=SPOT,
        pair="USDT_ETH",
        units=Decimal("0.4"),
        entry=Decimal(3600),
        targets=[Target(price=Decimal(4100))],
        status="failed",
        error="refused",
        created_at=now,
        closed_at=now,
    )
    house.emulator.add_smart_trade(PERSON, trade)

    [shown] = (await look(house))["smart_trades"]

    assert (shown["status"], shown["error"], shown["targets"][0]["price"]) == ("Failed", "refused", "4100.0")
    assert (await house.client().get("/v2/smart_trades/118")).body["take_profit"]["steps"] == []


@pytest.mark.browser
async def test_a_browser_draws_the_portfolio_and_leaves_foreign_text_as_text(house, tmp_path):
    house.emulator.rename_account(PERSON, SPOT, "<img src=x>")
    del house.venue.keys["first-key"]
    await house.desk(f"accounts/{SPOT}/refresh")

    drawn = await drawn_by_a_browser(f"{house.url}/desk/three_commas?person={PERSON}&theme=dark", tmp_path)

    assert "&lt;img src=x&gt;" in drawn
    assert "API key is invalid. API keys are no longer valid or incorrect." in drawn
    assert ">Update API key</button>" in drawn
    assert 'data-theme="dark"' in drawn


def put_trade(house, **changes):
    usual = {
        "trade_id": 121,
        "account_id": SPOT,
        "pair": "USDT_ETH",
        "units": Decimal("0.4"),
        "entry": Decimal(2500),
        "created_at": house.world.clock.now(),
        "targets": [
            Target(price=Decimal(4100)),
        ],
    }
    return house.emulator.open_smart_trade(PERSON, smart_trade(**{**usual, **changes}))


async def test_the_widget_shows_the_ids_of_the_exchange_that_the_api_never_tells(house):
    put_trade(house)
    (order,) = (await look(house))["opened_orders"]

    assert order == {
        "order_id": "5000",
        "account": "Binance spot",
        "pair": "ETH/USDT",
        "side": "sell",
        "price": "4100.0",
        "left": "0.4 ETH",
        "owner": "SmartTrade #121, take profit 1",
    }


async def test_a_person_cancels_a_smart_trade_and_the_page_remembers_its_plan(house):
    put_trade(house)
    answer = await house.desk("smart_trades/121/cancel")

    (trade,) = answer.body["smart_trades"]
    assert (trade["status"], trade["cancellable"], answer.body["opened_orders"]) == ("Cancelled", False, [])
    assert trade["targets"][0]["price"] == "4100.0"
    assert house.venue.orders[5000].status == "CANCELED"
    again = await house.desk("smart_trades/121/cancel")
    assert (again.status, again.body["sentence"]) == (409, "SmartTrade 121 cannot be cancelled.")
