"""Rows of Binance's answers as values of the domain. Numbers arrive as text, and no amount passes through a float.

Sources: https://developers.binance.com/docs/binance-spot-api-docs/rest-api/account-endpoints (orders),
https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api (orders, algo orders, position risk v3),
https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api (symbol configuration).
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from clients.exchanges.answers import utc
from clients.exchanges.quirks import SymbolName
from domain.errors import AnswerLost, Surprise
from domain.ports import Balance, OpenOrder
from domain.trading import MarginMode, Position
from domain.values import MarketType

VENUE = "binance"

Row = Mapping[str, object]

_CONDITIONAL = re.compile("STOP|TAKE_PROFIT|TRAILING")
_LEGS = {"LONG": "long", "SHORT": "short"}
"""`positionSide` in hedge mode; BOTH in one-way mode."""
_MARGIN_MODES = {"CROSSED": MarginMode.CROSS, "CROSS": MarginMode.CROSS, "ISOLATED": MarginMode.ISOLATED}
"""The documentation spells cross margin in both ways."""
_NO_LIST = ("", "-1")


def margins(account: object) -> list[Balance]:
    """The futures account's assets, without those that were never used: their figures mean nothing (ccxt's issue 27997)."""
    rows = objects(record(account, "assets")["assets"])
    return [_margin(row) for row in rows if str(row.get("updateTime", "")) != "0"]


def _margin(row: Row) -> Balance:
    """A futures asset: the wallet in all, of which the initial margin of positions and orders is locked.

    `marginBalance` is the wallet and `unrealizedProfit`: https://www.binance.com/en/support/faq/5d62f8be18d24544b5b6156094c16bf7
    """
    wallet, margin = amount(row, "walletBalance"), amount(row, "initialMargin")
    locked = max(min(margin, wallet), Decimal(0))
    profit, available = amount(row, "marginBalance") - wallet, _told(row, "availableBalance")
    of_orders = _told(row, "openOrderInitialMargin")
    return Balance(text(row, "asset"), wallet - locked, locked, profit, available, of_orders)


def order(row: Row, market: MarketType, name: SymbolName) -> OpenOrder:
    """A spot order, or a plain one of futures."""
    kind = str(row.get("origType") or text(row, "type"))
    ordered = amount(row, "origQty")
    group = str(row.get("orderListId", ""))
    return OpenOrder(
        id=text(row, "orderId"),
        client_id=str(row.get("clientOrderId") or ""),
        symbol=name(text(row, "symbol"), market),
        side=text(row, "side").lower(),
        type=kind.lower(),
        price=_price(row, "price"),
        amount=ordered,
        remaining=ordered - amount(row, "executedQty"),
        reduce_only=row.get("reduceOnly") is True or row.get("closePosition") is True,
        conditional=_CONDITIONAL.search(kind) is not None,
        created_at=utc(row.get("time")),
        trigger=_trigger(row, kind, "stopPrice"),
        position_side=_leg(row),
        group="" if group in _NO_LIST else group,
        activation=_price(row, "activatePrice"),
        callback=_price(row, "priceRate"),
    )


def algo_order(row: Row, market: MarketType, name: SymbolName) -> OpenOrder:
    """An order of the futures' algo service; one that closes the whole position names no amount."""
    ordered, kind = amount(row, "quantity"), text(row, "orderType")
    return OpenOrder(
        id=text(row, "algoId"),
        client_id=str(row.get("clientAlgoId") or ""),
        symbol=name(text(row, "symbol"), market),
        side=text(row, "side").lower(),
        type=kind.lower(),
        price=_price(row, "price"),
        amount=ordered,
        remaining=ordered,
        reduce_only=row.get("reduceOnly") is True or row.get("closePosition") is True,
        conditional=True,
        created_at=utc(row.get("createTime")),
        trigger=_trigger(row, kind, "triggerPrice"),
        position_side=_leg(row),
        # A trailing order without the one has at most the other; were that where it would fire now, it counts as begun all the same.
        activation=_price(row, "activatePrice") or (_price(row, "triggerPrice") if "TRAILING" in kind else None),
        callback=_price(row, "callbackRate"),
    )


def position(row: Row, settings: Row, name: SymbolName) -> Position:
    """An open USDⓈ-M position. `settings` are the row of its symbol in symbolConfig, which alone tells the leverage."""
    held, leg = amount(row, "positionAmt"), _leg(row)
    told = str(settings.get("marginType") or row.get("marginType") or "").upper()
    return Position(
        symbol=name(text(row, "symbol"), MarketType.USDM),
        side=leg or ("long" if held > 0 else "short"),
        amount=abs(held),
        entry_price=amount(row, "entryPrice"),
        mark_price=_price(row, "markPrice"),
        unrealised=amount(row, "unRealizedProfit"),
        leverage=_price(settings, "leverage"),
        margin_mode=_MARGIN_MODES.get(told),
        liquidation_price=_price(row, "liquidationPrice"),
        hedged=bool(leg),
    )


def _trigger(row: Row, kind: str, field: str) -> Decimal | None:
    """A trailing order has none of its own: the documentation says to ignore what stands in the field."""
    return None if "TRAILING" in kind else _price(row, field)


def _leg(row: Row) -> str:
    return _LEGS.get(str(row.get("positionSide")), "")


def _price(row: Row, field: str) -> Decimal | None:
    """None for an order that has none: Binance writes 0."""
    return (amount(row, field) or None) if row.get(field) not in (None, "") else None


def _told(row: Row, field: str) -> Decimal | None:
    """None for a field that is not there."""
    return amount(row, field) if field in row else None


def record(answer: object, *fields: str) -> Row:
    """The answer, if it is an object with these fields: Binance's envelope where it does not list."""
    if not isinstance(answer, Mapping) or any(name not in answer for name in fields):
        raise AnswerLost(VENUE, code="envelope")
    return answer


def objects(answer: object) -> Sequence[Row]:
    """The answer, if it is a list of objects: Binance's envelope where it lists. Empty is an answer, too."""
    if not isinstance(answer, list) or not all(isinstance(row, Mapping) for row in answer):
        raise AnswerLost(VENUE, code="envelope")
    return answer


def text(row: Row, name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise Surprise(VENUE, code=f"field:{name}")
    return str(value)


def amount(row: Row, name: str) -> Decimal:
    """A number, which Binance sends as text."""
    try:
        found = Decimal(text(row, name))
    except InvalidOperation:
        raise Surprise(VENUE, code=f"field:{name}") from None
    if not found.is_finite():
        raise Surprise(VENUE, code=f"field:{name}")
    return found
