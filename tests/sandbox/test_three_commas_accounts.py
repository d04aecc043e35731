"""Exchange accounts at the pretend 3Commas: flags change at a contact with the venue and nowhere else."""

from decimal import Decimal
from ipaddress import ip_address, ip_network

import pytest

from sandbox.exchanges.venue import VenueRefused
from sandbox.three_commas.errors import ApiError, Refused
from sandbox.three_commas.markets import MARKETS
from tests.sandbox.three_commas_house import PERSON, ThreeCommasHouse, three_commas_house

SPOT = 41
OTHER_PERSON = 8


@pytest.fixture
async def house():
    async with three_commas_house() as house:
        key, secret = house.venue.add_key("first-key")
        house.emulator.add_account(
            PERSON,
            "binance",
            "Binance spot",
            api_key=key,
            secret=secret,
            holdings={"ETH": (Decimal("1.1"), Decimal("0.4"))},
        )
        yield house


async def load(house: ThreeCommasHouse, account_id: int = SPOT):
    return await house.client().post(f"/ver1/accounts/{account_id}/load_balances")


def flags(body: dict) -> tuple:
    return tuple(body[name] for name in ("api_key_invalid", "api_keys_state", "is_locked", "lock_reason"))


async def test_a_dead_key_is_seen_only_when_the_venue_is_asked(house):
    client = house.client()
    del house.venue.keys["first-key"]

    assert flags((await client.get(f"/ver1/accounts/{SPOT}")).body) == (False, "ok", False, None)

    answer = await load(house)
    assert answer.status == 422
    assert answer.body == {
        "error": "invalid_api_key",
        "error_description": "API keys are no longer valid or incorrect.",
    }
    assert flags((await client.get(f"/ver1/accounts/{SPOT}")).body) == (True, "expired", False, None)
    assert (await client.get(f"/ver1/accounts/{SPOT}/active_trading_entities")).refusal == (422, "invalid_api_key")


async def test_a_dead_key_may_lock_the_account_too(house):
    house.emulator.behaviour.locks_invalid_accounts = True
    del house.venue.keys["first-key"]
    await load(house)

    account = (await house.client().get(f"/ver1/accounts/{SPOT}")).body
    assert flags(account) == (True, "expired", True, "invalid_api_key")


async def test_a_key_that_works_again_clears_the_flags_at_the_next_contact(house):
    gone = house.venue.keys.pop("first-key")
    await load(house)
    house.venue.keys["first-key"] = gone

    answer = await load(house)

    assert answer.status == 201
    assert flags(answer.body) == (False, "ok", False, None)
    assert answer.body["usd_amount"] == "5400.0"


@pytest.mark.parametrize(
    "trouble",
    [VenueRefused(429, -1003, "Too many requests."), VenueRefused(451, 0, "Service unavailable"), "down"],
)
async def test_a_venue_in_trouble_says_nothing_about_the_key(house, trouble):
    if trouble == "down":
        house.venue.down = True
    else:
        house.venue.answer = trouble

    answer = await load(house)

    assert answer.refusal == (422, "unknown_market_api_error")
    assert flags((await house.client().get(f"/ver1/accounts/{SPOT}")).body) == (False, "ok", False, None)


async def test_calls_come_from_a_trusted_address_of_the_market(house):
    listed = (await house.send("GET", "/public/api/ver1/accounts/market_list")).body
    trusted = next(market["trusted_ips"] for market in listed if market["market_code"] == "binance")

    await load(house)

    assert house.venue.seen == [trusted[-1]]


async def test_a_list_pasted_only_in_part_is_noticed(house):
    house.venue.keys["first-key"].ips = list(MARKETS["binance"].addresses[:15])

    assert (await load(house)).refusal == (422, "invalid_api_key")


async def test_a_market_without_an_emulator_says_so(house):
    account = house.emulator.add_account(PERSON, "okex", "OKX", api_key="key", secret="secret")

    answer = await load(house, account.id)

    assert answer.refusal == (422, "unknown_market_api_error")
    assert "not emulated" in answer.body["error_description"]


async def test_a_paper_account_is_always_healthy(house):
    account = house.emulator.add_account(PERSON, "paper_trading", "Demo")
    answer = await house.client().post(f"/ver1/accounts/{account.id}/load_balances", Forced_Mode="paper")

    assert (answer.status, answer.body["market_code"]) == (201, "paper_trading")


async def test_update_tries_the_key_first_and_keeps_the_old_one_when_it_is_refused(house):
    client = house.client()
    order = {"account_id": SPOT, "api_key": "wrong-key", "secret": "wrong-secret"}

    answer = await client.post("/ver1/accounts/update", order)

    assert answer.refusal == (422, "invalid_api_key")
    assert answer.body["error_description"].startswith("API keys are no longer valid or incorrect.")
    assert house.emulator.account(PERSON, SPOT).api_key == "first-key"
    assert flags((await client.get(f"/ver1/accounts/{SPOT}")).body)[0] is False


