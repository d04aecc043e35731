"""A whole world for one test: Telegram, 3Commas and Binance on local ports, and the bot in the same process.

    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.shows("Connect 3Commas")

The time stands still at `START` until the test moves it with `world.bot_clock.advance(seconds)`.
"""

import asyncio
import base64
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from bot.settings import Settings
from sandbox.faults import Fault, Received
from sandbox.house import House
from sandbox.stories.figures import ALEX
from sandbox.world import Person
from tests.bot_clock import BotClock
from tests.bot_process import BotProcess, fresh_database
from tests.chat import Chat
from tests.desk import Desk

START = datetime(2026, 11, 24, 10, 41, tzinfo=UTC)
SYMBOLS = 60
DEADLINE_S = 30.0
"""Of everything that waits for real I/O. Nothing takes a tenth of it."""
POLL_S = 0.005


class World:
    """`house` is the sandbox, `bot_clock` the time of both, `desk` what Alex does at 3Commas and Binance."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self.bot_clock = BotClock(house.world.clock)
        self.desk = Desk(house, ALEX.id)
        self.data_dir = folder
        self._settings = _settings(house, folder)
        self._changed = asyncio.Event()
        house.world.on_change(self._changed.set)
        self.bot = BotProcess(self._settings, self.bot_clock)

    @classmethod
    @asynccontextmanager
    async def story(cls, name: str, *, at: datetime = START) -> AsyncIterator["World"]:
        house = House(name, symbols=SYMBOLS, at=at)
        house.telegram.flood.burst = None
        with tempfile.TemporaryDirectory(prefix="reconnect-") as folder:
            await house.open()
            fresh_database(Path(folder))
            world = cls(house, Path(folder))
            try:
                await world.bot.start()
                yield world
            finally:
                house.world.faults.disarm()
                await world.bot.kill()
                await house.close()

    def chat(self, person: Person) -> Chat:
        """The person's chat with the bot."""
        return Chat(self.house.telegram, person, self)

    def desk_of(self, person: Person) -> Desk:
        return Desk(self.house, person.id)

    # The bot's process

    async def restart_bot(self) -> None:
        """Stop it with a drain and start it again over the same data."""
        await self.bot.stop()
        await self.start_bot()

    async def kill_bot(self) -> None:
        await self.bot.kill()

    async def start_bot(self) -> None:
        self.bot = BotProcess(self._settings, self.bot_clock)
        await self.bot.start()

    def move_bot(self, address: str) -> None:
        """From now on requests come from this address; from its next start on the bot knows it."""
        self.house.world.state.caller_address = address
        self._settings = self._settings.model_copy(update={"egress_ips": (address,)})

    async def quiet(self) -> None:
        """Return once the bot has fetched and handled everything and sent what is due."""
        try:
            async with asyncio.timeout(DEADLINE_S):
                while True:
                    self.bot.check()
                    self._changed.clear()
                    if self.house.telegram.updates.pending():
                        await self._changed.wait()
                        continue
                    assert self.bot.app is not None
                    await self.bot.app.storage.jobs.idle()
                    if not self.house.telegram.updates.pending():
                        return
        except TimeoutError:
            self.bot.check()
            raise AssertionError(f"the bot was still busy after {DEADLINE_S:.0f} s") from None

    async def let_time_pass(self, until: Callable[[], bool]) -> None:
        """Move the time on second by second while the bot works, as it does when it waits in the middle of something."""
        try:
            async with asyncio.timeout(DEADLINE_S):
                while not until():
                    self.bot_clock.advance(1)
                    await asyncio.sleep(POLL_S)  # what the bot does with each second is real I/O
        except TimeoutError:
            raise AssertionError("time passed, and nothing of the kind happened") from None

    # The world's misbehaviour, and what it has seen

    def fault(self, service: str, kind: str, path: str = "", **more: Any) -> Fault:
        """Arm one; see `sandbox.faults.Fault`."""
        return self.house.world.faults.arm(Fault(service, kind, path, **more))  # type: ignore[arg-type]  # words of the test

    def heal(self) -> None:
        """Take all faults back."""
        self.house.world.faults.disarm()

    def received(self, service: str) -> list[Received]:
        """Requests that arrived at "telegram", "three_commas" or "binance", oldest first."""
        return [request for request in self.house.world.received if request.service == service]

    async def arrived(self, service: str, text: str, *, after: int = 0) -> Received:
        """Wait until a request with this text in its path, query or body has arrived; the first `after` do not count."""
        try:
            async with asyncio.timeout(DEADLINE_S):
                while True:
                    for request in self.received(service)[after:]:
                        if text in unquote_plus(f"{request.path}?{request.query}\n{request.body}"):
                            return request
                    await asyncio.sleep(POLL_S)  # requests arrive over real connections and nobody is told of them
        except TimeoutError:
            raise AssertionError(f"nothing with {text!r} arrived at {service}") from None


def _settings(house: House, folder: Path) -> Settings:
    """What `python -m sandbox -- CMD` would set in the environment."""
    return Settings(
        _env_file=None,
        telegram_bot_token=house.telegram.bot_token,
        telegram_api_url=house.telegram_url,
        threecommas_api_url=house.three_commas_url,
        exchange_api_urls={"binance": house.exchange_url},
        encryption_keys=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        database_url=f"sqlite:///{folder / 'reconnect.db'}",
        data_dir=folder,
        egress_ips=tuple(house.world.state.egress_ips),
        log_format="text",
        log_level="INFO",
    )
