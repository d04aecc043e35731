"""A venue's clock: ours, and how far it is ahead, measured when the venue complains."""

from collections.abc import Awaitable, Callable

from domain.values import Clock


class VenueClock:
    """Whole milliseconds since 1970. Shared by all clients of a venue."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead_ms = 0

    def milliseconds(self) -> int:
        return self._ours() + self._ahead_ms

    async def measure(self, ask: Callable[[], Awaitable[int]]) -> None:
        """`ask` returns the venue's time. The way there and the way back are taken to be equally long."""
        before = self._ours()
        theirs = await ask()
        self._ahead_ms = theirs - (before + self._ours()) // 2

    def _ours(self) -> int:
        return int(self._clock.now().timestamp() * 1000)
