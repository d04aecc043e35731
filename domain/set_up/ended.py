"""What a form of a trade or a deal that is over is filled from: the exchange first, then 3Commas, the price last.

The exchange comes first so that an order that is seen there is judged by what is alive at 3Commas afterwards. 3Commas is asked for the
one trade or deal, and for what is alive beside it; for grids and single orders only where something is there that may be theirs, and for
others that are over only where one of them may have left an order as well. Most forms need no more than five requests, a minute of the
smallest plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.deal_plans import closed_deal, plan_of_deal
from domain.errors import NotThere
from domain.look_three_commas import LOOK_BACK
from domain.looking.three_commas import CANCELLED, FAILED
from domain.pairs import likely_symbols
from domain.plans import Plan, closed_trade, read_plan
from domain.ports import Deal, Trade, TradeRow
from domain.records import AccountLink
from domain.set_up.exchange import AtExchange, Market, rules_told
from domain.set_up.form import fill
from domain.set_up.lookup import Lookup, Step
from domain.set_up.remains import Neighbours, remains_of, unread_orders
from domain.set_up.sources import Known
from domain.set_up.three_commas import Living, Questions, living_read_at
from domain.set_up.values import NothingLeft, SetUp, Unread
from domain.trades_view import LeftKind
from domain.trading import ClosedTrade
from domain.values import THREE_COMMAS, MarketType
from domain.what_is_left import Ended, left_at_exchange

OVER = frozenset({FAILED, CANCELLED})


@dataclass(frozen=True, slots=True)
class _Over:
    """The trade or deal, and what 3Commas and the bot know of its plan."""

    one: Trade | Deal
    shown: Plan
    closed: ClosedTrade | None
    rows: Sequence[TradeRow] | None = ()
    """Steps of a SmartTrade, orders of a deal; None: they could not be read."""
    kept: Plan | None = None
    kept_at: datetime | None = None

    @property
    def deal(self) -> Deal | None:
        return self.one if isinstance(self.one, Deal) else None

    @property
    def own_orders(self) -> Sequence[TradeRow]:
        """Rows that stand for orders at the exchange."""
        return (self.rows or ()) if self.deal else ()


async def of_trade(lookup: Lookup, trade_id: int) -> SetUp:
    async with lookup.ports.units.reading() as u:
        stored = await u.plans.get(lookup.account.trader_id, trade_id)
    kept = read_plan(stored.plan) if stored else None
    link, seen = lookup.link(), await lookup.at_exchange()
    async with lookup.questions(link) as ask:
        trade = await ask.trade(trade_id)
        _ensure_over(trade, link)
        rows: Sequence[TradeRow] | None = await ask.steps(trade_id) if kept is None or _lacks(kept) else ()
        lookup.done.add(Step.ITSELF)
        living, market = await _living(lookup, ask, trade.pair, seen)
        kept_at = stored.seen_at if stored else None
        over = _Over(trade, read_plan(trade.plan), closed_trade(trade, kept), rows, kept, kept_at)
        beside = await _beside(lookup, ask, over, seen, living, market)
        lookup.done.add(Step.LIVING)
    return fill(await _known(lookup, over, seen, beside))


async def of_deal(lookup: Lookup, deal_id: int) -> SetUp | NothingLeft:
    link, seen = lookup.link(), await lookup.at_exchange()
    async with lookup.questions(link) as ask:
        deal = await ask.deal(deal_id)
        _ensure_over(deal, link)
        lookup.done.add(Step.ITSELF)
        living, market = await _living(lookup, ask, deal.pair, seen)
        rows = await ask.orders(deal_id) if seen.on(market.symbols.get(deal.pair)) else ()
        over = _Over(deal, plan_of_deal(deal), closed_deal(deal, rows), rows)
        beside = await _beside(lookup, ask, over, seen, living, market)
        lookup.done.add(Step.LIVING)
    known = await _known(lookup, over, seen, beside)
    if known.left.kind in (LeftKind.NOTHING_ENTERED, LeftKind.GONE):
        return NothingLeft()
    return fill(known)


async def _living(lookup: Lookup, ask: Questions, pair: str, seen: AtExchange) -> tuple[Living, Market]:
    """What is alive beside it: grids where an order of its coin or its position is there, single orders where an order of it is."""
    living = await ask.living(grids=False, single=False)
    market = await lookup.market({pair, *living.pairs}, seen)
    single, grids = bool(seen.on(market.symbols.get(pair))), seen.may_be_of_a_grid(market.symbols.get(pair))
    if single or grids:
        living = await ask.living(grids=True, single=single)
        market = await lookup.market({pair, *living.pairs}, seen)
    return living, market


async def _beside(
    lookup: Lookup, ask: Questions, over: _Over, seen: AtExchange, living: Living, market: Market
) -> Neighbours:
    """What its orders are told from. Others that are over are asked for only where one of them may have left an order as well."""
    assert lookup.answers is not None, "there is a token"
    read_at = living_read_at(lookup.answers) or lookup.ports.clock.now()
    beside = Neighbours(lookup.account.venue, market, living, read_at)
    pair = over.one.pair
    symbol = market.symbols.get(pair)
    groups = (seen.on(symbol), seen.freed_on(symbol))
    if not any(remains_of(over.closed, pair, group, beside, over.own_orders).others_matter for group in groups):
        return beside
    times = [order.created_at for group in groups for order in group if order.created_at is not None]
    found = await ask.ended(pair, min(times, default=read_at) - LOOK_BACK)
    if found is None:
        return beside
    trades, deals = found
    async with lookup.ports.units.reading() as u:
        plans = {one.id: await u.plans.get(lookup.account.trader_id, one.id) for one in trades}
    others = [closed_trade(one, read_plan(kept.plan) if (kept := plans[one.id]) else None) for one in trades]
    others += [closed_deal(one) for one in deals]
    return replace(beside, ended=tuple(one for one in others if one is not None))


async def _known(lookup: Lookup, over: _Over, seen: AtExchange, beside: Neighbours) -> Known:
    account, market, pair, deal = lookup.account, beside.market, over.one.pair, over.deal
    ended = Ended.deal(over.one) if isinstance(over.one, Deal) else Ended.trade(over.one)
    managers = beside.living.managers
    left = left_at_exchange(ended, account.market_type, seen.balances, seen.positions, market.symbols, managers)
    symbol = market.symbols.get(pair)
    rules = market.rules.get(symbol) if symbol else None
    last = left.position.mark_price if left.position else None
    if last is None or rules is None:
        rates = await lookup.rates(pair)
        last, rules = last or (rates.last if rates else None), rules or rules_told(pair, rates)
    lookup.done.add(Step.PRICE)
    stands = remains_of(over.closed, pair, seen.on(symbol), beside, over.own_orders)
    freed = remains_of(over.closed, pair, seen.freed_on(symbol), beside, over.own_orders)
    unread = [Unread.STEPS] if over.rows is None else []
    unread += unread_orders(seen, clear=stands.clear, found=symbol is not None)
    if not freed.clear or (symbol is None and _may_be_freed(pair, account.market_type, seen)):
        unread.append(Unread.FREED)
    entry = over.shown.entry.side
    return Known(
        account_name=account.name,
        pair=pair,
        market=account.market_type,
        left=left,
        shown=over.shown,
        rules=rules,
        last=last,
        kept=over.kept,
        kept_at=over.kept_at,
        rows=(over.rows or ()) if deal is None else (),
        old_orders=[order for order in stands.orders if order.side != entry],
        old_entries=[order for order in stands.orders if order.side == entry],
        freed_orders=[order for order in freed.orders if order.side != entry],
        deal=deal,
        unread=tuple(unread),
        repair_first=await lookup.repair_first(),
        others_read=beside.living.complete,
    )


def _may_be_freed(pair: str, market: MarketType, seen: AtExchange) -> bool:
    """Whether a freed order may be on this pair, whose market is not known."""
    likely = likely_symbols(pair, market)
    return any(order.symbol in likely or not likely for order in seen.freed)


def _ensure_over(one: Trade | Deal, link: AccountLink) -> None:
    if one.status not in OVER or one.account_id != link.three_commas_id:
        raise NotThere(THREE_COMMAS)


def _lacks(plan: Plan) -> bool:
    """A target or a stop that was there is not in it."""
    return (plan.targets_wanted and not plan.targets) or (plan.stop_wanted and plan.stop is None)
