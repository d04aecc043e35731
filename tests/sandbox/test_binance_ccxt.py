"""Unmodified ccxt is the client: what it loads, reads and raises is what the pretend Binance says."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import ccxt.async_support as ccxt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.sandbox.binance_house import BOT_ADDRESS, TRADING, BinanceHouse, binance_house


@pytest.fixture
async def house() -> AsyncIterator[BinanceHouse]:
    async with binance_house() as house:
        yield house


def pem_pair(private: Ed25519PrivateKey | RSAPrivateKey) -> tuple[str, str]:
    """Private half as ccxt takes it (no trailing line end), public half as a person pastes it."""
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().strip()
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return secret, public


async def test_markets_load_with_steps_limits_and_contracts(house: BinanceHouse) -> None:
    client = house.ccxt()
    markets = await client.load_markets()
    assert markets["ETH/USDT"]["precision"]["price"] == 0.01
    assert markets["ETH/USDT"]["limits"]["cost"]["min"] == 5
    assert markets["BTC/USDT:USDT"]["linear"] is True
    assert markets["BTC/USDT:USDT"]["limits"]["cost"]["min"] == 100
    assert client.market("SOL/USDT")["active"] is True


async def test_markets_load_with_a_key_too_and_bring_currencies(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    client = house.ccxt(fresh.key, fresh.secret)
    await client.load_markets()
    assert client.markets["ETH/USDT"]["marginModes"] == {"cross": True, "isolated": True}
    assert client.currencies["ETH"]["name"] == "Ethereum"


async def test_spot_balance_shows_what_open_orders_lock(house: BinanceHouse) -> None:
    house.binance.put_order(house.account.id, "ETHUSDT", "SELL", Decimal("0.4"), Decimal(4100))
    house.binance.put_order(house.account.id, "BTCUSDT", "BUY", Decimal("0.01"), Decimal(55000))
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    balance = await house.ccxt(fresh.key, fresh.secret).fetch_balance()
    assert balance["ETH"] == {"free": 1.1, "used": 0.4, "total": 1.5}
    assert balance["USDT"] == {"free": 1950.0, "used": 550.0, "total": 2500.0}
    assert balance["BTC"]["total"] == 0


async def test_open_spot_orders_are_listed_with_and_without_a_symbol(house: BinanceHouse) -> None:
    order_id = house.binance.put_order(
        house.account.id, "ETHUSDT", "SELL", Decimal("0.4"), Decimal(4100), client_order_id="x-own-118"
    )
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    client = house.ccxt(fresh.key, fresh.secret)
    (found,) = await client.fetch_open_orders()
    assert (found["id"], found["clientOrderId"], found["symbol"]) == (str(order_id), "x-own-118", "ETH/USDT")
    assert (found["side"], found["price"], found["remaining"]) == ("sell", 4100, 0.4)
    assert await client.fetch_open_orders("BTC/USDT") == []


async def test_futures_balance_positions_and_both_kinds_of_orders(house: BinanceHouse) -> None:
    books, account = house.binance, house.account.id
    books.set_price("BTC", Decimal(63000))
    books.put_position(account, "BTCUSDT", Decimal("0.05"), Decimal(61200), leverage=10)
    books.put_order(account, "BTCUSDT", "SELL", Decimal("0.05"), Decimal(66000), market="usdm", reduce_only=True)
    books.put_order(
        account, "BTCUSDT", "SELL", Decimal("0.05"), Decimal(0), market="usdm", type="STOP_MARKET",
        stop_price=Decimal(59000), reduce_only=True,
    )  # fmt: skip
    fresh = books.create_hmac_key(account, "reader")
    client = house.ccxt(fresh.key, fresh.secret)
    balance = await client.fetch_balance({"type": "swap"})
    assert balance["USDT"] == {"free": 775.0, "used": 315.0, "total": 1090.0}
    (position,) = await client.fetch_positions()
    assert (position["symbol"], position["side"], position["contracts"]) == ("BTC/USDT:USDT", "long", 0.05)
    assert (position["entryPrice"], position["unrealizedPnl"]) == (61200, 90)
    (plain,) = await client.fetch_open_orders(params={"type": "swap"})
    (conditional,) = await client.fetch_open_orders(params={"type": "swap", "trigger": True})
    assert (plain["type"], plain["price"]) == ("limit", 66000)
    assert (conditional["triggerPrice"], conditional["reduceOnly"]) == (59000, True)
    (old_form,) = await client.fetch_positions(["BTC/USDT:USDT"], {"useV2": True})
    assert old_form["leverage"] == 10


async def test_profit_of_positions_moves_the_margin_balance_and_leaves_the_wallet_alone(house: BinanceHouse) -> None:
    books, account = house.binance, house.account.id
    books.set_price("BTC", Decimal(60000))
    books.set_price("ETH", Decimal(2000))
    books.put_position(account, "BTCUSDT", Decimal("0.05"), Decimal(60000), leverage=10, isolated=True)
    books.put_position(account, "ETHUSDT", Decimal("-0.5"), Decimal(2000), leverage=10)
    fresh = books.create_hmac_key(account, "reader")

    async def figures() -> tuple[list[Decimal], list[Decimal], list[Decimal]]:
        told = (await house.signed("/fapi/v3/account", fresh.key, fresh.secret)).body
        usdt = next(row for row in told["assets"] if row["asset"] == "USDT")
        isolated = next(row for row in told["positions"] if row["symbol"] == "BTCUSDT")
        (short,) = [
            row
            for row in (await house.signed("/fapi/v3/balance", fresh.key, fresh.secret)).body
            if row["asset"] == "USDT"
        ]
        assert told["totalMarginBalance"] == usdt["marginBalance"]
        assert [short[name] for name in ("balance", "crossWalletBalance", "crossUnPnl")] == [
            usdt[name] for name in ("walletBalance", "crossWalletBalance", "crossUnPnl")
        ]
        return (
            [Decimal(usdt[name]) for name in ("walletBalance", "unrealizedProfit", "marginBalance")],
            [Decimal(usdt[name]) for name in ("crossWalletBalance", "crossUnPnl", "availableBalance")],
            [Decimal(isolated[name]) for name in ("isolatedWallet", "isolatedMargin")],
        )

    assert await figures() == ([1000, 0, 1000], [700, 0, 600], [300, 300])
    books.set_price("BTC", Decimal(62000))
    books.set_price("ETH", Decimal(1900))
    assert await figures() == ([1000, 150, 1150], [700, 50, 655], [300, 400])
    books.set_price("BTC", Decimal(58000))
    books.set_price("ETH", Decimal(2100))
    assert await figures() == ([1000, -150, 850], [700, -50, 545], [300, 200])


async def test_legs_leverages_and_the_position_mode_of_a_hedged_account(house: BinanceHouse) -> None:
    books, account = house.binance, house.account.id
    books.set_hedge_mode(account, True)
    books.put_position(account, "BTCUSDT", Decimal("0.05"), Decimal(61200), leverage=5, isolated=True, side="LONG")
    books.put_position(account, "BTCUSDT", Decimal("-0.02"), Decimal(64000), leverage=5, isolated=True, side="SHORT")
    fresh = books.create_hmac_key(account, "reader")
    client = house.ccxt(fresh.key, fresh.secret)
    positions = await client.fetch_positions()
    assert [(p["side"], p["contracts"], p["hedged"]) for p in positions] == [
        ("long", 0.05, True),
        ("short", 0.02, True),
    ]
    leverages = await client.fetch_leverages()
    assert leverages["BTC/USDT:USDT"]["longLeverage"] == 5
    assert leverages["BTC/USDT:USDT"]["marginMode"] == "isolated"
    assert leverages["ETH/USDT:USDT"]["longLeverage"] == 20
    assert (await client.fetch_position_mode("BTC/USDT:USDT"))["hedged"] is True


async def test_a_contract_with_only_an_order_is_listed_without_a_position(house: BinanceHouse) -> None:
    house.binance.put_order(house.account.id, "BTCUSDT", "BUY", Decimal("0.01"), Decimal(50000), market="usdm")
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    answer = await house.signed("/fapi/v3/positionRisk", fresh.key, fresh.secret)
    assert [(row["symbol"], Decimal(row["positionAmt"])) for row in answer.body] == [("BTCUSDT", 0)]


async def test_what_a_price_has_filled_is_gone_from_the_list_and_in_the_balance(house: BinanceHouse) -> None:
    house.binance.set_price("ETH", Decimal(3000))
    house.binance.put_order(house.account.id, "ETHUSDT", "SELL", Decimal("0.5"), Decimal(4100))
    stop = house.binance.put_order(
        house.account.id, "ETHUSDT", "BUY", Decimal("0.1"), Decimal(3400), type="STOP_LOSS_LIMIT",
        stop_price=Decimal(3500),
    )  # fmt: skip
    fresh = house.binance.create_hmac_key(house.account.id, "reader")
    client = house.ccxt(fresh.key, fresh.secret)
    house.binance.set_price("ETH", Decimal(4200))
    (left,) = await client.fetch_open_orders("ETH/USDT")
    assert (left["id"], left["info"]["isWorking"]) == (str(stop), True)
    assert (await client.fetch_balance())["USDT"] == {"free": 4210.0, "used": 340.0, "total": 4550.0}


@pytest.mark.parametrize(
    "private", [Ed25519PrivateKey.generate(), generate_private_key(65537, 2048)], ids=["ed25519", "rsa"]
)
async def test_a_self_generated_key_signs_for_the_client(
    house: BinanceHouse, private: Ed25519PrivateKey | RSAPrivateKey
) -> None:
    secret, public = pem_pair(private)
    key = house.binance.create_public_key_key(house.account.id, "assistant", public)
    client = house.ccxt(key, secret)
    restrictions = await client.sapi_get_account_apirestrictions()
    assert restrictions["enableReading"] is True
    assert restrictions["enableSpotAndMarginTrading"] is False
    assert (await client.fetch_balance({"type": "swap"}))["USDT"]["total"] == 1000
    stranger, _ = pem_pair(Ed25519PrivateKey.generate())
    with pytest.raises(ccxt.AuthenticationError, match="-1022"):
        await house.ccxt(key, stranger).fetch_balance()


async def test_restrictions_tell_the_boxes_and_the_date_but_no_address(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "3Commas", rights=TRADING, ips=[BOT_ADDRESS])
    lapses = house.world.clock.now() + timedelta(days=9)
    house.binance.key_row(fresh.key).trading_until = lapses
    client = house.ccxt(fresh.key, fresh.secret)
    told = await client.sapi_get_account_apirestrictions()
    assert (told["ipRestrict"], told["enableFutures"], told["enableWithdrawals"]) == (True, True, False)
    assert told["tradingAuthorityExpirationTime"] == int(lapses.timestamp() * 1000)
    assert BOT_ADDRESS not in str(told)
    house.world.clock.advance(timedelta(days=10).total_seconds())
    client.options["timeDifference"] = -int(timedelta(days=10).total_seconds() * 1000)
    told = await client.sapi_get_account_apirestrictions()
    assert (told["enableReading"], told["enableFutures"]) == (True, False)


async def test_refusals_arrive_as_the_classes_that_ccxt_maps_from_the_codes(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "bound", ips=["198.51.100.1"])
    with pytest.raises(ccxt.AuthenticationError, match="-2008"):
        await house.ccxt("k" * 64, fresh.secret).private_get_account()
    with pytest.raises(ccxt.AuthenticationError, match="-2014"):
        await house.ccxt("short", fresh.secret).private_get_account()
    with pytest.raises(ccxt.AuthenticationError, match="-2015"):
        await house.ccxt(fresh.key, fresh.secret).private_get_account()
    house.binance.edit_ips(fresh.key, None)
    with pytest.raises(ccxt.InvalidNonce, match="-1021"):
        await house.ccxt(fresh.key, fresh.secret, timeDifference=60_000).private_get_account()


async def test_orders_over_http_are_refused_loudly_because_writing_is_not_emulated(house: BinanceHouse) -> None:
    fresh = house.binance.create_hmac_key(house.account.id, "trader", rights=TRADING, ips=[BOT_ADDRESS])
    client = house.ccxt(fresh.key, fresh.secret)
    with pytest.raises(ccxt.ExchangeError, match="not emulated"):
        await client.create_order("ETH/USDT", "limit", "sell", 0.1, 4000)
    with pytest.raises(ccxt.ExchangeError, match="not emulated"):
        await client.cancel_order("1", "ETH/USDT")


async def test_the_usual_list_is_as_long_as_the_real_one() -> None:
    async with binance_house(symbols=None) as house:
        spot = await house.get("/api/v3/exchangeInfo")
        contracts = await house.get("/fapi/v1/exchangeInfo")
    assert (len(spot.body["symbols"]), len(contracts.body["symbols"])) == (3000, 600)
    assert 6_000_000 < int(spot.headers["Content-Length"]) < 12_000_000
