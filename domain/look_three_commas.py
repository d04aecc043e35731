"""One walk through 3Commas with one token, in the order that is worth most to a trader whose plan allows few requests.

Exchange accounts, a live contact per account, failed SmartTrades, living ones, bot trades in error, and the last finished
SmartTrade where a date hangs on it. A walk that a rate limit ends goes on later from its facts.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta

from domain.check_facts import (
    ACCOUNTS,
    ACTIVE,
    DEALS,
    FAILED,
    FINISHED,
    DealError,
    Loaded,
    TokenFacts,
    TradeError,
    load_part,
)
from domain.check_view import NotLooked
from domain.errors import (
    NotThere,
    PlanWithoutApi,
    Refused,
    RightMissing,
    SupportError,
    Surprise,
    TokenRefused,
    TooManyRequests,
)
from domain.known_accounts import market_of
from domain.markets import PAPER
from domain.ports import ThreeCommas, Trade
from domain.trade_errors import classify
from domain.values import Clock, Credentials

FIRST_WAVES = (2, 2, 1)
"""How many live loads go side by side at first; the rest follow ten at a time. The smallest plan with an API lets five requests
a minute through (Starter, measured by its users in November 2025), and going on after a refusal brings a ban of the
address: so a walk does not run far ahead of that number before it has seen that more is allowed."""

LOOK_BACK = timedelta(days=180)
"""3Commas filters by the day a trade was made; one that finished after an error may have been made long before it."""

_LISTS = frozenset({ACCOUNTS, FAILED, ACTIVE, DEALS, FINISHED})
"""Parts that name no single object."""

EXECUTED = frozenset({"finished", "stop_loss_finished", "panic_sold"})
"""Statuses of a closed SmartTrade whose last order went through. The list "finished" holds cancelled and failed ones too."""


class LookAtThreeCommas:
    """Asks with one token what is missing in `facts`. Made for one use of the credentials.

    `changed` is called after every answer; `keep` is awaited at the end of each part and may write; `seen` is awaited with
    living SmartTrades.
    """

    def __init__(
        self,
        three_commas: ThreeCommas,
        credentials: Credentials,
        facts: TokenFacts,
        clock: Clock,
        *,
        changed: Callable[[], None],
        keep: Callable[[], Awaitable[None]],
        seen: Callable[[Sequence[Trade]], Awaitable[None]],
    ) -> None:
        self._three_commas = three_commas
        self._credentials = credentials
        self._facts = facts
        self._clock = clock
        self._changed = changed
        self._keep = keep
        self._seen = seen

    async def walk(self) -> None:
        """Raises TooManyRequests, TokenRefused and PlanWithoutApi; notes every other error as not looked."""
        facts = self._facts
        if not await self._part(ACCOUNTS, self._accounts, done=facts.listed is not None):
            return
        await self._loads()
        await self._part(FAILED, self._failed, done=facts.failed is not None)
        await self._part(ACTIVE, self._active, done=facts.active is not None)
        await self._part(DEALS, self._deals, done=facts.deals is not None)
        if self._since() is not None:
            await self._part(FINISHED, self._finished, done=facts.finished is not None)
        await self._keep()

    async def _part(self, name: str, ask: Callable[[], Awaitable[None]], *, done: bool) -> bool:
        """False if what follows hangs on it and cannot be asked either."""
        if done:
            return True
        try:
            await ask()
        except (TooManyRequests, TokenRefused, PlanWithoutApi):
            raise
        except SupportError as error:
            self._facts.missed[name] = _why(name, error)
            self._changed()
            return isinstance(error, Refused)
        self._answered(name)
        return True

    def _answered(self, name: str) -> None:
        self._facts.missed.pop(name, None)
        self._facts.looked_at = self._clock.now()
        self._changed()

    async def _accounts(self) -> None:
        listed = await self._three_commas.accounts(self._credentials)
        real = {account.id: account for account in listed if account.market_code != PAPER}
        self._facts.listed = real
        self._facts.paper = len(listed) - len(real)
        await self._keep()

    async def _loads(self) -> None:
        open_ids = [i for i in self._facts.listed or {} if i not in self._facts.loads]
        if not open_ids:
            return
        try:
            for size in FIRST_WAVES:
                wave, open_ids = open_ids[:size], open_ids[size:]
                await self._wave(wave)
            await self._wave(open_ids)
        finally:
            await self._keep()

    async def _wave(self, ids: Iterable[int]) -> None:
        """Side by side. Every answer that came is kept before the first refusal is passed on."""
        outcomes = await asyncio.gather(*(self._load(i) for i in ids), return_exceptions=True)
        refusals = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        limits = [error for error in refusals if isinstance(error, TooManyRequests)]
        if others := [error for error in refusals if not isinstance(error, TooManyRequests)]:
            raise others[0]
        if limits:
            raise max(limits, key=lambda error: error.retry_after_s)

    async def _load(self, three_commas_id: int) -> None:
        async def ask() -> None:
            loaded = await self._three_commas.load_balances(self._credentials, three_commas_id)
            self._facts.loads[three_commas_id] = Loaded(loaded.contact, self._clock.now(), loaded.said)
            if loaded.account is not None and self._facts.listed is not None:
                self._facts.listed[three_commas_id] = loaded.account

        await self._part(load_part(three_commas_id), ask, done=False)

    async def _failed(self) -> None:
        trades = await self._three_commas.trades(self._credentials, "failed")
        self._facts.failed = tuple(
            TradeError(trade.account_id, trade.id, trade.error, trade.closed_at or trade.created_at)
            for trade in trades
            if trade.error
        )

    async def _active(self) -> None:
        trades = await self._three_commas.trades(self._credentials, "active")
        await self._seen(trades)
        counts: dict[int, int] = {}
        for trade in trades:
            counts[trade.account_id] = counts.get(trade.account_id, 0) + 1
            took_over = (
                trade.plan.get("skip_enter_step") is True
            )  # what was there already; no order went through for it
            if trade.entered_amount and trade.created_at is not None and not took_over:
                self._facts.entered(trade.account_id, trade.created_at)
        self._facts.active = counts

    async def _deals(self) -> None:
        deals = await self._three_commas.deals(self._credentials, "active")
        self._facts.deals = tuple(DealError(deal.account_id, deal.id, deal.error) for deal in deals if deal.has_error)
        for deal in deals:
            if deal.bought_amount and deal.created_at is not None:
                self._facts.entered(deal.account_id, deal.created_at)

    async def _finished(self) -> None:
        since = self._since()
        trades = await self._three_commas.trades(self._credentials, "finished", since and since - LOOK_BACK)
        last: dict[int, datetime] = {}
        for trade in trades:
            if trade.closed_at is not None and trade.status in EXECUTED:
                last[trade.account_id] = max(trade.closed_at, last.get(trade.account_id, trade.closed_at))
        self._facts.finished = last

    def _since(self) -> datetime | None:
        """The first dated error that speaks of a key: only a trade that finished after it can say when the key last worked."""
        listed = self._facts.listed or {}
        dates = [
            error.at
            for error in self._facts.failed or ()
            if error.at is not None
            and error.account_id in listed
            and classify(market_of(listed[error.account_id].market_code).venue, error.text).about_key
        ]
        return min(dates, default=None)


def _why(name: str, error: SupportError) -> NotLooked:
    """One account may be gone; that a whole list should be gone is an answer that nobody understands."""
    if isinstance(error, NotThere) and name in _LISTS:
        return NotLooked(Surprise.__name__)
    return not_looked(error)


def not_looked(error: SupportError) -> NotLooked:
    """Why a part could not be seen."""
    return NotLooked(type(error).__name__, right=error.right if isinstance(error, RightMissing) else "")
