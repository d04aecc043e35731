"""Orders that a trader cancelled by hand under the eyes of the bot: what is gone at the exchange is still known of them.

A trader who frees the coins of a failed trade and then sets the trade up again has just taken away the last trace of its targets.
"""

from collections.abc import Collection, Iterable
from typing import cast

from domain.free_by_hand import Became, WatchedOrder
from domain.looking.plain_json import from_plain, to_plain
from domain.ports import OpenOrder
from domain.records import Json, Repair
from domain.values import MarketType

ORDER, BECAME = "order", "became"
"""Where a repair remembers its order, and what became of it."""


def order_of(repair: Repair) -> WatchedOrder | None:
    """None for a repair of another kind, and where an earlier version of the bot kept the order in another shape."""
    try:
        return cast(WatchedOrder, from_plain(WatchedOrder, repair.memory[ORDER]))
    except (ValueError, TypeError, KeyError):
        return None


def is_of_order(repair: Repair) -> bool:
    """Whether it is about an order, even if that cannot be read any more."""
    return ORDER in repair.memory


def remember(memory: Json, watched: WatchedOrder, became: Became | None = None) -> Json:
    """The memory with the order as it is now, and what became of it once it is gone."""
    return {**memory, ORDER: to_plain(watched), **({BECAME: became.value} if became is not None else {})}


def freed_orders(repairs: Iterable[Repair], key_ids: Collection[str], market: MarketType) -> list[OpenOrder]:
    """Those of one wallet that were cancelled for certain, oldest first."""
    cancelled = [order_of(repair) for repair in repairs if repair.memory.get(BECAME) == Became.CANCELLED]
    return [one.order for one in cancelled if one is not None and one.key_id in key_ids and one.market is market]
