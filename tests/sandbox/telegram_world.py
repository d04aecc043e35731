"""A pretend Telegram on a free port, with python-telegram-bot's own client connected to it."""

import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.desk.chat import ChatPage
from sandbox.faults import guard
from sandbox.telegram.emulator import TelegramEmulator
from sandbox.world import Person, World

ANN, BEN = 7, 8


@dataclass
class TelegramWorld:
    world: World
    telegram: TelegramEmulator
    bot: Bot
    http: aiohttp.ClientSession
    origin: str

    async def call(self, method: str, token: str | None = None, **request: Any) -> tuple[int, dict[str, Any]]:
        """A request written by hand: status and body."""
        address = f"{self.origin}/bot{token or self.telegram.bot_token}/{method}"
        async with self.http.post(address, **request) as answer:
            return answer.status, await answer.json()

    def advance(self, **duration: float) -> None:
        units = {"seconds": 1, "minutes": 60, "hours": 3600}
        self.world.clock.advance(sum(units[name] * count for name, count in duration.items()))


def people(world: World) -> None:
    world.state.people = [
        Person(id=ANN, first_name="Ann", username="ann"),
        Person(id=BEN, first_name="Ben", language_code="de"),
    ]


def client(token: str, origin: str) -> Bot:
    """PTB's own client. Without certificates: they are not needed for plain http and cost 50 ms to load."""
    return Bot(
        token,
        base_url=f"{origin}/bot",
        base_file_url=f"{origin}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"verify": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"verify": False}),
    )


@asynccontextmanager
async def telegram_world(folder: Path | None = None) -> AsyncIterator[TelegramWorld]:
    """Ann has pressed Start already and the bot has read it; Ben was never here."""
    world = World(folder)
    if world.is_new:
        people(world)
    telegram = TelegramEmulator(world)
    app = web.Application(middlewares=[guard(world.clock, world.faults, world.received, _service)])
    app.add_routes([*telegram.routes(), *ChatPage(world, telegram).routes()])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    bot = client(telegram.bot_token, origin)
    try:
        async with bot, aiohttp.ClientSession() as http:
            if world.is_new:
                telegram.say(ANN, "/start")
                telegram.updates.drop()
            yield TelegramWorld(world, telegram, bot, http, origin)
    finally:
        telegram.wake()
        await runner.cleanup()


def _service(request: web.Request) -> str:
    return "telegram" if request.path.startswith(("/bot", "/file/bot")) else ""


def png(width: int, height: int) -> bytes:
    """A small black picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" * (width + 1) for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
