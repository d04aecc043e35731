"""Binance: spot and USDⓈ-M futures, and the balances of COIN-M.

Sources: https://developers.binance.com/docs/wallet/account/api-key-permission (rights),
https://developers.binance.com/docs/binance-spot-api-docs/rest-api/account-endpoints (spot),
https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api (futures).
Everything is read with the venue's own endpoints: their numbers are text, so no amount passes through a float, and a
check needs no market lists unless there is an order to name.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from ccxt.async_support.binance import binance

from clients.exchanges import binance_refusals
from clients.exchanges.answers import Answer, utc
from clients.exchanges.quirks import Ask, Call, SymbolName, Weight
from domain.errors import AnswerLost, SupportError, Surprise, Unavailable
from domain.ports import Balance, KeyRights, OpenOrder
from domain.values import MarketType

VENUE = "binance"

RIGHTS = Call(binance.sapi_get_account_apirestrictions, right="reading")
SPOT_ACCOUNT = Call(binance.private_get_account, right="reading")
USDM_ACCOUNT = Call(binance.fapiprivatev3_get_account, right="futures")
COINM_ACCOUNT = Call(binance.dapiprivate_get_account, right="futures")
SPOT_ORDERS = Call(binance.private_get_openorders, right="reading")
USDM_ORDERS = Call(binance.fapiprivate_get_openorders, right="futures")
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

_CONDITIONAL = re.compile("STOP|TAKE_PROFIT|TRAILING")
_KEY_FORM = re.compile(r"[A-Za-z0-9]{64}")

_WEIGHT_OF_ONE: Mapping[str, tuple[str, float]] = {"sapi": ("sapi", 10), "fapi": ("fapi", 1), "dapi": ("dapi", 1)}
"""Budget and weight of ccxt's cost 1, by the beginning of the group's name; everything else is spot. ccxt counts spot
in 50 ms of 6,000 a minute, sapi in a tenth of that, futures in their own units (its own table of endpoints)."""

_COSTS: Mapping[tuple[str, str], float] = {("fapiPrivateV3", "account"): 5, ("fapiPrivateV3", "balance"): 5}
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
        server_time = _object(await ask(TIME), "serverTime")["serverTime"]
        if not isinstance(server_time, int | str) or not str(server_time).isdigit():
            raise AnswerLost(VENUE, code="envelope")
        return int(server_time)

    async def rights(self, ask: Ask) -> KeyRights:
        told = _object(await ask(RIGHTS), "enableReading", "ipRestrict")

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
        """What is there; assets without anything are left out."""
        match market:
            case MarketType.SPOT:
                rows = _rows(_object(await ask(SPOT_ACCOUNT, {"omitZeroBalances": "true"}), "balances")["balances"])
                found = [Balance(_text(r, "asset"), _amount(r, "free"), _amount(r, "locked")) for r in rows]
            case MarketType.USDM:
                found = _margins(await ask(USDM_ACCOUNT))
            case MarketType.COINM:
                found = _margins(await ask(COINM_ACCOUNT))
            case MarketType.MARGIN:
                raise Unavailable(VENUE, code="market_not_read")
        return [balance for balance in found if balance.free or balance.locked]

    async def open_orders(
        self, ask: Ask, market: MarketType, symbol_names: Callable[[], Awaitable[SymbolName]]
    ) -> Sequence[OpenOrder]:
        if market not in LISTINGS:
            raise Unavailable(VENUE, code="market_not_read")
        listed = [(call, _rows(await ask(call))) for call in LISTINGS[market]]
        if not any(rows for _, rows in listed):
            return ()
        name = await symbol_names()
        merged: dict[tuple[bool, str], OpenOrder] = {}
        for call, rows in listed:
            of_algo_service = call is USDM_ALGO_ORDERS  # which numbers its orders by itself
            for row in rows:
                order = _algo_order(row, market, name) if of_algo_service else _order(row, market, name)
                merged[of_algo_service, order.id] = order
        return tuple(merged.values())

    async def prices(self, ask: Ask) -> Mapping[str, Decimal]:
        rows = _rows(await ask(PRICES))
        if not rows:
            raise AnswerLost(VENUE, code="envelope")
        return {_text(row, "symbol"): _amount(row, "price") for row in rows}

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


def _margins(account: object) -> list[Balance]:
    """The futures account's assets, without those that were never used: their figures mean nothing (ccxt's issue 27997)."""
    rows = _rows(_object(account, "assets")["assets"])
    return [_margin(row) for row in rows if str(row.get("updateTime", "")) != "0"]


def _margin(row: Mapping[str, object]) -> Balance:
    """A futures asset: the wallet in all, of which the initial margin of positions and orders is locked."""
    wallet, margin = _amount(row, "walletBalance"), _amount(row, "initialMargin")
    locked = max(min(margin, wallet), Decimal(0))
    return Balance(_text(row, "asset"), wallet - locked, locked)


def _order(row: Mapping[str, object], market: MarketType, name: SymbolName) -> OpenOrder:
    kind = str(row.get("origType") or _text(row, "type"))
    amount = _amount(row, "origQty")
    return OpenOrder(
        id=_text(row, "orderId"),
        client_id=str(row.get("clientOrderId") or ""),
        symbol=name(_text(row, "symbol"), market),
        side=_text(row, "side").lower(),
        type=kind.lower(),
        price=_price(row),
        amount=amount,
        remaining=amount - _amount(row, "executedQty"),
        reduce_only=row.get("reduceOnly") is True or row.get("closePosition") is True,
        conditional=_CONDITIONAL.search(kind) is not None,
        created_at=utc(row.get("time")),
    )


def _algo_order(row: Mapping[str, object], market: MarketType, name: SymbolName) -> OpenOrder:
    amount = _amount(row, "quantity")
    return OpenOrder(
        id=_text(row, "algoId"),
        client_id=str(row.get("clientAlgoId") or ""),
        symbol=name(_text(row, "symbol"), market),
        side=_text(row, "side").lower(),
        type=_text(row, "orderType").lower(),
        price=_price(row),
        amount=amount,
        remaining=amount,
        reduce_only=row.get("reduceOnly") is True or row.get("closePosition") is True,
        conditional=True,
        created_at=utc(row.get("createTime")),
    )


def _price(row: Mapping[str, object]) -> Decimal | None:
    """The limit; None for an order that has none."""
    return (_amount(row, "price") or None) if row.get("price") not in (None, "") else None


def _object(answer: object, *fields: str) -> Mapping[str, object]:
    """The answer, if it is an object with these fields: Binance's envelope where it does not list."""
    if not isinstance(answer, Mapping) or any(name not in answer for name in fields):
        raise AnswerLost(VENUE, code="envelope")
    return answer


def _rows(answer: object) -> Sequence[Mapping[str, object]]:
    """The answer, if it is a list of objects: Binance's envelope where it lists. Empty is an answer, too."""
    if not isinstance(answer, list) or not all(isinstance(row, Mapping) for row in answer):
        raise AnswerLost(VENUE, code="envelope")
    return answer


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise Surprise(VENUE, code=f"field:{name}")
    return str(value)


def _amount(row: Mapping[str, object], name: str) -> Decimal:
    """A number, which Binance sends as text."""
    try:
        amount = Decimal(_text(row, name))
    except InvalidOperation:
        raise Surprise(VENUE, code=f"field:{name}") from None
    if not amount.is_finite():
        raise Surprise(VENUE, code=f"field:{name}")
    return amount
