"""An answer that is not Binance's is never an empty list and never fine."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal

import pytest

from clients.exchanges.binance import LISTINGS, USDM_ALGO_ORDERS, Binance
from clients.exchanges.quirks import Call, SymbolName
from clients.exchanges.venue import Venue
from domain.errors import AnswerLost, ServiceDown, Surprise
from domain.values import MarketType
from tests.clients.doubles import abort
from tests.clients.exchange_house import ANY_KEY, Scripted, meeting, scripted_binance

Look = Callable[[Venue], Awaitable[object]]

SPOT_ACCOUNT, USDM_ACCOUNT, COINM_ACCOUNT = "/api/v3/account", "/fapi/v3/account", "/dapi/v1/account"
RIGHTS, PRICES = "/sapi/v1/account/apiRestrictions", "/api/v3/ticker/price"
SPOT_ORDERS, USDM_ORDERS, ALGO_ORDERS = "/api/v3/openOrders", "/fapi/v1/openOrders", "/fapi/v1/openAlgoOrders"


POSITIONS = "/fapi/v3/positionRisk"


def balances(market: MarketType) -> Look:
    return lambda venue: venue.balances(ANY_KEY, {}, market)


def orders(market: MarketType) -> Look:
    return lambda venue: venue.open_orders(ANY_KEY, {}, market)


LOOKS: list[tuple[str, Look, bool]] = [
    (RIGHTS, lambda venue: venue.rights(ANY_KEY, {}), False),
    (SPOT_ACCOUNT, balances(MarketType.SPOT), False),
    (USDM_ACCOUNT, balances(MarketType.USDM), False),
    (COINM_ACCOUNT, balances(MarketType.COINM), False),
    (SPOT_ORDERS, orders(MarketType.SPOT), True),
    (USDM_ORDERS, orders(MarketType.USDM), True),
    (ALGO_ORDERS, orders(MarketType.USDM), True),
    (POSITIONS, lambda venue: venue.positions(ANY_KEY, {}, MarketType.USDM), True),
    (PRICES, lambda venue: venue.prices(["BTC"]), False),
]
"""Path, what is asked, and whether an empty list is an answer there."""

NO_ANSWERS = {
    "html": "<html><body>Just a moment</body></html>",
    "nothing": "",
    "object": "{}",
    "null": "null",
    "text": '"ok"',
    "number": "1",
    "list of nulls": "[null]",
    "list of lists": "[[]]",
    "cut": '[{"symbol":"BTCUSDT","orderId":1,"pri',
}


@pytest.fixture(scope="module")
async def house() -> AsyncIterator[Scripted]:
    async with scripted_binance() as house:
        yield house


@pytest.fixture
def binance(house: Scripted) -> Scripted:
    """Only the futures' lists are written, and they are empty; the budgets of the minute before are behind us."""
    house.server.arrived.clear()
    house.answers.clear()
    house.says(USDM_ORDERS, "[]")
    house.says(ALGO_ORDERS, "[]")
    house.clock.advance(61)
    return house


@pytest.mark.parametrize("body", NO_ANSWERS.values(), ids=NO_ANSWERS)
@pytest.mark.parametrize(("path", "look", "_lists"), LOOKS, ids=[path for path, _, _ in LOOKS])
async def test_a_broken_answer_is_no_answer(binance: Scripted, path: str, look: Look, _lists: bool, body: str) -> None:
    binance.says(path, body)
    with pytest.raises(AnswerLost):
        await look(binance.binance)


@pytest.mark.parametrize(("path", "look", "lists"), LOOKS, ids=[path for path, _, _ in LOOKS])
async def test_an_empty_list_is_an_answer_only_where_binance_lists(
    binance: Scripted, path: str, look: Look, lists: bool
) -> None:
    binance.says(path, "[]")
    if lists:
        assert await look(binance.binance) == ()
    else:
        with pytest.raises(AnswerLost):
            await look(binance.binance)


@pytest.mark.parametrize(("path", "look", "_lists"), LOOKS, ids=[path for path, _, _ in LOOKS])
async def test_an_answer_that_breaks_off_is_no_answer(binance: Scripted, path: str, look: Look, _lists: bool) -> None:
    binance.answers[path] = abort
    with pytest.raises(AnswerLost):
        await look(binance.binance)


@pytest.mark.parametrize(("path", "look", "_lists"), LOOKS, ids=[path for path, _, _ in LOOKS])
async def test_a_page_with_an_error_status_is_an_outage(binance: Scripted, path: str, look: Look, _lists: bool) -> None:
    binance.says(path, "<html>Bad gateway</html>", status=502)
    with pytest.raises(ServiceDown):
        await look(binance.binance)


async def test_a_redirect_is_not_followed(binance: Scripted) -> None:
    binance.says(RIGHTS, "", status=302, headers={"Location": "/elsewhere"})
    with pytest.raises(AnswerLost):
        await binance.binance.rights(ANY_KEY, {})
    assert binance.paths == [RIGHTS]


