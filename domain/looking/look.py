"""The frame of a look: a fresh survey for each run, walked to its last snapshot."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Generic, TypeVar

from domain.access import Access
from domain.looking.asker import Questions
from domain.looking.survey import Survey
from domain.ports import Exchanges, ThreeCommas
from domain.records import Json, UnitsOfWork
from domain.values import Clock

V = TypeVar("V")


class Look(Generic[V]):
    """`purpose` stands in the access log; `questions` makes the script of one run."""

    def __init__(
        self,
        units: UnitsOfWork,
        access: Access,
        three_commas: ThreeCommas,
        exchanges: Exchanges,
        clock: Clock,
        *,
        purpose: str,
        questions: Callable[[Survey], Questions[V]],
    ) -> None:
        self._units = units
        self._access = access
        self._three_commas = three_commas
        self._exchanges = exchanges
        self._clock = clock
        self._purpose = purpose
        self._questions = questions

    async def run(
        self, trader_id: str, *, trigger: str, patience_s: float = 0, resume: Json | None = None
    ) -> AsyncGenerator[V, None]:
        """Growing snapshots: the first at once from what is stored, then one after each answer.

        After a rate limit it goes on by itself as long as that begins within `patience_s` seconds of this call. Beyond that the
        last snapshot is not `complete`: hand its `resume` to a later run. `trigger` is logged with each use of a credential.
        Close the generator (`aclosing`) if you leave early.
        """
        survey = Survey(
            self._units,
            self._access,
            self._three_commas,
            self._exchanges,
            self._clock,
            trader_id,
            purpose=self._purpose,
            trigger=trigger,
            patience_s=patience_s,
        )
        await survey.begin(resume)
        async with aclosing(survey.snapshots(self._questions(survey))) as views:
            async for view in views:
                yield view
