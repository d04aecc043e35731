"""One question after the other with one open credential; each is asked at most once, and what could not be read is noted."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from domain.errors import (
    KeyRefused,
    PlanWithoutApi,
    Refused,
    SupportError,
    TimedOut,
    TokenRefused,
    TooManyRequests,
    Unavailable,
)
from domain.look_three_commas import FIRST_WAVES
from domain.looking.answers import Answers, Part, why_not
from domain.ports import Exchange
from domain.values import THREE_COMMAS, Clock, Credentials, MarketType, VenueState

WAVE = 10
"""Questions to 3Commas at once, once it has shown that it lets that many through."""

SILENCE = 5
"""So many questions in a row may go unanswered; an exchange that did not answer in time is not waited for twice."""

T = TypeVar("T")
V_co = TypeVar("V_co", covariant=True)


class Asker:
    """Asks with one open credential. Made for one use of it; `answers` outlives it. `changed` is called after every answer."""

    def __init__(
        self,
        answers: Answers,
        credentials: Credentials,
        state: VenueState,
        clock: Clock,
        changed: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._changed = changed
        self.answers = answers
        self.credentials = credentials
        self.state = state
        self.refusal: Refused | None = None
        self._silent = 0

    async def ask(self, part: Part[T], question: Callable[[], Awaitable[T]]) -> T | None:
        """The answer, asked for at most once; None if it could not be read, and the reason is noted.

        Raises what ends the walk: TooManyRequests, TokenRefused, PlanWithoutApi, and Unavailable where nobody seems to be there.
        """
        answers = self.answers
        answers.wanted.add(part.name)
        if part.name in answers.got and part.name not in answers.stale:
            return answers.get(part)
        asked_at = self._clock.now()
        try:
            answer = await question()
        except (TooManyRequests, TokenRefused, PlanWithoutApi):
            raise
        except SupportError as error:
            if part.name not in answers.got:
                answers.missed[part.name] = why_not(error)
            answers.stale.discard(part.name)
            self._changed()
            self._silent += isinstance(error, Unavailable)
            of_exchange = answers.key.service != THREE_COMMAS
            if self._silent >= SILENCE or (of_exchange and isinstance(error, TimedOut)):
                raise
            if isinstance(error, KeyRefused):
                self.refusal = error
            return answers.get(part)
        self._silent = 0
        answers.put(part, answer, asked_at)
        self._changed()
        return answer

    async def each(self, parts: Sequence[tuple[Part[T], Callable[[], Awaitable[T]]]]) -> None:
        """Many questions, few at a time at first: running far ahead of a small plan brings a ban of the address."""
        self.answers.wanted |= {part.name for part, _ in parts}
        left = [one for one in parts if one[0].name not in self.answers.got or one[0].name in self.answers.stale]
        for size in (*FIRST_WAVES, *([WAVE] * (len(left) // WAVE + 1))):
            wave, left = left[:size], left[size:]
            outcomes = await asyncio.gather(*(self._one(part, ask) for part, ask in wave), return_exceptions=True)
            failures = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
            limits = [error for error in failures if isinstance(error, TooManyRequests)]
            if others := [error for error in failures if not isinstance(error, TooManyRequests)]:
                raise others[0]
            if limits:
                raise max(limits, key=lambda error: error.retry_after_s)

    async def _one(self, part: Part[T], question: Callable[[], Awaitable[T]]) -> None:
        await self.ask(part, question)


class Questions(Protocol[V_co]):
    """One look: what it asks of each credential, and the picture that the answers make."""

    async def of_token(self, ask: Asker) -> None:
        """With a 3Commas token, in the order that is worth most. The list of accounts was asked already."""
        ...

    async def of_key(self, ask: Asker, exchange: Exchange, markets: Sequence[MarketType]) -> None:
        """With one of the bot's own keys, for the wallets that are attached to it."""
        ...

    async def settle(self) -> None:
        """Once all were asked: what needs both sides. May ask again."""
        ...

    def view(self) -> V_co: ...
