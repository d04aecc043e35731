"""Request budgets of the pretend 3Commas, on a clock that stands still at the start of a minute."""

import pytest

from tests.sandbox.three_commas_house import PERSON, ThreeCommasHouse, three_commas_house


@pytest.fixture
async def house():
    async with three_commas_house() as house:
        yield house


async def spend(house: ThreeCommasHouse, client, count: int, path: str = "/ver1/accounts") -> set[int]:
    return {(await client.get(path)).status for _ in range(count)}


@pytest.mark.parametrize(("plan", "allowed"), [("starter", 5), ("pro", 50)])
async def test_a_plan_counts_by_the_minute_of_the_clock(house, plan, allowed):
    client = house.client(plan)
    house.world.clock.advance(50)

    assert await spend(house, client, allowed) == {200}
    refused = await client.get("/ver1/accounts")
    assert (refused.status, refused.body) == (429, "Retry later\n")

    house.world.clock.advance(10)
    assert await spend(house, client, allowed) == {200}


async def test_expert_meets_the_global_limit_and_waits_five_minutes(house):
    client = house.client("expert")

    assert await spend(house, client, 100) == {200}
    assert (await client.get("/ver1/accounts")).body == "Retry later\n"
    house.world.clock.advance(299)
    assert (await client.get("/ver1/accounts")).status == 429
    house.world.clock.advance(1)
    assert (await client.get("/ver1/accounts")).status == 200


async def test_without_the_global_limit_expert_has_120(house):
    house.emulator.behaviour.global_per_minute = None
    client = house.client("expert")

    assert await spend(house, client, 120) == {200}
    assert (await client.get("/ver1/accounts")).status == 429


async def test_smart_trades_are_40_in_ten_seconds_and_other_requests_go_on(house):
    client = house.client("expert")

    assert await spend(house, client, 40, "/v2/smart_trades") == {200}
    assert (await client.get("/v2/smart_trades")).status == 429
    assert (await client.get("/ver1/accounts")).status == 200
    house.world.clock.advance(10)
    assert (await client.get("/v2/smart_trades")).status == 200


async def test_deals_are_120_a_minute(house):
    house.emulator.behaviour.global_per_minute = None
    house.emulator.behaviour.plan_limits = False
    client = house.client("expert")

    assert await spend(house, client, 120, "/ver1/deals") == {200}
    assert (await client.get("/ver1/deals")).status == 429
    house.world.clock.advance(60)
    assert (await client.get("/ver1/deals")).status == 200


async def test_going_too_fast_may_be_answered_in_json_that_does_not_speak_of_a_plan(house):
    house.emulator.behaviour.rate_refusal = "json"
    client = house.client("starter")
    await spend(house, client, 5)

    answer = await client.get("/ver1/accounts")

    assert (answer.status, answer.body) == (429, {"error": "Too many requests"})


async def test_each_token_has_its_own_budget(house):
    first, second = house.client("starter"), house.client("starter")

    assert await spend(house, first, 6) == {200, 429}
    assert (await second.get("/ver1/accounts")).status == 200


async def test_going_on_after_429_bans_the_address_longer_each_time(house):
    client = house.client("starter")
    assert await spend(house, client, 25) == {200, 429}

    assert (await client.get("/ver1/accounts")).status == 418
    assert (await house.send("GET", "/public/api/ver1/accounts/market_list")).status == 418
    house.world.clock.advance(119)
    assert (await client.get("/ver1/accounts")).status == 418
    house.world.clock.advance(1)
    assert (await client.get("/ver1/accounts")).status == 200

    assert await spend(house, client, 24) == {200, 429}
    assert (await client.get("/ver1/accounts")).status == 418
    house.world.clock.advance(239)
    assert (await client.get("/ver1/accounts")).status == 418
    house.world.clock.advance(1)
    assert (await client.get("/ver1/accounts")).status == 200


async def test_an_unknown_key_costs_nobody_anything(house):
    client = house.client("starter")
    for _ in range(10):
        await house.send("GET", "/public/api/ver1/accounts", headers={"Apikey": "unknown"})

    assert await spend(house, client, 5) == {200}
    assert house.emulator.user(PERSON).plan == "starter"
