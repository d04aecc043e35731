"""Time as it is."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime


class SystemClock:
    """Aware UTC, and real waiting."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        """Sleep; `until` may end it early and is asked about once a second."""
        if until is None:
            await asyncio.sleep(max(0.0, seconds))
            return
        left = seconds
        while left > 0 and not until():
            await asyncio.sleep(min(1.0, left))
            left -= 1.0
