"""Endpoints of DCA bots and their deals."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sandbox.three_commas.accounts import Accounts
from sandbox.three_commas.api_trades import DIRECTIONS
from sandbox.three_commas.call import Call
from sandbox.three_commas.deal_views import bot_entity, deal_entity, deal_events, deal_profit, market_order
from sandbox.three_commas.errors import not_found
from sandbox.three_commas.pairs import base_of, quote_of
from sandbox.three_commas.state import Bot, Deal, ThreeCommasState
from sandbox.three_commas.statuses import FINAL_DEAL
from sandbox.three_commas.trades import Trades

SCOPES = ("active", "finished", "completed", "cancelled", "failed")
ORDERS = ("created_at", "updated_at", "closed_at", "profit", "profit_percentage")
NEVER = datetime.min.replace(tzinfo=UTC)


class BotEndpoints:
    def __init__(self, state: ThreeCommasState, accounts: Accounts, trades: Trades) -> None:
        self._state = state
        self._accounts = accounts
        self._trades = trades

    async def deals(self, call: Call) -> list[dict[str, Any]]:
        given = call.parameters
        limit = given.size("limit", 50, at_least=1, at_most=1000)
        offset = given.size("offset", 0)
        found = self._filtered(call)
        order = given.one_of("order", ORDERS, "created_at")
        descending = given.one_of("order_direction", DIRECTIONS, "DESC").upper() == "DESC"
        found.sort(key=lambda deal: self._sort_value(deal, order), reverse=descending)
        return [self._deal_entity(call, deal) for deal in found[offset : offset + limit]]

    async def show_deal(self, call: Call) -> dict[str, Any]:
        deal = self._deal(call)
        return self._deal_entity(call, deal) | {"bot_events": deal_events(deal)}

    async def market_orders(self, call: Call) -> list[dict[str, Any]]:
        deal = self._deal(call)
        return [market_order(order, deal) for order in deal.orders]

    async def bots(self, call: Call) -> list[dict[str, Any]]:
        given = call.parameters
        limit = given.size("limit", 50, at_least=1, at_most=100)
        offset = given.size("offset", 0)
        account_id = given.integer("account_id")
        scope = given.one_of("scope", ("enabled", "disabled"), "")
        strategy = given.one_of("strategy", ("long", "short"), "")
        found = [
            bot
            for bot in self._trades.bots_in(call.person, call.mode)
            if account_id in (None, bot.account_id)
            and scope in ("", "enabled" if bot.is_enabled else "disabled")
            and strategy in ("", bot.strategy)
        ]
        found.sort(key=lambda bot: bot.id, reverse=True)
        return [self._bot_entity(call, bot) for bot in found[offset : offset + limit]]

    async def show_bot(self, call: Call) -> dict[str, Any]:
        call.parameters.flag("include_events")
        for bot in self._trades.bots_in(call.person, call.mode):
            if bot.id == call.id():
                return self._bot_entity(call, bot)
        raise not_found()

    def _filtered(self, call: Call) -> list[Deal]:
        given = call.parameters
        account_id, bot_id = given.integer("account_id"), given.integer("bot_id")
        base, quote, note = given.text("base"), given.text("quote"), given.text("note")
        scope = given.one_of("scope", SCOPES, "")
        since, until = given.time("from"), given.time("to")
        return [
            deal
            for deal in self._trades.deals_in(call.person, call.mode)
            if account_id in (None, deal.account_id)
            and bot_id in (None, deal.bot_id)
            and base in (None, base_of(deal.pair))
            and quote in (None, quote_of(deal.pair))
            and note in (None, deal.note)
            and in_scope(deal, scope)
            and (since is None or deal.created_at >= since)
            and (until is None or deal.created_at <= until)
        ]

    def _sort_value(self, deal: Deal, order: str) -> tuple[datetime | Decimal, int]:
        value: datetime | Decimal
        match order:
            case "updated_at":
                value = deal.updated_at
            case "closed_at":
                value = deal.closed_at or NEVER
            case "profit":
                value = deal_profit(deal, self._accounts.worth)[0]
            case "profit_percentage":
                value = deal_profit(deal, self._accounts.worth)[1]
            case _:
                value = deal.created_at
        return value, deal.id

    def _deal(self, call: Call) -> Deal:
        deal = self._trades.deal(call.person, call.id())
        if deal not in self._trades.deals_in(call.person, call.mode):
            raise not_found()
        return deal

    def _deal_entity(self, call: Call, deal: Deal) -> dict[str, Any]:
        return deal_entity(
            deal,
            self._trades.bot_name(call.person, deal.bot_id),
            self._accounts.get(call.person, deal.account_id),
            self._accounts.worth,
            extra_keys=self._state.behaviour.extra_keys,
        )

    def _bot_entity(self, call: Call, bot: Bot) -> dict[str, Any]:
        active = sum(d.bot_id == bot.id and d.status not in FINAL_DEAL for d in call.user.deals)
        account = self._accounts.get(call.person, bot.account_id)
        return bot_entity(bot, account, active, extra_keys=self._state.behaviour.extra_keys)


def in_scope(deal: Deal, scope: str) -> bool:
    match scope:
        case "":
            return True
        case "active":
            return deal.status not in FINAL_DEAL
        case "finished":
            return deal.status in FINAL_DEAL
        case _:
            return deal.status == scope
