"""The client against the pretend 3Commas, which was written from the same documentation by other hands."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clients.limits import LocalLimiter
from clients.signing import Pairs
from clients.three_commas import ThreeCommasClient
from clients.transport import Transport
from domain.errors import AnswerLost, PlanWithoutApi, RightMissing, ServiceDown, TokenRefused, TooManyRequests
from domain.ports import Contact
from domain.values import Credentials, KeyKind, Secret
from sandbox.clock import Clock as SandboxClock
from sandbox.faults import Fault, Kind
from sandbox.three_commas.builders import deal, smart_trade
from sandbox.three_commas.state import Bot, Target
from sandbox.world import BOT_ADDRESS
from tests.sandbox.three_commas_house import PERSON, ThreeCommasHouse, three_commas_house

READ = ("ACCOUNTS_READ", "SMART_TRADES_READ", "BOTS_READ")


class WorldClock:
    """The sandbox's frozen time for the client; waiting moves it."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        self._clock.advance(seconds)


class Setting:
    """A house with one linked account, and the client before it."""

    def __init__(self, house: ThreeCommasHouse, client: ThreeCommasClient) -> None:
        self.house, self.client, self.emulator = house, client, house.emulator
        self.key, self.secret = house.venue.add_key("spot-key")
        self.emulator.set_plan(PERSON, "pro")
        self.account = self.emulator.add_account(PERSON, "binance", "Main spot", api_key=self.key, secret=self.secret)

    def token(self, permissions: tuple[str, ...] = READ, ips: tuple[str, ...] = (BOT_ADDRESS,)) -> Credentials:
        key, secret = self.emulator.create_system_token(PERSON, "bot", permissions, ips)
        return Credentials(key, Secret(secret))

    def arm(self, kind: Kind, path: str, **details: Any) -> None:
        self.house.world.faults.arm(Fault("three_commas", kind, path, **details))

    def asked(self) -> int:
        return len(self.house.world.received)


@pytest.fixture
async def setting() -> AsyncIterator[Setting]:
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(three_commas_house())
        transport = await stack.enter_async_context(Transport.open())
        clock = WorldClock(house.world.clock)
        yield Setting(house, ThreeCommasClient(transport, LocalLimiter(clock), clock, origin=house.url))


async def test_a_token_with_a_secret_of_3commas_is_accepted(setting: Setting) -> None:
    token = setting.token()
    await setting.client.validate(token)
    assert await setting.client.permissions(token) == frozenset(READ)


async def test_a_token_with_the_bots_own_pair_is_accepted(setting: Setting) -> None:
    pair = await Pairs().pair(KeyKind.RSA)
    key = setting.emulator.create_self_generated_token(PERSON, "bot", pair.public_pem, READ)
    token = Credentials(key, pair.private_pem, KeyKind.RSA)
    await setting.client.validate(token)
    assert [account.name for account in await setting.client.accounts(token)] == ["Main spot"]
    since = setting.house.world.clock.now() - timedelta(days=30)
    assert await setting.client.trades(token, "failed", since) == []


@pytest.mark.parametrize(
    ("shape", "expected"), [("list", frozenset(READ)), ("object", frozenset(READ)), ("missing", None)]
)
async def test_permissions_are_read_in_each_shape(
    setting: Setting, shape: Any, expected: frozenset[str] | None
) -> None:
    setting.emulator.behaviour.permissions_info = shape
    assert await setting.client.permissions(setting.token()) == expected


async def test_wrong_secret_deleted_token_and_foreign_address_are_refused(setting: Setting) -> None:
    good = setting.token()
    for bad in (
        Credentials(good.api_key, Secret("wrong")),
        Credentials("unknown", Secret("wrong")),
        setting.token(ips=("192.0.2.200",)),
    ):
        with pytest.raises(TokenRefused):
            await setting.client.accounts(bad)


async def test_a_missing_right_is_told_by_its_name(setting: Setting) -> None:
    token = setting.token(("ACCOUNTS_READ",))
    assert len(await setting.client.accounts(token)) == 1
    with pytest.raises(RightMissing) as caught:
        await setting.client.trades(token, "active")
    assert caught.value.right == "SMART_TRADES_READ"


async def test_a_plan_that_ended_is_told_apart_from_a_rate_limit(setting: Setting) -> None:
    token = setting.token()
    setting.emulator.set_plan(PERSON, "pro", ended=True)
    with pytest.raises(PlanWithoutApi):
        await setting.client.accounts(token)
    setting.emulator.set_plan(PERSON, "pro")
    assert len(await setting.client.accounts(token)) == 1


