"""A key at the pretend Binance, read by unmodified ccxt behind our port."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from clients.signing import Pairs
from domain.causes import Cause
from domain.errors import AnswerLost, KeyRefused, ServiceDown, TimedOut, TooManyRequests, Unavailable
from domain.ports import Balance
from domain.values import Credentials, KeyKind, MarketType, Secret
from sandbox.exchanges.binance.state import Rights
from sandbox.faults import Fault, Kind
from sandbox.world import BOT_ADDRESS
from tests.clients.exchange_house import Pretend, pretend_binance

RIGHTS = "/sapi/v1/account/apiRestrictions"


@pytest.fixture
async def house() -> AsyncIterator[Pretend]:
    async with pretend_binance() as house:
        yield house


async def test_the_rights_are_those_that_are_ticked(house: Pretend) -> None:
    made = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    fresh = house.emulator.create_hmac_key(
        house.account,
        "trader",
        rights=Rights(spot_and_margin_trading=True, universal_transfer=True),
        ips=[BOT_ADDRESS],
        created=made,
    )
    rights = await house.binance.rights(Credentials(fresh.key, Secret(fresh.secret)), {})
    assert rights.names() == ("reading", "spot", "transfers")
    assert (rights.futures, rights.withdrawals, rights.margin) == (False, False, False)
    assert (rights.ip_restricted, rights.made_at) == (True, made)


async def test_a_key_that_will_lose_its_trading_right_says_when(house: Pretend) -> None:
    fresh = house.emulator.create_hmac_key(
        house.account, "trader", rights=Rights(spot_and_margin_trading=True), ips=[BOT_ADDRESS]
    )
    ends = house.world.clock.now().replace(microsecond=0) + timedelta(days=3)
    house.emulator.key_row(fresh.key).trading_until = ends
    rights = await house.binance.rights(Credentials(fresh.key, Secret(fresh.secret)), {})
    assert rights.trading_expires_at == ends


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.RSA])
@pytest.mark.parametrize("mangle", [str, lambda pem: pem.replace("\n", "\r\n"), lambda pem: f"\n  {pem}  \n"])
async def test_a_pair_made_by_the_bot_signs_however_its_lines_end(house: Pretend, kind: KeyKind, mangle) -> None:  # type: ignore[no-untyped-def]
    pair = await Pairs().pair(kind)
    key = house.emulator.create_public_key_key(house.account, "bot", pair.public_pem)
    rights = await house.binance.rights(Credentials(key, Secret(mangle(pair.private_pem.reveal())), kind), {})
    assert rights.reading is True


@pytest.mark.parametrize(
    "pem", ["-----BEGIN PRIVATE KEY-----\nhalf of it", "-----BEGIN PRIVATE KEY-----\n" + "A" * 200]
)
async def test_half_a_private_key_is_a_wrong_secret_and_is_not_sent(house: Pretend, pem: str) -> None:
    with pytest.raises(KeyRefused) as refused:
        await house.binance.rights(Credentials("k" * 64, Secret(pem), KeyKind.ED25519), {})
    assert refused.value.causes == (Cause.SECRET_WRONG,)
    assert house.paths == []


@pytest.mark.parametrize("key", ["", "short", "k" * 63, "k" * 65, "k" * 63 + "\n", "k" * 63 + "é"])
async def test_what_cannot_be_a_key_is_not_sent(house: Pretend, key: str) -> None:
    with pytest.raises(KeyRefused) as refused:
        await house.binance.rights(Credentials(key, Secret("s" * 64)), {})
    assert refused.value.causes == (Cause.KEY_UNKNOWN,)
    assert house.paths == []


async def test_balances_are_free_and_locked_and_leave_out_what_is_empty(house: Pretend) -> None:
    key = house.hmac_key()
    house.emulator.put_balance(house.account, "ETH", Decimal("1.50000001"))
    house.emulator.put_balance(house.account, "BNB", Decimal(0))
    house.emulator.put_order(house.account, "ETHUSDT", "SELL", Decimal("0.5"), Decimal(9000))
    assert await house.binance.balances(key, {}, MarketType.SPOT) == [
        Balance("ETH", Decimal("1.00000001"), Decimal("0.5"))
    ]


async def test_a_futures_wallet_is_the_wallet_and_its_margin_is_locked(house: Pretend) -> None:
    key = house.hmac_key()
    house.emulator.put_balance(house.account, "USDT", Decimal(1000), "usdm")
    house.emulator.put_position(house.account, "ETHUSDT", Decimal("0.5"), Decimal(3000), leverage=10)
    (wallet,) = await house.binance.balances(key, {}, MarketType.USDM)
    assert wallet.asset == "USDT"
    assert wallet.total == 1000
    assert 0 < wallet.locked < 500


async def test_profit_of_open_positions_is_told_beside_the_wallet_and_follows_the_price(house: Pretend) -> None:
    key = house.hmac_key()
    house.emulator.put_balance(house.account, "USDT", Decimal(1000), "usdm")
    house.emulator.put_position(house.account, "ETHUSDT", Decimal("0.5"), Decimal(3000), leverage=10)
    for price, profit in (("3000", 0), ("3200.10", Decimal("100.05")), ("2800", -100)):
        house.emulator.set_price("ETH", Decimal(price))
        (wallet,) = await house.binance.balances(key, {}, MarketType.USDM)
        assert (wallet.total, wallet.unrealised) == (1000, profit)


async def test_what_cannot_be_read_completely_is_not_read_at_all(house: Pretend) -> None:
    for market in (MarketType.MARGIN, MarketType.COINM):
        with pytest.raises(Unavailable):
            await house.binance.open_orders(house.hmac_key(market), {}, market)
    with pytest.raises(Unavailable):
        await house.binance.balances(house.hmac_key("third"), {}, MarketType.MARGIN)


async def test_orders_of_both_services_are_listed_by_their_common_names(house: Pretend) -> None:
    key = house.hmac_key()
    placed = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    house.emulator.put_balance(house.account, "USDT", Decimal(5000), "usdm")
    house.emulator.put_order(
        house.account, "BTCUSDT", "BUY", Decimal("0.01"), Decimal(50000), market="usdm",
        executed=Decimal("0.004"), client_order_id="mine", placed=placed,
    )  # fmt: skip
    stop = house.emulator.put_order(
        house.account, "BTCUSDT", "SELL", Decimal("0.01"), Decimal(0), market="usdm",
        type="STOP_MARKET", stop_price=Decimal(40000), reduce_only=True,
    )  # fmt: skip
    plain, conditional = await house.binance.open_orders(key, {}, MarketType.USDM)
    assert (plain.symbol, plain.side, plain.type, plain.price) == ("BTC/USDT:USDT", "buy", "limit", Decimal(50000))
    assert (plain.client_id, plain.amount, plain.remaining) == ("mine", Decimal("0.01"), Decimal("0.006"))
    assert (plain.conditional, plain.reduce_only, plain.created_at) == (False, False, placed)
    assert (conditional.id, conditional.symbol, conditional.type) == (str(stop), "BTC/USDT:USDT", "stop_market")
    assert (conditional.conditional, conditional.reduce_only, conditional.price) == (True, True, None)


async def test_a_spot_order_is_named_as_spot(house: Pretend) -> None:
    key = house.hmac_key()
    house.emulator.put_balance(house.account, "BTC", Decimal(1))
    house.emulator.put_order(house.account, "BTCUSDT", "SELL", Decimal("0.5"), Decimal(90000))
    (order,) = await house.binance.open_orders(key, {}, MarketType.SPOT)
    assert (order.symbol, order.reduce_only) == ("BTC/USDT", False)


async def test_without_orders_no_market_list_is_needed(house: Pretend) -> None:
    assert await house.binance.open_orders(house.hmac_key(), {}, MarketType.USDM) == ()
    assert house.paths == ["/fapi/v1/openOrders", "/fapi/v1/openAlgoOrders"]


async def test_prices_are_worth_in_usdt_and_one_list_serves_many(house: Pretend) -> None:
    house.emulator.set_price("ETH", Decimal("3210.5"))
    worth = await house.binance.prices(["ETH", "USDT", "NOSUCHCOIN"])
    assert worth == {"ETH": Decimal("3210.5"), "USDT": Decimal(1)}
    house.emulator.set_price("ETH", Decimal(4000))
    assert (await house.binance.prices(["ETH"]))["ETH"] == Decimal("3210.5")
    house.clock.advance(16)
    assert (await house.binance.prices(["ETH"]))["ETH"] == Decimal(4000)
    assert house.paths == ["/api/v3/ticker/price"] * 2


async def test_a_wrong_address_is_one_answer_with_three_causes_and_the_address_where_binance_names_it(
    house: Pretend,
) -> None:
    fresh = house.emulator.create_hmac_key(house.account, "bound", ips=["198.51.100.1"])
    key = Credentials(fresh.key, Secret(fresh.secret))
    three = (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING)
    with pytest.raises(KeyRefused) as spot:
        await house.binance.balances(key, {}, MarketType.SPOT)
    assert (spot.value.causes, spot.value.address) == (three, None)
    with pytest.raises(KeyRefused) as futures:
        await house.binance.balances(key, {}, MarketType.USDM)
    assert (futures.value.causes, futures.value.address) == (three, BOT_ADDRESS)


async def test_a_key_that_worked_and_is_then_refused_is_refused_and_no_rate_limit(house: Pretend) -> None:
    """ccxt turns this answer into DDoSProtection after one success of the same client."""
    key = house.hmac_key()
    await house.binance.balances(key, {}, MarketType.SPOT)
    house.emulator.state.switches.deleted_key_answers = -2015
    house.emulator.delete_key(key.api_key)
    with pytest.raises(KeyRefused):
        await house.binance.balances(key, {}, MarketType.SPOT)


async def test_a_clock_that_is_off_is_set_by_the_venues_and_the_call_repeated_once(house: Pretend) -> None:
    key = house.hmac_key()
    house.emulator.state.clock_offset_ms = -3_600_000
    assert (await house.binance.rights(key, {})).reading
    assert house.paths == [RIGHTS, "/api/v3/time", RIGHTS]
    await house.binance.rights(key, {})
    assert house.paths[3:] == [RIGHTS], "what was measured stays"
    house.emulator.state.clock_offset_ms = 90_000
    assert (await house.binance.rights(key, {})).reading


async def test_a_clock_that_stays_off_is_reported_as_ours(house: Pretend) -> None:
    refusal = '{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}'
    house.world.faults.arm(Fault("binance", "status", RIGHTS, status=400, body=refusal, times=2))
    with pytest.raises(KeyRefused) as refused:
        await house.binance.rights(house.hmac_key(), {})
    assert refused.value.causes == (Cause.CLOCK_OFF,)


async def test_after_429_nobody_asks_the_venue_until_the_time_it_named(house: Pretend) -> None:
    key, other = house.hmac_key(), house.hmac_key("other")
    house.world.faults.arm(
        Fault("binance", "status", RIGHTS, status=429, body='{"code":-1003}', headers={"Retry-After": "30"}, times=1)
    )
    with pytest.raises(TooManyRequests) as limited:
        await house.binance.rights(key, {})
    assert limited.value.retry_after_s == 30
    for market in (MarketType.SPOT, MarketType.USDM):
        with pytest.raises(TooManyRequests) as held_back:
            await house.binance.balances(other, {}, market)
        assert 28 < held_back.value.retry_after_s <= 30
    assert house.paths == [RIGHTS]
    house.clock.advance(31)
    house.world.clock.advance(31)
    assert (await house.binance.rights(key, {})).reading


async def test_a_venue_that_does_not_answer_in_time_is_not_waited_for(house: Pretend) -> None:
    house.venues._tables["binance"].client().timeout = 50
    house.world.faults.arm(Fault("binance", "slow", RIGHTS))
    with pytest.raises(TimedOut):
        await house.binance.rights(house.hmac_key(), {})


async def test_weights_reach_the_limiter_before_the_venue_counts_them(house: Pretend) -> None:
    """80 for open orders of all symbols: the 75th in a minute is above 6,000 and is not sent."""
    key = house.hmac_key()
    for _ in range(75):
        await house.binance.open_orders(key, {}, MarketType.SPOT)
    with pytest.raises(TooManyRequests) as held_back:
        await house.binance.open_orders(key, {}, MarketType.SPOT)
    assert held_back.value.code == "budget"
    assert len(house.paths) == 75


async def test_nothing_of_a_key_or_signature_is_in_an_error(house: Pretend, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    key = house.hmac_key()
    wrong = Credentials(key.api_key, Secret("CANARY" + "x" * 58))
    kinds: tuple[Kind, ...] = ("status", "dropped", "garbage")
    for kind in kinds:
        # twice: aiohttp asks once more when a connection breaks
        house.world.faults.arm(Fault("binance", kind, RIGHTS, times=2 if kind == "dropped" else 1))
    for _ in range(4):
        with pytest.raises((KeyRefused, ServiceDown, AnswerLost)) as failed:
            await house.binance.rights(wrong, {})
        error = failed.value
        texts = [repr(error), error.said, error.code, str(error.__dict__), *_ours(caplog)]
        assert not any(word in text for word in (key.api_key, "CANARY", "signature=", "api.binance") for text in texts)
        assert error.__cause__ is None
        assert error.__context__ is None


def _ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    """All lines but those of the server that plays the venue."""
    return [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
