"""SIGTERM drains; Ctrl-C on the whole sandbox, and everything is there again in the second run."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.worker import DRAIN_S
from sandbox.stories.figures import ALEX
from tests.chats.steps import connected_to_3commas
from tests.desk import READ
from tests.process.bot import ENDS_WITHIN_S
from tests.process.kills import LIVE_KEYS, STORY
from tests.process.world import ProcessWorld

pytestmark = pytest.mark.process

PROJECT = Path(__file__).resolve().parents[2]
DEADLINE_S = 60.0


async def test_sigterm_ends_an_idle_bot_with_0() -> None:
    async with ProcessWorld.story(STORY) as world:
        code, seconds = await world.bot.stop()
        assert (code, seconds < ENDS_WITHIN_S / 2) == (0, True), world.bot.complaints()
        assert "Traceback" not in world.bot.complaints()


async def test_sigterm_in_the_middle_of_a_check_puts_it_back_and_loses_nothing() -> None:
    """3Commas answers nothing for longer than a drain lasts: the check begins again after the start."""
    async with ProcessWorld.story(STORY) as world:
        await world.bot.stop()
        world.drain_s = 1.0
        await world.start_bot()
        chat = world.chat
        await connected_to_3commas(chat, world.desk)
        await world.quiet()
        world.fault("three_commas", "slow", "load_balances", delay_s=60.0)
        await chat.send("/check")
        await world.arrived("three_commas", "load_balances")
        code, seconds = await world.bot.stop()
        assert (code, seconds < DRAIN_S) == (0, True), world.bot.complaints()
        await chat.send("/help")
        world.heal()
        await world.start_bot()
        await world.appears("Binance futures: fine")
        await world.quiet()
        assert world.lost() == {}
        assert world.count(LIVE_KEYS) == 1


def test_a_drain_leaves_time_to_end_within_the_promise() -> None:
    assert DRAIN_S <= ENDS_WITHIN_S - 2


class Visitor:
    """Somebody at the chat page and the desk, over HTTP."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def _post(self, path: str, **order: Any) -> Any:
        async with self._http.post(path, json={"person": ALEX.id, **order}) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def say(self, text: str) -> None:
        await self._post("/chat/say", text=text)

    async def press(self, label: str) -> None:
        message = await self.sees(label, in_buttons=True)
        await self._post("/chat/press", message=message["id"], button=label)

    async def new_token(self, public_pem: str) -> str:
        order = {"kind": "self_generated", "name": "Reconnect", "permissions": list(READ), "public_key": public_pem}
        return str((await self._post("/desk/three_commas/api/tokens", **order))["key"])

    async def new_binance_key(self, public_pem: str) -> str:
        async with self._http.get(f"/desk/binance/api/accounts?person={ALEX.id}") as answer:
            account = (await answer.json())[0]["id"]
        path = f"/desk/binance/api/accounts/{account}"
        for step, order in (("agreement", {}), ("keys", {"label": "Reconnect", "public_key": public_pem})):
            async with self._http.post(f"{path}/{step}?person={ALEX.id}", json=order) as answer:
                made = await answer.json()
        return str(made["key"])

    async def messages(self) -> list[Any]:
        async with self._http.get(f"/chat/view?person={ALEX.id}") as answer:
            return list((await answer.json())["messages"])

    async def sees(self, text: str, *, in_buttons: bool = False) -> Any:
        """The newest message of the bot with this text, or with a button of this label."""
        async with asyncio.timeout(DEADLINE_S):
            while True:
                for message in reversed(await self.messages()):
                    labels = [button["text"] for row in message["rows"] for button in row]
                    if not message["mine"] and (text in labels if in_buttons else text in message["text"]):
                        return message
                await asyncio.sleep(0.05)  # the page would wait at a socket; this is shorter


@asynccontextmanager
async def whole_sandbox(folder: Path) -> AsyncIterator[tuple[Process, Visitor]]:
    """`python -m sandbox -- python -m bot`, run in `folder`, and somebody who visits it."""
    command = (sys.executable, "-m", "sandbox", "--", sys.executable, "-m", "bot")
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=env, stdout=PIPE, stderr=DEVNULL)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(DEADLINE_S):
            while not (found := re.search(rb"^Chat: (\S+)", await process.stdout.readline())):
                assert process.returncode is None
        async with aiohttp.ClientSession(found[1].decode()) as http:
            yield process, Visitor(http)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)  # it takes the bot with it, which kill -9 would not
            await process.wait()


async def ctrl_c(process: Process) -> int:
    process.send_signal(signal.SIGINT)
    async with asyncio.timeout(ENDS_WITHIN_S + 10):
        return await process.wait()


def public_half(text: str) -> str:
    found = re.search(r"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", text, re.DOTALL)
    assert found is not None
    return found[0]


async def test_after_ctrl_c_chat_keys_and_a_half_finished_conversation_are_there_again(tmp_path: Path) -> None:
    async with whole_sandbox(tmp_path) as (process, visitor):
        await visitor.say("/connect three_commas")
        token = await visitor.new_token(public_half((await visitor.sees("I made a key pair"))["text"]))
        await visitor.say(token)
        await visitor.sees("Works.")
        await visitor.say("/connect binance")
        await visitor.press("Make a pair for me")
        await visitor.sees("Copy the public half", in_buttons=True)
        before = [(message["id"], message["text"]) for message in await visitor.messages()]
        assert await ctrl_c(process) == 0
    async with whole_sandbox(tmp_path) as (process, visitor):
        assert [(message["id"], message["text"]) for message in await visitor.messages()] == before
        question = await visitor.sees("Copy the public half", in_buttons=True)
        (public,) = [b["value"] for row in question["rows"] for b in row if b["text"] == "Copy the public half"]
        await visitor.say(await visitor.new_binance_key(public))
        await visitor.sees("Works. I can read")
        await visitor.say("/check")
        await visitor.sees("Binance spot: 3Commas cannot use its key")
        assert await ctrl_c(process) == 0
