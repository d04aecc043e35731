"""Open orders of /fapi: plain ones, and those of the algo service. Shapes:
https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Open-Orders and
https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Algo-Open-Orders
"""

from decimal import Decimal

from sandbox.exchanges.binance.calls import Call, Json
from sandbox.exchanges.binance.price_moves import TRAILING
from sandbox.exchanges.binance.state import FuturesOrder


def open_orders(call: Call) -> Json:
    """Plain orders; conditional ones are a separate service."""
    name = call.parameters.symbol(call.books.listed.contracts)
    return [_order(row) for row in call.account.usdm_orders if row.trigger_price is None and name in (None, row.symbol)]


def open_algo_orders(call: Call) -> Json:
    """Stop, take-profit and trailing orders."""
    name = call.parameters.symbol(call.books.listed.contracts)
    return [
        _algo_order(row, row.trigger_price)
        for row in call.account.usdm_orders
        if row.trigger_price is not None and name in (None, row.symbol)
    ]


def _order(row: FuturesOrder) -> dict[str, object]:
    placed_ms = int(row.placed.timestamp() * 1000)
    return {
        "orderId": row.order_id,
        "symbol": row.symbol,
        "status": "PARTIALLY_FILLED" if row.executed else "NEW",
        "clientOrderId": row.client_order_id,
        "price": format(row.price, "f"),
        "avgPrice": format(row.price, "f") if row.executed else "0.00",
        "origQty": format(row.quantity, "f"),
        "executedQty": format(row.executed, "f"),
        "cumQuote": format(row.executed * row.price, "f"),
        "timeInForce": "GTC",
        "type": row.type,
        "reduceOnly": row.reduce_only,
        "closePosition": row.close_position,
        "side": row.side,
        "positionSide": row.position_side,
        "stopPrice": "0",
        "workingType": "CONTRACT_PRICE",
        "priceProtect": False,
        "origType": row.type,
        "priceMatch": "NONE",
        "selfTradePreventionMode": "EXPIRE_MAKER",
        "goodTillDate": 0,
        "time": placed_ms,
        "updateTime": placed_ms,
    }


def _algo_order(row: FuturesOrder, trigger_price: Decimal) -> dict[str, object]:
    placed_ms = int(row.placed.timestamp() * 1000)
    trailing = {
        "activatePrice": None if row.activate_price is None else format(row.activate_price, "f"),
        "callbackRate": None if row.callback_rate is None else format(row.callback_rate, "f"),
    }
    return {
        **(trailing if row.type == TRAILING else {}),
        "algoId": row.order_id,
        "clientAlgoId": row.client_order_id,
        "algoType": "CONDITIONAL",
        "orderType": row.type,
        "symbol": row.symbol,
        "side": row.side,
        "positionSide": row.position_side,
        "timeInForce": "GTC",
        "quantity": format(row.quantity, "f"),
        "algoStatus": "NEW",
        "actualOrderId": "",
        "actualPrice": "0.00000",
        "triggerPrice": format(trigger_price, "f"),
        "price": format(row.price, "f"),
        "icebergQuantity": None,
        "tpTriggerPrice": "0",
        "tpPrice": "0",
        "slTriggerPrice": "0",
        "slPrice": "0",
        "tpOrderType": "",
        "selfTradePreventionMode": "EXPIRE_MAKER",
        "workingType": "CONTRACT_PRICE",
        "priceMatch": "NONE",
        "closePosition": row.close_position,
        "priceProtect": False,
        "reduceOnly": row.reduce_only,
        "createTime": placed_ms,
        "updateTime": placed_ms,
        "triggerTime": 0,
        "goodTillDate": 0,
    }
