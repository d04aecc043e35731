"""Used weight, 429 and the ban of an address, as documented; time passes by the world's clock."""

from collections.abc import AsyncIterator

import pytest

from sandbox.exchanges.binance.budget import PATIENCE
from tests.sandbox.binance_house import BOT_ADDRESS, BinanceHouse, binance_house


@pytest.fixture
async def house() -> AsyncIterator[BinanceHouse]:
    async with binance_house() as house:
        house.world.clock.freeze()
        yield house


async def test_each_service_counts_its_own_weight_in_its_own_header(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    await house.get("/api/v3/ping")
    account = await house.signed("/api/v3/account", fresh.key, fresh.secret)
    orders = await house.signed("/api/v3/openOrders", fresh.key, fresh.secret)
    one = await house.signed("/api/v3/openOrders", fresh.key, fresh.secret, symbol="ETHUSDT")
    assert [row.headers["X-MBX-USED-WEIGHT-1M"] for row in (account, orders, one)] == ["21", "101", "107"]
    futures = await house.signed("/fapi/v1/openOrders", fresh.key, fresh.secret)
    assert futures.headers["X-MBX-USED-WEIGHT-1M"] == "40"
    wallet = await house.signed("/sapi/v1/account/apiRestrictions", fresh.key, fresh.secret)
    assert wallet.headers["X-SAPI-USED-IP-WEIGHT-1M"] == "1"


async def test_a_refused_request_counts_and_shows_its_weight(house: BinanceHouse) -> None:
    answer = await house.signed("/api/v3/account", "k" * 64, "s")
    assert (answer.status, answer.headers["X-MBX-USED-WEIGHT-1M"]) == (401, "20")


async def test_too_much_weight_is_refused_until_the_minute_is_over(house: BinanceHouse) -> None:
    house.binance.door.budget.spend("api", BOT_ADDRESS, 6000)
    answer = await house.get("/api/v3/ping")
    assert answer.refusal[:2] == (429, -1003)
    assert "current limit is 6000 request weight per 1 MINUTE" in answer.body["msg"]
    house.world.clock.advance(int(answer.headers["Retry-After"]))
    assert (await house.get("/api/v3/ping")).status == 200


async def test_the_budget_of_futures_and_of_another_address_is_untouched(house: BinanceHouse) -> None:
    house.binance.door.budget.spend("api", BOT_ADDRESS, 6000)
    assert (await house.get("/fapi/v1/ping")).status == 200
    house.world.state.caller_address = "203.0.113.8"
    assert (await house.get("/api/v3/ping")).status == 200


async def test_who_goes_on_is_banned_for_two_minutes_and_longer_the_next_time(house: BinanceHouse) -> None:
    async def go_on() -> int:
        house.binance.door.budget.spend("fapi", BOT_ADDRESS, 2400)
        for _ in range(PATIENCE):
            assert (await house.get("/fapi/v1/ping")).status == 429
        banned = await house.get("/fapi/v1/ping")
        assert (banned.status, banned.body["code"], "IP banned until" in banned.body["msg"]) == (418, -1003, True)
        return int(banned.headers["Retry-After"])

    first = await go_on()
    assert 120 <= first <= 121
    house.world.clock.advance(60)
    assert (await house.get("/fapi/v1/ping")).status == 418
    house.world.clock.advance(first)
    assert (await house.get("/fapi/v1/ping")).status == 200
    house.world.clock.advance(60)
    assert await go_on() > 200
