"""exchangeInfo of spot and USDⓈ-M in the size of the original, built once per length of the list and kept as bytes.

Filters: https://developers.binance.com/docs/binance-spot-api-docs/filters
"""

from functools import lru_cache

from sandbox.exchanges.binance.calls import amount, to_json
from sandbox.exchanges.binance.symbols import Symbol, market_list

SPOT_ORDER_TYPES = [
    "LIMIT",
    "LIMIT_MAKER",
    "MARKET",
    "STOP_LOSS",
    "STOP_LOSS_LIMIT",
    "TAKE_PROFIT",
    "TAKE_PROFIT_LIMIT",
]
FUTURES_ORDER_TYPES = [
    "LIMIT",
    "MARKET",
    "STOP",
    "STOP_MARKET",
    "TAKE_PROFIT",
    "TAKE_PROFIT_MARKET",
    "TRAILING_STOP_MARKET",
]
PREVENTION_MODES = ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT"]
TRADE_GROUPS = [f"TRD_GRP_{number:03d}" for number in range(4, 58)]
"""Groups of accounts that may trade a symbol; the real list names about as many per symbol, most of its bytes."""
PERPETUAL_DELIVERY_MS = 4_133_404_800_000
ONBOARD_MS = 1_569_398_400_000


@lru_cache(maxsize=4)
def spot_listing(count: int) -> dict[str, dict[str, object]]:
    return {name: _spot(symbol) for name, symbol in market_list(count).spot.items()}


@lru_cache(maxsize=4)
def spot_listing_body(count: int) -> bytes:
    return to_json(list(spot_listing(count).values()))


@lru_cache(maxsize=4)
def futures_listing_body(count: int) -> bytes:
    return to_json([_contract(symbol) for symbol in market_list(count).contracts.values()])


@lru_cache(maxsize=4)
def leverage_brackets(count: int) -> dict[str, dict[str, object]]:
    return {name: _brackets(name) for name in market_list(count).contracts}


def _spot(symbol: Symbol) -> dict[str, object]:
    return {
        "symbol": symbol.name,
        "status": "TRADING" if symbol.trading else "BREAK",
        "baseAsset": symbol.base,
        "baseAssetPrecision": 8,
        "quoteAsset": symbol.quote,
        "quotePrecision": 8,
        "quoteAssetPrecision": 8,
        "baseCommissionPrecision": 8,
        "quoteCommissionPrecision": 8,
        "orderTypes": SPOT_ORDER_TYPES,
        "icebergAllowed": True,
        "ocoAllowed": True,
        "otoAllowed": True,
        "opoAllowed": True,
        "quoteOrderQtyMarketAllowed": True,
        "allowTrailingStop": True,
        "cancelReplaceAllowed": True,
        "amendAllowed": True,
        "pegInstructionsAllowed": True,
        "isSpotTradingAllowed": True,
        "isMarginTradingAllowed": symbol.margin,
        "filters": _spot_filters(symbol),
        "permissions": [],
        "permissionSets": [["SPOT", *(["MARGIN"] if symbol.margin else []), *TRADE_GROUPS]],
        "defaultSelfTradePreventionMode": "EXPIRE_MAKER",
        "allowedSelfTradePreventionModes": PREVENTION_MODES,
    }


