"""The bot in the test's own process: started, stopped with a drain, or killed without one."""

import asyncio
import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.app import App, open_app
from bot.settings import Settings
from domain.values import Clock
from storage.migrations import migrate_file

PROJECT = Path(__file__).resolve().parents[1]
OURS = tuple(f"{PROJECT / package}/" for package in ("bot", "clients", "domain", "storage"))
FRESH_DATABASE = "reconnect.db"


@cache
def _newest_schema() -> "tempfile.TemporaryDirectory[str]":
    """A folder with an empty database, removed when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="reconnect-schema-")
    migrate_file(Path(folder.name) / FRESH_DATABASE)
    return folder


def fresh_database(folder: Path) -> None:
    """An empty database of the newest schema. It is made once; each world gets a copy."""
    shutil.copy(Path(_newest_schema().name) / FRESH_DATABASE, folder / FRESH_DATABASE)


class BotProcess:
    """One life of the bot over `settings`. `app` is what it is made of while it runs."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._stop = asyncio.Event()
        self._ready = asyncio.Event()
        self._life: asyncio.Task[None] | None = None
        self.app: App | None = None

    async def start(self) -> None:
        self._life = asyncio.create_task(self._live(), name="bot")
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait({self._life, ready}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        self.check()

    def check(self) -> None:
        """Raises what ended the bot, if something did."""
        if self._life is not None and self._life.done():
            self._life.result()
            raise AssertionError("the bot has ended by itself")

    async def stop(self) -> None:
        """As SIGTERM does."""
        if self._life is not None:
            self._stop.set()
            await self._life
            self._life = None

    async def kill(self) -> None:
        """As SIGKILL does, as far as one process can: whatever of the bot runs ends where it stands."""
        life, self._life = self._life, None
        running = {task for task in asyncio.all_tasks() if _is_ours(task)}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        if life is not None:
            life.cancel()
            await asyncio.gather(life, return_exceptions=True)

    async def _live(self) -> None:
        async with open_app(self._settings, clock=self._clock, pacing=False) as app:
            # Market lists are loaded by a child process, which costs a second; no test of the chat needs them.
            app.venues.warm = _no_warming  # type: ignore[method-assign]
            self.app = app
            await app.introduce()
            self._ready.set()
            await app.run(self._stop)


async def _no_warming(venue: str) -> None:
    return None


def _is_ours(task: "asyncio.Task[object]") -> bool:
    """Whether the task runs a coroutine of the bot, and not one of the sandbox or of the test."""
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and code.co_filename.startswith(OURS)
