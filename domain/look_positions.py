"""Looks at every open futures position: who manages it, and what stands on it.

A position is managed if a living SmartTrade, deal or grid of its contract and side is at 3Commas. "Nobody" is said only where all of
3Commas was read. A stop that 3Commas watches fires only while 3Commas' own key works; one at the exchange fires by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.access import Access
from domain.check_view import Sight
from domain.errors import SupportError
from domain.looking import answers as part_of
from domain.looking.answers import ACCOUNTS, GRIDS, Part, why_not
from domain.looking.asker import Asker
from domain.looking.look import Look
from domain.looking.survey import Survey
from domain.looking.three_commas import ACTIVE, Questions3C, unread
from domain.looking.view import Unread
from domain.looking.wallets import FUTURES, Wallet, neighbours, tokens_of, wallets_of, without_key
from domain.managers import Manager, managers_of
from domain.pairs import likely_symbols, symbols_of
from domain.ports import Exchange, Exchanges, OpenOrder, ThreeCommas
from domain.positions_view import (
    FuturesAccount,
    Management,
    PositionRow,
    PositionsView,
    Protection,
    StopState,
    Watched,
)
from domain.protection import closes, is_stop, may_be_stop, of_position
from domain.records import UnitsOfWork
from domain.trading import MarketRules, Position
from domain.values import Clock, MarketType

PURPOSE = "positions"
"""What stands in the access log."""

_LISTS: tuple[Part[object], ...] = (ACCOUNTS, part_of.trades(ACTIVE), part_of.deals(ACTIVE), GRIDS)
_RANK = {Management.UNMANAGED: 0, Management.UNKNOWN: 1, Management.MANAGED: 2}
_BARE = {StopState.NONE: 0, StopState.PART: 1}
"""Those with the least protection first; all other states are one."""


class LookPositions(Look[PositionsView]):
    """`run` yields growing snapshots."""

    def __init__(
        self, units: UnitsOfWork, access: Access, three_commas: ThreeCommas, exchanges: Exchanges, clock: Clock
    ) -> None:
        super().__init__(units, access, three_commas, exchanges, clock, purpose=PURPOSE, questions=_Positions)


class _Positions:
    """The questions of one run and the picture of their answers."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._rules: dict[str, Mapping[str, MarketRules]] = {}
        self._no_rules: dict[str, Unread] = {}
        self._settled = False

    async def of_token(self, ask: Asker) -> None:
        questions = Questions3C(self._survey.three_commas, ask)
        trades = await questions.trades(ACTIVE) or ()
        asked_at = ask.answers.asked_at.get(part_of.trades(ACTIVE).name, self._survey.now())
        await self._survey.keep_plans(trades, asked_at)
        await questions.deals(ACTIVE)
        await questions.grids()

    async def of_key(self, ask: Asker, exchange: Exchange, markets: Sequence[MarketType]) -> None:
        given = (ask.credentials, ask.state)
        for market in sorted(FUTURES.intersection(markets)):
            await ask.ask(part_of.positions(market), part_of.whole(exchange.positions, *given, market))
            await ask.ask(part_of.orders(market), part_of.whole(exchange.open_orders, *given, market))

    async def settle(self) -> None:
        for wallet in wallets_of(self._survey, FUTURES):
            positions = wallet.get(part_of.positions(wallet.market))
            if positions:
                await self._load_rules(wallet, positions)
        self._settled = True

    async def _load_rules(self, wallet: Wallet, positions: Sequence[Position]) -> None:
        symbols = {position.symbol for position in positions}
        for manager in self._managers(wallet):
            symbols.update(likely_symbols(manager.pair, wallet.market))
        try:
            self._rules[wallet.id] = await self._survey.exchanges.of(wallet.venue).rules(sorted(symbols), wallet.market)
        except SupportError as error:
            self._no_rules[wallet.id] = Unread("rules", why_not(error))

    def _managers(self, wallet: Wallet) -> list[Manager]:
        """Of this account, and of those that may be this very account at the exchange."""
        tokens, _ = tokens_of(self._survey, wallet.accounts)
        places = wallet.three_commas_ids | neighbours(self._survey, wallet)
        return [one for token in tokens for one in managers_of(token) if one.account_id in places]

    # --- the picture ----------------------------------------------------------------------------------------------

    def view(self) -> PositionsView:
        accounts: list[FuturesAccount] = []
        rows: list[PositionRow] = []
        for wallet in wallets_of(self._survey, FUTURES):
            account = self._account(wallet)
            accounts.append(account)
            rows += self._rows(wallet, account)
        rows.sort(key=_in_order)
        blind = tuple(account for account in without_key(self._survey) if account.market_type in FUTURES)
        return PositionsView(**self._survey.frame(), accounts=tuple(accounts), positions=tuple(rows), without_key=blind)

    def _account(self, wallet: Wallet) -> FuturesAccount:
        tokens, missing = tokens_of(self._survey, wallet.accounts)
        not_read = [*missing, *(one for token in tokens for one in unread(token, _LISTS))]
        if wallet.id in self._no_rules:
            not_read.append(self._no_rules[wallet.id])
        if not any(account.link for account in wallet.accounts):
            managers = Sight.NOT_ATTACHED
        elif not_read:
            managers = Sight.NOT_LOOKED
        else:
            managers = Sight.FINE if self._settled else Sight.LOOKING
        orders_read = wallet.get(part_of.orders(wallet.market)) is not None
        sight = wallet.sight(part_of.positions(wallet.market))
        return FuturesAccount(sight, managers, tuple(dict.fromkeys(not_read)), orders_read)

    def _rows(self, wallet: Wallet, account: FuturesAccount) -> list[PositionRow]:
        positions = wallet.get(part_of.positions(wallet.market)) or ()
        orders = wallet.get(part_of.orders(wallet.market)) or ()
        rules = self._rules.get(wallet.id, {})
        managers = self._managers(wallet)
        symbols = symbols_of({one.pair for one in managers}, rules.values(), wallet.market)
        strange = any(one.pair not in symbols for one in managers)
        rows = []
        for position in positions:
            fitting = [one for one in managers if symbols.get(one.pair) == position.symbol and one.fits(position.side)]
            complete = account.managers is Sight.FINE and not strange
            state = Management.UNMANAGED if complete else Management.UNKNOWN
            on_it = [order for order in orders if order.symbol == position.symbol and closes(order, position)]
            stops = tuple(order for order in on_it if is_stop(order, position))
            own = [one for one in fitting if one.account_id in wallet.three_commas_ids]
            state = Management.MANAGED if own else Management.UNKNOWN if fitting else state
            # What may be another account's protects nothing here, and is not known to leave it bare
            alone = complete and own == fitting
            protection = _protection(on_it, position, own, complete=alone, orders_read=account.orders_read)
            fitting = own or fitting
            rows.append(
                PositionRow(
                    account.sight,
                    position,
                    rules.get(position.symbol),
                    state,
                    tuple(one.owner for one in fitting),
                    _managed(fitting),
                    protection,
                    stops,
                    tuple(one for one in on_it if one not in stops and not may_be_stop(one, position)),
                    profit_percent(position),
                )
            )
        return rows