async def test_update_replaces_the_key_and_clears_what_was_wrong(house):
    account = house.emulator.account(PERSON, SPOT)
    account.api_keys_state = "expire_soon"
    key, secret = house.venue.add_key("second-key")
    house.world.clock.advance(30)

    answer = await house.client().post(
        "/ver1/accounts/update", {"account_id": SPOT, "api_key": key, "secret": secret, "name": "New name"}
    )

    assert (answer.status, answer.body["name"], flags(answer.body)) == (201, "New name", (False, "ok", False, None))
    assert answer.body["updated_at"] > answer.body["created_at"]
    assert (account.api_key, account.connected_by) == ("second-key", "form")


async def test_an_account_can_be_left_out_of_the_total(house):
    client = house.client()
    answer = await client.post("/ver1/accounts/update", {"account_id": SPOT, "include_in_summary": "false"})

    assert (answer.status, answer.body["include_in_summary"]) == (201, False)
    assert (await client.get("/ver1/accounts/summary")).body["usd_amount"] == "0.0"


async def test_a_refresh_does_not_make_an_expiring_key_last_longer(house):
    house.emulator.account(PERSON, SPOT).api_keys_state = "expire_soon"

    assert (await load(house)).body["api_keys_state"] == "expire_soon"


@pytest.mark.parametrize(
    ("order", "wrong"),
    [
        ({"api_key": "abcd", "secret": "long enough"}, {"api_key": ["is too short (minimum is 5 characters)"]}),
        ({"api_key": "long enough"}, {"secret": ["is missing"]}),
        ({"name": "x"}, {"name": ["is too short (minimum is 2 characters)"]}),
        ({"account_id": "many"}, {"account_id": ["is invalid"]}),
        ({"nmae": "typo"}, {"nmae": ["is invalid"]}),
    ],
)
async def test_update_names_the_field_that_is_wrong(house, order, wrong):
    answer = await house.client().post("/ver1/accounts/update", {"account_id": SPOT} | order)

    assert answer.refusal == (400, "record_invalid")
    assert answer.body["error_attributes"] == wrong


async def test_a_market_with_a_passphrase_asks_for_it(house):
    account = house.emulator.add_account(PERSON, "okex", "OKX")

    with pytest.raises(ApiError, match="is missing") as refusal:
        await house.emulator.update_key(PERSON, account.id, "long-key", "long-secret")
    assert refusal.value.attributes == {"passphrase": ["is missing"]}


async def test_an_exchange_account_is_connected_once_whoever_it_is(house):
    key, secret = house.venue.add_key("second-key", account="main")
    other = house.emulator.add_account(OTHER_PERSON, "binance", "Mine too")

    with pytest.raises(ApiError) as refusal:
        await house.emulator.update_key(OTHER_PERSON, other.id, key, secret)

    assert refusal.value.body()["error_attributes"] == {"api_key": ["This account is already connected!"]}
    futures = house.emulator.add_account(PERSON, "binance_futures", "Futures")
    assert (await house.emulator.update_key(PERSON, futures.id, key, secret)).api_key == key


async def test_a_key_that_does_not_read_is_told_apart_from_a_wrong_one(house):
    key, secret = house.venue.add_key("blind-key", read=False)

    with pytest.raises(ApiError, match="Not enough permissions for API keys"):
        await house.emulator.update_key(PERSON, SPOT, key, secret)


async def test_a_key_that_does_not_trade_is_accepted(house):
    key, secret = house.venue.add_key("reading-key", trade=False)

    assert (await house.emulator.update_key(PERSON, SPOT, key, secret)).api_key_invalid is False


async def test_fast_connect_stores_a_fresh_key_bound_to_the_trusted_addresses(house):
    del house.venue.keys["first-key"]
    await load(house)

    account = await house.emulator.fast_connect(PERSON, SPOT)

    assert (account.connected_by, account.api_key_invalid, account.api_keys_state) == ("fast_connect", False, "ok")
    assert house.venue.keys[account.api_key].ips == list(MARKETS["binance"].addresses)
    assert (await load(house)).status == 201


async def test_fast_connect_is_not_for_sub_accounts_nor_for_every_market(house):
    sub = house.emulator.add_account(PERSON, "binance", "Scalping", subaccount_name="scalping")
    kraken = house.emulator.add_account(PERSON, "kraken", "Kraken")

    with pytest.raises(Refused, match="main account only"):
        await house.emulator.fast_connect(PERSON, sub.id)
    with pytest.raises(Refused, match="no Fast Connect"):
        await house.emulator.fast_connect(PERSON, kraken.id)


