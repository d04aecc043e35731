"""The widget "Opened Orders" of the web app: what 3Commas has at exchanges, with the exchange's ids, which its API never tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.three_commas.pairs import base_of, quote_of
from sandbox.three_commas.smart_trade_life import LIVE, way_out
from sandbox.three_commas.state import User
from sandbox.three_commas.statuses import FINAL_DEAL, FINAL_SMART_TRADE
from sandbox.three_commas.text import number


@dataclass(frozen=True)
class OpenedOrder:
    order_id: int
    account_id: int
    pair: str
    side: str
    price: Decimal
    left: Decimal
    owner: str


def opened_orders(user: User) -> list[dict[str, Any]]:
    names = {account.id: account.name for account in user.accounts}
    return [
        {
            "order_id": str(order.order_id),
            "account": names[order.account_id],
            "pair": f"{base_of(order.pair)}/{quote_of(order.pair)}",
            "side": order.side,
            "price": number(order.price),
            "left": f"{number(order.left)} {base_of(order.pair)}",
            "owner": order.owner,
        }
        for order in _all(user)
    ]


def _all(user: User) -> Iterator[OpenedOrder]:
    yield from _of_smart_trades(user)
    for deal in user.deals:
        if deal.status in FINAL_DEAL:
            continue
        for row in deal.orders:
            if row.status == "Active" and row.venue_order is not None:
                owner = f"DCA deal #{deal.id}, {row.kind.lower()}"
                side = row.order_type.lower()
                yield OpenedOrder(row.venue_order, deal.account_id, deal.pair, side, row.rate, row.remaining, owner)
    for bot in user.grid_bots:
        for line in bot.lines:
            if bot.is_enabled and line.status == "Active" and line.venue_order is not None:
                side = line.order_type.lower()
                owner = f"Grid bot #{bot.id}"
                yield OpenedOrder(line.venue_order, bot.account_id, bot.pair, side, line.rate, line.remaining, owner)
    for trade in user.simple_trades:
        if trade.closed_at is None and trade.venue_order is not None:
            left = trade.units - trade.filled
            yield OpenedOrder(
                trade.venue_order, trade.account_id, trade.pair, trade.side, trade.price, left, "Simple Trading"
            )


def _of_smart_trades(user: User) -> Iterator[OpenedOrder]:
    for trade in user.smart_trades:
        if trade.status in FINAL_SMART_TRADE:
            continue
        owner = f"SmartTrade #{trade.id}"
        if trade.entry_status == LIVE and trade.entry_venue_order is not None:
            left = trade.units - trade.entered
            yield OpenedOrder(
                trade.entry_venue_order, trade.account_id, trade.pair, trade.side, trade.entry, left, f"{owner}, entry"
            )
        for place, target in enumerate(trade.targets, 1):
            if target.status == LIVE and target.venue_order is not None:
                yield OpenedOrder(
                    target.venue_order,
                    trade.account_id,
                    trade.pair,
                    way_out(trade),
                    target.price,
                    target.units - target.filled,
                    f"{owner}, take profit {place}",
                )
        stop = trade.stop
        if stop is not None and stop.status == LIVE and stop.venue_order is not None:
            yield OpenedOrder(
                stop.venue_order,
                trade.account_id,
                trade.pair,
                way_out(trade),
                stop.limit or stop.trigger,
                trade.entered,
                f"{owner}, stop loss",
            )
