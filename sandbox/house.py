"""All emulators of one world, wired together and served on local ports."""

import asyncio
import contextlib
from pathlib import Path

from aiohttp import web

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


class House:
    """One world, furnished by a story, with its doors open once `open()` was awaited.

    telegram_url, three_commas_url, exchange_url are origins such as http://127.0.0.1:8100.
    """

    def __init__(self, story: str = "returning_trader", folder: Path | None = None) -> None:
        self.world = World(folder)
        self.telegram = TelegramEmulator(self.world)
        self.binance = BinanceEmulator(self.world)
        self.three_commas = ThreeCommasEmulator(self.world, venues={"binance": self.binance})
        self.telegram_url = self.three_commas_url = self.exchange_url = ""
        self._runners: list[web.AppRunner] = []
        self._saver: asyncio.Task[None] | None = None
        if self.world.is_new:
            STORIES[story].furnish(self)
            self.world.state.story = story
            self.world.changed()
            self.world.save()

    async def open(self, chat_port: int = 0, exchange_port: int = 0, three_commas_port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes any free one."""
        self.telegram_url = await self._serve(
            chat_port,
            lambda request: "telegram" if request.path.startswith(("/bot", "/file/bot")) else "",
            [*self.telegram.routes(), *desk_routes(self), *control_routes(self)],
        )
        self.exchange_url = await self._serve(exchange_port, exchange_service, exchange_routes(self))
        self.three_commas_url = await self._serve(
            three_commas_port, lambda _request: "three_commas", self.three_commas.routes()
        )
        self._saver = asyncio.create_task(self._keep_saving())

    async def _serve(self, port, service_of, routes) -> str:  # type: ignore[no-untyped-def]
        app = web.Application(
            middlewares=[guard(self.world.clock, self.world.faults, self.world.received, service_of)],
            client_max_size=MAX_BODY,
        )
        app.add_routes(routes)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        self._runners.append(runner)
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def _keep_saving(self) -> None:
        while True:
            await asyncio.sleep(0.25)
            self.world.save()

    async def close(self) -> None:
        if self._saver is not None:
            self._saver.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._saver
        self.world.faults.disarm()
        self.telegram.wake()
        for runner in self._runners:
            await runner.cleanup()
        self.world.save()
