"""Time as it is, with the waiting left out: as soon as nothing goes on but waiting, the time jumps to the end of the shortest wait.

So what takes work takes as long as it does, a pause of a minute takes none, and a figure in this time is what a watch would have shown.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

LOOKS_EVERY_S = 0.01
STILL_FOR = 2
"""So many looks in a row must find nothing going on."""
BUSY_S = 0.001
"""Of processor time between two looks; the looks themselves take a tenth of it."""
WORTH_IT_S = 0.05
"""Shorter waits are waited for."""


class SkippingClock:
    """`domain.values.Clock`. `busy` says whether something goes on that takes no processor, such as a request; `jump` is told each
    jump in seconds before it happens, so that other clocks jump as well."""

    def __init__(self, busy: Callable[[], bool], jump: Callable[[float], Awaitable[None]]) -> None:
        self._busy = busy
        self._jump = jump
        self._ahead = timedelta()
        self._waiting: dict[asyncio.Event, datetime] = {}

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        ends, moved = self.now() + timedelta(seconds=seconds), asyncio.Event()
        self._waiting[moved] = ends
        try:
            while (left := (ends - self.now()).total_seconds()) > 0 and not (until is not None and until()):
                moved.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(moved.wait(), left)
        finally:
            del self._waiting[moved]

    @asynccontextmanager
    async def skipping(self) -> AsyncIterator[None]:
        """Jump within this block; outside the time passes as it does."""
        skipper = asyncio.create_task(self._skip())
        try:
            yield
        finally:
            skipper.cancel()
            await asyncio.gather(skipper, return_exceptions=True)

    async def _skip(self) -> None:
        still = 0
        while True:
            spent = time.process_time()
            await asyncio.sleep(LOOKS_EVERY_S)
            still = 0 if self._busy() or time.process_time() - spent > BUSY_S else still + 1
            if still < STILL_FOR or not self._waiting:
                continue
            left = (min(self._waiting.values()) - self.now()).total_seconds()
            if left > WORTH_IT_S:
                await self._jump(left)
                self._ahead += timedelta(seconds=left)
                for moved in self._waiting:
                    moved.set()
            still = 0
