"""What the pages of the web app show of one person's 3Commas, as plain JSON. Unlike the API it forgets no plan."""

from decimal import Decimal
from typing import Any

from sandbox.three_commas.account_views import Worth, in_btc, usd_of
from sandbox.three_commas.deal_views import deal_profit, take_profit_price
from sandbox.three_commas.grid_state import GridBot
from sandbox.three_commas.limits import PLAN_PER_MINUTE
from sandbox.three_commas.markets import FIELD_LABELS, market_of
from sandbox.three_commas.opened_orders import opened_orders
from sandbox.three_commas.pairs import base_of, quote_of
from sandbox.three_commas.smart_trade_views import profit_of, type_of
from sandbox.three_commas.state import Account, Deal, SmartTrade, Stop, Target, Token, User
from sandbox.three_commas.statuses import (
    CANCELLABLE,
    DEAL_TITLES,
    FINAL_DEAL,
    FINAL_SMART_TRADE,
    ORDER_TITLES,
    SMART_TRADE_TITLES,
)
from sandbox.three_commas.text import for_people, iso, number, number_or_none
from sandbox.three_commas.tokens import PERMISSIONS

PERMISSION_LABELS = {
    "ACCOUNTS_READ": "Accounts read",
    "ACCOUNTS_WRITE": "Accounts write",
    "SMART_TRADES_READ": "SmartTrades read",
    "SMART_TRADES_WRITE": "SmartTrades write",
    "BOTS_READ": "Bots read",
    "BOTS_WRITE": "Bots write",
}
KIND_LABELS = {"system": "System-generated", "self_generated": "Self-generated"}
TYPE_LABELS = {
    "simple_buy": "Buy",
    "simple_sell": "Sell",
    "smart_trade": "Smart Trade",
    "smart_cover": "Smart Cover",
    "smart_sell": "Smart Sell",
    "smart_buy": "Smart Buy",
}
PLANS = {
    "free": ("Free", "Portfolio tracking for two exchange accounts. No API."),
    "starter": ("Starter", f"API: reading, {PLAN_PER_MINUTE['starter']} requests a minute."),
    "pro": ("Pro", f"API: reading, {PLAN_PER_MINUTE['pro']} requests a minute."),
    "expert": ("Expert", f"API: reading and writing, {PLAN_PER_MINUTE['expert']} requests a minute."),
}


def everything(user: User, worth: Worth) -> dict[str, Any]:
    """All sections at once: one person's world is small enough to be sent whole."""
    names = {account.id: account.name for account in user.accounts}
    dead = {account.id for account in user.accounts if account.api_key_invalid}
    return {
        "person": user.person,
        "plan": user.plan,
        "plan_ended": user.plan_ended,
        "plans": [{"code": code, "name": name, "text": text} for code, (name, text) in PLANS.items()],
        "permissions": [{"code": code, "label": PERMISSION_LABELS[code]} for code in PERMISSIONS],
        "total_usd": for_people(sum((usd_of(a, worth) for a in user.accounts if a.include_in_summary), Decimal(0))),
        "accounts": [_account(account, worth) for account in user.accounts],
        "tokens": [_token(token) for token in user.tokens],
        "smart_trades": [
            _smart_trade(trade, names[trade.account_id], trade.account_id in dead, worth)
            for trade in sorted(user.smart_trades, key=lambda t: t.created_at, reverse=True)
        ],
        "opened_orders": opened_orders(user),
        "grid_bots": [_grid_bot(bot, names[bot.account_id]) for bot in user.grid_bots],
        "deals": [
            _deal(deal, _bot_name(user, deal.bot_id), names[deal.account_id], worth)
            for deal in sorted(user.deals, key=lambda d: d.created_at, reverse=True)
        ],
    }


def _account(account: Account, worth: Worth) -> dict[str, Any]:
    market = market_of(account.market_code)
    usd = usd_of(account, worth)
    return {
        "id": account.id,
        "name": account.name,
        "exchange": market.name,
        "subaccount": account.subaccount_name,
        "usd": for_people(usd),
        "btc": number(in_btc(usd, worth)),
        "error": account.error,
        "key_dead": account.api_key_invalid,
        "keys_state": account.api_keys_state,
        "key_start": account.api_key[:6],
        "loaded_at": iso(account.loaded_at),
        "holdings": [
            {
                "asset": holding.asset,
                "free": number(holding.free),
                "locked": number(holding.locked),
                "usd": for_people((holding.free + holding.locked) * worth(holding.asset)),
            }
            for holding in account.holdings
        ],
        "venue": market.exchange,
        "flows": list(market.flows),
        "fields": [{"field": field, "label": FIELD_LABELS[field].rstrip(":")} for field in market.fields],
        "trusted_ips": list(market.addresses),
        "help_link": market.help_link,
    }


