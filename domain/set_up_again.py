"""How to set up again what a trade was to do, and how to take over a position that nobody manages: looks, then fills the form.

Only the trade itself must be found; whatever else cannot be read is left out and said (`Caution.NOT_LOOKED`), or asked for.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from domain.access import Access, KeyGone
from domain.errors import NotThere, SupportError
from domain.look_positions import closes
from domain.looking.three_commas import ACTIVE, CANCELLED, FAILED
from domain.managers import Manager, manager_of_deal, manager_of_trade
from domain.match_orders import Book, Reading, Standing, match
from domain.pairs import likely_symbols, symbols_of
from domain.plans import Entry, Plan, closed_trade, read_plan
from domain.ports import Balance, Exchanges, OpenOrder, ThreeCommas, Trade, TradeRow
from domain.records import ExchangeAccount, TradePlan, UnitsOfWork
from domain.set_up import SetUp
from domain.set_up_form import fill
from domain.set_up_sources import Known
from domain.trades_view import Left, LeftKind
from domain.trading import MarketRules, Position, Rates, Side
from domain.values import THREE_COMMAS, Clock, Credentials, MarketType
from domain.what_is_left import left_of_trade

PURPOSE = "set up again"
"""What stands in the access log."""

FUTURES = (MarketType.USDM, MarketType.COINM)

T = TypeVar("T")


@dataclass(slots=True)
class _AtExchange:
    """What the bot's own key sees of the account. None: not read."""

    balances: Sequence[Balance] | None = None
    positions: Sequence[Position] | None = None
    orders: Sequence[OpenOrder] | None = None


@dataclass(slots=True)
class _At3Commas:
    """What is alive on the account, and whether all of it was read."""

    living: list[Manager] = field(default_factory=list)
    pairs: set[str] = field(default_factory=set)
    complete: bool = True
    rows: Sequence[TradeRow] = ()


