"""Both sides of one wallet brought together: matching, what is locked, and what keeps an owner from being told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.check_view import Sight
from domain.errors import SupportError
from domain.locked_funds import Lock, LockedAsset, as_told, lock_of, locked_by, priced
from domain.looking import answers as part_of
from domain.looking.answers import Answers, why_not
from domain.looking.survey import Survey
from domain.looking.three_commas import (
    closed_of,
    closed_parts,
    expected_orders,
    living_parts,
    read_since,
    trades_over,
    unread,
)
from domain.looking.view import AccountSight, Unread
from domain.looking.wallets import Wallet, neighbours, tokens_of
from domain.match_orders import Book, Matching, Reading, Standing, Verdict, match_off_loop
from domain.orders_view import OrderBook, OrderRow
from domain.pairs import likely_symbols, symbols_of
from domain.ports import Exchange, OpenOrder
from domain.trading import ClosedTrade, ExpectedOrder, MarketRules, Owner
from domain.values import MarketType

_RANK = {
    Standing.LEFTOVER: 0,
    Standing.AMBIGUOUS: 1,
    Standing.UNKNOWN: 2,
    Standing.FOREIGN: 3,
    Standing.OWNED: 4,
}
"""What needs the trader stands first."""


@dataclass(frozen=True, slots=True)
class JudgedBook:
    """One wallet's orders with their owners. `orders` is the listing that was judged."""

    orders: Sequence[OpenOrder]
    matching: Matching
    alive: frozenset[Owner]
    owners: Sight
    unread: tuple[Unread, ...]
    rows: tuple[OrderRow, ...]
    locked: tuple[LockedAsset, ...]
    left_locked: tuple[LockedAsset, ...]

    def book(self, sight: AccountSight) -> OrderBook:
        missing = self.matching.missing
        return OrderBook(sight, self.owners, self.unread, self.rows, missing, self.locked, self.left_locked)


@dataclass(frozen=True, slots=True)
class _Side3C:
    """What 3Commas says about one wallet."""

    expected: list[ExpectedOrder]
    closed: list[ClosedTrade]
    unread: tuple[Unread, ...]
    reading: Reading

    @property
    def pairs(self) -> frozenset[str]:
        return frozenset(one.pair for one in self.expected) | frozenset(one.pair for one in self.closed)


