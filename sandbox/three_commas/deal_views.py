"""DCA bots and their deals as JSON. Some keys end in a question mark; that is how the original names them."""

from decimal import Decimal
from typing import Any

from sandbox.three_commas.account_views import Worth
from sandbox.three_commas.pairs import base_of, is_futures, quote_of
from sandbox.three_commas.state import Account, Bot, Deal, DealOrder
from sandbox.three_commas.statuses import DEAL_TITLES, FINAL_DEAL
from sandbox.three_commas.text import iso, number

ZERO = Decimal(0)


def deal_profit(deal: Deal, worth: Worth) -> tuple[Decimal, Decimal]:
    """Profit in the quote currency and in percent, by the price it was sold at or that it shows."""
    spent = deal.bought_amount * deal.bought_average_price
    price = deal.sold_average_price or price_now(deal, worth)
    gain = deal.bought_amount * price - spent
    if deal.strategy == "short":
        gain = -gain
    return gain, (gain / spent * 100).quantize(Decimal("0.01")) if spent else ZERO


def price_now(deal: Deal, worth: Worth) -> Decimal:
    """The price of now, or the one at which the deal stands still."""
    return deal.frozen_price or worth(base_of(deal.pair))


def take_profit_price(deal: Deal) -> Decimal:
    sign = 1 if deal.strategy == "long" else -1
    return deal.bought_average_price * (1 + sign * deal.take_profit_percent / 100)


def deal_entity(deal: Deal, bot_name: str, account: Account, worth: Worth, *, extra_keys: bool) -> dict[str, Any]:
    profit, percent = deal_profit(deal, worth)
    final = deal.status in FINAL_DEAL
    safety = [order for order in deal.orders if order.kind == "Safety"]
    active_safety = sum(order.status == "Active" for order in safety)
    filled_safety = sum(order.status in ("Filled", "Finished") for order in safety)
    spent = deal.bought_amount * deal.bought_average_price
    futures = is_futures(deal.pair)
    sign = 1 if deal.strategy == "long" else -1
    entity: dict[str, Any] = {
        "id": deal.id,
        "type": "Deal",
        "bot_id": deal.bot_id,
        "bot_name": bot_name,
        "account_id": deal.account_id,
        "account_name": account.name,
        "pair": deal.pair,
        "from_currency": quote_of(deal.pair),
        "to_currency": base_of(deal.pair),
        "strategy": deal.strategy,
        "market_type": "futures" if futures else "spot",
        "leverage_type": "cross" if futures else "not_specified",
        "leverage_custom_value": None,
        "status": deal.status,
        "localized_status": DEAL_TITLES.get(deal.status, deal.status.replace("_", " ").capitalize()),
        "finished?": final,
        "cancellable?": not final,
        "panic_sellable?": not final,
        "add_fundable": not final,
        "smart_trade_convertable": not final,
        "deal_has_error": deal.error is not None,
        "error_message": deal.error,
        "failed_message": deal.failed_message,
        "max_safety_orders": deal.max_safety_orders,
        "active_safety_orders_count": active_safety,
        "current_active_safety_orders_count": active_safety,
        "current_active_safety_orders": active_safety,
        "completed_safety_orders_count": filled_safety,
        "completed_manual_safety_orders_count": 0,
        "active_manual_safety_orders": sum(
            order.kind == "Manual Safety" and order.status == "Active" for order in deal.orders
        ),
        "base_order_volume": number(spent / (1 + filled_safety)),
        "safety_order_volume": number(safety[0].quantity * safety[0].rate) if safety else "0.0",
        "base_order_average_price": number(deal.bought_average_price),
        "bought_amount": number(deal.bought_amount),
        "bought_volume": number(spent),
        "bought_average_price": number(deal.bought_average_price),
        "sold_amount": number(deal.sold_amount),
        "sold_volume": number(deal.sold_amount * deal.sold_average_price),
        "sold_average_price": number(deal.sold_average_price),
        "take_profit": number(deal.take_profit_percent),
        "take_profit_price": number(take_profit_price(deal)),
        "take_profit_steps": [],
        "stop_loss_percentage": number(deal.stop_loss_percent),
        "stop_loss_price": number(deal.bought_average_price * (1 - sign * deal.stop_loss_percent / 100))
        if deal.stop_loss_percent
        else None,
        "trailing_enabled": deal.take_profit_trails,
        "tsl_enabled": False,
        "current_price": number(price_now(deal, worth)),
        "final_profit": number(profit if final else ZERO),
        "final_profit_percentage": number(percent if final else ZERO),
        "usd_final_profit": number(profit if final else ZERO),
        "actual_profit": number(profit),
        "actual_usd_profit": number(profit),
        "actual_profit_percentage": number(percent),
        "reserved_base_coin": number(deal.bought_amount - deal.sold_amount),
        "reserved_second_coin": number(sum((o.remaining * o.rate for o in safety if o.status == "Active"), ZERO)),
        "reserved_quote_funds": number(sum((o.remaining * o.rate for o in safety if o.status == "Active"), ZERO)),
        "reserved_base_funds": number(deal.bought_amount - deal.sold_amount),
        "buy_steps": [{"price": number(order.rate), "filled": order.status != "Active"} for order in safety],
        "close_strategy_list": [],
        "safety_strategy_list": [],
        "crypto_widget": {},
        "note": deal.note,
        "created_at": iso(deal.created_at),
        "updated_at": iso(deal.updated_at),
        "closed_at": iso(deal.closed_at),
    }
    if extra_keys:
        entity["deal_revision"] = 2
    return entity


def deal_events(deal: Deal) -> list[dict[str, Any]]:
    """`bot_events` of `/show`: a readable line per order, and the error it stands still with."""
    at = iso(deal.updated_at)
    lines = [
        f"{order.kind} order {'placed' if order.status == 'Active' else 'executed'}. "
        f"Price: {number(order.rate)} {quote_of(deal.pair)} Size: {number(order.quantity)} {base_of(deal.pair)}"
        for order in deal.orders
    ]
    if deal.error:
        lines.append(f"Error: {deal.error}")
    return [{"message": line, "created_at": at} for line in lines]


def market_order(order: DealOrder, deal: Deal) -> dict[str, Any]:
    """A row of `market_orders`; `order_id` is the internal id as a string of digits."""
    filled = order.quantity - order.remaining
    return {
        "order_id": str(order.id),
        "order_type": order.order_type,
        "deal_order_type": order.kind,
        "cancellable": order.status == "Active" and order.kind in ("Take Profit", "Manual Safety"),
        "status_string": order.status,
        "created_at": iso(order.created_at or deal.created_at),
        "updated_at": iso(order.created_at or deal.updated_at),
        "quantity": number(order.quantity),
        "quantity_remaining": number(order.remaining),
        "total": number(filled * order.rate),
        "rate": number(order.rate),
        "average_price": number(order.rate) if filled else "0.0",
    }


def bot_entity(bot: Bot, account: Account, active_deals: int, *, extra_keys: bool) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "id": bot.id,
        "type": "Bot::SingleBot" if len(bot.pairs) == 1 else "Bot::MultiBot",
        "name": bot.name,
        "account_id": bot.account_id,
        "account_name": account.name,
        "is_enabled": bot.is_enabled,
        "pairs": bot.pairs,
        "strategy": bot.strategy,
        "active_deals_count": active_deals,
        "max_active_deals": len(bot.pairs),
        "deletable?": not active_deals,
        "created_at": iso(bot.created_at),
        "updated_at": iso(bot.updated_at),
    }
    if extra_keys:
        entity["bot_revision"] = 2
    return entity