def _token(token: Token) -> dict[str, Any]:
    return {
        "key": token.key,
        "name": token.name,
        "kind": KIND_LABELS[token.kind],
        "permissions": [PERMISSION_LABELS[p] for p in token.permissions],
        "ips": token.ips,
        "created_at": iso(token.created_at),
    }


def _smart_trade(trade: SmartTrade, account: str, key_dead: bool, worth: Worth) -> dict[str, Any]:
    profit, percent = profit_of(trade, worth)
    closed = trade.status in FINAL_SMART_TRADE
    return {
        "id": trade.id,
        "pair": f"{base_of(trade.pair)}/{quote_of(trade.pair)}",
        "type": TYPE_LABELS[type_of(trade)],
        "account": account,
        "status": SMART_TRADE_TITLES[trade.status],
        "state": trade.status,
        "error": trade.error,
        "closed": closed,
        "cancellable": trade.status in CANCELLABLE,
        "invalid_api": key_dead and not closed,
        "profit": for_people(profit),
        "percent": for_people(percent),
        "side": trade.side,
        "units": number(trade.units),
        "asset": base_of(trade.pair),
        "quote": quote_of(trade.pair),
        "entry": number(trade.entry),
        "entered": number(trade.entered),
        "leverage": f"{trade.leverage.kind} {number(trade.leverage.value)}x" if trade.leverage else None,
        "targets": [_target(target) for target in trade.targets],
        "stop": _stop(trade.stop) if trade.stop else None,
        "note": trade.note,
        "created_at": iso(trade.created_at),
        "closed_at": iso(trade.closed_at),
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "price": number(target.price),
        "volume": number(target.volume),
        "units": number(target.units),
        "order_type": target.order_type,
        "status": ORDER_TITLES[target.status],
        "trailing": number_or_none(target.trailing_percent),
        "filled": number(target.filled) if target.filled and target.filled != target.units else None,
    }


def _stop(stop: Stop) -> dict[str, Any]:
    return {"price": number(stop.trigger), "order_type": stop.order_type, "status": ORDER_TITLES[stop.status]}


def _bot_name(user: User, bot_id: int) -> str:
    return next((bot.name for bot in user.bots if bot.id == bot_id), f"Bot {bot_id}")


def _deal(deal: Deal, bot: str, account: str, worth: Worth) -> dict[str, Any]:
    profit, percent = deal_profit(deal, worth)
    return {
        "id": deal.id,
        "pair": f"{base_of(deal.pair)}/{quote_of(deal.pair)}",
        "bot": bot,
        "account": account,
        "status": DEAL_TITLES.get(deal.status, deal.status),
        "error": deal.error or deal.failed_message,
        "closed": deal.status in FINAL_DEAL,
        "profit": for_people(profit),
        "percent": for_people(percent),
        "strategy": deal.strategy,
        "bought": number(deal.bought_amount),
        "asset": base_of(deal.pair),
        "quote": quote_of(deal.pair),
        "average": number(deal.bought_average_price),
        "take_profit": number(take_profit_price(deal)),
        "orders": [
            {
                "kind": order.kind,
                "side": order.order_type,
                "status": order.status,
                "quantity": number(order.quantity),
                "rate": number(order.rate),
            }
            for order in deal.orders
        ],
        "created_at": iso(deal.created_at),
        "closed_at": iso(deal.closed_at),
    }


def _grid_bot(bot: GridBot, account: str) -> dict[str, Any]:
    return {
        "id": bot.id,
        "name": bot.name,
        "pair": f"{base_of(bot.pair)}/{quote_of(bot.pair)}",
        "account": account,
        "enabled": bot.is_enabled,
        "lines": [
            {
                "side": line.order_type,
                "rate": number(line.rate),
                "quantity": number(line.quantity),
                "status": line.status,
            }
            for line in sorted(bot.lines, key=lambda line: line.rate, reverse=True)
        ],
    }