class OrderJudge:
    """Judges the wallets of one survey."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    async def judge(self, wallet: Wallet, orders: Sequence[OpenOrder]) -> JudgedBook:
        exchange = self._survey.exchanges.of(wallet.venue)
        side = await self._side_of_3commas(wallet, orders)
        rules, missed = await _rules(exchange, wallet, orders, side)
        if missed is not None:
            side = replace(side, unread=(*side.unread, missed))
        reading = replace(side.reading, unread=tuple(one.part for one in side.unread))
        book = Book(
            venue=wallet.venue,
            orders=orders,
            expected=side.expected,
            closed=side.closed,
            symbols=symbols_of(side.pairs, rules.values(), wallet.market),
            rules=rules,
            reading=reading,
            own=wallet.three_commas_ids,
        )
        matching = await match_off_loop(book)
        return await self._judged(wallet, exchange, rules, side, reading, matching, orders)

    async def _judged(
        self,
        wallet: Wallet,
        exchange: Exchange,
        rules: Mapping[str, MarketRules],
        side: _Side3C,
        reading: Reading,
        matching: Matching,
        orders: Sequence[OpenOrder],
    ) -> JudgedBook:
        balances = wallet.get(part_of.balances(wallet.market)) or ()
        locks = locks_of(wallet, wallet.market, orders, rules)
        assets = {lock.asset for lock in locks if lock} | {balance.asset for balance in balances if balance.locked}
        prices = await prices_of(exchange, assets)
        locks = [priced(lock, prices) if lock else None for lock in locks]
        rows = [OrderRow(verdict, lock) for verdict, lock in zip(matching.verdicts, locks, strict=True)]
        left = [(row.verdict.order, row.lock) for row in rows if row.verdict.standing is Standing.LEFTOVER]
        state = Sight.FINE if reading.complete else Sight.NOT_LOOKED
        return JudgedBook(
            orders=orders,
            matching=matching,
            alive=frozenset(one.owner for one in side.expected),
            owners=state if reading.linked else Sight.NOT_ATTACHED,
            unread=side.unread,
            rows=tuple(sorted(rows, key=_in_order)),
            locked=locked_by([(row.verdict.order, row.lock) for row in rows], prices, balances),
            left_locked=locked_by(left, prices),
        )

    async def _side_of_3commas(self, wallet: Wallet, orders: Sequence[OpenOrder]) -> _Side3C:
        tokens, missing = tokens_of(self._survey, wallet.accounts)
        own = wallet.three_commas_ids
        places = own | neighbours(self._survey, wallet)
        expected: list[ExpectedOrder] = []
        closed: list[ClosedTrade] = []
        not_read = list(missing)
        began = [self._survey.now()]
        for token in tokens:
            living = living_parts(token)
            not_read += unread(token, [*living, *(closed_parts() if orders else ())])
            began += [
                at for at in (read_since(token, living[1:]),) if at is not None
            ]  # the list of accounts says nothing of orders
            expected += [order for order in expected_orders(token) if order.account_id in places]
            plans = await self._survey.plans_of(_may_have_left(token, own, orders))
            closed += [trade for trade in closed_of(token, plans) if trade.account_id in own]
        linked = any(account.link for account in wallet.accounts)
        told = tuple(dict.fromkeys(not_read))
        return _Side3C(expected, closed, told, Reading(min(began), linked))


def _may_have_left(token: Answers, own: frozenset[int], orders: Sequence[OpenOrder]) -> Iterable[int]:
    """Trades that ran while one of the orders was placed: only their kept plans are worth opening."""
    times = [order.created_at for order in orders if order.created_at is not None]
    if not times:
        return ()
    return [
        trade.id
        for trade in trades_over(token).values()
        if trade.account_id in own
        and (trade.created_at is None or trade.created_at <= max(times))
        and (trade.closed_at is None or trade.closed_at >= min(times))
    ]


async def _rules(
    exchange: Exchange, wallet: Wallet, orders: Sequence[OpenOrder], side: _Side3C
) -> tuple[Mapping[str, MarketRules], Unread | None]:
    symbols = {order.symbol for order in orders}
    for pair in side.pairs:
        symbols.update(likely_symbols(pair, wallet.market))
    if not symbols:
        return {}, None
    try:
        return await exchange.rules(sorted(symbols), wallet.market), None
    except SupportError as error:
        return {}, Unread("rules", why_not(error))


async def prices_of(exchange: Exchange, assets: Iterable[str]) -> Mapping[str, Decimal]:
    """In USD (dollars and USDT are taken for the same); without prices amounts are shown without worth."""
    wanted = sorted(set(assets))
    if not wanted:
        return {}
    try:
        return {"USDT": Decimal(1), **await exchange.prices(wanted)}
    except SupportError:
        return {"USDT": Decimal(1)}


def locks_of(
    seen: Wallet | Answers, market: MarketType, orders: Sequence[OpenOrder], rules: Mapping[str, MarketRules]
) -> list[Lock | None]:
    """What each order holds back; the leverage of a contract is known where a position of it is open or where it was asked for, the margin
    of all orders of a coin where the exchange tells it."""
    leverage: dict[str, Decimal | None] = dict(seen.get(part_of.leverage(market)) or {})
    leverage |= {position.symbol: position.leverage for position in seen.get(part_of.positions(market)) or ()}
    locks = [lock_of(order, rules.get(order.symbol), market, leverage.get(order.symbol)) for order in orders]
    return as_told(locks, seen.get(part_of.balances(market)) or ())


def lacks_leverage(answers: Answers, market: MarketType) -> bool:
    """Whether an order holds margin of which nobody has told its share yet."""
    orders = answers.get(part_of.orders(market)) or ()
    return any(lock is not None and lock.amount is None for lock in locks_of(answers, market, orders, {}))


def rows_without_owner(wallet: Wallet, orders: Sequence[OpenOrder]) -> tuple[OrderRow, ...]:
    """What can be shown before 3Commas was read."""
    locks = locks_of(wallet, wallet.market, orders, {})
    rows = [OrderRow(Verdict(order, Standing.UNKNOWN), lock) for order, lock in zip(orders, locks, strict=True)]
    return tuple(sorted(rows, key=_in_order))


def _in_order(row: OrderRow) -> tuple[int, Decimal, str, str]:
    worth = row.lock.worth if row.lock and row.lock.worth is not None else Decimal(0)
    order = row.verdict.order
    return (_RANK[row.verdict.standing], -worth, order.symbol, order.id)
