"""The pretend 3Commas and the pretend Binance together: one check of keys, whoever calls."""

from decimal import Decimal

import pytest

from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.binance.state import Rights
from sandbox.faults import Fault
from sandbox.three_commas.errors import ApiError, Refused
from sandbox.three_commas.markets import MARKETS
from sandbox.world import World
from tests.sandbox.three_commas_house import PERSON, three_commas_house

SPOT, FUTURES, SUB = 41, 42, 43
ADDRESSES = list(MARKETS["binance"].addresses)
TRADING = Rights(spot_and_margin_trading=True, futures=True)


@pytest.fixture
async def house():
    world = World()
    binance = BinanceEmulator(world, symbols=60)
    async with three_commas_house(world, binance) as house:
        main = binance.add_account(PERSON, "Main")
        sub = binance.add_account(PERSON, "Scalping", main=main.id)
        binance.put_balance(main.id, "ETH", Decimal("1.5"))
        binance.put_balance(main.id, "USDT", Decimal(1000), "usdm")
        binance.put_balance(sub.id, "USDT", Decimal(50))
        old = binance.create_hmac_key(main.id, "3Commas", rights=TRADING, ips=ADDRESSES)
        for code, name in (("binance", "Binance spot"), ("binance_futures", "Binance futures")):
            house.emulator.add_account(PERSON, code, name, api_key=old.key, secret=old.secret)
        house.emulator.add_account(PERSON, "binance", "Scalping", subaccount_name="Scalping")
        house.main, house.sub, house.old = main, sub, old  # type: ignore[attr-defined]
        yield house


async def status(house, account_id: int) -> int:
    return (await house.client().post(f"/ver1/accounts/{account_id}/load_balances")).status


async def test_balances_of_both_markets_load_with_one_key(house):
    assert [await status(house, account_id) for account_id in (SPOT, FUTURES)] == [201, 201]
    holdings = {h.asset: h.free + h.locked for h in house.emulator.account(PERSON, SPOT).holdings}
    assert holdings == {"ETH": Decimal("1.5")}


@pytest.mark.parametrize(("counts", "told"), [(True, "1090"), (False, "1000")])
async def test_a_futures_account_counts_the_profit_of_open_positions_or_not(house, counts, told):
    house.emulator.behaviour.futures_count_profit = counts
    house.venue.set_price("BTC", Decimal(63000))
    house.venue.put_position(house.main.id, "BTCUSDT", Decimal("0.05"), Decimal(61200), leverage=10)
    answer = await house.client().post(f"/ver1/accounts/{FUTURES}/load_balances")
    assert Decimal(answer.body["usd_amount"]) == Decimal(told)


async def test_a_key_deleted_at_the_venue_dies_at_the_next_contact(house):
    house.venue.delete_key(house.old.key)

    assert house.emulator.account(PERSON, SPOT).api_key_invalid is False
    assert await status(house, SPOT) == 422
    assert house.emulator.account(PERSON, SPOT).api_key_invalid is True


async def test_fast_connect_repairs_and_leaves_the_old_key_at_the_venue(house):
    house.venue.delete_key(house.old.key)
    await house.emulator.fast_connect(PERSON, SPOT)

    assert [await status(house, account_id) for account_id in (SPOT, FUTURES)] == [201, 422]
    await house.emulator.fast_connect(PERSON, FUTURES)
    assert await status(house, FUTURES) == 201
    assert len(house.venue.keys_of(house.main.id)) == 2


async def test_fast_connect_needs_the_agreement(house):
    house.venue.account(house.main.id).agreement_accepted = False

    with pytest.raises(Refused, match="visit the API Management page on the Binance website"):
        await house.emulator.fast_connect(PERSON, SPOT)


async def test_the_whole_address_list_fits_one_key_and_a_part_of_it_does_not_do(house):
    fresh = house.venue.create_hmac_key(house.main.id, "by hand", rights=TRADING, ips=ADDRESSES[:20])
    with pytest.raises(ApiError, match="no longer valid or incorrect"):
        await house.emulator.update_key(PERSON, SPOT, fresh.key, fresh.secret)

    house.venue.edit_ips(fresh.key, ADDRESSES)
    await house.emulator.update_key(PERSON, SPOT, fresh.key, fresh.secret)
    assert await status(house, SPOT) == 201


async def test_a_sub_account_takes_a_key_made_inside_it(house):
    fresh = house.venue.create_hmac_key(house.sub.id, "scalping", rights=Rights(), ips=ADDRESSES)

    account = await house.emulator.update_key(PERSON, SUB, fresh.key, fresh.secret)

    assert (account.exchange_account, account.holdings[0].free) == (house.sub.id, Decimal(50))
    with pytest.raises(ApiError, match="already connected"):
        await house.emulator.update_key(PERSON, SUB, house.old.key, house.old.secret)


async def test_rights_decide_as_they_do_over_http(house):
    blind = house.venue.create_hmac_key(
        house.main.id, "blind", rights=Rights(reading=False, spot_and_margin_trading=True), ips=ADDRESSES
    )
    with pytest.raises(ApiError, match="Not enough permissions for API keys"):
        await house.emulator.update_key(PERSON, SPOT, blind.key, blind.secret)


async def test_a_venue_that_is_down_for_everybody_is_down_for_3commas(house):
    house.world.faults.arm(Fault("binance", "status", status=503))

    answer = await house.client().post(f"/ver1/accounts/{SPOT}/load_balances")

    assert answer.refusal == (422, "unknown_market_api_error")
    assert house.emulator.account(PERSON, SPOT).api_key_invalid is False
    house.world.faults.disarm()
    assert await status(house, SPOT) == 201
