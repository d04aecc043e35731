"""What 3Commas says about its orders: which stand at an exchange, and what they are part of.

No answer holds an id of the exchange. A status comes before arithmetic: a finished row may have realised less than it ordered, because
the fee was taken in the coin. Source: 3Commas' documentation (trade entity, deal and grid bot market orders, Simple Trading, account
table data, currency rates and limits).
"""

from decimal import Decimal

from clients.foreign_text import name
from clients.three_commas.fields import (
    Row,
    amount,
    integer,
    lost,
    moment,
    needed_amount,
    obj,
    obj_or_empty,
    objects,
    price,
    side,
    text,
    word,
)
from domain.ports import Deal, Trade, TradeRow
from domain.trading import ExpectedOrder, Holding, Owner, OwnerKind, Purpose, Rates

LIVE = frozenset({"order_placed", "panic_sell_order_placed", "pending_cancellation", "async_order_placement"})
"""Statuses of a step whose order stands at the exchange, the last two for moments only. Everything else is watched by 3Commas itself
(conditional entries, market targets, stops, trailing) or is over."""
ACTIVE = "Active"
"""The same of deals and grid bots."""

_OF_TRADE = {"position": Purpose.ENTRY, "take_profit": Purpose.TAKE_PROFIT, "stop_loss": Purpose.STOP_LOSS}
_OF_DEAL = {
    "base": Purpose.ENTRY,
    "safety": Purpose.SAFETY,
    "manual safety": Purpose.SAFETY,
    "take profit": Purpose.TAKE_PROFIT,
    "stop loss": Purpose.STOP_LOSS,
}


def trade_row(item: Row) -> TradeRow:
    """Raises AnswerLost for a row without id, side or amount."""
    return TradeRow(
        id=integer(item, "id"),
        purpose=_OF_TRADE.get(text(item.get("trade_purpose")), Purpose.OTHER),
        status=word(item, "status"),
        order_type=name(item.get("order_type")).lower(),
        side=side(item.get("order_side")),
        price=price(item.get("order_price")),
        trigger=price(item.get("trigger_price")),
        amount=needed_amount(item, "initial_amount"),
        realised=amount(item.get("realised_amount")) or Decimal(0),
        percentage=amount(item.get("position_percentage")),
    )


def live_row(item: Row, trade: Trade) -> ExpectedOrder | None:
    """The order of a row of `/trades`, if it stands at the exchange."""
    found = trade_row(item)
    if found.status not in LIVE:
        return None
    return standing(
        ExpectedOrder(
            owner=Owner(OwnerKind.SMART_TRADE, str(trade.id)),
            account_id=trade.account_id,
            pair=trade.pair,
            side=found.side,
            price=found.price,
            remaining=found.amount - found.realised,
            amount=found.amount,
            purpose=found.purpose,
            trade_id=str(found.id),
            created_at=moment(item.get("created_at")),
            updated_at=moment(item.get("updated_at")),
        )
    )


def deal_row(item: Row) -> TradeRow:
    """One order of a deal. Raises AnswerLost for a row without id, side or amount."""
    quantity, remaining = needed_amount(item, "quantity"), needed_amount(item, "quantity_remaining")
    return TradeRow(
        id=int(order_id(item)),
        purpose=_OF_DEAL.get(name(item.get("deal_order_type")).lower(), Purpose.OTHER),
        status=word(item, "status_string").lower(),
        order_type="",
        side=side(item.get("order_type")),
        price=price(item.get("rate")),
        trigger=None,
        amount=quantity,
        realised=quantity - remaining,
        percentage=None,
    )


def live_deal_order(item: Row, deal: Deal) -> ExpectedOrder | None:
    """The order of a row of a deal's `market_orders`, if it stands at the exchange."""
    purpose = _OF_DEAL.get(name(item.get("deal_order_type")).lower(), Purpose.OTHER)
    if word(item, "status_string") != ACTIVE or (purpose is Purpose.TAKE_PROFIT and deal.take_profit_trails):
        return None
    owner = Owner(OwnerKind.DEAL, str(deal.id), deal.bot_name)
    return _market_order(item, owner, deal.account_id, deal.pair, purpose)


