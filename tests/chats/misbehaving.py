"""How a route of a service can misbehave, and what nobody may read because of it."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from clients.transport import Transport
from sandbox.faults import HTML_PAGE
from sandbox.world import Person
from tests.chat import Chat
from tests.world import DEADLINE_S, POLL_S, World

IMPATIENT_S = 0.15
"""What a request gets in tests where a route is slow; everything that is not slow answers in a tenth of it."""
A_DAY_S = 25 * 3600.0
"""Every pause and every narrowed budget is over after it."""
LONG_POLL = "getUpdates"


@dataclass(frozen=True)
class Misbehaviour:
    """A kind of fault (see `sandbox.faults`) with its figures; `name` is what a test is called by."""

    name: str
    kind: str
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int | None:
        status = self.more.get("status")
        return status if isinstance(status, int) else None


def _refused(status: int, body: str = '{"message": "no"}') -> Misbehaviour:
    return Misbehaviour(str(status), "status", {"status": status, "body": body})


EACH = (
    *(_refused(status) for status in (401, 403, 404, 422, 429, 500)),
    Misbehaviour("502-page", "status", {"status": 502, "body": HTML_PAGE}),
    Misbehaviour("dropped", "dropped"),
    Misbehaviour("lost", "lost"),
    Misbehaviour("cut", "cut"),
    Misbehaviour("page", "garbage"),
    *(Misbehaviour(body, "garbage", {"body": body}) for body in ("{}", "[]", "null")),
    Misbehaviour("slow", "slow"),
)
each_misbehaviour = pytest.mark.parametrize("wrong", EACH, ids=lambda wrong: wrong.name)


@contextmanager
def impatient(monkeypatch: pytest.MonkeyPatch, service: str, *, polling: bool = False) -> Iterator[None]:
    """Requests to the service time out at once; Telegram's long poll only if `polling`. Restored afterwards."""
    patient = Transport.request

    async def request(self: Transport, to: str, method: str, url: Any, *, timeout_s: float = 10.0, **more: Any) -> Any:
        shorter = to == service and (polling or more.get("route") != LONG_POLL)
        return await patient(
            self, to, method, url, timeout_s=min(timeout_s, IMPATIENT_S) if shorter else timeout_s, **more
        )

    with monkeypatch.context() as patched:
        patched.setattr(Transport, "request", request)
        yield


async def settled(world: World) -> None:
    """Until the bot has nothing to do any more; the pauses between its repeats pass at once."""
    idle = asyncio.ensure_future(world.quiet())
    while not (await asyncio.wait({idle}, timeout=0.015))[0]:
        world.bot_clock.advance(1)
    await idle


async def until(happened: Callable[[], bool]) -> None:
    """Real input and output have come so far."""
    async with asyncio.timeout(DEADLINE_S):
        while True:
            if happened():
                return
            await asyncio.sleep(POLL_S)  # requests arrive over real connections and nobody is told of them


async def another_day(world: World) -> None:
    """Nothing is armed, and nothing that a fault has left behind counts any more."""
    world.heal()
    world.bot_clock.advance(A_DAY_S)
    await settled(world)


async def empty_chat(world: World, person: Person) -> Chat:
    """On another day, nothing left of the last one in sight."""
    await another_day(world)
    chat = world.chat(person)
    for message in chat.messages():
        world.house.telegram.delete_own(person.id, message.message_id)
    return chat


_RAW = re.compile(
    r"Traceback|Exception|\w+Error\b|aiohttp|ccxt|Client\w*Error|HTTP|httpx|127\.0\.0\.1|localhost|<!?\w|"
    r"\{\s*\"|\bNone\b|\bnull\b|Checking your browser|BEGIN (?:\w+ )?PRIVATE|"
    r"\b(?:TimedOut|ServiceDown|AnswerLost|Surprise|NotLooked|TokenRefused|RightMissing|NotThere)\b"
)
_BLAME = re.compile(r"\b(?:your (?:fault|mistake)|you (?:mistyped|forgot)|Oops|oops)\b")


def assert_fit_to_read(text: str, chat: Chat) -> None:
    """No raw exception, no page of somebody in between, nothing secret, nobody blamed."""
    for pattern in (_RAW, _BLAME):
        found = pattern.search(text)
        assert found is None, f"{found.group()!r} is shown\n{chat.transcript()}"


def said_since(chat: Chat, known: int) -> str:
    """Everything that the bot has said after the first `known` messages."""
    return "\n".join(message.text for message in chat.messages()[known:] if message.from_bot)
