"""Answers of /api/v3. Shapes: https://developers.binance.com/docs/binance-spot-api-docs/rest-api"""

import json
from decimal import Decimal

from sandbox.exchanges.binance import errors
from sandbox.exchanges.binance.calls import Call, Json, amount, to_json
from sandbox.exchanges.binance.ledger import spot_locks
from sandbox.exchanges.binance.listings import spot_listing, spot_listing_body
from sandbox.exchanges.binance.state import ZERO, SpotOrder
from sandbox.exchanges.binance.symbols import Symbol

HEAD = (
    '{"timezone":"UTC","serverTime":%d,"rateLimits":['
    '{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000},'
    '{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":100},'
    '{"rateLimitType":"ORDERS","interval":"DAY","intervalNum":1,"limit":200000},'
    '{"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":61000}],'
    '"exchangeFilters":[],"symbols":'
)
DAY_MS = 86_400_000
LEVELS = 20
LEVEL_STEP = 5
"""Ticks between two levels of the order book."""


def ping(_call: Call) -> Json:
    return {}


def time(call: Call) -> Json:
    return {"serverTime": call.server_ms}


def exchange_info(call: Call) -> bytes:
    wanted = _symbols(call)
    count = call.books.state.symbol_count
    if wanted is None:
        body = spot_listing_body(count)
    else:
        listing = spot_listing(count)
        body = to_json([listing[name] for name in wanted])
    return (HEAD % call.server_ms).encode() + body + b"}"


def _symbols(call: Call) -> list[str] | None:
    """Names asked for by `symbol` or `symbols` (a JSON list); None for all."""
    one = call.parameters.symbol(call.books.listed.spot)
    several = call.parameters.values.get("symbols")
    if several is None:
        return [one] if one is not None else None
    if one is not None:
        raise errors.parameters_combined("symbol", "symbols")
    try:
        names = json.loads(several)
    except ValueError as error:
        raise errors.illegal_characters("symbols", r'^\["[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}\]$') from error
    if not isinstance(names, list) or any(name not in call.books.listed.spot for name in names):
        raise errors.invalid_symbol()
    return [str(name) for name in names]


def _per_symbol(call: Call, names: list[str] | None) -> list[Symbol]:
    listed = call.books.listed.spot
    return list(listed.values()) if names is None else [listed[name] for name in names]


def ticker_price(call: Call) -> Json:
    prices = call.books.prices
    names = _symbols(call)
    rows: list[dict[str, object]] = [
        {"symbol": row.name, "price": amount(prices.of(row))} for row in _per_symbol(call, names)
    ]
    return rows[0] if "symbol" in call.parameters.values else rows


def ticker_24hr(call: Call) -> Json:
    names = _symbols(call)
    rows = [_day(call, row) for row in _per_symbol(call, names)]
    return rows[0] if "symbol" in call.parameters.values else rows


def _day(call: Call, symbol: Symbol) -> dict[str, object]:
    """A quiet day: no trades are emulated, so the price stood where it stands."""
    price = amount(call.books.prices.of(symbol))
    return {
        "symbol": symbol.name,
        "priceChange": amount(ZERO),
        "priceChangePercent": "0.000",
        "weightedAvgPrice": price,
        "prevClosePrice": price,
        "lastPrice": price,
        "lastQty": amount(symbol.step),
        "bidPrice": price,
        "bidQty": amount(symbol.step),
        "askPrice": amount(call.books.prices.of(symbol) + symbol.tick),
        "askQty": amount(symbol.step),
        "openPrice": price,
        "highPrice": price,
        "lowPrice": price,
        "volume": amount(ZERO),
        "quoteVolume": amount(ZERO),
        "openTime": call.server_ms - DAY_MS,
        "closeTime": call.server_ms,
        "firstId": -1,
        "lastId": -1,
        "count": 0,
    }


def depth(call: Call) -> Json:
    name = call.parameters.symbol(call.books.listed.spot)
    if name is None:
        raise errors.parameter_missing("symbol")
    symbol = call.books.listed.spot[name]
    price = call.books.prices.of(symbol)
    levels = min(call.parameters.number("limit") or LEVELS, LEVELS)
    size = amount(max(symbol.step, Decimal(1000).quantize(symbol.step) if price < 1 else symbol.step * 1000))

    def side(direction: int) -> list[list[str]]:
        steps = (price + direction * symbol.tick * (1 + LEVEL_STEP * n) for n in range(levels))
        return [[amount(at), size] for at in steps if at > 0]

    return {"lastUpdateId": call.server_ms, "bids": side(-1), "asks": side(1)}


def account(call: Call) -> Json:
    owner = call.account
    locks = spot_locks(owner, call.books.listed)
    names = dict.fromkeys((*call.books.listed.assets, *owner.spot))
    held = {name: owner.spot.get(name, ZERO) for name in names}
    if call.parameters.values.get("omitZeroBalances") == "true":
        held = {name: total for name, total in held.items() if total}
    return {
        "makerCommission": 10,
        "takerCommission": 10,
        "buyerCommission": 0,
        "sellerCommission": 0,
        "commissionRates": {
            "maker": "0.00100000",
            "taker": "0.00100000",
            "buyer": "0.00000000",
            "seller": "0.00000000",
        },
        "canTrade": True,
        "canWithdraw": True,
        "canDeposit": True,
        "brokered": False,
        "requireSelfTradePrevention": False,
        "preventSor": False,
        "updateTime": call.server_ms,
        "accountType": "SPOT",
        "balances": [
            {
                "asset": name,
                "free": amount(total - locks.get(name, ZERO)),
                "locked": amount(locks.get(name, ZERO)),
            }
            for name, total in held.items()
        ],
        "permissions": ["SPOT"],
        "uid": owner.uid,
    }


def open_orders(call: Call) -> Json:
    name = call.parameters.symbol(call.books.listed.spot)
    return [_order(row) for row in call.account.spot_orders if name in (None, row.symbol)]


def _order(row: SpotOrder) -> dict[str, object]:
    placed_ms = int(row.placed.timestamp() * 1000)
    working = row.stop_price == 0 or row.triggered
    return {
        "symbol": row.symbol,
        "orderId": row.order_id,
        "orderListId": row.order_list_id,
        "clientOrderId": row.client_order_id,
        "price": amount(row.price),
        "origQty": amount(row.quantity),
        "executedQty": amount(row.executed),
        "origQuoteOrderQty": amount(ZERO),
        "cummulativeQuoteQty": amount(row.executed * row.price),
        "status": "PARTIALLY_FILLED" if row.executed else "NEW",
        "timeInForce": "GTC",
        "type": row.type,
        "side": row.side,
        "stopPrice": amount(row.stop_price),
        "icebergQty": amount(ZERO),
        "time": placed_ms,
        "updateTime": placed_ms,
        "isWorking": working,
        "workingTime": placed_ms if working else -1,
        "selfTradePreventionMode": "EXPIRE_MAKER",
    }