def profit_percent(position: Position) -> Decimal | None:
    """Of the worth at entry, by the mark price."""
    if position.mark_price is None or not position.entry_price:
        return None
    gain = (position.mark_price - position.entry_price) / position.entry_price * 100
    return gain if position.side == "long" else -gain


def _managed(managers: Sequence[Manager]) -> Decimal | None:
    units = [one.units for one in managers]
    known = [one for one in units if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(units) else None


def _protection(
    on_it: Sequence[OpenOrder],
    position: Position,
    managers: Sequence[Manager],
    *,
    complete: bool,
    orders_read: bool,
) -> Protection:
    """A stop that 3Commas watches counts where those at the exchange are not for all of it, and for what its own trade holds.

    `managers`: of this account for sure. `complete`: there are no others. That there is no more than what was found is said only
    where nothing else can hold a stop.
    """
    at_exchange = of_position(on_it, position)
    if at_exchange.state is StopState.AT_EXCHANGE:
        return at_exchange
    watching = [one for one in managers if one.has_stop]
    watched = _watched(watching) if watching else None
    if watched is not None and watched.units is not None and watched.units >= position.amount:
        return Protection(StopState.AT_3COMMAS, watched.price, watched.price)
    if at_exchange.state is StopState.PART:
        return replace(at_exchange, watched=watched)
    all_seen = complete or (_managed(managers) or Decimal(0)) >= position.amount
    read = orders_read and at_exchange.state is StopState.NONE
    told = read and all_seen and all(one.has_stop is not None for one in managers)
    if watched is None:
        return replace(at_exchange, state=StopState.NONE if told else StopState.UNKNOWN)
    if told and watched.units is not None:
        return Protection(StopState.PART, there=position.amount, watched=watched)
    return replace(at_exchange, state=StopState.UNKNOWN, watched=watched)


def _watched(watching: Sequence[Manager]) -> Watched:
    prices = {one.stop_price for one in watching}
    return Watched(_managed(watching), prices.pop() if len(prices) == 1 else None)


def _in_order(row: PositionRow) -> tuple[int, int, Decimal, str, str]:
    position = row.position
    size = row.rules.contract_size if row.rules else Decimal(1)
    worth = position.amount * size * position.entry_price
    return (_RANK[row.management], _BARE.get(row.protection.state, len(_BARE)), -worth, position.symbol, position.side)
