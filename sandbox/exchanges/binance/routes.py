"""The table of what is emulated: path, who may call it, weight, parameters, and the function that answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.exchanges.binance import futures_account, futures_market, futures_orders
from sandbox.exchanges.binance import spot_answers as spot
from sandbox.exchanges.binance import wallet_answers as wallet
from sandbox.exchanges.binance.calls import Call, Json
from sandbox.exchanges.binance.errors import Family

Security = Literal["public", "key", "signed"]
"""NONE, MARKET_DATA and USER_DATA of the documentation."""
Answer = Callable[[Call], Json | bytes]


@dataclass(frozen=True)
class Route:
    answer: Answer
    weight: int = 1
    weight_without_symbol: int | None = None
    security: Security = "public"
    parameters: tuple[str, ...] = ()

    def weight_of(self, parameters: dict[str, str]) -> int:
        if self.weight_without_symbol is None or "symbol" in parameters:
            return self.weight
        return self.weight_without_symbol


def _signed(answer: Answer, weight: int = 1, without_symbol: int | None = None, *parameters: str) -> Route:
    return Route(answer, weight, without_symbol, "signed", parameters)


SYMBOL, SYMBOLS = "symbol", "symbols"

GET: dict[str, Route] = {
    "/api/v3/ping": Route(spot.ping),
    "/api/v3/time": Route(spot.time),
    "/api/v3/exchangeInfo": Route(spot.exchange_info, 20, parameters=(SYMBOL, SYMBOLS, "showPermissionSets")),
    "/api/v3/ticker/price": Route(spot.ticker_price, 2, 4, parameters=(SYMBOL, SYMBOLS)),
    "/api/v3/ticker/24hr": Route(spot.ticker_24hr, 2, 80, parameters=(SYMBOL, SYMBOLS)),
    "/api/v3/depth": Route(spot.depth, 5, parameters=(SYMBOL, "limit")),
    "/api/v3/account": _signed(spot.account, 20, None, "omitZeroBalances"),
    "/api/v3/openOrders": _signed(spot.open_orders, 6, 80, SYMBOL),
    "/sapi/v1/system/status": Route(wallet.system_status),
    "/sapi/v1/account/apiRestrictions": _signed(wallet.api_restrictions),
    "/sapi/v1/account/status": _signed(wallet.account_status),
    "/sapi/v1/account/apiTradingStatus": _signed(wallet.trading_status),
    "/sapi/v1/capital/config/getall": _signed(wallet.all_coins, 10),
    "/sapi/v1/margin/allPairs": Route(wallet.cross_margin_pairs, security="key"),
    "/sapi/v1/margin/isolated/allPairs": Route(wallet.isolated_margin_pairs, security="key"),
    "/fapi/v1/ping": Route(spot.ping),
    "/fapi/v1/time": Route(spot.time),
    "/fapi/v1/exchangeInfo": Route(futures_market.exchange_info),
    "/fapi/v1/ticker/price": Route(futures_market.ticker_price, 1, 2, parameters=(SYMBOL,)),
    "/fapi/v1/premiumIndex": Route(futures_market.premium_index, 1, 10, parameters=(SYMBOL,)),
    "/fapi/v2/account": _signed(futures_account.account_v2, 5),
    "/fapi/v3/account": _signed(futures_account.account_v3, 5),
    "/fapi/v2/balance": _signed(futures_account.balance, 5),
    "/fapi/v3/balance": _signed(futures_account.balance, 5),
    "/fapi/v2/positionRisk": _signed(futures_account.position_risk_v2, 5, None, SYMBOL),
    "/fapi/v3/positionRisk": _signed(futures_account.position_risk_v3, 5, None, SYMBOL),
    "/fapi/v1/symbolConfig": _signed(futures_account.symbol_config, 5, None, SYMBOL),
    "/fapi/v1/openOrders": _signed(futures_orders.open_orders, 1, 40, SYMBOL),
    "/fapi/v1/openAlgoOrders": _signed(futures_orders.open_algo_orders, 1, 40, SYMBOL),
    "/fapi/v1/leverageBracket": _signed(futures_market.brackets, 1, None, SYMBOL),
    "/fapi/v1/positionSide/dual": _signed(futures_account.position_mode, 30),
    "/fapi/v1/multiAssetsMargin": _signed(futures_account.multi_assets_mode, 30),
    "/fapi/v1/accountConfig": _signed(futures_account.account_config, 5),
    "/dapi/v1/exchangeInfo": Route(futures_market.empty_exchange_info),
}

NOT_YET = (
    "/api/v3/order",
    "/api/v3/order/test",
    "/api/v3/openOrders",
    "/api/v3/orderList/oco",
    "/fapi/v1/order",
    "/fapi/v1/order/test",
    "/fapi/v1/batchOrders",
    "/fapi/v1/allOpenOrders",
    "/fapi/v1/algoOrder",
    "/fapi/v1/algoOpenOrders",
)
"""Writing paths of the original that this emulator knows and does not carry out."""


def family_of(path: str) -> Family | None:
    match path.split("/")[1:2]:
        case ["api"]:
            return "api"
        case ["sapi"]:
            return "sapi"
        case ["fapi"]:
            return "fapi"
        case ["dapi"]:
            return "dapi"
    return None


def host_of(family: Family) -> str:
    """The host that serves a family."""
    return {"api": "api", "sapi": "api", "fapi": "fapi", "dapi": "dapi"}[family] + ".binance.com"
