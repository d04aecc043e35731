"""The chat page: its shell, its files, and the JSON behind it. Every action is an operation of TelegramEmulator."""

import asyncio
import base64
import contextlib
import json
import math
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import WSCloseCode, web

from sandbox.telegram.emulator import TelegramEmulator
from sandbox.telegram.errors import PersonCannot
from sandbox.telegram.parameters import Upload
from sandbox.telegram.state import Button, Message
from sandbox.telegram.views import ChatView
from sandbox.world import Person, World

STATIC = Path(__file__).parent / "static"
STATE_MARK = "<!-- state -->"
LONGEST_WAIT_S = 25.0
POLICY = "default-src 'self'; img-src 'self' data:; frame-src 'self'; object-src 'none'; base-uri 'none'"

Json = dict[str, Any]


class ChatPage:
    """The page and its API below /chat/. All bodies are JSON but the upload of a file.

    GET  /chat/view?person=7               the chat as it is
    GET  /chat/live?person=7&since=1234    a WebSocket: the chat as soon as it is another one, and again and again
    POST /chat/say       {"person", "text", "reply_to"}
    POST /chat/document  multipart: person, caption, file
    POST /chat/edit      {"person", "message", "text"}
    POST /chat/press     {"person", "message", "button"}
    POST /chat/delete    {"person", "message"}
    POST /chat/block, /chat/unblock  {"person"}
    GET  /chat/file/ID   the file as an attachment; with ?inline=1 a picture to be shown
    """

    def __init__(self, world: World, telegram: TelegramEmulator) -> None:
        self._world = world
        self._telegram = telegram

    def routes(self) -> list[web.RouteDef | web.StaticDef]:
        return [
            web.get("/", self.shell),
            web.static("/static", STATIC),
            web.get("/chat/view", _plainly(self.view)),
            web.get("/chat/live", self.live),
            web.post("/chat/say", _plainly(self.say)),
            web.post("/chat/document", _plainly(self.document)),
            web.post("/chat/edit", _plainly(self.edit)),
            web.post("/chat/press", _plainly(self.press)),
            web.post("/chat/delete", _plainly(self.delete)),
            web.post("/chat/block", _plainly(self.block)),
            web.post("/chat/unblock", _plainly(self.unblock)),
            web.get("/chat/file/{file_id}", _plainly(self.file)),
        ]

    async def shell(self, request: web.Request) -> web.Response:
        """The page with its first state inside, so that it shows a chat before anything is asked for."""
        people = self._world.state.people
        wanted = request.query.get("person", "")
        known = {str(person.id) for person in people}
        person = int(wanted) if wanted in known else people[0].id if people else None
        state = {
            "bot": {"name": self._telegram.state.bot_name, "username": self._telegram.state.bot_username},
            "story": self._world.state.story,
            "people": [_person(person) for person in people],
            "person": person,
            "view": None if person is None else self._view(person),
        }
        # "<" inside the JSON could otherwise end the script element that carries it.
        block = json.dumps(state, ensure_ascii=False).replace("<", "\\u003c")
        page = (STATIC / "chat.html").read_text("utf-8").replace(STATE_MARK, block)
        return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    async def view(self, request: web.Request) -> web.Response:
        return web.json_response(self._view(int(request.query["person"])))

    async def live(self, request: web.Request) -> web.WebSocketResponse:
        """Sends the whole chat after every change; the page compares. Ends when the page or the world goes."""
        person, version = int(request.query["person"]), int(request.query["since"])
        socket = web.WebSocketResponse(heartbeat=LONGEST_WAIT_S)
        await socket.prepare(request)
        sending = asyncio.create_task(self._send_changes(socket, person, version))
        try:
            async for _message in socket:
                pass  # the page never says anything here; reading notices that it is gone
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sending
        return socket

    async def _send_changes(self, socket: web.WebSocketResponse, person: int, version: int) -> None:
        while not socket.closed and not self._telegram.closing:
            now = await self._telegram.wait_for_change(person, version, LONGEST_WAIT_S)
            if now != version:
                version = now
                try:
                    await socket.send_json(self._view(person))
                except ConnectionError:
                    return
        await socket.close(code=WSCloseCode.GOING_AWAY)

    async def say(self, request: web.Request) -> web.Response:
        order = await request.json()
        said = self._telegram.say(int(order["person"]), str(order["text"]), reply_to=order.get("reply_to"))
        return web.json_response({"message": said.message_id})

    async def document(self, request: web.Request) -> web.Response:
        form = await request.post()
        sent = form["file"]
        if not isinstance(sent, web.FileField):
            raise PersonCannot("Choose a file first.")
        upload = Upload(sent.filename, sent.file.read(), sent.content_type)
        said = self._telegram.say(int(str(form["person"])), document=upload, caption=str(form.get("caption", "")))
        return web.json_response({"message": said.message_id})

    async def edit(self, request: web.Request) -> web.Response:
        order = await request.json()
        self._telegram.edit(int(order["person"]), int(order["message"]), str(order["text"]))
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        order = await request.json()
        pressed = self._telegram.press(int(order["person"]), int(order["message"]), str(order["button"]))
        return web.json_response({"kind": pressed.kind, "value": pressed.value, "tap": pressed.tap_id})

    async def delete(self, request: web.Request) -> web.Response:
        order = await request.json()
        self._telegram.delete_own(int(order["person"]), int(order["message"]))
        return web.json_response({})

    async def block(self, request: web.Request) -> web.Response:
        self._telegram.block(int((await request.json())["person"]))
        return web.json_response({})

    async def unblock(self, request: web.Request) -> web.Response:
        self._telegram.unblock(int((await request.json())["person"]))
        return web.json_response({})

    async def file(self, request: web.Request) -> web.Response:
        stored = self._telegram.file(request.match_info["file_id"])
        content = base64.b64decode(stored.content_base64)
        if request.query.get("inline") and stored.width:
            return web.Response(body=content, content_type=stored.mime_type)
        response = web.Response(body=content, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
        return response

    # What the page draws

    def _view(self, person: int) -> Json:
        view = self._telegram.chat(person)
        by_id = {message.message_id: message for message in view.messages}
        return {
            "person": person,
            "version": view.version,
            "messages": [self._message(message, by_id) for message in view.messages],
            "typing_ms": self._typing_ms(view),
            "started": view.started,
            "blocked": view.blocked,
            "taps": [tap.model_dump(mode="json", exclude={"person_id", "chat_id"}) for tap in view.taps],
            "commands": [command.model_dump() for command in view.commands],
            "description": view.description,
        }

    def _typing_ms(self, view: ChatView) -> int:
        if view.typing_until is None:
            return 0
        return math.ceil((view.typing_until - self._world.clock.now()).total_seconds() * 1000)

    def _message(self, message: Message, by_id: dict[int, Message]) -> Json:
        drawn: Json = {
            "id": message.message_id,
            "mine": not message.from_bot,
            "at": _moment(message.date),
            "edited": message.edit_date is not None,
            "text": message.text,
            "entities": [entity.model_dump(exclude_none=True) for entity in message.entities],
            "rows": [[_button(button) for button in row] for row in message.keyboard],
        }
        if message.attachment is not None:
            stored = self._telegram.file(message.attachment.file_id)
            drawn[message.attachment.kind] = {
                "href": f"/chat/file/{stored.file_id}",
                "name": stored.name,
                "size": stored.size,
                "width": stored.width,
                "height": stored.height,
            }
        if message.reply_to is not None:
            original = by_id.get(message.reply_to)
            drawn["reply"] = None if original is None else _quote(original)
        if message.forward is not None:
            drawn["forwarded_from"] = message.forward.sender_name
        if message.force_reply:
            drawn["asks"] = message.placeholder
        if message.protected:
            drawn["protected"] = True
        return drawn


def _plainly(
    handler: Callable[[web.Request], Awaitable[web.Response]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """What the app does not offer becomes a sentence for the page; what does not exist becomes 404."""

    async def answer(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except PersonCannot as refused:
            return web.json_response({"error": str(refused)}, status=409)
        except KeyError as missing:
            return web.json_response({"error": f"There is no {missing}."}, status=404)
        except ValueError:
            return web.json_response({"error": "The request cannot be read."}, status=400)

    return answer


def _person(person: Person) -> Json:
    return {"id": person.id, "name": person.first_name, "username": person.username, "language": person.language_code}


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _quote(message: Message) -> Json:
    return {"id": message.message_id, "mine": not message.from_bot, "text": message.text[:120] or "File"}


def _button(button: Button) -> Json:
    drawn: Json = {"text": button.text, "style": button.style}
    if button.copy_text is not None:
        return drawn | {"kind": "copy", "value": button.copy_text}
    if button.url is not None:
        return drawn | {"kind": "url", "value": button.url}
    return drawn | {"kind": "tap", "value": button.callback_data}
