"""The time of the world. Real by default; a test freezes and advances it."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC. `now()` is the only source of time inside the sandbox."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None

    def now(self) -> datetime:
        if self._frozen is not None:
            return self._frozen
        return datetime.now(UTC) + self._offset

    def milliseconds(self) -> int:
        return int(self.now().timestamp() * 1000)

    def freeze(self, at: datetime | None = None) -> None:
        self._frozen = at or self.now()

    def advance(self, seconds: float) -> None:
        """Move the time on, frozen or not."""
        if self._frozen is not None:
            self._frozen += timedelta(seconds=seconds)
        else:
            self._offset += timedelta(seconds=seconds)

    def run(self) -> None:
        """Let a frozen time go on from where it stands."""
        if self._frozen is not None:
            self._offset = self._frozen - datetime.now(UTC)
            self._frozen = None
