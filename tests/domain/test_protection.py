"""Whether a stop at the exchange protects what a trade that is over has left."""

from dataclasses import replace

import pytest

from domain.positions_view import StopState
from domain.protection import stop_of
from domain.trades_view import Left, LeftKind
from tests.domain.looks_world import D, order, position

COINS = Left(LeftKind.COINS, D("0.4"), D("0.4"), D("0.4"))
OPEN = Left(LeftKind.POSITION, D("0.05"), D("0.05"), None, position())
SPOT_STOP = order("1", "ETH/USDT", "sell", "1790", "0.4", conditional=True, type="stop_loss_limit", trigger=D(1800))
FUTURES_STOP = order("2", "BTC/USDT:USDT", "sell", None, "0.05", conditional=True, type="stop_market", trigger=D(59400))


@pytest.mark.parametrize(
    ("left", "pair", "orders", "said"),
    [
        (COINS, "USDT_ETH", [SPOT_STOP], (StopState.AT_EXCHANGE, D(1800))),
        (COINS, "USDT_ETH", [], (StopState.NONE, None)),
        (COINS, "USDT_SOL", [SPOT_STOP], (StopState.NONE, None)),
        (COINS, "USDT_ETH", [replace(SPOT_STOP, conditional=False)], (StopState.NONE, None)),
        (COINS, "USDT_ETH", [replace(SPOT_STOP, side="buy")], (StopState.NONE, None)),
        (COINS, "USDT_ETH", [replace(SPOT_STOP, type="take_profit_limit")], (StopState.NONE, None)),
        (COINS, "USDT_ETH", [replace(SPOT_STOP, trigger=None)], (StopState.AT_EXCHANGE, None)),
        (OPEN, "USDT_BTCUSDT", [FUTURES_STOP], (StopState.AT_EXCHANGE, D(59400))),
        (OPEN, "USDT_BTCUSDT", [replace(FUTURES_STOP, trigger=D(70000))], (StopState.NONE, None)),
        (OPEN, "USDT_BTCUSDT", [replace(FUTURES_STOP, symbol="ETH/USDT:USDT")], (StopState.NONE, None)),
        (OPEN, "USDT_BTCUSDT", [replace(FUTURES_STOP, position_side="short")], (StopState.NONE, None)),
        (replace(OPEN, shared=True), "USDT_BTCUSDT", [], (StopState.UNKNOWN, None)),
        (replace(COINS, shared=True), "USDT_ETH", [SPOT_STOP], (StopState.AT_EXCHANGE, D(1800))),
        (Left(LeftKind.GONE), "USDT_ETH", [SPOT_STOP], (StopState.UNKNOWN, None)),
    ],
)
def test_only_an_order_that_would_close_it_with_a_loss_is_a_stop(left, pair, orders, said) -> None:
    assert stop_of(left, pair, orders) == said


@pytest.mark.parametrize("left", [COINS, OPEN])
def test_where_orders_were_not_read_nothing_is_claimed(left) -> None:
    assert stop_of(left, "USDT_ETH", None) == (StopState.UNKNOWN, None)
