"""Endpoints of SmartTrades."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sandbox.three_commas.accounts import Accounts
from sandbox.three_commas.call import Call
from sandbox.three_commas.errors import record_invalid, smart_trade_not_found
from sandbox.three_commas.pairs import base_of, quote_of
from sandbox.three_commas.smart_trade_views import profit_of, smart_trade_entity, type_of
from sandbox.three_commas.state import SmartTrade, ThreeCommasState
from sandbox.three_commas.statuses import FINAL_SMART_TRADE, SUCCESSFUL_SMART_TRADE
from sandbox.three_commas.trade_rows import trade_rows
from sandbox.three_commas.trades import Trades

TYPES = ("simple_buy", "simple_sell", "smart_sell", "smart_buy", "smart_trade", "smart_cover")
STATUSES = ("all", "active", "finished", "successfully_finish", "successfully_finished", "cancelled", "failed")
ORDERS = ("created_at", "updated_at", "closed_at", "status", "profit", "profit_percentage")
DIRECTIONS = ("ASC", "DESC", "asc", "desc")
LONGEST_NOTE = 300
NEVER = datetime.min.replace(tzinfo=UTC)


class SmartTradeEndpoints:
    def __init__(self, state: ThreeCommasState, accounts: Accounts, trades: Trades) -> None:
        self._state = state
        self._accounts = accounts
        self._trades = trades

    async def index(self, call: Call) -> list[dict[str, Any]]:
        given = call.parameters
        page = given.size("page", 1, at_least=1)
        per_page = given.size("per_page", 10, at_least=1, at_most=100)
        found = self._filtered(call)
        order_by = given.one_of("order_by", ORDERS, "status")
        descending = given.one_of("order_direction", DIRECTIONS, "DESC").upper() == "DESC"
        found.sort(key=lambda trade: self._sort_value(trade, order_by), reverse=descending)
        return [self._entity(call, trade) for trade in found[(page - 1) * per_page : page * per_page]]

    async def show(self, call: Call) -> dict[str, Any]:
        return self._entity(call, self._trade(call, self._state.behaviour.smart_trade_missing_status))

    async def rows(self, call: Call) -> list[dict[str, Any]]:
        survive = self._state.behaviour.trade_rows_survive_closing
        return trade_rows(self._trade(call, 404), survive_closing=survive)

    async def set_note(self, call: Call) -> dict[str, Any]:
        trade = self._trade(call, 404)
        note = call.parameters.required("note")
        if len(note) > LONGEST_NOTE:
            raise record_invalid(note=f"too long. Max is {LONGEST_NOTE} symbols")
        self._trades.set_note(trade, note)
        return self._entity(call, trade)

    def _filtered(self, call: Call) -> list[SmartTrade]:
        given = call.parameters
        account_id = given.integer("account_id")
        pair, base, quote = given.text("pair"), given.text("base"), given.text("quote")
        kind = given.one_of("type", TYPES, "")
        status = given.one_of("status", STATUSES, "all")
        since, until = given.time("from"), given.time("to")
        return [
            trade
            for trade in self._trades.smart_trades_in(call.person, call.mode)
            if account_id in (None, trade.account_id)
            and pair in (None, trade.pair)
            and base in (None, base_of(trade.pair))
            and quote in (None, quote_of(trade.pair))
            and kind in ("", type_of(trade))
            and has_status(trade, status)
            and (since is None or trade.created_at >= since)
            and (until is None or trade.created_at <= until)
        ]

    def _sort_value(self, trade: SmartTrade, order_by: str) -> tuple[datetime | str | Decimal, int]:
        worth = self._accounts.worth
        value: datetime | str | Decimal
        match order_by:
            case "created_at":
                value = trade.created_at
            case "updated_at":
                value = trade.updated_at
            case "closed_at":
                value = trade.closed_at or NEVER
            case "profit":
                value = profit_of(trade, worth)[0]
            case "profit_percentage":
                value = profit_of(trade, worth)[1]
            case _:
                value = trade.status
        return value, trade.id

    def _trade(self, call: Call, missing: int) -> SmartTrade:
        trade = self._trades.smart_trade(call.person, call.id())
        if trade is None or trade not in self._trades.smart_trades_in(call.person, call.mode):
            raise smart_trade_not_found(missing)
        return trade

    def _entity(self, call: Call, trade: SmartTrade) -> dict[str, Any]:
        return smart_trade_entity(
            trade,
            self._accounts.get(call.person, trade.account_id),
            self._accounts.worth,
            extra_keys=self._state.behaviour.extra_keys,
        )


def has_status(trade: SmartTrade, wanted: str) -> bool:
    """`finished` is every closed one, `successfully…` those closed by their plan."""
    match wanted:
        case "all":
            return True
        case "active":
            return trade.status not in FINAL_SMART_TRADE
        case "finished":
            return trade.status in FINAL_SMART_TRADE
        case "successfully_finish" | "successfully_finished":
            return trade.status in SUCCESSFUL_SMART_TRADE
        case _:
            return trade.status == wanted