def _spot_filters(symbol: Symbol) -> list[dict[str, object]]:
    tick, step = amount(symbol.tick), amount(symbol.step)
    most = amount(symbol.step * 9_000_000)
    return [
        {"filterType": "PRICE_FILTER", "minPrice": tick, "maxPrice": amount(symbol.tick * 10**8), "tickSize": tick},
        {"filterType": "LOT_SIZE", "minQty": step, "maxQty": most, "stepSize": step},
        {"filterType": "ICEBERG_PARTS", "limit": 10},
        {
            "filterType": "MARKET_LOT_SIZE",
            "minQty": "0.00000000",
            "maxQty": amount(symbol.step * 900_000),
            "stepSize": "0.00000000",
        },
        {
            "filterType": "TRAILING_DELTA",
            "minTrailingAboveDelta": 10,
            "maxTrailingAboveDelta": 2000,
            "minTrailingBelowDelta": 10,
            "maxTrailingBelowDelta": 2000,
        },
        {
            "filterType": "PERCENT_PRICE_BY_SIDE",
            "bidMultiplierUp": "5",
            "bidMultiplierDown": "0.2",
            "askMultiplierUp": "5",
            "askMultiplierDown": "0.2",
            "avgPriceMins": 5,
        },
        {
            "filterType": "NOTIONAL",
            "minNotional": amount(symbol.min_notional),
            "applyMinToMarket": True,
            "maxNotional": "9000000.00000000",
            "applyMaxToMarket": False,
            "avgPriceMins": 5,
        },
        {"filterType": "MAX_NUM_ORDERS", "maxNumOrders": 200},
        {"filterType": "MAX_NUM_ORDER_LISTS", "maxNumOrderLists": 20},
        {"filterType": "MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders": 5},
        {"filterType": "MAX_NUM_ORDER_AMENDS", "maxNumOrderAmends": 10},
    ]


def _contract(symbol: Symbol) -> dict[str, object]:
    tick, step = format(symbol.tick, "f"), format(symbol.step, "f")
    return {
        "symbol": symbol.name,
        "pair": symbol.name,
        "contractType": "PERPETUAL",
        "deliveryDate": PERPETUAL_DELIVERY_MS,
        "onboardDate": ONBOARD_MS,
        "status": "TRADING",
        "maintMarginPercent": "2.5000",
        "requiredMarginPercent": "5.0000",
        "baseAsset": symbol.base,
        "quoteAsset": symbol.quote,
        "marginAsset": symbol.quote,
        "pricePrecision": symbol.price_decimals,
        "quantityPrecision": symbol.amount_decimals,
        "baseAssetPrecision": 8,
        "quotePrecision": 8,
        "underlyingType": "COIN",
        "underlyingSubType": [],
        "triggerProtect": "0.0500",
        "liquidationFee": "0.012500",
        "marketTakeBound": "0.05",
        "maxMoveOrderLimit": 10000,
        "filters": [
            {
                "filterType": "PRICE_FILTER",
                "minPrice": tick,
                "maxPrice": format(symbol.tick * 10**8, "f"),
                "tickSize": tick,
            },
            {"filterType": "LOT_SIZE", "minQty": step, "maxQty": format(symbol.step * 10**6, "f"), "stepSize": step},
            {
                "filterType": "MARKET_LOT_SIZE",
                "minQty": step,
                "maxQty": format(symbol.step * 10**5, "f"),
                "stepSize": step,
            },
            {"filterType": "MAX_NUM_ORDERS", "limit": 200},
            {"filterType": "MAX_NUM_ALGO_ORDERS", "limit": 10},
            {"filterType": "MIN_NOTIONAL", "notional": format(symbol.min_notional, "f")},
            {
                "filterType": "PERCENT_PRICE",
                "multiplierUp": "1.0500",
                "multiplierDown": "0.9500",
                "multiplierDecimal": "4",
            },
        ],
        "orderTypes": FUTURES_ORDER_TYPES,
        "timeInForce": ["GTC", "IOC", "FOK", "GTX", "GTD"],
        "permissionSets": ["GRID", "COPY"],
    }


def _brackets(name: str) -> dict[str, object]:
    rows = (
        # bracket, leverage, cap and floor of the notional, maintenance rate, deduction (all in the margin coin)
        (1, 75, 50_000, 0, 0.005, 0.0),
        (2, 50, 250_000, 50_000, 0.01, 250.0),
        (3, 20, 1_000_000, 250_000, 0.025, 4000.0),
        (4, 10, 5_000_000, 1_000_000, 0.05, 29000.0),
        (5, 5, 20_000_000, 5_000_000, 0.1, 279000.0),
    )
    keys = ("bracket", "initialLeverage", "notionalCap", "notionalFloor", "maintMarginRatio", "cum")
    return {"symbol": name, "notionalCoef": 1.0, "brackets": [dict(zip(keys, row, strict=True)) for row in rows]}
