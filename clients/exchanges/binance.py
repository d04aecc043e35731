"""Binance: spot and USDⓈ-M futures, and the balances of COIN-M.

Sources: https://developers.binance.com/docs/wallet/account/api-key-permission (rights),
https://developers.binance.com/docs/binance-spot-api-docs/rest-api/account-endpoints (spot),
https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api (futures).
Everything is read with the venue's own endpoints: their numbers are text, so no amount passes through a float, and a
check needs no market lists unless there is an order to name.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from decimal import Decimal

from ccxt.async_support.binance import binance

from clients.exchanges import binance_refusals
from clients.exchanges.answers import Answer, utc
from clients.exchanges.binance_rows import algo_order, amount, margins, objects, order, position, record, text
from clients.exchanges.quirks import Ask, Call, SymbolName, Weight
from domain.errors import AnswerLost, SupportError, Unavailable
from domain.ports import Balance, KeyRights, OpenOrder
from domain.trading import Position
from domain.values import MarketType

VENUE = "binance"

RIGHTS = Call(binance.sapi_get_account_apirestrictions, right="reading")
SPOT_ACCOUNT = Call(binance.private_get_account, right="reading")
USDM_ACCOUNT = Call(binance.fapiprivatev3_get_account, right="futures")
COINM_ACCOUNT = Call(binance.dapiprivate_get_account, right="futures")
SPOT_ORDERS = Call(binance.private_get_openorders, right="reading")
USDM_ORDERS = Call(binance.fapiprivate_get_openorders, right="futures")
USDM_POSITIONS = Call(binance.fapiprivatev3_get_positionrisk, right="futures")
USDM_SETTINGS = Call(binance.fapiprivate_get_symbolconfig, right="futures")
USDM_ALGO_ORDERS = Call(binance.fapiprivate_get_openalgoorders, right="futures")
PRICES = Call(binance.public_get_ticker_price)
TIME = Call(binance.public_get_time)

LISTINGS: Mapping[MarketType, tuple[Call, ...]] = {
    MarketType.SPOT: (SPOT_ORDERS,),
    MarketType.USDM: (USDM_ORDERS, USDM_ALGO_ORDERS),
}
"""All calls that together list the open orders of a market type. Stops and trailing orders of USDⓈ-M live in a service
of their own. Margin is not here: isolated margin cannot be listed without naming symbols; nor is COIN-M, whose amounts
are contracts."""

_KEY_FORM = re.compile(r"[A-Za-z0-9]{64}")

_WEIGHT_OF_ONE: Mapping[str, tuple[str, float]] = {"sapi": ("sapi", 10), "fapi": ("fapi", 1), "dapi": ("dapi", 1)}
"""Budget and weight of ccxt's cost 1, by the beginning of the group's name; everything else is spot. ccxt counts spot
in 50 ms of 6,000 a minute, sapi in a tenth of that, futures in their own units (its own table of endpoints)."""

_COSTS: Mapping[tuple[str, str], float] = {
    ("fapiPrivateV3", "account"): 5,
    ("fapiPrivateV3", "balance"): 5,
    ("fapiPrivateV3", "positionRisk"): 5,
}
"""Where ccxt counts less than Binance's documentation does."""


