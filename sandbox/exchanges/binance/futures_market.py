"""Public answers of /fapi, and its brackets. Shapes: https://developers.binance.com/docs/derivatives/usds-margined-futures"""

from sandbox.exchanges.binance.calls import Call, Json, amount
from sandbox.exchanges.binance.listings import futures_listing_body, leverage_brackets
from sandbox.exchanges.binance.symbols import Symbol

HEAD = (
    '{"timezone":"UTC","serverTime":%d,"futuresType":"U_MARGINED","rateLimits":['
    '{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":2400},'
    '{"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200},'
    '{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":300}],'
    '"exchangeFilters":[],"assets":['
    '{"asset":"USDT","marginAvailable":true,"autoAssetExchange":"-10000"},'
    '{"asset":"USDC","marginAvailable":true,"autoAssetExchange":"0"},'
    '{"asset":"BNB","marginAvailable":true,"autoAssetExchange":"0"}],"symbols":'
)
FUNDING_MS = 8 * 3_600_000


def exchange_info(call: Call) -> bytes:
    return (HEAD % call.server_ms).encode() + futures_listing_body(call.books.state.symbol_count) + b"}"


def empty_exchange_info(call: Call) -> Json:
    """COIN-M: nothing is listed there."""
    return {"timezone": "UTC", "serverTime": call.server_ms, "rateLimits": [], "exchangeFilters": [], "symbols": []}


def contracts(call: Call) -> list[Symbol]:
    """The contract asked for, or all. Raises BinanceError -1100, -1121."""
    listed = call.books.listed.contracts
    name = call.parameters.symbol(listed)
    return list(listed.values()) if name is None else [listed[name]]


def _one_or_all(call: Call, rows: list[dict[str, object]]) -> Json:
    return rows[0] if "symbol" in call.parameters.values else rows


def ticker_price(call: Call) -> Json:
    return _one_or_all(
        call,
        [
            {"symbol": row.name, "price": amount(call.books.prices.of(row), row.price_decimals), "time": call.server_ms}
            for row in contracts(call)
        ],
    )


def premium_index(call: Call) -> Json:
    next_funding = (call.server_ms // FUNDING_MS + 1) * FUNDING_MS
    rows: list[dict[str, object]] = []
    for row in contracts(call):
        price = amount(call.books.prices.of(row))
        rows.append(
            {
                "symbol": row.name,
                "markPrice": price,
                "indexPrice": price,
                "estimatedSettlePrice": price,
                "lastFundingRate": "0.00010000",
                "interestRate": "0.00010000",
                "nextFundingTime": next_funding,
                "time": call.server_ms,
            }
        )
    return _one_or_all(call, rows)


def brackets(call: Call) -> Json:
    listed = leverage_brackets(call.books.state.symbol_count)
    return [listed[row.name] for row in contracts(call)]
