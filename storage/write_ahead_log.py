"""SQLite's write-ahead log, moved into the file by threads: by itself SQLite would do it within somebody's commit, on the loop."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Final, Literal

EVERY: Final = 250
"""Turns to write between two moves; one of ours writes about five pages of 4 kB."""
LONG_PAGES = 4_000
"""16 MB. A log that is longer begins anew even if writers have to wait for the disk meanwhile."""


class WriteAheadLog:
    """`turn` is what a writer holds; the log is moved on connections of their own that wait up to `patience_s`."""

    def __init__(self, path: Path, turn: asyncio.Lock, patience_s: float) -> None:
        self._path = path
        self._turn = turn
        self._patience_s = patience_s
        self._turns = 0
        self._moving: asyncio.Task[None] | None = None

    def written(self) -> None:
        """Somebody had his turn."""
        self._turns += 1
        if self._turns >= EVERY and (self._moving is None or self._moving.done()):
            self._turns = 0
            self._moving = asyncio.create_task(self._move())

    async def empty(self) -> bool:
        """Deleted content is nowhere afterwards. False if a reader or another process was in the way for too long."""
        async with self._turn:
            return await self._checkpoint("TRUNCATE") is not None

    async def rest(self) -> None:
        """Return once no thread works on it."""
        if self._moving is not None:
            await self._moving

    async def _move(self) -> None:
        """Beside the writers. The log begins anew once none wrote meanwhile, so a long one is finished while none may."""
        pages = await self._checkpoint("PASSIVE")
        if pages is not None and pages > LONG_PAGES:
            async with self._turn:
                await self._checkpoint("PASSIVE")

    async def _checkpoint(self, kind: Literal["PASSIVE", "TRUNCATE"]) -> int | None:
        """The length of the log in pages; None if it came to no end."""
        return await asyncio.to_thread(self._checkpoint_in_thread, kind)

    def _checkpoint_in_thread(self, kind: str) -> int | None:
        raw = sqlite3.connect(self._path, timeout=self._patience_s, isolation_level=None)
        try:
            busy, pages, _ = raw.execute(f"PRAGMA wal_checkpoint({kind})").fetchone()
        except sqlite3.OperationalError:
            return None
        finally:
            raw.close()
        return None if busy else int(pages)
