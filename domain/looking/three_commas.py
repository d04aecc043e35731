"""The questions that looks put to 3Commas, in the order that is worth most, and which parts a claim hangs on."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from domain.check_view import NotLooked, Sight
from domain.deal_plans import closed_deal
from domain.looking import answers as part_of
from domain.looking.answers import ACCOUNTS, GRIDS, SIMPLE, Answers, Part
from domain.looking.asker import Asker
from domain.looking.view import Unread
from domain.plans import closed_trade, read_plan
from domain.ports import Contact, Deal, ThreeCommas, Trade
from domain.records import TradePlan
from domain.trading import ClosedTrade, ExpectedOrder, OwnerKind

ACTIVE, FAILED, CANCELLED, FINISHED = "active", "failed", "cancelled", "finished"
OVER = (FAILED, CANCELLED, FINISHED)
CLOSED = frozenset({"finished", "stop_loss_finished", "panic_sold", "cancelled", "failed"})
"""Statuses of a SmartTrade that is over."""

T = TypeVar("T")


def _all(question: Callable[[], Awaitable[Sequence[T]]]) -> Callable[[], Awaitable[tuple[T, ...]]]:
    async def ask() -> tuple[T, ...]:
        return tuple(await question())

    return ask


class Questions3C:
    """Questions with one open token."""

    def __init__(self, three_commas: ThreeCommas, ask: Asker) -> None:
        self._three_commas = three_commas
        self._ask = ask

    async def trades(self, status: str, since: datetime | None = None) -> tuple[Trade, ...] | None:
        credentials = self._ask.credentials
        return await self._ask.ask(
            part_of.trades(status), _all(lambda: self._three_commas.trades(credentials, status, since))
        )

    async def deals(self, scope: str, since: datetime | None = None) -> tuple[Deal, ...] | None:
        credentials = self._ask.credentials
        return await self._ask.ask(
            part_of.deals(scope), _all(lambda: self._three_commas.deals(credentials, scope, since))
        )

    async def grids(self) -> tuple[ExpectedOrder, ...] | None:
        credentials = self._ask.credentials
        return await self._ask.ask(GRIDS, _all(lambda: self._three_commas.grid_orders(credentials)))

    async def simple(self) -> tuple[ExpectedOrder, ...] | None:
        credentials = self._ask.credentials
        return await self._ask.ask(SIMPLE, _all(lambda: self._three_commas.simple_orders(credentials)))

    async def expected(self, trades: Iterable[Trade], deals: Iterable[Deal]) -> None:
        """The living orders of each trade and deal."""
        await self._ask.each([(part_of.expected(OwnerKind.SMART_TRADE, one.id), self._of_trade(one)) for one in trades])
        await self._ask.each([(part_of.expected(OwnerKind.DEAL, one.id), self._of_deal(one)) for one in deals])

    def _of_trade(self, trade: Trade) -> Callable[[], Awaitable[tuple[ExpectedOrder, ...]]]:
        credentials = self._ask.credentials
        return _all(lambda: self._three_commas.expected_of_trade(credentials, trade))

    def _of_deal(self, deal: Deal) -> Callable[[], Awaitable[tuple[ExpectedOrder, ...]]]:
        credentials = self._ask.credentials
        return _all(lambda: self._three_commas.expected_of_deal(credentials, deal))

    async def balance_tables(self, account_ids: Sequence[int]) -> None:
        """3Commas' own balance tables, refreshed first: without that they are a cache of any age."""
        for account_id in account_ids:
            await self.loaded(account_id)
            table = partial(self._three_commas.holdings, self._ask.credentials, account_id)
            await self._ask.ask(part_of.holdings(account_id), _all(table))

    async def loaded(self, account_id: int) -> None:
        """Make 3Commas ask the exchange, so that its figures are of now."""
        refresh = partial(self._three_commas.load_balances, self._ask.credentials, account_id)
        await self._ask.ask(part_of.loaded(account_id), refresh)


# --- reading the answers ----------------------------------------------------------------------------------------------


def living_parts(answers: Answers) -> list[Part[Any]]:
    """What has to be read before anything can be said about the owner of an order."""
    parts: list[Part[Any]] = [ACCOUNTS, part_of.trades(ACTIVE), part_of.deals(ACTIVE), GRIDS, SIMPLE]
    parts += [part_of.expected(OwnerKind.SMART_TRADE, trade.id) for trade in answers.get(part_of.trades(ACTIVE)) or ()]
    parts += [part_of.expected(OwnerKind.DEAL, deal.id) for deal in answers.get(part_of.deals(ACTIVE)) or ()]
    return parts


def closed_parts() -> list[Part[Any]]:
    return [part_of.trades(status) for status in OVER] + [part_of.deals(FINISHED)]


def unread(answers: Answers, parts: Iterable[Part[Any]]) -> tuple[Unread, ...]:
    """One line where the token itself was refused."""
    if answers.stopped is not None and answers.get(ACCOUNTS) is None:
        return (Unread(ACCOUNTS.name, answers.stopped),)
    return answers.unread(parts)


def table_sight(answers: Answers, account_id: int) -> tuple[Sight, NotLooked | None]:
    """WARNING: the table is there, and 3Commas could not refresh it."""
    state, why = answers.sight(part_of.holdings(account_id))
    loaded = answers.get(part_of.loaded(account_id))
    if state is Sight.FINE and (loaded is None or loaded.contact is not Contact.WORKS):
        return Sight.WARNING, why
    return state, why


def expected_orders(answers: Answers) -> list[ExpectedOrder]:
    """Of all trades that are alive by the newest list."""
    found: list[ExpectedOrder] = [*(answers.get(GRIDS) or ()), *(answers.get(SIMPLE) or ())]
    for trade in answers.get(part_of.trades(ACTIVE)) or ():
        found += answers.get(part_of.expected(OwnerKind.SMART_TRADE, trade.id)) or ()
    for deal in answers.get(part_of.deals(ACTIVE)) or ():
        found += answers.get(part_of.expected(OwnerKind.DEAL, deal.id)) or ()
    return found


def read_since(answers: Answers, parts: Iterable[Part[Any]]) -> datetime | None:
    """When the first of these was asked for."""
    return min((answers.asked_at[part.name] for part in parts if part.name in answers.asked_at), default=None)


def trades_over(answers: Answers) -> dict[int, Trade]:
    """Every SmartTrade that is over, from whichever list; one that the list of living ones holds is not."""
    alive = {trade.id for trade in answers.get(part_of.trades(ACTIVE)) or ()}
    return {
        trade.id: trade
        for status in OVER
        for trade in answers.get(part_of.trades(status)) or ()
        if trade.status in CLOSED and trade.id not in alive
    }


def closed_of(answers: Answers, plans: dict[int, TradePlan]) -> list[ClosedTrade]:
    """SmartTrades and deals that are over and may have left orders behind."""
    found = []
    for trade in trades_over(answers).values():
        kept = plans.get(trade.id)
        closed = closed_trade(trade, read_plan(kept.plan) if kept else None)
        if closed is not None:
            found.append(closed)
    alive = {deal.id for deal in answers.get(part_of.deals(ACTIVE)) or ()}
    for deal in answers.get(part_of.deals(FINISHED)) or ():
        if deal.id not in alive and (ended := closed_deal(deal)) is not None:
            found.append(ended)
    return found
