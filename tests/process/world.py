"""A world whose bot is a process of its own, in real time: for what only a real death shows."""

import asyncio
import random
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from sandbox.__main__ import environment
from sandbox.faults import Fault, Received
from sandbox.house import House
from sandbox.stories.figures import ALEX
from tests.bot_process import FRESH_DATABASE, fresh_database
from tests.chat import Chat
from tests.desk import Desk
from tests.process.bot import Bot

SYMBOLS = 60
DEADLINE_S = 30.0
"""Of everything that waits for the other process. Nothing takes a tenth of it on an idle machine."""
POLL_S = 0.005

UNFINISHED = {
    "updates": "SELECT count(*) FROM update_inbox WHERE state = 'waiting'",
    "messages": "SELECT count(*) FROM outgoing WHERE state = 'waiting' AND coalesce(not_before, '') <= :now",
    "jobs": "SELECT count(*) FROM job WHERE state = 'waiting' AND due_at <= :now",
}
LOST = {
    "updates given up": "SELECT count(*) FROM update_inbox WHERE state = 'failed'",
    "jobs given up": "SELECT count(*) FROM job WHERE state = 'failed'",
}


class ProcessWorld:
    """`house` is the sandbox, in this process; `bot` is the newest life of the bot. `chance` says when exactly a kill comes."""

    def __init__(self, house: House, folder: Path, chance: random.Random) -> None:
        self.house = house
        self.drain_s: float | None = None
        """For the next life of the bot: see `Bot`."""
        self.desk = Desk(house, ALEX.id)
        self._folder = folder
        self._chance = chance
        self.bot = self._fresh_bot()

    @classmethod
    @asynccontextmanager
    async def story(cls, name: str, chance: random.Random | None = None) -> AsyncIterator["ProcessWorld"]:
        house = House(name, symbols=SYMBOLS)
        house.telegram.flood.burst = None
        with tempfile.TemporaryDirectory(prefix="reconnect-") as folder:
            await house.open()
            fresh_database(Path(folder))
            world = cls(house, Path(folder), chance or random.Random(0))
            try:
                await world.start_bot()
                yield world
            finally:
                await world.bot.kill()
                await house.close()

    @property
    def chat(self) -> Chat:
        """Alex's."""
        return Chat(self.house.telegram, ALEX, self)

    # The process

    def _fresh_bot(self) -> Bot:
        return Bot(environment(self.house, self._folder), self._folder / "bot.log", self.drain_s)

    async def start_bot(self) -> None:
        """Returns once it asks for updates."""
        before = len(self.house.world.received)
        self.bot = self._fresh_bot()
        self.bot.start()
        await self._until(
            lambda: any("getUpdates" in r.path for r in list(self.house.world.received)[before:]), "no poll"
        )

    async def kill_bot(self, within_s: float = 0.0) -> None:
        """kill -9, at some moment within so many seconds."""
        if within_s:
            await asyncio.sleep(self._chance.uniform(0.0, within_s))
        await self.bot.kill()

    async def kill_and_start_again(self, within_s: float = 0.0) -> None:
        """What was slow meanwhile is not any more."""
        await self.kill_bot(within_s)
        self.heal()
        await self.start_bot()

    # Waiting

    async def quiet(self) -> None:
        """Return once everything that people did is fetched, handled and answered."""
        await self._until(
            lambda: not self.house.telegram.updates.pending() and not any(self.unfinished().values()), "busy"
        )

    async def arrived(self, service: str, text: str, *, since: int = 0) -> Received:
        """Wait until a request with this text in its path, query or body has arrived; `since` as `self.requests` was."""

        def found() -> Received | None:
            for request in list(self.house.world.received)[since:]:
                if request.service == service and text in unquote_plus(
                    f"{request.path}?{request.query}\n{request.body}"
                ):
                    return request
            return None

        await self._until(lambda: found() is not None, f"nothing with {text!r} arrived at {service}")
        request = found()
        assert request is not None
        return request

    async def appears(self, text: str) -> None:
        """Wait until the text stands in some message of the bot."""
        await self._until(
            lambda: any(message.from_bot and text in message.text for message in self.chat.messages()),
            f"{text!r} did not appear",
        )

    async def stored(self) -> None:
        """Wait until the bot has acknowledged what people did, which it does once that is stored."""
        await self._until(lambda: not self.house.telegram.updates.pending(), "an update was not fetched")

    async def _until(self, true: Any, otherwise: str) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + DEADLINE_S
        while not true():
            assert not self.bot.ended, f"the bot has ended by itself\n{self.bot.complaints()}"
            assert loop.time() < deadline, f"{otherwise}; {self.unfinished()}\n{self.bot.complaints()}"
            await asyncio.sleep(POLL_S)  # it happens in another process, which tells nobody

    # The world's misbehaviour, and what came of it

    @property
    def requests(self) -> int:
        return len(self.house.world.received)

    def fault(self, service: str, kind: str, path: str = "", **more: Any) -> Fault:
        """Arm one; see `sandbox.faults.Fault`."""
        return self.house.world.faults.arm(Fault(service, kind, path, **more))  # type: ignore[arg-type]  # words of the test

    def heal(self) -> None:
        self.house.world.faults.disarm()

    def count(self, query: str) -> int:
        """Of the bot's database; `:now` is the time."""
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        with closing(sqlite3.connect(f"file:{self._folder / FRESH_DATABASE}?mode=ro", uri=True)) as database:
            return int(database.execute(query, {"now": now} if ":now" in query else {}).fetchone()[0])

    def unfinished(self) -> dict[str, int]:
        return {name: self.count(query) for name, query in UNFINISHED.items()}

    def lost(self) -> dict[str, int]:
        """What was given up, by kind; a world in which everything went on has none."""
        counts = {name: self.count(query) for name, query in LOST.items()}
        return {name: number for name, number in counts.items() if number}
