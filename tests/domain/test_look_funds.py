"""One look at the funds."""

import asyncio

import pytest

from domain.causes import Cause
from domain.check_view import Sight
from domain.errors import AnswerLost, KeyRefused, RightMissing, ServiceDown
from domain.funds_view import FundsSource
from domain.look_funds import LookFunds
from domain.ports import Balance, Contact
from domain.trading import Holding
from domain.values import MarketType
from tests.domain.fakes import listed
from tests.domain.looks_world import D, LooksWorld, order, position


@pytest.fixture
def world() -> LooksWorld:
    world = LooksWorld()
    world.holds(Balance("ETH", D("0.1"), D("0.4")), Balance("USDT", D(1000), D(210)), Balance("NEW", D(7), D(0)))
    world.stands(
        order("1", "ETH/USDT", "sell", "4100", "0.4"),
        order("2", "BNB/USDT", "buy", "500", "0.42"),
    )
    return world


async def test_each_coin_has_what_is_free_locked_and_what_locks_it(world):
    wallet, *_ = (await world.last(LookFunds)).wallets
    assert [row.asset for row in wallet.assets] == ["USDT", "ETH", "NEW"]
    usdt, eth, new = wallet.assets
    assert (eth.total, eth.free, eth.locked, eth.worth, eth.locked_worth) == (D("0.5"), D("0.1"), D("0.4"), 1000, 800)
    assert eth.locks.orders == ("1",)
    assert usdt.locks.orders == ("2",)
    assert new.worth is None
    assert wallet.unpriced == (new,)
    assert (wallet.worth, wallet.locked_worth) == (2210, 1010)


async def test_what_3commas_shows_is_loaded_beside_it(world):
    world.three_commas.loaded[41] = listed(41, usd_amount=D(1200))
    wallet, *_ = (await world.last(LookFunds)).wallets
    assert wallet.three_commas_worth == 1200
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    wallet, *_ = (await world.last(LookFunds)).wallets
    assert wallet.three_commas_worth is None


async def test_without_orders_nothing_is_said_about_what_locks(world):
    world.exchange.errors["orders:spot"] = AnswerLost("binance")
    wallet, *_ = (await world.last(LookFunds)).wallets
    assert not wallet.orders_read
    assert all(row.locks is None for row in wallet.assets)
    assert wallet.assets[0].locked == 210


async def test_a_wallet_that_cannot_be_read_is_not_empty(world):
    world.exchange.errors["spot"] = AnswerLost("binance")
    wallet, *_ = (await world.last(LookFunds)).wallets
    assert wallet.sight.state is Sight.NOT_LOOKED


async def test_without_a_key_3commas_table_stands_in():
    world = LooksWorld(key=False)
    world.three_commas.tables[41] = [Holding("ETH", D("0.5"), D("0.1"), D("0.4"), D(1000))]
    view = await world.last(LookFunds)
    spot = view.wallets[0]
    assert spot.source is FundsSource.THREE_COMMAS
    assert (spot.assets[0].free, spot.assets[0].locked, spot.assets[0].price) == (D("0.1"), D("0.4"), 2000)
    assert view.worth == 1000
    world.three_commas.contacts[41] = Contact.UNDECIDED
    assert (await world.last(LookFunds)).wallets[0].sight.state is Sight.WARNING


REFUSALS = (
    KeyRefused("binance", causes=(Cause.IP_NOT_ALLOWED, Cause.KEY_UNKNOWN)),
    RightMissing("binance", right="futures"),
)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: type(one).__name__)
async def test_where_the_key_is_refused_3commas_table_stands_in_and_the_reason_with_it(world, refusal):
    world.exchange.errors["spot"] = refusal
    world.holds(Balance("USDT", D(50), D(0)), market=MarketType.USDM)
    world.three_commas.tables[41] = [Holding("ETH", D("0.5"), D("0.1"), D("0.4"), D(1000))]
    spot, futures = (await world.last(LookFunds)).wallets
    assert (spot.source, spot.sight.state, spot.worth) == (FundsSource.THREE_COMMAS, Sight.FINE, 1000)
    assert spot.own_key.error == type(refusal).__name__
    assert (spot.sight.key_ids, spot.assets[0].locks) == (("key",), None)
    assert (futures.source, futures.own_key, futures.worth) == (FundsSource.EXCHANGE, None, 50)
    assert "holdings:42" not in world.three_commas.asked, "what the key reads needs no table"


