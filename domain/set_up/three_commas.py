"""What a form needs from 3Commas, each question asked once over all runs: a rate limit ends a run, and the next one goes on."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from domain.errors import SupportError, TooManyRequests
from domain.looking import answers as part_of
from domain.looking.answers import GRIDS, SIMPLE, Answers, Part
from domain.looking.three_commas import ACTIVE, CLOSED, FINISHED, read_since
from domain.managers import Manager, manager_of_deal, manager_of_trade, managers_of_grids
from domain.ports import Deal, ThreeCommas, Trade, TradeRow
from domain.trading import OwnerKind
from domain.values import Clock, Credentials

T = TypeVar("T")

_LIVING: tuple[Part[object], ...] = (part_of.trades(ACTIVE), part_of.deals(ACTIVE), GRIDS, SIMPLE)


@dataclass(slots=True)
class Living:
    """What is alive on one account, or may be there. `pairs`: also those of single orders, where these were asked for."""

    managers: list[Manager] = field(default_factory=list)
    pairs: set[str] = field(default_factory=set)
    complete: bool = True
    """Everything that was asked for was read."""


class Questions:
    """With one open token, about one account at the exchange. `last`: a rate limit is no reason to stop.

    `places`: the 3Commas accounts that it is, or may be. Methods raise TooManyRequests unless `last`; `trade` and `deal` whatever 3Commas raises.
    """

    def __init__(
        self,
        three_commas: ThreeCommas,
        credentials: Credentials,
        answers: Answers,
        clock: Clock,
        places: Collection[int],
        *,
        last: bool,
    ) -> None:
        self._three_commas = three_commas
        self._credentials = credentials
        self._answers = answers
        self._clock = clock
        self._places = places
        self._last = last

    async def trade(self, trade_id: int) -> Trade:
        return await self._need(part_of.trade(trade_id), lambda: self._three_commas.trade(self._credentials, trade_id))

    async def deal(self, deal_id: int) -> Deal:
        return await self._need(part_of.deal(deal_id), lambda: self._three_commas.deal(self._credentials, deal_id))

    async def steps(self, trade_id: int) -> Sequence[TradeRow] | None:
        """Of a SmartTrade; None if they cannot be read."""
        part = part_of.rows(OwnerKind.SMART_TRADE, trade_id)
        return await self._list(part, lambda: self._three_commas.rows_of_trade(self._credentials, trade_id))

    async def orders(self, deal_id: int) -> Sequence[TradeRow]:
        """Of a deal; empty if they cannot be read."""
        part = part_of.rows(OwnerKind.DEAL, deal_id)
        return await self._list(part, lambda: self._three_commas.rows_of_deal(self._credentials, deal_id)) or ()

    async def living(self, *, grids: bool, single: bool) -> Living:
        """SmartTrades and deals. `grids`: these too, as coins or a position may be theirs; `single`: orders that belong to no trade."""
        ask, credentials = self._three_commas, self._credentials
        trades = await self._list(part_of.trades(ACTIVE), lambda: ask.trades(credentials, ACTIVE))
        deals = await self._list(part_of.deals(ACTIVE), lambda: ask.deals(credentials, ACTIVE))
        of_grids = await self._list(GRIDS, lambda: ask.grid_orders(credentials)) if grids else ()
        orders = await self._list(SIMPLE, lambda: ask.simple_orders(credentials)) if single else ()
        managers = [manager_of_trade(one) for one in trades or ()] + [manager_of_deal(one) for one in deals or ()]
        here = [one for one in [*managers, *managers_of_grids(of_grids or ())] if one.account_id in self._places]
        pairs = {one.pair for one in here} | {one.pair for one in orders or () if one.account_id in self._places}
        return Living(here, pairs, None not in (trades, deals, of_grids, orders))

    async def ended(self, pair: str, since: datetime) -> tuple[list[Trade], list[Deal]] | None:
        """SmartTrades and deals of a pair that are over, made since then. None if they cannot be read."""
        ask, credentials = self._three_commas, self._credentials
        part = part_of.trades_of_pair(pair)
        trades = await self._list(part, lambda: ask.trades(credentials, "all", since, pair))
        deals = await self._list(part_of.deals(FINISHED), lambda: ask.deals(credentials, FINISHED, since))
        if trades is None or deals is None:
            return None
        over = [one for one in trades if one.status in CLOSED and one.account_id in self._places]
        return over, [one for one in deals if one.pair == pair and one.account_id in self._places]

    async def _need(self, part: Part[T], question: Callable[[], Awaitable[T]]) -> T:
        known = self._answers.get(part)
        if known is not None:
            return known
        asked_at = self._clock.now()
        answer = await question()
        self._answers.put(part, answer, asked_at)
        return answer

    async def _list(
        self, part: Part[tuple[T, ...]], question: Callable[[], Awaitable[Sequence[T]]]
    ) -> tuple[T, ...] | None:
        """For what can be done without: None if it cannot be read."""

        async def whole() -> tuple[T, ...]:
            return tuple(await question())

        try:
            return await self._need(part, whole)
        except TooManyRequests:
            if not self._last:
                raise
        except SupportError:
            pass
        return None


def living_read_at(answers: Answers) -> datetime | None:
    """When the first part of what is alive was asked for; orders that were placed later may be of something newer."""
    return read_since(answers, _LIVING)