async def test_new_accounts_are_refused_as_documented(house):
    client = house.client()

    assert (await client.post("/ver1/accounts/new", {"type": "binance"})).refusal == (400, "record_invalid")
    order = {"type": "binance", "name": "x", "api_key": "long-key", "secret": "long-secret"}
    assert (await client.post("/ver1/accounts/new", order)).status == 403


async def test_accounts_come_in_pages(house):
    for number in range(4):
        house.emulator.add_account(PERSON, "kraken", f"Kraken {number}")
    client = house.client()

    async def ids(query: str) -> list[int]:
        return [account["id"] for account in (await client.get(f"/ver1/accounts{query}")).body]

    assert await ids("") == [41, 42, 43, 44, 45]
    assert [await ids(f"?per_page=2&page={page}") for page in (1, 2, 3, 4)] == [[41, 42], [43, 44], [45], []]
    assert await ids("?api_key=first-key") == [41]
    for query in ("?per_page=101", "?per_page=0", "?page=0", "?per_page=x"):
        assert (await client.get(f"/ver1/accounts{query}")).refusal == (400, "record_invalid")


async def test_somebody_elses_account_does_not_exist(house):
    other = house.emulator.add_account(OTHER_PERSON, "binance", "Not yours")

    assert (await house.client().get(f"/ver1/accounts/{other.id}")).refusal == (404, "not_found")


async def test_an_entity_has_the_documented_kinds_of_values(house):
    account = (await house.client().get(f"/ver1/accounts/{SPOT}")).body

    assert account["exchange_name"] == "Binance Spot"
    assert isinstance(account["usd_amount"], str)
    assert account["primary_display_currency_amount"] == {"currency": "USD", "amount": "4500.0"}
    assert account["total_primary_display_currency_profit"]["amount"] == 0
    assert account["created_at"].endswith("Z")
    assert "api_key" not in account
    assert "secret" not in account
    assert "widget_revision" in account


async def test_tables_show_what_orders_lock(house):
    client = house.client()
    [row] = (await client.post(f"/ver1/accounts/{SPOT}/account_table_data")).body
    [slice_] = (await client.post(f"/ver1/accounts/{SPOT}/pie_chart_data")).body
    summary = (await client.post("/ver1/accounts/summary/account_table_data")).body

    assert (row["currency_code"], row["position"], row["on_orders"], row["position_available"]) == (
        "ETH",
        1.5,
        0.4,
        1.1,
    )
    assert (slice_["code"], slice_["percentage"], slice_["usd_value"]) == ("ETH", 100.0, "4500.0")
    assert summary == [row]
    assert (await client.get("/ver1/accounts/summary")).body["usd_amount"] == "4500.0"


async def test_the_market_list_is_public_and_complete(house):
    listed = {m["market_code"]: m for m in (await house.send("GET", "/public/api/ver1/accounts/market_list")).body}

    assert len(listed) == 27
    fast = {code for code, market in listed.items() if "fast_connect" in market["available_connection_flows"]}
    assert fast == {
        "binance", "binance_margin", "binance_futures", "binance_futures_coin", "bybit_spot", "bybit_usdt_perpetual",
        "bybit", "okex", "okex_futures",
    }  # fmt: skip
    asked = {code: {f["field"] for f in market["form_fields"]["required"]} for code, market in listed.items()}
    assert {code for code, fields in asked.items() if "passphrase" in fields} == {
        "okex", "okex_futures", "kucoin", "bitget_usdt_futures",
    }  # fmt: skip
    assert "customer_id" in asked["bitstamp"]
    assert listed["okex"]["trusted_ips"] == ["198.51.100.0/24"]


async def test_the_binance_list_fits_one_key_and_no_single_copy_button(house):
    addresses = MARKETS["binance"].addresses

    assert len(set(addresses)) == len(addresses) == 30
    assert len("\n".join(addresses)) > 256
    pretend = (ip_network("192.0.2.0/24"), ip_network("198.51.100.0/24"))
    for market in MARKETS.values():
        assert all(any(ip_address(a.split("/")[0]) in net for net in pretend) for a in market.addresses)


async def test_pairs_and_rates(house):
    pairs = (await house.send("GET", "/public/api/ver1/accounts/market_pairs?market_code=binance_futures")).body
    rates = "/public/api/ver1/accounts/currency_rates?market_code=binance&pair="
    eth = (await house.send("GET", f"{rates}USDT_ETH&limit_type=smart_trade")).body

    assert "USDT_BTCUSDT" in pairs
    assert (eth["last"], eth["ask"], eth["lotStep"]) == ("3000.0", "3001.5", "0.0001")
    assert all(isinstance(value, str) for value in eth.values())
    unknown = await house.send("GET", f"{rates}USDT_NOPE")
    assert (unknown.status, unknown.body["error_attributes"]) == (400, {"pair": ["Unknown pair"]})
