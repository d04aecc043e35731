"""Whether stops at the exchange protect a position, or what a trade that is over has left behind.

A stop tells no owner, and one coin or contract may be of several trades. So stops are held against all that is there, once for everybody,
and never against the share of one trade: what they do not cover may be just that share. Only an order that bears the id of a trade is for
that trade alone. The stop that 3Commas watched ended with the trade; what counts is what stands at the exchange itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.matching.ids import ids_in, plain_id
from domain.pairs import Pair
from domain.ports import OpenOrder
from domain.positions_view import NOT_SEEN, Protection, StopState
from domain.trades_view import Left, LeftKind
from domain.trading import Position, Side, exact_sum

DUST = Decimal("0.01")
"""Share of a coin that may be without a stop: fees and rounding. A position has none."""


def protection_of(left: Left, pair: str, trade_id: int, orders: Sequence[OpenOrder] | None) -> Protection:
    """Of what `trade_id` (a SmartTrade or a deal) has left. `orders`: all of the wallet; None: they were not read.

    Where living trades use the same coin or contract, one of them may watch a stop: its absence is not claimed.
    """
    if orders is None:
        return NOT_SEEN
    match left.kind:
        case LeftKind.POSITION if left.position is not None:
            position = left.position
            found = of_position([one for one in orders if one.symbol == position.symbol], position)
        case LeftKind.COINS:
            stops = [one for one in orders if _sells(one, pair) and one.conditional and "take_profit" not in one.type]
            found = _of_coins(left, stops, trade_id)
        case _:
            return NOT_SEEN
    return NOT_SEEN if left.shared and found.state is StopState.NONE else found


def of_position(orders: Sequence[OpenOrder], position: Position) -> Protection:
    """How far orders of its contract close it with a loss. One of which nobody knows whether it has begun is told, and not counted."""
    on_it = [one for one in orders if closes(one, position)]
    found = covered_by([one for one in on_it if is_stop(one, position)], position.amount, position.side)
    waiting = next((one for one in on_it if may_be_stop(one, position)), None)
    if waiting is None or found.state is StopState.AT_EXCHANGE:
        return found
    state = StopState.UNKNOWN if found.state is StopState.NONE else found.state
    return replace(found, state=state, begins=waiting.activation)


def _of_coins(left: Left, stops: Sequence[OpenOrder], trade_id: int) -> Protection:
    held = left.held or left.units or Decimal(0)
    own = [one for one in stops if plain_id(str(trade_id)) in ids_in(one.client_id)]
    if own and (found := covered_by(own, held, slack=DUST)).state is StopState.AT_EXCHANGE:
        return found
    return covered_by(stops, left.there or held, slack=DUST)


def covered_by(
    stops: Sequence[OpenOrder], there: Decimal, side: str = "long", *, slack: Decimal = Decimal(0)
) -> Protection:
    """How far stops close what is there. Orders of one list count once, and one without an amount closes all.

    `side` "long" or "short": which price comes first. `slack`: share that may be left. NONE without any stop.
    """
    named = sorted(_once_per_list(stops), key=lambda one: _distance(one, side))
    used: list[OpenOrder] = []
    covered = Decimal(0)
    for one in named:
        if covered >= there * (1 - slack) and used:
            break
        used.append(one)
        covered = exact_sum([covered, one.remaining or there])
    if not used:
        return Protection(StopState.NONE)
    prices = [_price(one) for one in used]
    if covered >= there * (1 - slack):
        return Protection(StopState.AT_EXCHANGE, prices[0], prices[-1], len(used))
    return Protection(StopState.PART, prices[0], prices[-1], len(used), covered, there)


def _once_per_list(stops: Sequence[OpenOrder]) -> list[OpenOrder]:
    """Of several stops in one list only one is ever filled; the largest stands for them."""
    lists: dict[str, OpenOrder] = {}
    for one in stops:
        if one.group and (one.group not in lists or lists[one.group].remaining < one.remaining):
            lists[one.group] = one
    return [one for one in stops if not one.group or lists[one.group] is one]


def _distance(stop: OpenOrder, side: str) -> tuple[bool, Decimal]:
    """Fixed prices first, the nearest of them at the head; what follows the price has no place among them."""
    price = _price(stop)
    if price is None:
        return True, Decimal(0)
    return False, price if side == "short" else -price


def _price(stop: OpenOrder) -> Decimal | None:
    return None if "trailing" in stop.type else stop.trigger


def closes(order: OpenOrder, position: Position) -> bool:
    """Whether it would make the position smaller: the opposite side, of the same leg in hedge mode."""
    opposite = "sell" if position.side == "long" else "buy"
    return order.side == opposite and order.position_side in ("", position.side)


def is_stop(order: OpenOrder, position: Position) -> bool:
    """A sleeping order on the losing side of the price, or one that follows it already.

    What it is called decides where no price is known.
    """
    if not order.conditional:
        return False
    if "trailing" in order.type:
        return _follows(order, position) is True
    if order.trigger is None or position.mark_price is None:
        return "take_profit" not in order.type
    return order.trigger < position.mark_price if position.side == "long" else order.trigger > position.mark_price


def may_be_stop(order: OpenOrder, position: Position) -> bool:
    """One that follows the price, if it has begun to: nobody tells."""
    return order.conditional and "trailing" in order.type and _follows(order, position) is None


def _follows(order: OpenOrder, position: Position) -> bool | None:
    """Whether it has begun to follow the price; None: not told.

    It sleeps until the price that activates it is touched, on the side of the gain. Had it begun, it would have fired where the price
    has turned by its callback: farther away than that from the activating price it sleeps for sure.
    """
    if order.activation is None:
        return True
    if position.mark_price is None:
        return None
    missing = order.activation - position.mark_price
    if position.side == "short":
        missing = -missing
    if missing <= 0:
        return True
    if order.callback is None:
        return None
    return None if missing < order.activation * order.callback / 100 else False


def _sells(order: OpenOrder, pair: str) -> bool:
    """An order that sells the coin of 3Commas' pair, for whatever."""
    coin = Pair.of(pair)
    base = order.symbol.partition("/")[0]
    return coin is not None and order.side == Side.SELL and base.upper() == coin.right.upper()
