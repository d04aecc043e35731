"""A clock that stands still until a test moves it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class StillClock:
    """`advance` moves the time on and lets those go who waited for less."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
        self._waiting: list[tuple[datetime, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._now

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        if seconds <= 0 or (until is not None and until()):
            return
        waiter = (self._now + timedelta(seconds=seconds), asyncio.Event())
        self._waiting.append(waiter)
        try:
            await waiter[1].wait()
        finally:
            self._waiting.remove(waiter)

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        for at, event in self._waiting:
            if at <= self._now:
                event.set()
