"""Every story holds what its table says: sums, flags, dates, and what a refresh answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import aiohttp
import pytest

from sandbox.exchanges.venue import VenueRefused
from sandbox.house import House
from sandbox.stories import STORIES
from sandbox.stories.figures import ALEX, FUTURES, KIM, SPOT, SUB_FUTURES, SUB_SPOT, last
from sandbox.stories.no_fixed_address import CALLERS
from sandbox.stories.right_missing import NOT_ENOUGH
from sandbox.stories.wrong_address_at_3commas import OLD_ADDRESSES
from sandbox.stories.wrong_address_only_for_the_bot import ELSEWHERE, LABEL
from sandbox.three_commas.errors import Refused
from sandbox.three_commas.markets import BINANCE_ADDRESSES
from sandbox.three_commas.statuses import FINAL_SMART_TRADE
from sandbox.world import BOT_ADDRESS

AUTUMN = datetime(2026, 11, 24, 10, 41, tzinfo=UTC)
SPRING = datetime(2027, 4, 5, 10, 41, tzinfo=UTC)
KEY_DEAD = "API keys are no longer valid or incorrect."
DOWN = "The exchange does not answer"


def house_of(story: str, at: datetime = AUTUMN) -> House:
    return House(story, symbols=60, at=at)


@asynccontextmanager
async def open_house(story: str) -> AsyncIterator[House]:
    house = house_of(story)
    try:
        await house.open()
        yield house
    finally:
        await house.close()


async def loaded(house: House, person: int, account_id: int) -> Decimal | str:
    """Worth in USDT of what a refresh finds, or the sentence of its refusal."""
    try:
        account = await house.three_commas.refresh(person, account_id)
    except Refused as refusal:
        return refusal.sentence
    return sum(((h.free + h.locked) * house.three_commas.worth(h.asset) for h in account.holdings), Decimal(0))


def last_loaded(house: House, account_id: int) -> Decimal:
    account = house.three_commas.account(ALEX.id, account_id)
    return sum(((h.free + h.locked) * house.three_commas.worth(h.asset) for h in account.holdings), Decimal(0))


@pytest.mark.parametrize("name", STORIES)
def test_a_story_can_be_furnished_in_any_season(name: str) -> None:
    for at in (AUTUMN, SPRING, datetime(2028, 2, 29, 0, 0, tzinfo=UTC)):
        house = house_of(name, at)
        assert house.world.state.story == name
        assert [person.id for person in house.world.state.people] == [ALEX.id, KIM.id]


@pytest.mark.parametrize("name", STORIES)
def test_a_storys_dates_lie_in_the_past(name: str) -> None:
    house = house_of(name)
    now = house.world.clock.now()
    for person in (ALEX, KIM):
        user = house.three_commas.user(person.id)
        moments: list[datetime | None] = [
            *[at for account in user.accounts for at in (account.created_at, account.updated_at, account.loaded_at)],
            *[at for trade in user.smart_trades for at in (trade.created_at, trade.updated_at, trade.closed_at)],
            *[at for deal in user.deals for at in (deal.created_at, deal.updated_at, deal.closed_at)],
            *[at for key in house.binance.state.keys for at in (key.created, key.deleted)],
        ]
        assert all(at <= now for at in moments if at is not None)


@pytest.mark.parametrize("name", STORIES)
async def test_kim_has_a_free_plan_and_one_dead_key(name: str) -> None:
    house = house_of(name)
    house.world.faults.disarm()
    user = house.three_commas.user(KIM.id)
    (account,) = user.accounts
    assert (user.plan, account.api_key_invalid, account.api_keys_state) == ("free", True, "expired")
    assert await loaded(house, KIM.id, account.id) == KEY_DEAD


@pytest.mark.parametrize("name", STORIES)
async def test_what_was_last_loaded_is_what_loads_now(name: str) -> None:
    """Flags and figures of a row are those of its last contact, so a refresh that goes through changes no figure."""
    house = house_of(name)
    house.world.faults.disarm()
    for account in house.three_commas.user(ALEX.id).accounts:
        before = last_loaded(house, account.id)
        found = await loaded(house, ALEX.id, account.id)
        assert found == (KEY_DEAD if account.api_keys_state == "expired" else before)


# --- one by one ------------------------------------------------------------------------------------------------------


async def test_returning_trader_has_1310_locked_in_three_orders() -> None:
    house = house_of("returning_trader")
    (account,) = house.binance.accounts_of(ALEX.id)
    worth = house.three_commas.worth
    locks = {h.asset: h.locked * worth(h.asset) for h in house.three_commas.account(ALEX.id, SPOT).holdings if h.locked}
    assert locks == {"ETH": Decimal(800), "SOL": Decimal(300), "USDT": Decimal(210)}
    assert sum(locks.values()) == Decimal(1310)
    assert len(account.spot_orders) == 3


async def test_returning_traders_spot_key_is_dead_and_the_futures_key_works() -> None:
    house = house_of("returning_trader")
    march = last(3, 3, AUTUMN)
    assert await loaded(house, ALEX.id, SPOT) == KEY_DEAD
    assert isinstance(await loaded(house, ALEX.id, FUTURES), Decimal)
    trades = {trade.id: trade for trade in house.three_commas.user(ALEX.id).smart_trades}
    assert (trades[118].status, trades[118].closed_at) == ("failed", march)
    assert trades[121].status == "waiting_targets"
    assert trades[119].status == "failed"


async def test_returning_traders_orphaned_position_is_up_by_3_1_percent() -> None:
    house = house_of("returning_trader")
    (position,) = house.binance.accounts_of(ALEX.id)[0].positions
    gain = house.binance.price("BTC") / position.entry_price - 1
    assert (position.amount, position.entry_price, round(gain * 100, 2)) == (
        Decimal("0.05"),
        Decimal(61200),
        Decimal("3.10"),
    )


async def test_expired_key_has_one_key_past_its_date_and_one_close_to_it() -> None:
    house = house_of("expired_key")
    spot, futures = (house.three_commas.account(ALEX.id, i) for i in (SPOT, FUTURES))
    assert (spot.api_keys_state, futures.api_keys_state) == ("expired", "expire_soon")
    assert await loaded(house, ALEX.id, SPOT) == KEY_DEAD
    assert await loaded(house, ALEX.id, FUTURES) == Decimal(500)
    assert futures.api_keys_state == "expire_soon"
    lapses = house.binance.key_row(futures.api_key).trading_until
    assert lapses == AUTUMN + timedelta(days=9)
    (trade,) = house.three_commas.user(ALEX.id).smart_trades
    assert (trade.id, trade.status, trade.frozen_price) == (131, "waiting_targets", Decimal(2000))


async def test_right_missing_loads_balances_and_refuses_trades() -> None:
    house = house_of("right_missing")
    assert await loaded(house, ALEX.id, SPOT) == Decimal(1800)
    (trade,) = house.three_commas.user(ALEX.id).smart_trades
    assert (trade.id, trade.error, trade.closed_at) == (141, NOT_ENOUGH, AUTUMN - timedelta(days=4))
    spot = house.three_commas.account(ALEX.id, SPOT)
    with pytest.raises(VenueRefused):
        await house.binance.may_trade(spot.api_key, spot.secret, BINANCE_ADDRESSES[-1], "spot")


async def test_right_missing_lets_no_key_without_the_futures_right_read_futures() -> None:
    house = house_of("right_missing")
    key = house.binance.create_hmac_key(house.binance.accounts_of(ALEX.id)[0].id, "reads")
    assert await house.binance.holdings(key.key, key.secret, BOT_ADDRESS, "spot")
    with pytest.raises(VenueRefused):
        await house.binance.holdings(key.key, key.secret, BOT_ADDRESS, "usdm")


async def test_wrong_address_only_for_the_bot_refuses_the_bot_alone() -> None:
    house = house_of("wrong_address_only_for_the_bot")
    assert await loaded(house, ALEX.id, SPOT) == Decimal(1800)
    assert await loaded(house, ALEX.id, FUTURES) == Decimal(500)
    (key,) = [row for row in house.binance.state.keys if row.label == LABEL]
    assert await house.binance.holdings(key.key, key.secret, ELSEWHERE, "spot")
    with pytest.raises(VenueRefused):
        await house.binance.holdings(key.key, key.secret, BOT_ADDRESS, "spot")


async def test_wrong_address_at_3commas_is_repaired_by_the_list_alone() -> None:
    house = house_of("wrong_address_at_3commas")
    account = house.three_commas.account(ALEX.id, SPOT)
    assert house.binance.key_row(account.api_key).ips == list(OLD_ADDRESSES)
    assert await loaded(house, ALEX.id, SPOT) == KEY_DEAD
    house.binance.edit_ips(account.api_key, list(BINANCE_ADDRESSES))
    assert await loaded(house, ALEX.id, SPOT) == Decimal(1800)
    assert not account.api_key_invalid


async def test_clock_off_puts_binance_twenty_seconds_ahead() -> None:
    async with open_house("clock_off") as house, aiohttp.ClientSession() as http:
        headers = {"Host": "api.binance.com"}
        async with http.get(f"{house.exchange_url}/api/v3/time", headers=headers) as answer:
            theirs = (await answer.json())["serverTime"]
    assert theirs - int(AUTUMN.timestamp() * 1000) == 20_000
    assert await loaded(house, ALEX.id, SPOT) == Decimal(1800)


def test_plan_ended_keeps_the_name_of_the_plan() -> None:
    user = house_of("plan_ended").three_commas.user(ALEX.id)
    assert (user.plan, user.plan_ended) == ("pro", True)


async def test_starter_plan_has_four_accounts_of_which_one_is_dead() -> None:
    house = house_of("starter_plan")
    found = {i: await loaded(house, ALEX.id, i) for i in (SPOT, FUTURES, SUB_SPOT, SUB_FUTURES)}
    assert found == {
        SPOT: Decimal(1800),
        FUTURES: Decimal(500),
        SUB_SPOT: KEY_DEAD,
        SUB_FUTURES: Decimal(200),
    }
    assert house.three_commas.user(ALEX.id).plan == "starter"


async def test_venue_down_answers_nobody_until_the_fault_is_taken_back() -> None:
    async with open_house("venue_down") as house, aiohttp.ClientSession() as http:
        headers = {"Host": "api.binance.com"}
        async with http.get(f"{house.exchange_url}/api/v3/ping", headers=headers) as answer:
            assert answer.status == 503
        assert await loaded(house, ALEX.id, SPOT) == DOWN
        assert not house.three_commas.account(ALEX.id, SPOT).api_key_invalid
        house.world.faults.disarm()
        assert await loaded(house, ALEX.id, SPOT) == Decimal(1800)


def test_venue_down_is_down_again_after_a_restart(tmp_path: Path) -> None:
    House("venue_down", tmp_path, symbols=60)
    again = House("venue_down", tmp_path, symbols=60)
    assert not again.world.is_new
    assert again.world.faults.armed


async def test_no_token_at_all_is_a_free_plan_with_an_error_that_says_three_things() -> None:
    house = house_of("no_token_at_all")
    user = house.three_commas.user(ALEX.id)
    assert (user.plan, len(user.accounts)) == ("free", 1)
    assert "(-2015)" in (user.smart_trades[0].error or "")
    assert await loaded(house, ALEX.id, SPOT) == KEY_DEAD


async def test_sub_account_is_refused_by_fast_connect_and_repaired_by_hand() -> None:
    house = house_of("sub_account")
    with pytest.raises(Refused, match="sub-account"):
        await house.three_commas.fast_connect(ALEX.id, SUB_SPOT)
    sub = next(account for account in house.binance.accounts_of(ALEX.id) if account.is_sub)
    key = house.binance.create_hmac_key(sub.id, "new", ips=list(BINANCE_ADDRESSES))
    await house.three_commas.update_key(ALEX.id, SUB_SPOT, key.key, key.secret)
    assert await loaded(house, ALEX.id, SUB_SPOT) == Decimal(600)
    assert await loaded(house, ALEX.id, SPOT) == Decimal(1800)


async def test_no_fixed_address_calls_from_another_address_each_time() -> None:
    async with open_house("no_fixed_address") as house, aiohttp.ClientSession() as http:
        assert house.world.state.egress_ips == []
        seen = []
        for _ in range(3):
            async with http.get(f"{house.exchange_url}/api/v3/ping", headers={"Host": "api.binance.com"}):
                seen.append(house.world.state.caller_address)
        assert seen == list(CALLERS[:3])


@pytest.mark.parametrize("name", STORIES)
def test_a_dead_row_has_no_trade_whose_profit_moves(name: str) -> None:
    house = house_of(name)
    user = house.three_commas.user(ALEX.id)
    dead = {account.id for account in user.accounts if account.api_key_invalid}
    for trade in user.smart_trades:
        if trade.account_id in dead and trade.status not in FINAL_SMART_TRADE:
            assert trade.frozen_price is not None