class Binance:
    """The quirks of `binance`."""

    venue = VENUE
    client = binance
    budgets: Mapping[str, float] = {"spot": 6000, "sapi": 12000, "fapi": 2400, "dapi": 2400}
    options: Mapping[str, object] = {
        "fetchMargins": False,
        "fetchMarkets": {"types": ["spot", "linear", "inverse"]},
        "recvWindow": 10_000,
    }
    market_weights: Sequence[Weight] = (Weight("spot", 20), Weight("fapi", 1), Weight("dapi", 1))
    kept_info = frozenset({"orderTypes", "pair", "contractType"})

    def weight(self, api: str, path: str, cost: float) -> Weight:
        cost = _COSTS.get((api, path), cost)
        for start, (budget, each) in _WEIGHT_OF_ONE.items():
            if api.startswith(start):
                return Weight(budget, cost * each)
        return Weight("spot", cost * 5)

    def used(self, answer: Answer, budget: str) -> float | None:
        header = answer.header("X-SAPI-USED-IP-WEIGHT-1M" if budget == "sapi" else "X-MBX-USED-WEIGHT-1M")
        return float(header) if header.isascii() and header.isdigit() else None

    def key_has_its_form(self, api_key: str) -> bool:
        return _KEY_FORM.fullmatch(api_key) is not None

    def judge(self, answer: Answer, right: str) -> SupportError | None:
        return binance_refusals.judge(answer, right)

    def told(self, answer: Answer) -> tuple[str, str]:
        return answer.value("code"), answer.value("msg")

    def complete(self, markets: Mapping[str, Mapping[str, object]]) -> bool:
        """COIN-M may have no market."""
        return any(m.get("spot") for m in markets.values()) and any(m.get("linear") for m in markets.values())

    async def milliseconds(self, ask: Ask) -> int:
        server_time = record(await ask(TIME), "serverTime")["serverTime"]
        if not isinstance(server_time, int | str) or not str(server_time).isdigit():
            raise AnswerLost(VENUE, code="envelope")
        return int(server_time)

    async def rights(self, ask: Ask) -> KeyRights:
        told = record(await ask(RIGHTS), "enableReading", "ipRestrict")

        def flag(name: str) -> bool | None:
            value = told.get(name)
            return value if isinstance(value, bool) else None

        transfers = (flag("enableInternalTransfer"), flag("permitsUniversalTransfer"))
        return KeyRights(
            reading=flag("enableReading"),
            spot=flag("enableSpotAndMarginTrading"),
            futures=flag("enableFutures"),
            margin=flag("enableMargin"),
            withdrawals=flag("enableWithdrawals"),
            transfers=True if True in transfers else None if None in transfers else False,
            ip_restricted=flag("ipRestrict"),
            made_at=utc(told.get("createTime")),
            trading_expires_at=utc(told.get("tradingAuthorityExpirationTime")),
        )

    async def balances(self, ask: Ask, market: MarketType) -> Sequence[Balance]:
        """What is there; assets without anything are left out. In multi-assets mode profit may stand in an asset of which
        the wallet holds nothing."""
        match market:
            case MarketType.SPOT:
                rows = objects(record(await ask(SPOT_ACCOUNT, {"omitZeroBalances": "true"}), "balances")["balances"])
                found = [Balance(text(r, "asset"), amount(r, "free"), amount(r, "locked")) for r in rows]
            case MarketType.USDM:
                found = margins(await ask(USDM_ACCOUNT))
            case MarketType.COINM:
                found = margins(await ask(COINM_ACCOUNT))
            case MarketType.MARGIN:
                raise Unavailable(VENUE, code="market_not_read")
        return [balance for balance in found if balance.free or balance.locked or balance.unrealised]

    async def open_orders(
        self, ask: Ask, market: MarketType, symbol_names: Callable[[], Awaitable[SymbolName]]
    ) -> Sequence[OpenOrder]:
        if market not in LISTINGS:
            raise Unavailable(VENUE, code="market_not_read")
        listed = [(call, objects(await ask(call))) for call in LISTINGS[market]]
        if not any(rows for _, rows in listed):
            return ()
        name = await symbol_names()
        merged: dict[tuple[bool, str], OpenOrder] = {}
        for call, rows in listed:
            of_algo_service = call is USDM_ALGO_ORDERS  # which numbers its orders by itself
            for row in rows:
                found = algo_order(row, market, name) if of_algo_service else order(row, market, name)
                merged[of_algo_service, found.id] = found
        return tuple(merged.values())

    async def positions(
        self, ask: Ask, market: MarketType, symbol_names: Callable[[], Awaitable[SymbolName]]
    ) -> Sequence[Position]:
        """positionRisk v3 lists what is open or has orders; leverage is told by the settings of the symbol alone."""
        if market is not MarketType.USDM:
            raise Unavailable(VENUE, code="market_not_read")
        held = [row for row in objects(await ask(USDM_POSITIONS)) if amount(row, "positionAmt")]
        if not held:
            return ()
        settings = {text(row, "symbol"): row for row in objects(await ask(USDM_SETTINGS))}
        name = await symbol_names()
        return tuple(position(row, settings.get(text(row, "symbol"), {}), name) for row in held)

    async def leverage(
        self, ask: Ask, market: MarketType, symbol_names: Callable[[], Awaitable[SymbolName]]
    ) -> Mapping[str, Decimal]:
        if market is not MarketType.USDM:
            raise Unavailable(VENUE, code="market_not_read")
        rows = objects(await ask(USDM_SETTINGS))
        name = await symbol_names()
        return {name(text(row, "symbol"), market): amount(row, "leverage") for row in rows}

    async def prices(self, ask: Ask) -> Mapping[str, Decimal]:
        rows = objects(await ask(PRICES))
        if not rows:
            raise AnswerLost(VENUE, code="envelope")
        return {text(row, "symbol"): amount(row, "price") for row in rows}

    def worth(self, asset: str, prices: Mapping[str, Decimal]) -> Decimal | None:
        """Directly, the other way round (fiat), or by way of BTC. A price of zero is none."""
        if asset == "USDT":
            return Decimal(1)
        if direct := prices.get(f"{asset}USDT"):
            return direct
        if inverse := prices.get(f"USDT{asset}"):
            return 1 / inverse
        in_bitcoin, bitcoin = prices.get(f"{asset}BTC"), prices.get("BTCUSDT")
        return in_bitcoin * bitcoin if in_bitcoin and bitcoin else None
