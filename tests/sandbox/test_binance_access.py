"""Every refusal of the pretend Binance, word for word, over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.exchanges.binance.parameters import read_parameters
from sandbox.exchanges.binance.state import ApiKey, Rights
from tests.sandbox.binance_house import BOT_ADDRESS, TRADING, BinanceHouse, binance_house

SPOT = "/api/v3/account"
WALLET = "/sapi/v1/account/apiRestrictions"
FUTURES = "/fapi/v3/account"
NOT_LISTED = "Invalid API-key, IP, or permissions for action."
NAMED = f"Invalid API-key, IP, or permissions for action, request ip: {BOT_ADDRESS}"


@pytest.fixture
async def house() -> AsyncIterator[BinanceHouse]:
    async with binance_house() as house:
        yield house


async def test_nothing_signed_at_all_names_the_missing_parameter(house: BinanceHouse) -> None:
    assert (await house.get(SPOT)).refusal == (
        400, -1102, "Mandatory parameter 'signature' was not sent, was empty/null, or malformed.",
    )  # fmt: skip
    answer = await house.get(SPOT, "recvWindow=5000&signature=ab", "k" * 64)
    assert answer.refusal[2].startswith("Mandatory parameter 'timestamp'")


@pytest.mark.parametrize("key", ["", "short", "k" * 63, "k" * 65, "k" * 63 + "-"])
async def test_a_key_of_another_form_is_refused_by_its_form(house: BinanceHouse, key: str) -> None:
    assert (await house.signed(SPOT, key, "s")).refusal == (401, -2014, "API-key format invalid.")


async def test_an_unknown_key_has_its_own_code_on_api_only(house: BinanceHouse) -> None:
    assert (await house.signed(SPOT, "k" * 64, "s")).refusal == (401, -2008, "Invalid Api-Key ID.")
    assert (await house.signed(WALLET, "k" * 64, "s")).refusal == (401, -2015, NOT_LISTED)
    assert (await house.signed(FUTURES, "k" * 64, "s")).refusal == (401, -2015, NAMED)


async def test_a_deleted_key_answers_like_an_unknown_one_or_by_the_switch_like_a_forbidden_one(
    house: BinanceHouse,
) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "old")
    assert (await house.signed(SPOT, fresh.key, fresh.secret)).status == 200
    house.binance.delete_key(fresh.key)
    assert (await house.signed(SPOT, fresh.key, fresh.secret)).refusal[1] == -2008
    house.binance.state.switches.deleted_key_answers = -2015
    assert (await house.signed(SPOT, fresh.key, fresh.secret)).refusal == (401, -2015, NOT_LISTED)


async def test_an_address_that_is_not_listed_is_refused_and_only_futures_name_it(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "bound", ips=["198.51.100.1"])
    assert (await house.signed(SPOT, fresh.key, fresh.secret)).refusal == (401, -2015, NOT_LISTED)
    assert (await house.signed(WALLET, fresh.key, fresh.secret)).refusal == (401, -2015, NOT_LISTED)
    assert (await house.signed(FUTURES, fresh.key, fresh.secret)).refusal == (401, -2015, NAMED)
    house.world.state.caller_address = "198.51.100.1"
    assert (await house.signed(SPOT, fresh.key, fresh.secret)).status == 200


async def test_the_address_is_looked_at_before_the_signature_and_the_time_before_it_too(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "bound", ips=["198.51.100.1"])
    assert (await house.signed(SPOT, fresh.key, "wrong", at_ms=1)).refusal[1] == -2015
    house.binance.edit_ips(fresh.key, [BOT_ADDRESS])
    assert (await house.signed(SPOT, fresh.key, "wrong", at_ms=1)).refusal[1] == -1021
    assert (await house.signed(SPOT, fresh.key, "wrong")).refusal == (
        400, -1022, "Signature for this request is not valid.",
    )  # fmt: skip


async def test_the_signature_covers_the_text_as_sent_and_ends_it(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    good = await house.signed(SPOT, fresh.key, fresh.secret, omitZeroBalances="true")
    assert {row["asset"] for row in good.body["balances"]} == {"ETH", "USDT"}
    world = house.world
    world.received.clear()
    await house.signed("/api/v3/openOrders", fresh.key, fresh.secret)
    sent = world.received[-1].query
    assert (await house.get("/api/v3/openOrders", sent, fresh.key)).status == 200
    assert (await house.get("/api/v3/openOrders", sent + "&symbol=ETHUSDT", fresh.key)).refusal[1] == -1022
    assert (await house.get("/api/v3/openOrders", "symbol=ETHUSDT&" + sent, fresh.key)).refusal[1] == -1022
    head, _, signature = sent.rpartition("=")
    assert (await house.get("/api/v3/openOrders", f"{head}={signature.upper()}", fresh.key)).status == 200


def test_query_and_body_are_signed_one_after_the_other_without_a_separator() -> None:
    mixed = read_parameters("symbol=ETHUSDT&side=BUY", "side=SELL&timestamp=1&signature=aB%2Fc")
    assert (mixed.signed, mixed.signature) == (b"symbol=ETHUSDT&side=BUYside=SELL&timestamp=1", "aB/c")
    assert mixed.values == {"symbol": "ETHUSDT", "side": "BUY", "timestamp": "1"}


@pytest.mark.parametrize(
    ("late_ms", "window", "refused"),
    [
        (0, None, None),
        (5000, None, None),
        (5001, None, "Timestamp for this request is outside of the recvWindow."),
        (9000, 10_000, None),
        (-999, None, None),
        (-1000, None, "Timestamp for this request was 1000ms ahead of the server's time."),
    ],
)
async def test_the_time_window_is_the_documented_one(
    house: BinanceHouse, late_ms: int, window: int | None, refused: str | None
) -> None:
    house.world.clock.freeze()
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    extra: dict[str, str | int] = {"recvWindow": window} if window else {}
    at_ms = house.world.clock.milliseconds() - late_ms
    answer = await house.signed(SPOT, fresh.key, fresh.secret, at_ms=at_ms, **extra)
    assert (answer.refusal if refused else answer.status) == ((400, -1021, refused) if refused else 200)


async def test_the_clock_of_the_exchange_can_be_off_and_the_time_route_tells(house: BinanceHouse) -> None:
    house.binance.state.clock_offset_ms = 120_000
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    assert (await house.signed(SPOT, fresh.key, fresh.secret)).refusal[1] == -1021
    told = (await house.get("/api/v3/time")).body["serverTime"]
    assert (await house.signed(SPOT, fresh.key, fresh.secret, at_ms=told)).status == 200


async def test_malformed_parameters_are_named(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "reader")

    async def refusal(path: str, **parameters: str | int) -> tuple[int, int, str]:
        return (await house.signed(path, fresh.key, fresh.secret, **parameters)).refusal

    assert (await refusal(SPOT, recvWindow=60_001))[1] == -1131
    assert (await refusal(SPOT, recvWindow="soon"))[1] == -1100
    assert await refusal("/api/v3/openOrders", symbol="NOPE") == (400, -1121, "Invalid symbol.")
    assert (await refusal("/api/v3/openOrders", symbol="eth usdt"))[1] == -1100
    assert await refusal(SPOT, colour="blue") == (
        400, -1104, "Not all sent parameters were read; read '1' parameter(s) but was sent '2'.",
    )  # fmt: skip
    assert (await house.get("/api/v3/time", "colour=blue")).refusal[1] == -1101
    assert (await house.get("/api/v3/ticker/price", "symbol=ETHUSDT&symbol=BTCUSDT")).refusal[1] == -1101


async def test_a_key_without_the_reading_right_reads_nothing(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "mute", rights=Rights(reading=False))
    for path, words in ((SPOT, NOT_LISTED), (WALLET, NOT_LISTED), (FUTURES, NAMED)):
        assert (await house.signed(path, fresh.key, fresh.secret)).refusal == (401, -2015, words)


async def test_reading_futures_needs_the_futures_right_only_where_the_switch_says_so(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    assert (await house.signed(FUTURES, fresh.key, fresh.secret)).status == 200
    house.binance.state.switches.futures_read_needs_futures_right = True
    assert (await house.signed(FUTURES, fresh.key, fresh.secret)).refusal == (401, -2015, NAMED)
    assert (await house.signed(SPOT, fresh.key, fresh.secret)).status == 200
    house.binance.edit_restrictions(fresh.key, TRADING, [BOT_ADDRESS])
    assert (await house.signed(FUTURES, fresh.key, fresh.secret)).status == 200


async def test_futures_of_an_account_that_never_opened_them_are_closed_to_every_key(house: BinanceHouse) -> None:
    plain = house.binance.add_account(8, "No futures", futures=False)
    fresh = house.binance.create_hmac_key(plain.id, "reader")
    assert (await house.signed(SPOT, fresh.key, fresh.secret)).status == 200
    assert (await house.signed(FUTURES, fresh.key, fresh.secret)).refusal[1] == -2015


async def test_rights_of_an_old_unrestricted_key_are_void_and_lapsed_rights_leave_reading(house: BinanceHouse) -> None:
    now = house.world.clock.now()
    old = ApiKey(
        key="o" * 64, secret="s" * 64, kind="hmac", account_id=house.account.id, label="2021",
        rights=TRADING, ips=None, created=now - timedelta(days=900),
    )  # fmt: skip
    house.binance.put_key(old)
    told = (await house.signed(WALLET, old.key, old.secret)).body
    assert (told["enableReading"], told["enableSpotAndMarginTrading"], told["ipRestrict"]) == (True, False, False)


@pytest.mark.parametrize(
    ("path", "host", "found"),
    [
        ("/api/v3/nothing", "api.binance.com", "<html><body><h2>404 Not found</h2></body></html>"),
        ("/fapi/v1/nothing", "fapi.binance.com", "Path /fapi/v1/nothing, Method GET is invalid"),
        ("/sapi/v1/nothing", "api.binance.com", "Not Found"),
        ("/fapi/v1/time", "api.binance.com", "invalid"),
        ("/api/v3/time", "fapi.binance.com", "invalid"),
    ],
)
async def test_unknown_paths_and_paths_at_the_wrong_host_are_not_found(
    house: BinanceHouse, path: str, host: str, found: str
) -> None:
    answer = await house.get(path, host=host)
    assert answer.status == 404
    assert found in str(answer.body)


async def test_another_exchange_is_not_emulated_and_says_so(house: BinanceHouse) -> None:
    answer = await house.get("/v5/market/time", host="api.bybit.com")
    assert (answer.status, "api.bybit.com" in answer.body["error"]) == (501, True)
