"""Endpoints that need no token, and those that need any: markets, pairs, prices, and what a token may do."""

from decimal import Decimal
from typing import Any

from sandbox.clock import Clock
from sandbox.exchanges.venue import SymbolRules
from sandbox.three_commas.accounts import Accounts
from sandbox.three_commas.call import Call
from sandbox.three_commas.errors import not_found, record_invalid
from sandbox.three_commas.markets import MARKETS, Market
from sandbox.three_commas.pair_rules import pairs_of
from sandbox.three_commas.smart_trade_views import SPREAD
from sandbox.three_commas.state import ThreeCommasState
from sandbox.three_commas.text import number
from sandbox.three_commas.tokens import PERMISSIONS


class OpenEndpoints:
    def __init__(self, clock: Clock, state: ThreeCommasState, accounts: Accounts) -> None:
        self._clock = clock
        self._state = state
        self._accounts = accounts

    async def ping(self, _call: Call) -> dict[str, Any]:
        return {"pong": "pong"}

    async def time(self, _call: Call) -> dict[str, Any]:
        return {"server_time": int(self._clock.now().timestamp())}

    async def validate(self, _call: Call) -> dict[str, Any]:
        return {"valid": True}

    async def permissions_info(self, call: Call) -> object:
        """The shape is undocumented: a list of names, an object of booleans, or nothing at all."""
        match self._state.behaviour.permissions_info:
            case "list":
                return list(call.permissions)
            case "object":
                return {"permissions": {name: name in call.permissions for name in PERMISSIONS}}
            case _:
                raise not_found()

    async def current_mode(self, call: Call) -> dict[str, Any]:
        return {"mode": call.user.mode}

    async def market_list(self, _call: Call) -> list[dict[str, object]]:
        return [market.entry() for market in MARKETS.values()]

    async def market_pairs(self, call: Call) -> list[str]:
        return list(pairs_of(self._accounts, self._market(call)))

    async def currency_rates(self, call: Call) -> dict[str, str]:
        """Prices and limits of one pair, all of them strings, with camelCase keys as the original has here."""
        market = self._market(call)
        pair = call.parameters.required("pair")
        call.parameters.one_of("limit_type", ("bot", "smart_trade"), "smart_trade")
        rules = pairs_of(self._accounts, market).get(pair)
        last = self._last(rules) if rules is not None else None
        if rules is None or not last:
            raise record_invalid(pair="Unknown pair")
        bid = number(last)
        ask = number(max((last * (1 + SPREAD)).quantize(rules.tick), last))
        return {
            "last": bid,
            "bid": bid,
            "ask": ask,
            "orderbook_last": bid,
            "orderbook_bid": bid,
            "orderbook_ask": ask,
            "orderbook_price_currency": rules.quote,
            "strategy_name": "orderbook_price",
            "contract_strategy_name": "orderbook_price",
            "instrumentKind": "linear_futures" if market.futures else "spot",
            "minPrice": number(rules.tick),
            "maxPrice": "1000000.0",
            "priceStep": number(rules.tick),
            "minLotSize": number(rules.lot),
            "lotStep": number(rules.lot),
            "maxLotSize": "90000.0",
            "maxMarketBuyAmount": "5000.0",
            "maxMarketSellAmount": "5000.0",
            "bidMultiplierDown": "0.2",
            "bidMultiplierUp": "5.0",
            "askMultiplierDown": "0.2",
            "askMultiplierUp": "5.0",
            "minTotal": number(rules.min_notional),
            "minMarketTotal": number(rules.min_notional),
            "maxTotal": "9000000.0",
        }

    def _last(self, rules: SymbolRules) -> Decimal | None:
        quote = self._accounts.worth(rules.quote)
        return (self._accounts.worth(rules.base) / quote).quantize(rules.tick) if quote else None

    def _market(self, call: Call) -> Market:
        code = call.parameters.required("market_code")
        if code not in MARKETS:
            raise record_invalid(market_code="does not have a valid value")
        return MARKETS[code]
