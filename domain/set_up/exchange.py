"""What a form needs from the exchange: coins or positions, orders, and the names and rules of its markets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.access import Access, KeyGone
from domain.errors import SupportError, TooManyRequests
from domain.pairs import likely_symbols, symbols_of
from domain.ports import Balance, Exchanges, OpenOrder
from domain.records import ExchangeAccount, UnitsOfWork
from domain.trading import MarketRules, Position, Rates
from domain.values import MarketType

FUTURES = (MarketType.USDM, MarketType.COINM)


@dataclass(slots=True)
class AtExchange:
    """What the bot's own key sees of the account. None: not read."""

    balances: Sequence[Balance] | None = None
    positions: Sequence[Position] | None = None
    orders: Sequence[OpenOrder] | None = None
    freed: Sequence[OpenOrder] = ()
    """Orders that the trader cancelled there by hand, under the eyes of the bot."""

    def freed_on(self, symbol: str | None) -> list[OpenOrder]:
        return [order for order in self.freed if order.symbol == symbol]

    def on(self, symbol: str | None) -> list[OpenOrder]:
        return [order for order in self.orders or () if symbol is not None and order.symbol == symbol]

    def may_be_of_a_grid(self, symbol: str | None) -> bool:
        """Whether a position of this market is open, or an order of its coin stands, against whatever money. None: it is not known."""
        if symbol is None:
            return bool(self.positions or self.orders)
        coin = symbol.partition("/")[0]
        if any(one.symbol == symbol for one in self.positions or ()):
            return True
        return any(one.symbol.partition("/")[0] == coin for one in self.orders or ())


@dataclass(frozen=True, slots=True)
class Market:
    """The markets that matter, as the exchange lists them."""

    rules: Mapping[str, MarketRules]
    """By symbol."""
    symbols: Mapping[str, str]
    """By 3Commas' pair; what is not exactly one market is left out."""


async def look_at_exchange(
    units: UnitsOfWork,
    access: Access,
    exchanges: Exchanges,
    account: ExchangeAccount,
    *,
    purpose: str,
    trigger: str,
    last: bool,
) -> AtExchange:
    """With the first key that may read it. Raises TooManyRequests unless `last`."""
    seen = AtExchange()
    async with units.reading() as u:
        key_ids = await u.accounts.keys_of(account.id)
    if account.venue not in exchanges.ids():
        return seen
    exchange, market = exchanges.of(account.venue), account.market_type
    for key_id in key_ids:
        try:
            async with access.open(key_id, purpose=purpose, trigger=trigger) as opened:
                given = (opened.credentials, opened.state, market)
                if market in FUTURES:
                    seen.positions = await exchange.positions(*given)
                else:
                    seen.balances = await exchange.balances(*given)
                seen.orders = await exchange.open_orders(*given)
                break
        except TooManyRequests:
            if not last:
                raise
        except (SupportError, KeyGone):
            continue
    return seen


async def market_of(exchanges: Exchanges, account: ExchangeAccount, pairs: Iterable[str], seen: AtExchange) -> Market:
    """Empty where the exchange cannot tell; its market lists need no key."""
    if account.venue not in exchanges.ids():
        return Market({}, {})
    named = set(pairs)
    wanted = {symbol for pair in named for symbol in likely_symbols(pair, account.market_type)}
    wanted |= {order.symbol for order in seen.orders or ()} | {one.symbol for one in seen.positions or ()}
    try:
        rules = await exchanges.of(account.venue).rules(sorted(wanted), account.market_type)
    except SupportError:
        return Market({}, {})
    return Market(rules, symbols_of(named, rules.values(), account.market_type))


def rules_told(pair: str, rates: Rates | None) -> MarketRules | None:
    """3Commas' own limits of a pair, where the exchange is not asked."""
    if rates is None or rates.price_step is None or rates.lot_step is None:
        return None
    quote, _, base = pair.partition("_")
    least, worth = rates.min_lot or rates.lot_step, rates.min_total
    return MarketRules(pair, base, base, quote, rates.price_step, rates.lot_step, least, worth or rates.lot_step * 0)


def pair_of(rules: MarketRules, account: ExchangeAccount) -> str:
    """As 3Commas writes a contract: the margin coin, then the exchange's name. Binance's European futures count in credits."""
    if account.market_code == "binance_futures_eea":
        return f"BNFCR_{rules.id}"
    margin = rules.symbol.rpartition(":")[2] if account.market_type is MarketType.COINM else rules.quote
    return f"{margin}_{rules.id}"
