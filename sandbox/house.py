"""All emulators of one world, wired together and served on local ports."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import cycle
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.control import control_routes
from sandbox.desk.pages import desk_routes
from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.doors import exchange_routes, exchange_service
from sandbox.faults import guard
from sandbox.stories import STORIES
from sandbox.telegram.emulator import TelegramEmulator
from sandbox.three_commas.emulator import ThreeCommasEmulator
from sandbox.world import World

MAX_BODY = 64 * 1024 * 1024
SAVE_EVERY_S = 0.25


class House:
    """One world, furnished by a story, with its doors open once `open()` was awaited.

    telegram_url, three_commas_url, exchange_url are origins such as http://127.0.0.1:8100.
    """

    def __init__(
        self,
        story: str = "returning_trader",
        folder: Path | None = None,
        *,
        symbols: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """
        folder    where the world is kept; None keeps everything in memory
        symbols   a shorter market list of the venue, for tests
        at        the time of the world, which stands still there until somebody moves it; None: real time
        """
        self.world = World(folder)
        if at is not None:
            self.world.clock.freeze(at)
        self.telegram = TelegramEmulator(self.world)
        self.binance = BinanceEmulator(self.world, symbols)
        self.three_commas = ThreeCommasEmulator(self.world, venues={"binance": self.binance})
        self.telegram_url = self.three_commas_url = self.exchange_url = ""
        self._runners: list[web.AppRunner] = []
        self._saver: asyncio.Task[None] | None = None
        if self.world.is_new:
            STORIES[story].furnish(self)
            self.world.state.story = story
            self.world.changed()
            self.world.save()
        self.story = STORIES[self.world.state.story]
        self.story.at_each_start(self)

    async def open(self, chat_port: int = 0, exchange_port: int = 0, three_commas_port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes any free one. Raises OSError if a port is taken; `close()` is due then."""
        self.telegram_url = await self._serve(
            chat_port, _service_beside_the_chat, [*self.telegram.routes(), *desk_routes(self), *control_routes(self)]
        )
        self.exchange_url = await self._serve(exchange_port, exchange_service, exchange_routes(self))
        self.three_commas_url = await self._serve(
            three_commas_port, lambda _request: "three_commas", self.three_commas.routes()
        )
        self._saver = asyncio.create_task(self._keep_saving())

    async def close_doors(self) -> None:
        """Stop listening; `open()` may follow on other ports."""
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()

    async def close(self) -> None:
        if self._saver is not None:
            self._saver.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._saver
        self.world.faults.disarm()
        self.telegram.wake()
        await self.close_doors()
        self.world.save()

    async def _serve(
        self, port: int, service_of: Callable[[web.Request], str], routes: Iterable[web.AbstractRouteDef]
    ) -> str:
        recording = guard(self.world.clock, self.world.faults, self.world.received, service_of)
        app = web.Application(middlewares=[recording, *self._moving_callers()], client_max_size=MAX_BODY)
        app.add_routes(routes)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        self._runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    def _moving_callers(self) -> list[Middleware]:
        """Where the story's callers have no fixed address, each request comes from the next one."""
        if not self.story.callers:
            return []
        addresses = cycle(self.story.callers)

        @web.middleware
        async def move(request: web.Request, handler: Handler) -> web.StreamResponse:
            self.world.state.caller_address = next(addresses)
            return await handler(request)

        return [move]

    async def _keep_saving(self) -> None:
        while True:
            await asyncio.sleep(SAVE_EVERY_S)
            self.world.save()


def _service_beside_the_chat(request: web.Request) -> str:
    """The chat page, the desk and the control API share a port with the Bot API and are nobody's service."""
    return "telegram" if request.path.startswith(("/bot", "/file/bot")) else ""
