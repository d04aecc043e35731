"""The bot's clock in tests: shows the world's time, and lets those go who waited when the test moves it on."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.clock import Clock as WorldClock


class BotClock:
    """`domain.values.Clock` over the clock of the sandbox, so that both sides agree on the time."""

    def __init__(self, world_clock: WorldClock) -> None:
        self._world_clock = world_clock
        self._waiting: list[tuple[datetime, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._world_clock.now()

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        """Returns once the time was moved on by so much; `until` is asked at each move."""
        if seconds <= 0 or (until is not None and until()):
            return
        waiter = (self.now() + timedelta(seconds=seconds), asyncio.Event())
        self._waiting.append(waiter)
        try:
            while self.now() < waiter[0] and not (until is not None and until()):
                waiter[1].clear()
                await waiter[1].wait()
        finally:
            self._waiting.remove(waiter)

    def advance(self, seconds: float) -> None:
        """Move the time of the whole world on."""
        self._world_clock.advance(seconds)
        for _, event in self._waiting:
            event.set()
