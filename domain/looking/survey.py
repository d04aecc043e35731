"""Asks with all of a trader's credentials, side by side, and goes on after rate limits: what every look has in common.

A look is a script of questions per credential (`Questions`). It is walked from the start each time: what was answered is not asked
again, so a walk that a rate limit has ended goes on where it stopped, in this run or in a later one.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from domain.access import Access, KeyGone
from domain.check_view import NotLooked
from domain.errors import PlanWithoutApi, SupportError, TokenRefused, TooManyRequests, Unavailable
from domain.known_accounts import keep_listed
from domain.looking.answers import ACCOUNTS, Answers, why_not
from domain.looking.asker import Asker, Questions
from domain.looking.view import Progress
from domain.markets import PAPER
from domain.ports import Exchanges, ThreeCommas, ThreeCommasAccount, Trade
from domain.records import ExchangeAccount, Json, KeyState, TradePlan, UnitsOfWork
from domain.values import THREE_COMMAS, Clock, MarketType

V = TypeVar("V")


class Survey:
    """What one run knows: the trader's accounts and credentials, and their answers."""

    def __init__(
        self,
        units: UnitsOfWork,
        access: Access,
        three_commas: ThreeCommas,
        exchanges: Exchanges,
        clock: Clock,
        trader_id: str,
        *,
        purpose: str,
        trigger: str,
        patience_s: float,
    ) -> None:
        """`purpose` and `trigger` stand in the access log. Waits for rate limits that end within `patience_s` of now."""
        self._units = units
        self._access = access
        self.three_commas = three_commas
        self.exchanges = exchanges
        self._clock = clock
        self.trader_id = trader_id
        self._purpose = purpose
        self._trigger = trigger
        self._patient_until = clock.now() + timedelta(seconds=patience_s)
        self._change = asyncio.Event()
        self.accounts: Sequence[ExchangeAccount] = ()
        self.tokens: dict[str, Answers] = {}
        self.keys: dict[str, Answers] = {}
        self.attached: dict[str, frozenset[str]] = {}
        """Ids of the exchange accounts of each key."""
        self._keys_over = asyncio.Event()
        self._settled = False

    def now(self) -> datetime:
        return self._clock.now()

    def changed(self) -> None:
        self._change.set()

    async def exchanges_answered(self) -> None:
        """Return once the keys have nothing more to ask: a question to 3Commas may hang on what they saw."""
        await self._keys_over.wait()

    # --- going round ----------------------------------------------------------------------------------------------

    async def begin(self, resume: Json | None) -> None:
        async with self._units.reading() as u:
            living = [key for key in await u.keys.list(self.trader_id) if key.state is KeyState.LIVE]
            self.accounts = await u.accounts.list(self.trader_id)
            self.attached = {key.id: frozenset(await u.accounts.accounts_of(key.id)) for key in living}
        for key in living:
            answers = Answers(key)
            if key.service == THREE_COMMAS:
                self.tokens[key.id] = answers
                answers.fill((resume or {}).get(key.id, {}), self.now())
            else:
                self.keys[key.id] = answers

    async def snapshots(self, questions: Questions[V]) -> AsyncGenerator[V, None]:
        """The first at once from what is stored, then one after each answer, the last when all is settled."""
        yield questions.view()
        work = asyncio.ensure_future(self._all(questions))
        try:
            while not work.done():
                change = asyncio.ensure_future(self._change.wait())
                either: list[asyncio.Future[Any]] = [work, change]
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
                change.cancel()
                self._change.clear()
                if not work.done():
                    yield questions.view()
            work.result()
            if self.tokens or self.keys:
                yield questions.view()
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def _all(self, questions: Questions[Any]) -> None:
        await self.ask_all(questions)
        await questions.settle()
        self._settled = True

    async def ask_again(self, questions: Questions[Any]) -> None:
        """What was marked stale, and nothing else; the old answers stay where the new ones do not come."""
        await self.ask_all(questions, again=True)

    async def ask_all(self, questions: Questions[Any], *, again: bool = False) -> None:
        """All credentials side by side. What was answered and is not stale is not asked again."""
        self._keys_over.clear()
        tokens = [answers for answers in self.tokens.values() if answers.stale or not again]
        keys = [answers for answers in self.keys.values() if answers.stale or not again]
        chains = [self._all_keys(questions, keys), *(self._token(questions, answers) for answers in tokens)]
        work = [asyncio.ensure_future(chain) for chain in chains]
        try:
            await asyncio.gather(*work)
        finally:
            for one in work:
                one.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def _all_keys(self, questions: Questions[Any], keys: Iterable[Answers]) -> None:
        try:
            await asyncio.gather(*(self._key(questions, answers) for answers in keys))
        finally:
            self._keys_over.set()

    async def _token(self, questions: Questions[Any], answers: Answers) -> None:
        async def walk(ask: Asker) -> None:
            three_commas = self.three_commas

            async def accounts() -> tuple[ThreeCommasAccount, ...]:
                return tuple(await three_commas.accounts(ask.credentials))

            listed = await ask.ask(ACCOUNTS, accounts)
            if listed is not None:
                await self._keep(answers)
                await questions.of_token(ask)

        await self._patiently(answers, walk)

    async def _key(self, questions: Questions[Any], answers: Answers) -> None:
        key = answers.key
        if key.service not in self.exchanges.ids():
            answers.stopped = NotLooked("NotThere")
            answers.over = True
            return
        exchange = self.exchanges.of(key.service)

        async def walk(ask: Asker) -> None:
            await questions.of_key(ask, exchange, self.markets_of(key.id))
            if ask.refusal is not None:
                raise ask.refusal  # noted already; raised so that the access log tells it

        await self._patiently(answers, walk)

    async def _patiently(self, answers: Answers, walk: Callable[[Asker], Awaitable[None]]) -> None:
        """Walk again after each rate limit, until nothing is left to ask or patience ends."""
        answers.over, answers.stopped = False, None
        while answers.stopped is None:
            answers.waiting_until = None
            try:
                async with self._access.open(answers.key.id, purpose=self._purpose, trigger=self._trigger) as opened:
                    await walk(Asker(answers, opened.credentials, opened.state, self._clock, self.changed))
                break
            except TooManyRequests as limit:
                wait_s = limit.retry_after_s
            except (TokenRefused, PlanWithoutApi, Unavailable) as error:
                answers.stopped = why_not(error)
                break
            except KeyGone:
                answers.stopped = NotLooked("KeyGone")
                break
            except SupportError:
                break  # noted with its part
            answers.waiting_until = self.now() + timedelta(seconds=wait_s)
            if answers.waiting_until > self._patient_until:
                break
            self.changed()
            await self._clock.wait(wait_s)
        answers.over = True
        self.changed()

    # --- keeping ----------------------------------------------------------------------------------------------------

    async def _keep(self, answers: Answers) -> None:
        """Exchange accounts in step with what 3Commas lists."""
        token, listed = answers.key, answers.get(ACCOUNTS) or ()
        links = [account.link for account in self.accounts if account.link]
        known = {link.three_commas_id for link in links if link.token_id in self.tokens}
        real = [account for account in listed if account.market_code != PAPER]
        if all(account.id in known for account in real):
            return
        async with self._units.writing() as u:
            if await u.keys.get(token.id) is None:
                return  # removed meanwhile: its accounts are nobody's
            await keep_listed(u, self.trader_id, token.id, real, self.now(), live_tokens=frozenset(self.tokens))
            self.accounts = await u.accounts.list(self.trader_id)
            await u.commit()

    async def keep_plans(self, trades: Iterable[Trade], at: datetime) -> None:
        """3Commas forgets what was not executed when a trade fails, so plans are kept while the trades live."""
        plans = [TradePlan(self.trader_id, trade.id, at, dict(trade.plan)) for trade in trades if trade.plan]
        if not plans:
            return
        async with self._units.writing() as u:
            for plan in plans:
                await u.plans.put(plan)
            await u.commit()

    async def plans_of(self, trade_ids: Iterable[int]) -> dict[int, TradePlan]:
        async with self._units.reading() as u:
            found = [(trade_id, await u.plans.get(self.trader_id, trade_id)) for trade_id in trade_ids]
        return {trade_id: plan for trade_id, plan in found if plan is not None}

    # --- showing ----------------------------------------------------------------------------------------------------

    def markets_of(self, key_id: str) -> tuple[MarketType, ...]:
        """The wallets that are attached to a key, each once."""
        return tuple(sorted({account.market_type for account in self.accounts if account.id in self.attached[key_id]}))

    def keys_of(self, account_id: str) -> tuple[str, ...]:
        return tuple(sorted(key_id for key_id in self.keys if account_id in self.attached[key_id]))

    def token_of(self, account: ExchangeAccount) -> Answers | None:
        """Answers of the token through which 3Commas shows this account; None if no living token does."""
        return self.tokens.get(account.link.token_id) if account.link else None

    def frame(self) -> dict[str, Any]:
        """The fields of `Snapshot`."""
        chains = [*self.tokens.values(), *self.keys.values()]
        waiting = [answers.waiting_until for answers in chains if answers.waiting_until is not None]
        settled = self._settled or not chains
        complete = settled and all(answers.over for answers in chains) and not waiting
        wanted = sum(len(answers.wanted) for answers in self.tokens.values())
        done = sum(len(a.wanted & (a.got.keys() | a.missed.keys())) for a in self.tokens.values())
        return {
            "sources": tuple(answers.source() for answers in chains),
            "progress": Progress(done, wanted),
            "complete": complete,
            "waiting_until": min(waiting, default=None) if settled else None,
            "at": self.now(),
            "resume": self._resume() if self._settled and not complete else {},
        }

    def _resume(self) -> Json:
        """Made for the last snapshot alone: a thousand trades are a quarter of a megabyte."""
        return {token_id: answers.to_json() for token_id, answers in self.tokens.items()}
