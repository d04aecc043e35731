"""One reading of all that a form is filled from: the exchange first, then 3Commas, the price last.

The exchange comes first so that an order that is seen there is judged by what is alive at 3Commas afterwards. 3Commas is asked for the
one trade or deal, and for what is alive beside it; for grids and single orders only where something is there that may be theirs, and for
others that are over only where one of them may have left an order as well. Most forms need no more than five requests, a minute of the
smallest plan.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.access import Access, KeyGone
from domain.deal_plans import closed_deal, plan_of_deal
from domain.errors import NotThere, SupportError, TooManyRequests
from domain.findings import Subject, SubjectKind, Symptom
from domain.freed_orders import freed_orders
from domain.look_three_commas import LOOK_BACK
from domain.looking.answers import Answers
from domain.looking.three_commas import CANCELLED, FAILED
from domain.matching.prefixes import foreign
from domain.pairs import likely_symbols
from domain.plans import Entry, Plan, closed_trade, read_plan
from domain.ports import Deal, Exchanges, OpenOrder, ThreeCommas, Trade, TradeRow
from domain.protection import closes
from domain.records import AccountLink, ExchangeAccount, Json, Key, UnitsOfWork
from domain.set_up import NothingLeft, SetUp, Unread
from domain.set_up_exchange import AtExchange, Market, look_at_exchange, market_of, pair_of, rules_told
from domain.set_up_form import fill
from domain.set_up_places import places_of
from domain.set_up_remains import Neighbours, remains_of, unread_orders
from domain.set_up_sources import Known
from domain.set_up_three_commas import Living, Questions, living_read_at
from domain.trades_view import Left, LeftKind
from domain.trading import ClosedTrade, Rates, Side
from domain.values import THREE_COMMAS, Clock
from domain.what_is_left import Ended, left_at_exchange

PURPOSE = "set up again"
"""What stands in the access log."""

OVER = frozenset({FAILED, CANCELLED})
CANNOT_TRADE = frozenset({Symptom.THREE_COMMAS_KEY_REFUSED, Symptom.THREE_COMMAS_TRADING_REFUSED})


class Step(StrEnum):
    """What is looked at, in this order."""

    EXCHANGE = "exchange"
    """Coins or positions, and orders. Read afresh by every run."""
    ITSELF = "itself"
    """The trade or deal as 3Commas shows it now."""
    LIVING = "living"
    """What else is alive at 3Commas."""
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Ports:
    units: UnitsOfWork
    access: Access
    three_commas: ThreeCommas
    exchanges: Exchanges
    clock: Clock


class Reading:
    """May be begun again after TooManyRequests: what 3Commas answered is not asked again. `last`: a rate limit stops nothing."""

    def __init__(
        self, ports: Ports, account: ExchangeAccount, token: Key | None, trigger: str, answers: Json, *, last: bool
    ) -> None:
        self._ports = ports
        self._account = account
        self._trigger = trigger
        self._last = last
        self._answers = Answers(token) if token is not None else None
        if self._answers is not None:
            self._answers.fill(answers, ports.clock.now())
        self._done: set[Step] = set()

    def answers(self) -> Json:
        return self._answers.to_json() if self._answers is not None else {}

    def steps_left(self) -> tuple[Step, ...]:
        return tuple(step for step in Step if step not in self._done)

    # --- the three questions --------------------------------------------------------------------------------------

    async def of_trade(self, trade_id: int) -> SetUp:
        async with self._ports.units.reading() as u:
            stored = await u.plans.get(self._account.trader_id, trade_id)
        kept = read_plan(stored.plan) if stored else None
        link, seen = self._link(), await self._at_exchange()
        async with self._questions(link) as ask:
            trade = await ask.trade(trade_id)
            _ensure_over(trade, link)
            rows: Sequence[TradeRow] | None = await ask.steps(trade_id) if kept is None or _lacks(kept) else ()
            self._done.add(Step.ITSELF)
            living, market = await self._living(ask, trade.pair, seen)
            closed = closed_trade(trade, kept)
            beside = await self._beside(ask, trade.pair, closed, seen, living, market)
            self._done.add(Step.LIVING)
        return fill(
            await self._known(
                trade,
                seen,
                beside,
                shown=read_plan(trade.plan),
                closed=closed,
                kept=kept,
                kept_at=stored.seen_at if stored else None,
                rows=rows or (),
                unread=(Unread.STEPS,) if rows is None else (),
            )
        )

    async def of_deal(self, deal_id: int) -> SetUp | NothingLeft:
        link, seen = self._link(), await self._at_exchange()
        async with self._questions(link) as ask:
            deal = await ask.deal(deal_id)
            _ensure_over(deal, link)
            self._done.add(Step.ITSELF)
            living, market = await self._living(ask, deal.pair, seen)
            rows = await ask.orders(deal_id) if seen.on(market.symbols.get(deal.pair)) else ()
            closed = closed_deal(deal, rows)
            beside = await self._beside(ask, deal.pair, closed, seen, living, market, rows)
            self._done.add(Step.LIVING)
        known = await self._known(
            deal,
            seen,
            beside,
            shown=plan_of_deal(deal),
            closed=closed,
            rows_of_deal=rows,
        )
        if known.left.kind in (LeftKind.NOTHING_ENTERED, LeftKind.GONE):
            return NothingLeft()
        return fill(known)

    async def of_position(self, symbol: str, side: str) -> SetUp:
        account, seen = self._account, await self._at_exchange()
        position = next((one for one in seen.positions or () if (one.symbol, one.side) == (symbol, side)), None)
        if position is None:
            raise NotThere(account.venue)
        self._done |= {Step.ITSELF, Step.PRICE}
        exits = [one for one in seen.on(symbol) if closes(one, position) and not foreign(account.venue, one.client_id)]
        living = await self._living_of_position(single=bool(exits))
        pairs = living.pairs if living is not None else set()
        market = await market_of(self._ports.exchanges, account, pairs, seen)
        rule = market.rules.get(symbol)
        pair = pair_of(rule, account) if rule else symbol
        names = {pair, *(one for one in pairs if market.symbols.get(one) == symbol)}
        shared = living is not None and any(one.pair in names and one.fits(side) for one in living.managers)
        strange = any(one not in market.symbols for one in pairs)
        alone = living is not None and living.complete and not strange and not names & pairs
        entry = Entry(
            Side.BUY if side == "long" else Side.SELL, position.amount, position.entry_price, None, filled=True
        )
        return fill(
            Known(
                account_name=account.name,
                pair=pair,
                market=account.market_type,
                left=Left(LeftKind.POSITION, position.amount, position.amount, position=position, shared=shared),
                shown=Plan(entry, (), None, None, takes_over=True),
                rules=rule,
                last=position.mark_price,
                old_orders=exits if alone else (),
                unread=unread_orders(seen, clear=alone or not exits),
                repair_first=await self._repair_first(),
                # where nothing at 3Commas shows the account, the list of positions has said so
                others_read=living.complete if living is not None else account.link is None,
            )
        )

    # --- looking --------------------------------------------------------------------------------------------------

    def _link(self) -> AccountLink:
        if self._account.link is None:
            raise NotThere(THREE_COMMAS)
        if self._answers is None:
            raise KeyGone(self._account.link.token_id)
        return self._account.link

    @asynccontextmanager
    async def _questions(self, link: AccountLink) -> AsyncIterator[Questions]:
        assert self._answers is not None, "there is a token"
        ports = self._ports
        async with ports.access.open(link.token_id, purpose=PURPOSE, trigger=self._trigger) as opened:
            yield Questions(
                ports.three_commas,
                opened.credentials,
                self._answers,
                ports.clock,
                await places_of(ports.units, self._account, link),
                last=self._last,
            )

    async def _at_exchange(self) -> AtExchange:
        self._done.discard(Step.EXCHANGE)
        ports = self._ports
        seen = await look_at_exchange(
            ports.units,
            ports.access,
            ports.exchanges,
            self._account,
            purpose=PURPOSE,
            trigger=self._trigger,
            last=self._last,
        )
        self._done.add(Step.EXCHANGE)
        return seen

    async def _market(self, pair: str, living: Living, seen: AtExchange) -> Market:
        return await market_of(self._ports.exchanges, self._account, {pair, *living.pairs}, seen)

    async def _living(self, ask: Questions, pair: str, seen: AtExchange) -> tuple[Living, Market]:
        """What is alive beside it: grids where an order of its coin or its position is there, single orders where an order of it is."""
        living = await ask.living(grids=False, single=False)
        market = await self._market(pair, living, seen)
        single, grids = bool(seen.on(market.symbols.get(pair))), seen.may_be_of_a_grid(market.symbols.get(pair))
        if single or grids:
            living = await ask.living(grids=True, single=single)
            market = await self._market(pair, living, seen)
        return living, market

    async def _living_of_position(self, *, single: bool) -> Living | None:
        """None: nobody at 3Commas can be asked."""
        link = self._account.link
        if link is None or self._answers is None:
            return None
        try:
            async with self._questions(link) as ask:
                living = await ask.living(grids=True, single=single)
        except KeyGone:
            return None
        self._done.add(Step.LIVING)
        return living

    async def _beside(
        self,
        ask: Questions,
        pair: str,
        closed: ClosedTrade | None,
        seen: AtExchange,
        living: Living,
        market: Market,
        rows: Sequence[TradeRow] = (),
    ) -> Neighbours:
        """What its orders are told from. Others that are over are asked for only where one of them may have left an order as well."""
        assert self._answers is not None, "there is a token"
        read_at = living_read_at(self._answers) or self._ports.clock.now()
        beside = Neighbours(self._account.venue, market, living, read_at)
        symbol = market.symbols.get(pair)
        freed = [order for order in await self._freed() if order.symbol == symbol]
        groups = (seen.on(symbol), freed)
        if not any(remains_of(closed, pair, group, beside, rows).others_matter for group in groups):
            return beside
        times = [order.created_at for group in groups for order in group if order.created_at is not None]
        found = await ask.ended(pair, min(times, default=read_at) - LOOK_BACK)
        if found is None:
            return beside
        trades, deals = found
        async with self._ports.units.reading() as u:
            plans = {one.id: await u.plans.get(self._account.trader_id, one.id) for one in trades}
        over = [closed_trade(one, read_plan(kept.plan) if (kept := plans[one.id]) else None) for one in trades]
        over += [closed_deal(one) for one in deals]
        return replace(beside, ended=tuple(one for one in over if one is not None))

    async def _freed(self) -> Sequence[OpenOrder]:
        """Orders on this account that the trader cancelled by hand a while ago."""
        async with self._ports.units.reading() as u:
            key_ids = await u.accounts.keys_of(self._account.id)
            repairs = await u.repairs.noticed(self._account.trader_id) if key_ids else ()
        return freed_orders(repairs, key_ids, self._account.market_type)

    async def _may_be_freed(self, pair: str) -> bool:
        """Whether one of them may be on this pair, where its market is not known."""
        likely = likely_symbols(pair, self._account.market_type)
        return any(order.symbol in likely or not likely for order in await self._freed())

    async def _repair_first(self) -> str:
        """This account, if 3Commas could not trade there when that was last looked at."""
        subject = Subject(SubjectKind.ACCOUNT, self._account.id)
        async with self._ports.units.reading() as u:
            found = [issue.finding.symptom for issue in await u.issues.on(subject)]
        return self._account.id if CANNOT_TRADE.intersection(found) else ""

    async def _rates(self, pair: str) -> Rates | None:
        try:
            return await self._ports.three_commas.rates(self._account.market_code, pair)
        except TooManyRequests:
            if not self._last:
                raise
        except SupportError:
            pass
        return None

    # --- what is known of it --------------------------------------------------------------------------------------

    async def _known(
        self,
        one: Trade | Deal,
        seen: AtExchange,
        beside: Neighbours,
        *,
        shown: Plan,
        closed: ClosedTrade | None,
        rows_of_deal: Sequence[TradeRow] = (),
        unread: tuple[Unread, ...] = (),
        **more: object,
    ) -> Known:
        account, market, living = self._account, beside.market, beside.living
        ended = Ended.deal(one) if isinstance(one, Deal) else Ended.trade(one)
        left = left_at_exchange(
            ended, account.market_type, seen.balances, seen.positions, market.symbols, living.managers
        )
        symbol = market.symbols.get(one.pair)
        rule = market.rules.get(symbol) if symbol else None
        last = left.position.mark_price if left.position else None
        if last is None or rule is None:
            rates = await self._rates(one.pair)
            last, rule = last or (rates.last if rates else None), rule or rules_told(one.pair, rates)
        self._done.add(Step.PRICE)
        stands = remains_of(closed, one.pair, seen.on(symbol), beside, rows_of_deal)
        freed = [order for order in await self._freed() if order.symbol == symbol]
        had_left = remains_of(closed, one.pair, freed, beside, rows_of_deal)
        freed_clear = had_left.clear and (symbol is not None or not await self._may_be_freed(one.pair))
        orders_unread = unread_orders(seen, clear=stands.clear, found=symbol is not None)
        return Known(
            account_name=account.name,
            pair=one.pair,
            market=account.market_type,
            left=left,
            shown=shown,
            rules=rule,
            last=last,
            old_orders=[order for order in stands.orders if order.side != shown.entry.side],
            old_entries=[order for order in stands.orders if order.side == shown.entry.side],
            freed_orders=[order for order in had_left.orders if order.side != shown.entry.side],
            deal=one if isinstance(one, Deal) else None,
            unread=(*unread, *orders_unread, *(() if freed_clear else (Unread.FREED,))),
            repair_first=await self._repair_first(),
            others_read=living.complete,
            **more,  # type: ignore[arg-type]  # sources that only a SmartTrade has
        )


def _ensure_over(one: Trade | Deal, link: AccountLink) -> None:
    if one.status not in OVER or one.account_id != link.three_commas_id:
        raise NotThere(THREE_COMMAS)


def _lacks(plan: Plan) -> bool:
    """A target or a stop that was there is not in it."""
    return (plan.targets_wanted and not plan.targets) or (plan.stop_wanted and plan.stop is None)
