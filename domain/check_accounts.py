"""Looks at every exchange account of a trader, side by side, and says what it sees while it is still looking."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.access import Access, KeyGone
from domain.check_facts import ChainFacts, Facts
from domain.check_state import CheckState
from domain.check_view import (
    AccountRow,
    CheckView,
    KeyRow,
    KeySight,
    NotLooked,
    Sight,
    Standing,
    ThreeCommasSight,
    TokenRow,
)
from domain.errors import PlanWithoutApi, SupportError, TokenRefused, TooManyRequests
from domain.look_exchange import LookAtExchange
from domain.look_three_commas import LookAtThreeCommas
from domain.ports import Addresses, Exchanges, ThreeCommas, Trade
from domain.records import Json, Key, TradePlan, UnitsOfWork
from domain.values import Clock

__all__ = [
    "AccountRow",
    "CheckAccounts",
    "CheckView",
    "KeyRow",
    "KeySight",
    "NotLooked",
    "Sight",
    "Standing",
    "ThreeCommasSight",
    "TokenRow",
]

PURPOSE = "check"
"""What stands in the access log."""


class CheckAccounts:
    """One check: a chain of questions per token and per key, all chains side by side.

    `addresses` are the bot's own: with them a refusal after a move is recognised as such.
    """

    def __init__(
        self,
        units: UnitsOfWork,
        access: Access,
        three_commas: ThreeCommas,
        exchanges: Exchanges,
        clock: Clock,
        addresses: Addresses | None = None,
    ) -> None:
        self._units = units
        self._access = access
        self._three_commas = three_commas
        self._exchanges = exchanges
        self._clock = clock
        self._addresses = addresses or Addresses()

    async def run(
        self, trader_id: str, *, trigger: str, patience_s: float = 0, resume: Json | None = None
    ) -> AsyncGenerator[CheckView, None]:
        """Growing snapshots: the first at once from what is stored, then one after each answer.

        After a rate limit it goes on by itself as long as that begins within `patience_s` seconds of this call. Beyond
        that the last snapshot is not `complete`: hand its `resume` to a later run, which does not ask again what was
        answered. `trigger` is logged with each use of a credential. Close the generator (`aclosing`) if you leave early.
        """
        now = self._clock.now()
        state = CheckState(trader_id, Facts.from_json(resume, now), listable=bool(self._addresses.fixed))
        async with self._units.reading() as u:
            await state.read(u)
        state.begin()
        yield state.view(now)
        run = _Run(state, trigger, now + timedelta(seconds=patience_s))
        chains = [asyncio.ensure_future(self._token_chain(run, token)) for token in state.tokens]
        chains += [asyncio.ensure_future(self._key_chain(run, key)) for key in state.keys]
        try:
            while waiting := [chain for chain in chains if not chain.done()]:
                await run.next_change(waiting)
                for chain in chains:
                    if chain.done():
                        chain.result()
                if any(not chain.done() for chain in chains):
                    yield state.view(self._clock.now())
            if chains:
                yield state.view(self._clock.now())
        finally:
            for chain in chains:
                chain.cancel()
            await asyncio.gather(*chains, return_exceptions=True)

    async def _token_chain(self, run: "_Run", token: Key) -> None:
        facts = run.state.facts.tokens[token.id]

        async def keep() -> None:
            async with self._units.writing() as u:
                await run.state.keep_token(u, token, self._clock.now())
                await u.commit()

        async def seen(trades: Sequence[Trade]) -> None:
            await self._keep_plans(token, trades)

        async def walk() -> None:
            async with self._access.open(token.id, purpose=PURPOSE, trigger=run.trigger) as opened:
                look = LookAtThreeCommas(
                    self._three_commas,
                    opened.credentials,
                    facts,
                    self._clock,
                    changed=run.changed,
                    keep=keep,
                    seen=seen,
                )
                await look.walk()

        try:
            await self._patiently(run, facts, walk)
        except (TokenRefused, PlanWithoutApi) as error:
            facts.refused = type(error).__name__
            facts.stopped = NotLooked(facts.refused)
        except KeyGone:
            facts.stopped = NotLooked("KeyGone")
        facts.over = True
        await keep()
        run.changed()

    async def _key_chain(self, run: "_Run", key: Key) -> None:
        facts = run.state.facts.keys[key.id]

        async def walk() -> None:
            async with self._access.open(key.id, purpose=PURPOSE, trigger=run.trigger) as opened:
                exchange = self._exchanges.of(key.service)
                look = LookAtExchange(
                    exchange,
                    key,
                    opened.credentials,
                    opened.state,
                    facts,
                    self._clock,
                    self._addresses,
                    changed=run.changed,
                )
                await look.walk(run.state.markets_of(key.id))

        if key.service in self._exchanges.ids():
            try:
                await self._patiently(run, facts, walk)
            except KeyGone:
                facts.stopped = NotLooked("KeyGone")
            except SupportError:
                pass  # noted in the facts; raised so that the access log tells it
        else:
            facts.stopped = NotLooked("NotThere")
        facts.over = True
        async with self._units.writing() as u:
            await run.state.keep_key(u, key.id, self._clock.now())
            await u.commit()
        run.changed()

    async def _patiently(self, run: "_Run", facts: ChainFacts, walk: Callable[[], Awaitable[None]]) -> None:
        """Walk again after each rate limit, until there is nothing left to ask or the caller's patience ends."""
        while True:
            facts.waiting_until = None
            try:
                await walk()
                return
            except TooManyRequests as limit:
                wait_s = limit.retry_after_s
            facts.waiting_until = self._clock.now() + timedelta(seconds=wait_s)
            if facts.waiting_until > run.patient_until:
                return
            run.changed()
            await self._clock.wait(wait_s)

    async def _keep_plans(self, token: Key, trades: Sequence[Trade]) -> None:
        """3Commas forgets what was not executed when a trade fails, so plans are kept while the trades live."""
        now = self._clock.now()
        async with self._units.writing() as u:
            if await u.keys.get(token.id) is None:
                return  # removed meanwhile, perhaps with everything else of the trader
            for trade in trades:
                if trade.plan:
                    await u.plans.put(TradePlan(token.trader_id, trade.id, now, dict(trade.plan)))
            await u.commit()


class _Run:
    """What the chains of one run share."""

    def __init__(self, state: CheckState, trigger: str, patient_until: datetime) -> None:
        self.state = state
        self.trigger = trigger
        self.patient_until = patient_until
        self._changed = asyncio.Event()

    def changed(self) -> None:
        self._changed.set()

    async def next_change(self, chains: Sequence["asyncio.Future[None]"]) -> None:
        """Return once something was answered, or a chain has ended."""
        change = asyncio.ensure_future(self._changed.wait())
        either: list[asyncio.Future[Any]] = [change, *chains]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            change.cancel()
        self._changed.clear()