async def test_3commas_is_asked_for_its_table_also_where_the_exchange_refuses_late(world):
    balances = world.exchange.balances

    async def late(*given):
        for _ in range(50):  # 3Commas has answered everything by then
            await asyncio.sleep(0)
        assert "load:42" in world.three_commas.asked
        return await balances(*given)

    world.exchange.balances = late
    world.exchange.errors["spot"] = REFUSALS[0]
    world.three_commas.tables[41] = [Holding("ETH", D("0.5"), D("0.1"), D("0.4"), D(1000))]
    assert (await world.last(LookFunds)).wallets[0].worth == 1000


async def test_where_3commas_cannot_tell_either_nothing_is_called_empty(world):
    world.exchange.errors["spot"] = REFUSALS[0]
    world.three_commas.errors["holdings:41"] = ServiceDown("three_commas")
    spot, *_ = (await world.last(LookFunds)).wallets
    assert (spot.sight.state, spot.sight.not_looked.error) == (Sight.NOT_LOOKED, "ServiceDown")
    assert spot.own_key.error == "KeyRefused"


async def test_a_refused_key_of_an_account_that_3commas_does_not_show_has_nothing_to_stand_in():
    world = LooksWorld(token=False)
    world.exchange.errors["spot"] = REFUSALS[0]
    _, spot = (await world.last(LookFunds)).wallets
    assert (spot.source, spot.sight.not_looked.error, spot.own_key) == (FundsSource.EXCHANGE, "KeyRefused", None)


async def test_an_exchange_that_does_not_answer_is_asked_again_and_no_table_is_told(world):
    world.exchange.errors["spot"] = ServiceDown("binance")
    spot, *_ = (await world.last(LookFunds)).wallets
    assert (spot.source, spot.own_key) == (FundsSource.EXCHANGE, None)
    assert "holdings:41" not in world.three_commas.asked


async def test_a_wallet_that_two_accounts_share_counts_once(world):
    world.units.account("again", 45)
    world.three_commas.real.append(listed(45))
    world.units.accounts.pairs.add(("again", "key"))
    view = await world.last(LookFunds)
    assert len([one for one in view.wallets if one.sight.account.market_type is MarketType.SPOT]) == 1
    assert view.worth == 2210


async def test_margin_of_futures_orders_is_told_by_the_positions_leverage(world):
    world.holds(Balance("USDT", D(500), D(732)), market=MarketType.USDM)
    world.open(position())
    world.stands(order("9", "BTC/USDT:USDT", "buy", "60000", "0.01"), market=MarketType.USDM)
    futures = (await world.last(LookFunds)).wallets[1]
    (usdt,) = futures.assets
    assert usdt.locks.amount == 120
    assert usdt.locks.unexplained == 612  # margin of the position


@pytest.mark.parametrize(
    ("unrealised", "available", "free"),
    [
        ("-400", "100", "100"),
        ("200", "968", "968"),
        ("0", "5000", "1232"),  # several coins are one margin: no more than the coin's own
        ("-1300", "-20", "0"),
        ("0", None, "500"),
    ],
)
async def test_free_on_futures_is_what_the_exchange_leaves_to_use(world, unrealised, available, free):
    told = None if available is None else D(available)
    world.holds(Balance("USDT", D(500), D(732), D(unrealised), told), market=MarketType.USDM)
    (usdt,) = (await world.last(LookFunds)).wallets[1].assets
    assert (usdt.free, usdt.total, usdt.unrealised) == (D(free), D(1232), D(unrealised))


async def test_whether_positions_are_open_is_known_only_where_they_were_read(world):
    world.holds(Balance("USDT", D(500), D(10)), market=MarketType.USDM)
    assert (await world.last(LookFunds)).wallets[1].positions == 0
    world.exchange.errors["positions:usdm"] = ServiceDown("binance")
    assert (await world.last(LookFunds)).wallets[1].positions is None


async def test_nothing_connected_says_so_at_once():
    [view] = await LooksWorld(token=False, key=False).views(LookFunds)
    assert view.complete
    assert view.nothing_connected


async def test_snapshots_grow_and_the_last_is_complete(world):
    views = await world.views(LookFunds)
    assert [view.complete for view in views] == [False] * (len(views) - 1) + [True]
    assert views[0].wallets[0].sight.state is Sight.LOOKING


async def test_nothing_is_priced_before_all_balances_are_there():
    world = LooksWorld()
    world.holds(Balance("ETH", D(1), D(0)))
    *between, last = await world.views(LookFunds)
    early = next(view for view in between if any(wallet.assets for wallet in view.wallets))
    assert not any(wallet.priced for wallet in early.wallets if wallet.assets)
    assert all(wallet.priced for wallet in last.wallets)
