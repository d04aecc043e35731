"""What the pretend 3Commas gets from the pretend Binance: the same answers as a caller over HTTP."""

from decimal import Decimal

import pytest

from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.binance.state import ExchangeAccount, Rights
from sandbox.exchanges.venue import FreshKey, Holding, Venue, VenueDown, VenueRefused
from sandbox.faults import Fault, Kind
from sandbox.world import World
from tests.sandbox.binance_house import PERSON, TRADING

TRUSTED = ["192.0.2.10", "192.0.2.11"]


@pytest.fixture
def binance() -> BinanceEmulator:
    return BinanceEmulator(World(), symbols=60)


@pytest.fixture
def account(binance: BinanceEmulator) -> ExchangeAccount:
    account = binance.add_account(PERSON, "Main account")
    binance.put_balance(account.id, "ETH", Decimal(1))
    binance.put_balance(account.id, "USDT", Decimal(1000), "usdm")
    binance.put_order(account.id, "ETHUSDT", "SELL", Decimal("0.4"), Decimal(4100))
    return account


@pytest.fixture
def fresh(binance: BinanceEmulator, account: ExchangeAccount) -> FreshKey:
    return binance.create_hmac_key(account.id, "3Commas", rights=TRADING, ips=TRUSTED)


async def test_holdings_come_from_both_wallets(binance: BinanceEmulator, fresh: FreshKey) -> None:
    venue: Venue = binance
    spot = await venue.holdings(fresh.key, fresh.secret, TRUSTED[0], "spot")
    assert spot == [Holding("ETH", Decimal("0.6"), Decimal("0.4"))]
    usdm = await venue.holdings(fresh.key, fresh.secret, TRUSTED[1], "usdm")
    assert usdm == [Holding("USDT", Decimal(1000), Decimal(0))]
    assert venue.owner_of(fresh.key) == PERSON
    assert venue.account_of(fresh.key) == binance.accounts_of(PERSON)[0].id
    assert (venue.owner_of("k" * 64), venue.account_of("k" * 64)) == (None, None)


async def test_refusals_carry_status_code_and_words_of_http(binance: BinanceEmulator, fresh: FreshKey) -> None:
    async def code(key: str, secret: str, address: str, market: str = "spot") -> object:
        with pytest.raises(VenueRefused) as refused:
            await binance.holdings(key, secret, address, market)
        return refused.value.status, refused.value.code

    assert await code("short", fresh.secret, TRUSTED[0]) == (401, -2014)
    assert await code("k" * 64, fresh.secret, TRUSTED[0]) == (401, -2008)
    assert await code(fresh.key, fresh.secret, "198.51.100.9") == (401, -2015)
    assert await code(fresh.key, fresh.key, TRUSTED[0]) == (400, -1022)
    binance.delete_key(fresh.key)
    assert await code(fresh.key, fresh.secret, TRUSTED[0], "usdm") == (401, -2015)


async def test_trading_needs_the_right_of_its_market(binance: BinanceEmulator, fresh: FreshKey) -> None:
    for market in ("spot", "usdm"):
        await binance.may_trade(fresh.key, fresh.secret, TRUSTED[0], market)
    binance.edit_rights(fresh.key, spot_and_margin_trading=False)
    await binance.may_trade(fresh.key, fresh.secret, TRUSTED[0], "usdm")
    with pytest.raises(VenueRefused, match=r"permissions for action\.$"):
        await binance.may_trade(fresh.key, fresh.secret, TRUSTED[0], "spot")
    assert await binance.holdings(fresh.key, fresh.secret, TRUSTED[0], "spot")


async def test_lapsed_trading_rights_still_read(binance: BinanceEmulator, fresh: FreshKey) -> None:
    binance.key_row(fresh.key).trading_until = binance.world.clock.now()
    with pytest.raises(VenueRefused):
        await binance.may_trade(fresh.key, fresh.secret, TRUSTED[0], "spot")
    assert await binance.holdings(fresh.key, fresh.secret, TRUSTED[0], "spot")


async def test_fast_connect_makes_a_bound_key_of_the_main_account_and_leaves_the_old_one(
    binance: BinanceEmulator, account: ExchangeAccount, fresh: FreshKey
) -> None:
    binance.add_account(PERSON, "Bots", main=account.id)
    many = [f"192.0.2.{last}" for last in range(1, 60)]
    made = await binance.fast_connect(PERSON, "3Commas", many)
    old, new = binance.keys_of(account.id)
    assert (old.key, new.key, new.label) == (fresh.key, made.key, "3Commas 2")
    assert (new.rights, new.ips) == (Rights(spot_and_margin_trading=True, futures=True), many)
    await binance.may_trade(made.key, made.secret, many[-1], "usdm")


async def test_fast_connect_is_refused_while_the_agreement_is_open(binance: BinanceEmulator) -> None:
    main = binance.add_account(PERSON, "Main account", agreement_accepted=False)
    with pytest.raises(VenueRefused) as refused:
        await binance.fast_connect(PERSON, "3Commas", TRUSTED)
    assert refused.value.message == (
        "Failed to generate API keys. Please visit the API Management page on the Binance website"
    )
    binance.accept_agreement(main.id)
    assert await binance.fast_connect(PERSON, "3Commas", TRUSTED)


@pytest.mark.parametrize("kind", ["status", "dropped", "slow", "garbage", "cut", "lost"])
async def test_a_fault_of_the_exchange_reaches_3commas_as_well(
    binance: BinanceEmulator, fresh: FreshKey, kind: Kind
) -> None:
    fault = binance.world.faults.arm(Fault("binance", kind, path="/api/v3/account"))
    with pytest.raises(VenueDown):
        await binance.holdings(fresh.key, fresh.secret, TRUSTED[0], "spot")
    assert await binance.holdings(fresh.key, fresh.secret, TRUSTED[0], "usdm")
    fault.times = 0
    assert await binance.holdings(fresh.key, fresh.secret, TRUSTED[0], "spot")


async def test_a_limit_that_is_hit_is_a_refusal_and_not_an_outage(binance: BinanceEmulator, fresh: FreshKey) -> None:
    binance.world.faults.arm(Fault("binance", "status", status=429, times=1))
    with pytest.raises(VenueRefused) as refused:
        await binance.may_trade(fresh.key, fresh.secret, TRUSTED[0], "spot")
    assert refused.value.status == 429


def test_prices_follow_what_was_set_and_are_zero_for_the_unknown(binance: BinanceEmulator) -> None:
    assert binance.price("USDT") == 1
    binance.set_price("ETH", Decimal("3300.5"))
    assert binance.price("ETH") == Decimal("3300.5")
    assert binance.price("NOSUCHCOIN") == 0
    with pytest.raises(ValueError, match="more than 0"):
        binance.set_price("ETH", Decimal(0))
