"""Where transactions and the job loop of one process meet.

The table says what is to be done; this says what only this process knows: which jobs run right now, and that something
new may be due. There is one process, so nothing of it has to survive it.
"""

import asyncio
from datetime import datetime


class JobBoard:
    def __init__(self) -> None:
        self.running: set[int] = set()
        """Jobs whose handlers have begun. Their rows stay in the table until they are finished."""
        self.finished: set[int] = set()
        """Running jobs that their own handlers took out of the table."""
        self.woken = asyncio.Event()
        """Something was put, became free, or is to be ended: look at the table."""
        self.next_at: datetime | None = None
        """No delayed job is due before then; empty: there is none."""

    def delayed(self, until: datetime) -> None:
        """A job was put for later."""
        self.next_at = until if self.next_at is None else min(until, self.next_at)