def live_grid_order(item: Row, bot: Row) -> ExpectedOrder | None:
    """The order of a row of a grid bot's `market_orders`, if it stands at the exchange."""
    if word(item, "status_string") != ACTIVE:
        return None
    owner = Owner(OwnerKind.GRID, str(integer(bot, "id")), name(bot.get("name")))
    return _market_order(item, owner, integer(bot, "account_id"), name(bot.get("pair")), Purpose.GRID_LINE)


def _market_order(item: Row, owner: Owner, account_id: int, pair: str, purpose: Purpose) -> ExpectedOrder | None:
    return standing(
        ExpectedOrder(
            owner=owner,
            account_id=account_id,
            pair=pair,
            side=side(item.get("order_type")),
            price=price(item.get("rate")),
            remaining=needed_amount(item, "quantity_remaining"),
            amount=needed_amount(item, "quantity"),
            purpose=purpose,
            trade_id=order_id(item),
            created_at=moment(item.get("created_at")),
            updated_at=moment(item.get("updated_at")) or moment(item.get("update_at")),
        )
    )


def order_id(item: Row) -> str:
    """3Commas' own id of an order: digits as text in deals, a number in grid bots. Raises AnswerLost."""
    value = item.get("order_id")
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isdigit():
        raise lost("no_order_id")
    return str(value)


def grid_rows(body: object) -> list[Row]:
    """Both lists of a grid bot's `market_orders`. Raises AnswerLost unless both are there."""
    if not isinstance(body, dict):
        raise lost("not_an_object")
    return [*objects(body.get("grid_lines_orders")), *objects(body.get("balancing_orders"))]


def simple_rows(body: object) -> list[Row]:
    """The rows of `/ver1/trades`. Raises AnswerLost."""
    if not isinstance(body, dict):
        raise lost("not_an_object")
    return objects(body.get("trades"))


def simple_id(item: Row) -> str:
    """The uuid of an order of Simple Trading. Raises AnswerLost."""
    found = text(item.get("uuid"))
    if not found:
        raise lost("no_uuid")
    return found


def live_simple_order(item: Row) -> ExpectedOrder | None:
    """An order of Simple Trading, if it stands at the exchange. Examples name its status `value`, the attribute list `basic_type`."""
    status = obj(item, "status")
    if word(status, "value" if status.get("value") else "basic_type") not in LIVE:
        return None
    units = needed_amount(obj(item, "units"), "value")
    filled = amount(obj_or_empty(item, "filled").get("units")) or Decimal(0)
    return standing(
        ExpectedOrder(
            owner=Owner(OwnerKind.SIMPLE, simple_id(item)),
            account_id=integer(item, "account_id"),
            pair=name(item.get("pair")),
            side=side(obj(item, "order").get("side")),
            price=price(obj_or_empty(item, "price").get("value")),
            remaining=units - filled,
            amount=units,
            purpose=Purpose.OTHER,
            trade_id=simple_id(item),
            created_at=moment(item.get("created_at")),
        )
    )


def standing(order: ExpectedOrder) -> ExpectedOrder | None:
    """None for an order of which nothing is left to fill: it is gone from the exchange, whatever its status says for another moment."""
    return order if order.remaining > 0 else None


def holdings(body: object, account_id: int) -> list[Holding]:
    """The balance table: numbers where the documentation says text, exponents included. Raises AnswerLost."""
    return [_holding(item, account_id) for item in objects(body)]


def _holding(item: Row, account_id: int) -> Holding:
    asset = name(item.get("currency_code"))
    if not asset:
        raise lost("no_currency_code")
    if item.get("account_id") not in (None, account_id):
        raise lost("other_account")
    total = needed_amount(item, "position")
    on_orders = amount(item.get("on_orders")) or Decimal(0)
    available = amount(item.get("position_available"))
    return Holding(
        asset=asset,
        total=total,
        available=total - on_orders if available is None else available,
        on_orders=on_orders,
        usd_value=amount(item.get("usd_value")),
    )


def rates(body: object) -> Rates:
    """Price and limits of a pair: all of them text, in camel case. Raises AnswerLost without a last price."""
    if not isinstance(body, dict):
        raise lost("not_an_object")
    last = price(body.get("last"))
    if last is None:
        raise lost("no_last")
    return Rates(
        last=last,
        bid=price(body.get("bid")),
        ask=price(body.get("ask")),
        price_step=price(body.get("priceStep")),
        lot_step=price(body.get("lotStep")),
        min_lot=price(body.get("minLotSize")),
        min_total=price(body.get("minTotal")),
    )
