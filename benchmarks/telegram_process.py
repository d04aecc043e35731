"""A Telegram in a process of its own, so that its work is in no figure: `python -m benchmarks.telegram_process`.

It hands out updates at a steady rate and notes when each answer arrives. Nothing is checked: the subject is our side of the wire.
Times are `time.monotonic()`, which all processes of one machine share on Linux and macOS.

  POST /begin     {"update_id": 100, "per_s": 20, "count": 200, "traders": 50}   updates from now on; an earlier plan ends
  GET  /arrivals  {"100": 12345.6789, ...}   when the first message for each update arrived
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.buttons import Open

PROJECT = Path(__file__).resolve().parents[1]
FIRST_PERSON = 900_001
TEXTS = ("/start", "/help", "/keys", "something that is no answer")
MARK = "answers"
"""Parameter of a message's address: the update that it answers."""
SENDING = {"sendmessage", "editmessagetext"}


def update(update_id: int, person_id: int, number: int) -> dict[str, Any]:
    """One of the mix: four texts and a tap, in turn."""
    person = {"id": person_id, "is_bot": False, "first_name": "Trader", "language_code": "en"}
    chat = {"id": person_id, "type": "private", "first_name": "Trader"}
    message = {"message_id": update_id, "date": int(time.time()), "chat": chat, "from": person}
    kind = number % (len(TEXTS) + 1)
    if kind == len(TEXTS):
        tap = {
            "id": str(update_id),
            "from": person,
            "chat_instance": "1",
            "message": message,
            "data": Open("help").pack(),
        }
        return {"update_id": update_id, "callback_query": tap}
    return {"update_id": update_id, "message": message | _words(TEXTS[kind])}


def connect(update_id: int, person_id: int) -> dict[str, Any]:
    """What opens a conversation, to be answered wrongly later."""
    made = update(update_id, person_id, 0)
    return {**made, "message": made["message"] | _words("/connect")}


def _words(text: str) -> dict[str, Any]:
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
    return {"text": text, "entities": entities}


@dataclass
class Plan:
    """`count` updates from `began` on, one every 1 / `per_s` seconds, from the traders in turn."""

    update_id: int
    per_s: float
    count: int
    traders: int
    opening: bool = False
    began: float = field(default_factory=time.monotonic)

    def due(self, offset: int) -> list[dict[str, Any]]:
        passed = int((time.monotonic() - self.began) * self.per_s) + 1
        first = max(0, offset - self.update_id)
        return [self._update(number) for number in range(first, min(passed, self.count))]

    def _update(self, number: int) -> dict[str, Any]:
        person_id = FIRST_PERSON + number % self.traders
        if self.opening:
            return connect(self.update_id + number, person_id)
        return update(self.update_id + number, person_id, number + number // self.traders)

    def next_in_s(self, offset: int) -> float | None:
        number = max(0, offset - self.update_id)
        return None if number >= self.count else max(0.0, self.began + number / self.per_s - time.monotonic())


class Telegram:
    def __init__(self) -> None:
        self._plan = Plan(0, 1, 0, 1)
        self._changed = asyncio.Event()
        self._arrived: dict[int, float] = {}
        self._message_id = 1_000_000

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/begin", self.begin),
            web.get("/arrivals", self.arrivals),
            web.post("/bot{token}/{method}", self.call),
        ]

    async def begin(self, request: web.Request) -> web.Response:
        self._plan = Plan(**await request.json())
        self._arrived.clear()
        self._changed.set()
        return web.Response()

    async def arrivals(self, _request: web.Request) -> web.Response:
        return web.json_response(self._arrived)

    async def call(self, request: web.Request) -> web.Response:
        arrived = time.monotonic()
        method = request.match_info["method"].lower()
        result: object = True
        if method == "getupdates":
            result = await self._updates(int(request.query.get("offset", 0)))
        elif method == "getme":
            result = {"id": 1, "is_bot": True, "first_name": "Reconnect", "username": "reconnect_bot"}
        elif method == "getmycommands":
            result = []
        elif method in SENDING:
            if MARK in request.query:
                self._arrived.setdefault(int(request.query[MARK]), arrived)
            form = await request.post()
            self._message_id += 1
            chat = {"id": int(str(form["chat_id"])), "type": "private"}
            result = {"message_id": self._message_id, "date": int(time.time()), "chat": chat, "text": "shown"}
        return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        """Waits until something is due, as long polling does."""
        while not (due := self._plan.due(offset)):
            self._changed.clear()
            try:
                async with asyncio.timeout(self._plan.next_in_s(offset)):
                    await self._changed.wait()
            except TimeoutError:
                continue
        return due


@asynccontextmanager
async def telegram() -> AsyncIterator[str]:
    """The origin of a fresh one; it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.telegram_process", stdout=asyncio.subprocess.PIPE, cwd=PROJECT
    )
    try:
        if process.stdout is None:
            raise RuntimeError("a child without a pipe")
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.kill()
        await process.wait()


async def _serve() -> None:
    app = web.Application()
    app.add_routes(Telegram().routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
