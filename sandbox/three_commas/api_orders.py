"""Endpoints of grid bots and of Simple Trading."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox.three_commas.api_trades import DIRECTIONS
from sandbox.three_commas.call import Call
from sandbox.three_commas.errors import not_found
from sandbox.three_commas.grid_state import GridBot, GridOrder
from sandbox.three_commas.order_views import grid_entity, grid_market_orders, simple_entity
from sandbox.three_commas.pairs import base_of, quote_of
from sandbox.three_commas.simple_state import SimpleTrade
from sandbox.three_commas.trades import Trades

NEVER = datetime.min.replace(tzinfo=UTC)


class OrderEndpoints:
    def __init__(self, trades: Trades) -> None:
        self._trades = trades

    async def grid_bots(self, call: Call) -> list[dict[str, Any]]:
        given = call.parameters
        limit, offset = given.size("limit", 10, at_least=1, at_most=1000), given.size("offset", 0)
        state = given.one_of("state", ("enabled", "disabled"), "")
        account_id = given.integer("account_ids[]", given.integer("account_id"))
        base, quote, since = given.text("base"), given.text("quote"), given.time("from")
        descending = given.one_of("sort_direction", DIRECTIONS, "DESC").upper() == "DESC"
        found = [
            bot
            for bot in self._trades.grid_bots_in(call.person, call.mode)
            if state in ("", "enabled" if bot.is_enabled else "disabled")
            and account_id in (None, bot.account_id)
            and base in (None, base_of(bot.pair))
            and quote in (None, quote_of(bot.pair))
            and (since is None or bot.created_at >= since)
        ]
        found.sort(key=lambda bot: bot.id, reverse=descending)
        return [grid_entity(bot) for bot in found[offset : offset + limit]]

    async def grid_bot(self, call: Call) -> dict[str, Any]:
        return grid_entity(self._grid_bot(call))

    async def grid_market_orders(self, call: Call) -> dict[str, Any]:
        """Newest first; the window holds for each of the two lists."""
        bot = self._grid_bot(call)
        limit = call.parameters.size("limit", 100, at_least=1, at_most=1000)
        offset = call.parameters.size("offset", 0)

        def window(orders: list[GridOrder]) -> list[GridOrder]:
            return sorted(orders, key=lambda order: order.id, reverse=True)[offset : offset + limit]

        return grid_market_orders(window(bot.lines), window(bot.balancing))

    async def simple_trades(self, call: Call) -> dict[str, Any]:
        return self._simple(call, ("pair", "created_at"), lambda trade: trade.closed_at is None)

    async def simple_history(self, call: Call) -> dict[str, Any]:
        return self._simple(call, ("pair", "created_at", "closed_at"), lambda trade: trade.closed_at is not None)

    async def simple_trade(self, call: Call) -> dict[str, Any]:
        for trade in self._trades.simple_trades_in(call.person, call.mode):
            if trade.uuid == call.path["id"]:
                return {"trade": simple_entity(trade)}
        raise not_found()

    def _simple(self, call: Call, orders: tuple[str, ...], wanted: Callable[[SimpleTrade], bool]) -> dict[str, Any]:
        given = call.parameters
        account_id, pair = given.integer("account_id"), given.text("pair")
        limit, offset = given.size("limit", 10, at_least=1), given.size("offset", 0)
        order_by = given.one_of("order_by", orders, "created_at")
        descending = given.one_of("order_direction", DIRECTIONS, "asc").lower() == "desc"
        found = [
            trade
            for trade in self._trades.simple_trades_in(call.person, call.mode)
            if wanted(trade) and account_id in (None, trade.account_id) and pair in (None, trade.pair)
        ]
        found.sort(key=lambda trade: _sort_value(trade, order_by), reverse=descending)
        return {"trades": [simple_entity(trade) for trade in found[offset : offset + limit]]}

    def _grid_bot(self, call: Call) -> GridBot:
        for bot in self._trades.grid_bots_in(call.person, call.mode):
            if bot.id == call.id():
                return bot
        raise not_found()


def _sort_value(trade: SimpleTrade, order_by: str) -> tuple[str | datetime, str]:
    match order_by:
        case "pair":
            return trade.pair, trade.uuid
        case "closed_at":
            return trade.closed_at or NEVER, trade.uuid
        case _:
            return trade.created_at, trade.uuid
