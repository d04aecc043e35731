"""What orders hold back."""

import pytest

from domain.locked_funds import Lock, as_told, lock_of, locked_by, priced, without_key
from domain.ports import Balance
from domain.trading import Holding, Side
from domain.values import MarketType
from tests.domain.looks_world import D, expected, order, perpetual, smart

BTC = "BTC/USDT:USDT"


def test_a_spot_buy_locks_the_quote_coin_and_a_sell_the_coin():
    buy = order("1", "BNB/USDT", "buy", "500", "0.42", remaining="0.4")
    assert lock_of(buy, None, MarketType.SPOT) == Lock("USDT", D(200))
    assert lock_of(order("1", "ETH/BTC", "sell", "0.05", "0.4"), None, MarketType.SPOT) == Lock("ETH", D("0.4"))


def test_a_sleeping_spot_order_locks_as_well():
    stop = order("1", "ETH/USDT", "sell", "2890", "0.4", conditional=True, trigger=D(2900))
    assert lock_of(stop, None, MarketType.SPOT) == Lock("ETH", D("0.4"))
    market = order("1", "ETH/USDT", "buy", None, "0.4", conditional=True, trigger=D(2900))
    assert lock_of(market, None, MarketType.SPOT) == Lock("USDT", D(1160))
    trailing = order("1", "ETH/USDT", "buy", None, "0.4", conditional=True)
    assert lock_of(trailing, None, MarketType.SPOT) == Lock("USDT", None)


def test_a_futures_order_holds_its_worth_divided_by_leverage():
    one = order("1", BTC, "buy", "60000", "0.01")
    assert lock_of(one, perpetual("BTC"), MarketType.USDM, D(5)) == Lock("USDT", D(120), leverage=D(5))
    assert lock_of(one, perpetual("BTC"), MarketType.USDM) == Lock("USDT", None)


def test_an_inverse_order_holds_the_coin():
    rules = perpetual("BTC")
    inverse = order("1", "BTC/USD:BTC", "buy", "50000", "10")
    sized = type(rules)("BTC/USD:BTC", "BTCUSD_PERP", "BTC", "USD", D("0.1"), D(1), contract_size=D(100))
    assert lock_of(inverse, sized, MarketType.COINM, D(2)) == Lock("BTC", D("0.01"), leverage=D(2))


@pytest.mark.parametrize(
    "known",
    [
        {"side": "sell", "reduce_only": True},
        {"side": "sell", "conditional": True, "trigger": D(59000)},
        {"side": "sell", "position_side": "long"},
        {"side": "buy", "position_side": "short"},
    ],
)
def test_what_only_closes_or_sleeps_holds_no_margin(known):
    side = known.pop("side")
    assert lock_of(order("1", BTC, side, "60000", "0.01", **known), None, MarketType.USDM, D(5)) is None


def margin(told: str | None, locked: str = "100") -> list[Balance]:
    return [Balance("USDT", D(400), D(locked), order_margin=None if told is None else D(told))]


BY_LEVERAGE, UNTOLD = Lock("USDT", D(120), leverage=D(5)), Lock("USDT", None)


@pytest.mark.parametrize(
    ("locks", "told", "found"),
    [
        ([UNTOLD], "10", [Lock("USDT", D(10), together=D(10))]),
        ([BY_LEVERAGE], "110", [Lock("USDT", D(110), together=D(110))]),
        ([BY_LEVERAGE, None, BY_LEVERAGE], "240.1", [BY_LEVERAGE, None, BY_LEVERAGE]),
        ([BY_LEVERAGE, BY_LEVERAGE], "120", [Lock("USDT", None, together=D(120))] * 2),
        ([BY_LEVERAGE, UNTOLD], "150", [Lock("USDT", None, together=D(150))] * 2),
        ([BY_LEVERAGE, UNTOLD], None, [BY_LEVERAGE, UNTOLD]),
        ([BY_LEVERAGE, UNTOLD], "0", [BY_LEVERAGE, UNTOLD]),
        ([Lock("BTC", None, leverage=None), None], "10", [Lock("BTC", None), None]),
    ],
)
def test_the_exchanges_own_sum_goes_before_what_leverage_comes_to(locks, told, found):
    """Alone an order holds all of it; of several, each is told only where together they come to it."""
    assert as_told(locks, margin(told)) == found