class SetUpAgain:
    """Two questions: a trade that is over, and a position that nobody manages."""

    def __init__(
        self, units: UnitsOfWork, access: Access, three_commas: ThreeCommas, exchanges: Exchanges, clock: Clock
    ) -> None:
        self._units = units
        self._access = access
        self._three_commas = three_commas
        self._exchanges = exchanges
        self._clock = clock

    async def of_trade(self, trader_id: str, account_id: str, trade_id: int, *, trigger: str) -> SetUp:
        """For a failed or cancelled SmartTrade of this exchange account.

        Raises NotThere if 3Commas lists it neither as failed nor as cancelled, KeyGone, and what 3Commas raises for these lists.
        """
        account, kept = await self._stored(account_id, trade_id)
        if account is None or account.trader_id != trader_id or account.link is None:
            raise NotThere(THREE_COMMAS)
        read_at = self._clock.now()
        async with self._access.open(account.link.token_id, purpose=PURPOSE, trigger=trigger) as opened:
            trade = await self._find(opened.credentials, trade_id)
            there = await self._at_3commas(opened.credentials, account.link.three_commas_id, trade_id)
        at_exchange = await self._at_exchange(account, trigger)
        rates = await _or_none(lambda: self._three_commas.rates(account.market_code, trade.pair))
        rules = await self._rules(account, {trade.pair, *there.pairs}, at_exchange)
        symbols = symbols_of({trade.pair, *there.pairs}, rules.values(), account.market_type)
        symbol = symbols.get(trade.pair)
        shown, plan = read_plan(trade.plan), read_plan(kept.plan) if kept else None
        left = left_of_trade(
            trade, account.market_type, at_exchange.balances, at_exchange.positions, symbols, there.living
        )
        known = Known(
            account_name=account.name,
            pair=trade.pair,
            market=account.market_type,
            left=left,
            shown=shown,
            rules=rules.get(symbol) if symbol else _rules_told(trade.pair, rates),
            last=rates.last if rates else None,
            kept=plan,
            kept_at=kept.seen_at if kept else None,
            rows=there.rows,
            old_orders=self._left_orders(account, trade, plan, there, at_exchange.orders, rules, symbols, read_at),
        )
        return fill(known)

    async def of_position(self, trader_id: str, account_id: str, symbol: str, side: str, *, trigger: str) -> SetUp:
        """For an open position ("long" or "short" of ccxt's symbol), read afresh.

        Raises NotThere if it is not open any more or no key of the bot reads the account, and what the exchange raises.
        """
        account, _ = await self._stored(account_id, None)
        if account is None or account.trader_id != trader_id:
            raise NotThere(THREE_COMMAS)
        at_exchange = await self._at_exchange(account, trigger)
        if at_exchange.positions is None:
            raise NotThere(account.venue)
        position = next((one for one in at_exchange.positions if (one.symbol, one.side) == (symbol, side)), None)
        if position is None:
            raise NotThere(account.venue)
        rules = await _or_none(lambda: self._exchanges.of(account.venue).rules([symbol], account.market_type)) or {}
        rule = rules.get(symbol)
        entry = Entry(
            Side.BUY if side == "long" else Side.SELL, position.amount, position.entry_price, None, filled=True
        )
        pair = _pair_of(rule, account) if rule else symbol
        alone, shared = await self._managers_of(account, pair, side, trigger)
        left = Left(LeftKind.POSITION, position.amount, position.amount, position=position, shared=shared)
        shown = Plan(entry, (), None, None, takes_over=True)
        exits = [order for order in at_exchange.orders or () if order.symbol == symbol and closes(order, position)]
        return fill(
            Known(
                account.name,
                pair,
                account.market_type,
                left,
                shown,
                rule,
                position.mark_price,
                old_orders=exits if alone else (),
            )
        )

    async def _managers_of(self, account: ExchangeAccount, pair: str, side: str, trigger: str) -> tuple[bool, bool]:
        """Whether it is certain that nothing at 3Commas uses the contract, and whether something holds this side of it."""
        if account.link is None:
            return False, False
        try:
            async with self._access.open(account.link.token_id, purpose=PURPOSE, trigger=trigger) as opened:
                there = await self._at_3commas(opened.credentials, account.link.three_commas_id, None)
        except KeyGone:
            return False, False
        shared = any(one.pair == pair and one.fits(side) for one in there.living)
        return there.complete and pair not in there.pairs, shared

    # --- looking --------------------------------------------------------------------------------------------------

    async def _stored(self, account_id: str, trade_id: int | None) -> tuple[ExchangeAccount | None, TradePlan | None]:
        async with self._units.reading() as u:
            account = await u.accounts.get(account_id)
            kept = await u.plans.get(account.trader_id, trade_id) if account and trade_id is not None else None
        return account, kept

    async def _find(self, credentials: Credentials, trade_id: int) -> Trade:
        for status in (FAILED, CANCELLED):
            for trade in await self._three_commas.trades(credentials, status):
                if trade.id == trade_id:
                    return trade
        raise NotThere(THREE_COMMAS)

    async def _at_3commas(self, credentials: Credentials, account_id: int, trade_id: int | None) -> _At3Commas:
        there, ask = _At3Commas(), self._three_commas
        if trade_id is not None:
            there.rows = await _or_none(lambda: ask.rows_of_trade(credentials, trade_id)) or ()
        trades = await _or_none(lambda: ask.trades(credentials, ACTIVE))
        deals = await _or_none(lambda: ask.deals(credentials, ACTIVE))
        grids = await _or_none(lambda: ask.grid_orders(credentials))
        simple = await _or_none(lambda: ask.simple_orders(credentials))
        there.complete = None not in (trades, deals, grids, simple)
        managers = [manager_of_trade(one) for one in trades or ()] + [manager_of_deal(one) for one in deals or ()]
        there.living = [one for one in managers if one.account_id == account_id]
        there.pairs = {one.pair for one in there.living}
        there.pairs |= {one.pair for one in (*(grids or ()), *(simple or ())) if one.account_id == account_id}
        return there

    async def _at_exchange(self, account: ExchangeAccount, trigger: str) -> _AtExchange:
        """With the first key that may read it."""
        seen = _AtExchange()
        async with self._units.reading() as u:
            key_ids = await u.accounts.keys_of(account.id)
        if account.venue not in self._exchanges.ids():
            return seen
        exchange, market = self._exchanges.of(account.venue), account.market_type
        for key_id in key_ids:
            try:
                async with self._access.open(key_id, purpose=PURPOSE, trigger=trigger) as opened:
                    given = (opened.credentials, opened.state, market)
                    if market in FUTURES:
                        seen.positions = await exchange.positions(*given)
                    else:
                        seen.balances = await exchange.balances(*given)
                    seen.orders = await exchange.open_orders(*given)
                    break
            except (SupportError, KeyGone):
                continue
        return seen

    async def _rules(self, account: ExchangeAccount, pairs: set[str], seen: _AtExchange) -> Mapping[str, MarketRules]:
        if account.venue not in self._exchanges.ids():
            return {}
        symbols = {symbol for pair in pairs for symbol in likely_symbols(pair, account.market_type)}
        symbols |= {order.symbol for order in seen.orders or ()} | {one.symbol for one in seen.positions or ()}
        exchange = self._exchanges.of(account.venue)
        return await _or_none(lambda: exchange.rules(sorted(symbols), account.market_type)) or {}

    def _left_orders(
        self,
        account: ExchangeAccount,
        trade: Trade,
        kept: Plan | None,
        there: _At3Commas,
        orders: Sequence[OpenOrder] | None,
        rules: Mapping[str, MarketRules],
        symbols: Mapping[str, str],
        read_at: datetime,
    ) -> Sequence[OpenOrder]:
        """Those that matching gives to this trade; none where anything alive uses the pair, or may."""
        closed, symbol = closed_trade(trade, kept), symbols.get(trade.pair)
        strange = any(pair not in symbols for pair in there.pairs)
        if closed is None or symbol is None or strange or not there.complete or trade.pair in there.pairs:
            return ()
        on_it = [order for order in orders or () if order.symbol == symbol]
        book = Book(account.venue, on_it, (), (closed,), symbols, rules, Reading(read_at))
        return [
            one.order
            for one in match(book).verdicts
            if one.standing is Standing.LEFTOVER and one.order.side != closed.side.value
        ]


async def _or_none(question: Callable[[], Awaitable[T]]) -> T | None:
    """What can be done without."""
    try:
        return await question()
    except SupportError:
        return None


def _rules_told(pair: str, rates: Rates | None) -> MarketRules | None:
    """3Commas' own limits of a pair, where the exchange is not asked."""
    if rates is None or rates.price_step is None or rates.lot_step is None:
        return None
    quote, _, base = pair.partition("_")
    least, worth = rates.min_lot or rates.lot_step, rates.min_total
    return MarketRules(pair, base, base, quote, rates.price_step, rates.lot_step, least, worth or rates.lot_step * 0)


def _pair_of(rules: MarketRules, account: ExchangeAccount) -> str:
    """As 3Commas writes a contract: the margin coin, then the exchange's name. Binance's European futures count in credits."""
    if account.market_code == "binance_futures_eea":
        return f"BNFCR_{rules.id}"
    margin = rules.symbol.rpartition(":")[2] if account.market_type is MarketType.COINM else rules.quote
    return f"{margin}_{rules.id}"