@pytest.mark.parametrize(
    ("path", "look", "body"),
    [
        (SPOT_ACCOUNT, balances(MarketType.SPOT), '{"balances":[{"asset":"BTC","free":"much","locked":"0"}]}'),
        (SPOT_ACCOUNT, balances(MarketType.SPOT), '{"balances":[{"asset":"BTC","free":"NaN","locked":"0"}]}'),
        (SPOT_ACCOUNT, balances(MarketType.SPOT), '{"balances":[{"asset":"","free":"1","locked":"0"}]}'),
        (SPOT_ACCOUNT, balances(MarketType.SPOT), '{"balances":[{"asset":"BTC","free":true,"locked":"0"}]}'),
        (USDM_ACCOUNT, balances(MarketType.USDM), '{"assets":[{"asset":"USDT","walletBalance":"1"}]}'),
        (PRICES, lambda venue: venue.prices(["BTC"]), '[{"symbol":"BTCUSDT"}]'),
    ],
)
async def test_a_row_that_cannot_be_read_is_a_surprise(binance: Scripted, path: str, look: Look, body: str) -> None:
    binance.says(path, body)
    with pytest.raises(Surprise):
        await look(binance.binance)


async def test_a_futures_asset_that_was_never_used_is_left_out(binance: Scripted) -> None:
    rows = '{"assets":[{"asset":"BNB","walletBalance":"9","marginBalance":"9","initialMargin":"0","updateTime":%s}]}'
    binance.says(USDM_ACCOUNT, rows % 0)
    assert await balances(MarketType.USDM)(binance.binance) == []
    binance.says(USDM_ACCOUNT, rows % 1_700_000_000_000)
    assert len(await binance.binance.balances(ANY_KEY, {}, MarketType.USDM)) == 1


@pytest.mark.parametrize(("field", "told"), [("", None), (',"openOrderInitialMargin":"10.5"', Decimal("10.5"))])
async def test_what_orders_hold_as_margin_is_told_where_the_exchange_does(binance: Scripted, field, told) -> None:
    row = f'"asset":"USDT","walletBalance":"500","marginBalance":"500","initialMargin":"30"{field}'
    binance.says(USDM_ACCOUNT, f'{{"assets":[{{{row}}}]}}')
    (usdt,) = await binance.binance.balances(ANY_KEY, {}, MarketType.USDM)
    assert (usdt.locked, usdt.order_margin) == (30, told)


async def test_a_wallet_below_zero_locks_nothing(binance: Scripted) -> None:
    """Multi-assets mode: losses in a coin that is not held are owed."""
    row = '{"asset":"BTC","walletBalance":"-0.5","marginBalance":"-0.4","initialMargin":"0.1"}'
    binance.says(COINM_ACCOUNT, f'{{"assets":[{row}]}}')
    (owed,) = await binance.binance.balances(ANY_KEY, {}, MarketType.COINM)
    assert (owed.free, owed.locked, owed.unrealised) == (Decimal("-0.5"), Decimal(0), Decimal("0.1"))


async def test_profit_is_there_even_in_a_coin_of_which_the_wallet_holds_nothing(binance: Scripted) -> None:
    row = '{"asset":"USDT","walletBalance":"0.00000000","marginBalance":"-7.10000001","initialMargin":"0.1"}'
    binance.says(USDM_ACCOUNT, f'{{"assets":[{row}]}}')
    (lost,) = await binance.binance.balances(ANY_KEY, {}, MarketType.USDM)
    assert (lost.total, lost.unrealised) == (0, Decimal("-7.10000001"))


STOP = {"algoId": 7, "symbol": "BTCUSDT", "side": "SELL", "orderType": "STOP_MARKET", "quantity": "0.01"}


@pytest.mark.parametrize("price", [{}, {"price": None}, {"price": ""}, {"price": "0.00"}])
async def test_an_order_without_a_limit_has_no_price_and_one_listed_twice_is_one(price: dict[str, str | None]) -> None:
    async def ask(call: Call, params: object = None) -> object:
        return [STOP | price] * 2 if call is USDM_ALGO_ORDERS else []

    async def as_it_is() -> SymbolName:
        return lambda symbol, market: f"{symbol} {market}"

    (order,) = await Binance().open_orders(ask, MarketType.USDM, as_it_is)
    assert (order.price, order.symbol, order.created_at) == (None, "BTCUSDT usdm", None)


async def test_orders_that_cannot_be_named_for_want_of_market_lists_are_not_looked_at(binance: Scripted) -> None:
    binance.says(ALGO_ORDERS, json.dumps([STOP]))
    with pytest.raises(ServiceDown):
        await binance.binance.open_orders(ANY_KEY, {}, MarketType.USDM)


async def test_nobody_there_is_an_outage() -> None:
    async with meeting("http://127.0.0.1:1") as met:
        with pytest.raises(ServiceDown):
            await met.binance.rights(ANY_KEY, {})


def test_every_listing_is_fed_above() -> None:
    listings = sum(len(calls) for calls in LISTINGS.values())
    assert listings + len([POSITIONS]) == sum(lists for _, _, lists in LOOKS)
