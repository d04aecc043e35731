"""Whether a stop at the exchange protects what a trade that is over has left behind.

The stop that 3Commas watched ended with the trade; what counts is what stands at the exchange itself.
"""

from collections.abc import Sequence
from decimal import Decimal

from domain.look_positions import closes, is_stop
from domain.pairs import Pair
from domain.ports import OpenOrder
from domain.positions_view import StopState
from domain.trades_view import Left, LeftKind
from domain.trading import Side


def stop_of(left: Left, pair: str, orders: Sequence[OpenOrder] | None) -> tuple[StopState, Decimal | None]:
    """The state, and the price that wakes the stop where it is told. `orders` None: they were not read.

    Where living trades use the same coin or contract, one of them may watch a stop: its absence is not claimed.
    """
    if orders is None:
        return StopState.UNKNOWN, None
    match left.kind:
        case LeftKind.POSITION if left.position is not None:
            position = left.position
            stops = [one for one in orders if one.symbol == position.symbol and closes(one, position)]
            stops = [one for one in stops if is_stop(one, position)]
        case LeftKind.COINS:
            stops = [one for one in orders if _sells(one, pair) and one.conditional and "take_profit" not in one.type]
        case _:
            return StopState.UNKNOWN, None
    if stops:
        return StopState.AT_EXCHANGE, next((one.trigger for one in stops if one.trigger is not None), None)
    return (StopState.UNKNOWN if left.shared else StopState.NONE), None


def _sells(order: OpenOrder, pair: str) -> bool:
    """An order that sells the coin of 3Commas' pair, for whatever."""
    coin = Pair.of(pair)
    base = order.symbol.partition("/")[0]
    return coin is not None and order.side == Side.SELL and base.upper() == coin.right.upper()