def test_margin_that_the_exchange_tells_is_counted_even_where_the_share_of_each_order_is_not():
    orders = [order("1", BTC, "buy", "60000", "0.01"), order("2", "ETH/USDT:USDT", "buy", "2000", "1")]
    told = margin("30")
    locks = as_told([UNTOLD, UNTOLD], told)
    (usdt,) = locked_by(zip(orders, locks, strict=True), {"USDT": D(1)}, told)
    assert (usdt.amount, usdt.worth, usdt.uncounted, usdt.unexplained) == (30, 30, 0, 70)
    (unread,) = locked_by(zip(orders, [UNTOLD, UNTOLD], strict=True), {}, margin(None))
    assert (unread.amount, unread.uncounted) == (0, 2)


def test_orders_of_one_list_lock_once():
    target = order("1", "ETH/USDT", "sell", "4100", "0.4", group="7")
    stop = order("2", "ETH/USDT", "sell", "2890", "0.4", conditional=True, trigger=D(2900), group="7")
    locks = [(one, lock_of(one, None, MarketType.SPOT)) for one in (target, stop)]
    (eth,) = locked_by(locks, {"ETH": D(2000)}, [Balance("ETH", D(0), D("0.4"))])
    assert (eth.amount, eth.worth, eth.unexplained) == (D("0.4"), D(800), 0)
    assert set(eth.orders) == {"1", "2"}


def test_what_no_order_explains_is_named():
    (eth,) = locked_by([], {}, [Balance("ETH", D(1), D("0.4"))])
    assert (eth.amount, eth.unexplained, eth.worth) == (0, D("0.4"), None)


def test_an_order_that_cannot_be_counted_explains_nothing_and_accuses_nobody():
    one = order("1", BTC, "buy", "60000", "0.01")
    (usdt,) = locked_by([(one, Lock("USDT", None))], {}, [Balance("USDT", D(1), D(500))])
    assert (usdt.uncounted, usdt.unexplained) == (1, 0)


def test_the_largest_worth_stands_first():
    locks = [(order(str(n), "X/Y", "sell", "1", "1"), Lock(asset, D(n))) for n, asset in enumerate(("A", "B", "C"), 1)]
    found = locked_by(locks, {"A": D(100), "B": D(1)})
    assert [one.asset for one in found] == ["A", "B", "C"]


def test_a_lock_without_a_price_has_no_worth():
    assert priced(Lock("XYZ", D(1)), {}) == Lock("XYZ", D(1))


def test_without_a_key_an_excess_is_what_living_trades_do_not_explain():
    table = [Holding("ETH", D(1), D("0.2"), D("0.8"), D(2000)), Holding("USDT", D(500), D(290), D(210), D(500))]
    rows = [
        expected(smart(1), "USDT_ETH", Side.SELL, "4100", "0.4"),
        expected(smart(2), "USDT_BNB", Side.BUY, "500", "0.42"),
    ]
    eth, usdt = without_key(table, rows)
    assert (eth.asset, eth.excess, eth.excess_worth) == ("ETH", D("0.4"), D(800))
    assert (usdt.by_trades, usdt.excess) == (210, 0)


def test_a_thousandth_is_no_excess():
    rows = [expected(smart(1), "USDT_ETH", Side.SELL, "4100", "0.9995")]
    (eth,) = without_key([Holding("ETH", D(1), D(0), D(1), None)], rows)
    assert eth.excess == 0
    assert eth.worth is None
