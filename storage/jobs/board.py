"""Where transactions and the job loop of one process meet.

The table says what is to be done; this says what only this process knows: which jobs run right now, and that something
new may be due. There is one process, so nothing of it has to survive it.
"""

import asyncio


class JobBoard:
    def __init__(self) -> None:
        self.running: set[int] = set()
        """Jobs whose handlers have begun. Their rows stay in the table until they are finished."""
        self.finished: set[int] = set()
        """Running jobs that their own handlers took out of the table."""
        self.woken = asyncio.Event()
        """Something was put, became free, or is to be ended: look at the table."""
