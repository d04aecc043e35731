"""Bots as processes of their own, which can be killed. A server that has imported everything forks them: imports take seconds."""

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

ENDS_WITHIN_S = 20.0
"""The promise for SIGTERM."""

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["bot.__main__"])


class Bot:
    """One life of `python -m bot` in its own process. `drain_s` replaces the time that begun work has after SIGTERM."""

    def __init__(self, env: Mapping[str, str], log: Path, drain_s: float | None = None) -> None:
        self._process = _forks.Process(target=_live, args=(dict(env), log, drain_s), daemon=True)
        self._log = log

    def start(self) -> None:
        self._process.start()

    @property
    def ended(self) -> bool:
        return self._process.exitcode is not None

    def complaints(self) -> str:
        """What it has written so far."""
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    async def kill(self) -> None:
        """kill -9: nothing of it runs any more."""
        self._process.kill()
        await asyncio.to_thread(self._process.join)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to end; exit code, and the seconds that it took. Raises AssertionError after ENDS_WITHIN_S."""
        began = time.monotonic()
        if self._process.pid is not None:
            os.kill(self._process.pid, number)
        await asyncio.to_thread(self._process.join, ENDS_WITHIN_S)
        code = self._process.exitcode
        assert code is not None, f"still alive {ENDS_WITHIN_S:.0f} s after {number.name}\n{self.complaints()}"
        return code, time.monotonic() - began


async def _no_warming(_venues: object, _venue: str) -> None:
    """Market lists take a child process two seconds; nothing here needs them."""


def _live(env: dict[str, str], log: Path, drain_s: float | None) -> None:
    os.environ.clear()
    os.environ.update(env)
    with log.open("ab", buffering=0) as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    from bot import worker
    from bot.__main__ import main
    from clients.exchanges.venues import Venues

    mock.patch.object(Venues, "warm", _no_warming).start()
    if drain_s is not None:
        worker.DRAIN_S = drain_s
    sys.exit(main([]))