async def test_a_starter_plan_is_asked_five_times_a_minute_and_never_banned(setting: Setting) -> None:
    setting.emulator.set_plan(PERSON, "starter")
    token, clock = setting.token(), setting.house.world.clock
    answered = 0
    began = clock.now()
    while answered < 25:
        try:
            await setting.client.load_balances(token, setting.account.id)
        except TooManyRequests as error:
            clock.advance(error.retry_after_s)
        else:
            answered += 1
    refused = setting.asked() - answered
    assert refused == 1, "the first 429 teaches the plan's limit"
    assert clock.now() - began < timedelta(minutes=12)


async def test_a_live_load_tells_a_good_key_from_a_dead_one(setting: Setting) -> None:
    token = setting.token()
    loaded = await setting.client.load_balances(token, setting.account.id)
    assert loaded.contact is Contact.WORKS
    assert loaded.account is not None
    assert loaded.account.usd_amount is not None
    assert loaded.account.usd_amount > 0

    del setting.house.venue.keys[setting.key]
    (before,) = await setting.client.accounts(token)
    assert not before.key_invalid, "the flag is as old as the last contact"
    refused = await setting.client.load_balances(token, setting.account.id)
    assert refused.contact is Contact.KEY_REFUSED
    after = await setting.client.account(token, setting.account.id)
    assert after.key_invalid
    assert after.keys_state == "expired"


async def test_a_venue_that_is_down_says_nothing_about_the_key(setting: Setting) -> None:
    setting.house.venue.down = True
    loaded = await setting.client.load_balances(setting.token(), setting.account.id)
    assert loaded.contact is Contact.UNDECIDED
    assert loaded.said


async def test_paper_accounts_are_not_seen_in_real_mode(setting: Setting) -> None:
    setting.emulator.set_mode(PERSON, "paper")
    assert [account.name for account in await setting.client.accounts(setting.token())] == ["Main spot"]


async def test_trades_of_all_pages_come_with_plan_or_error(setting: Setting) -> None:
    clock = setting.house.world.clock
    for number in range(120):
        trade = smart_trade(
            trade_id=1000 + number,
            account_id=setting.account.id,
            pair="USDT_ETH",
            units=Decimal("0.4"),
            entry=Decimal(3900),
            created_at=clock.now() - timedelta(days=200 - number),
            targets=[Target(id=5000 + number, price=Decimal(4100), volume=Decimal(100))],
        )
        setting.emulator.add_smart_trade(PERSON, trade)
    setting.emulator.fail_trade(PERSON, 1003, "Invalid API keys")
    token = setting.token()

    active = await setting.client.trades(token, "active")
    (failed,) = await setting.client.trades(token, "failed")

    assert [trade.id for trade in active] == [1000 + n for n in range(120) if n != 3]
    json.dumps(dict(active[0].plan))
    assert "4100" in json.dumps(dict(active[0].plan))
    assert (failed.id, failed.status, failed.error) == (1003, "failed", "Invalid API keys")
    assert failed.closed_at is not None


async def test_deals_come_with_their_error(setting: Setting) -> None:
    clock = setting.house.world.clock
    setting.emulator.add_bot(
        PERSON,
        Bot(
            id=5,
            account_id=setting.account.id,
            name="ETH dips",
            pairs=["USDT_ETH"],
            created_at=clock.now(),
            updated_at=clock.now(),
        ),
    )
    setting.emulator.add_deal(
        PERSON,
        deal(
            deal_id=77,
            bot_id=5,
            account_id=setting.account.id,
            pair="USDT_ETH",
            bought_amount=Decimal("0.2"),
            bought_average_price=Decimal(3900),
            take_profit_percent=Decimal(2),
            created_at=clock.now() - timedelta(days=90),
            error="Invalid API keys",
        ),
    )
    (found,) = await setting.client.deals(setting.token(), "active")
    assert (found.id, found.bot_name, found.has_error, found.error) == (77, "ETH dips", True, "Invalid API keys")


async def test_the_market_list_names_fields_flows_and_addresses(setting: Setting) -> None:
    markets = {market.market_code: market for market in await setting.client.market_list()}
    assert markets["binance"].has_fast_connect
    assert markets["binance"].required_fields
    assert len(" ".join(markets["binance"].trusted_ips)) > 256, "longer than one copy button holds"
    assert "passphrase" in markets["okex"].required_fields


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("status", ServiceDown),
        ("dropped", AnswerLost),
        ("lost", AnswerLost),
        ("cut", AnswerLost),
        ("garbage", AnswerLost),
    ],
)
async def test_a_fault_that_stays_is_told_and_one_that_passes_is_not(
    setting: Setting, kind: Kind, expected: type[Exception]
) -> None:
    token = setting.token()
    setting.arm(kind, "/ver1/accounts$")
    with pytest.raises(expected):
        await setting.client.accounts(token)
    assert setting.asked() == 3
    setting.house.world.faults.disarm()
    setting.arm(kind, "/ver1/accounts$", times=1)
    assert len(await setting.client.accounts(token)) == 1
