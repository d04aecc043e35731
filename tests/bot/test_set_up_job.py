"""The job that reads for a form: what it leaves alone, and what becomes of its question when it breaks."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.background import jobs
from bot.flows.runner import Runner
from domain.set_up.again import SetUpAgain
from sandbox.stories.figures import ALEX
from tests.chat import Chat
from tests.chats.looks import connected, look
from tests.chats.test_trades_failed import number
from tests.world import World

BANNED = '{"code": -1003, "msg": "Way too many requests; IP banned until 1795560000000."}'


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World.story("failed_trades") as found:
        yield found


async def pressed(world: World, chat: Chat | None = None) -> Chat:
    chat = chat or await connected(world)
    listed = await look(chat, "/trades")
    await chat.press(f"{number(listed, '#303')} · How to take it over", on=listed)
    return chat


async def test_a_reading_that_breaks_is_told_and_leaves_no_question_that_nobody_works_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("a defect of ours")

    with monkeypatch.context() as patched:
        patched.setattr(SetUpAgain, "read", breaks)
        chat = await pressed(world)
        told = await chat.shows("Something went wrong on my side", "quote number")
        await chat.does_not_show("I read what the form")
        assert "defect" not in told.text
    await chat.send("/cancel")
    await chat.shows("There is nothing to stop")
    await pressed(world, chat)
    await chat.shows("Send me the price")


async def test_a_form_that_cannot_be_drawn_is_told_and_leaves_no_question_either(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("a defect of ours")

    with monkeypatch.context() as patched:
        patched.setattr(Runner, "go_on", breaks)
        chat = await pressed(world)
        await chat.shows("Something went wrong on my side", "quote number")
    await pressed(world, chat)
    await chat.shows("Send me the price")


async def test_a_ban_that_outlasts_the_question_is_not_waited_for(world: World) -> None:
    chat = await connected(world)
    listed = await look(chat, "/trades")
    world.fault("binance", "status", "/fapi/v1/openOrders$", status=418, headers={"Retry-After": "7200"}, body=BANNED)
    await chat.press(f"{number(listed, '#303')} · How to take it over", on=listed)
    await chat.shows("where its target was, I could not find out", "Send me the price")


async def test_a_job_whose_conversation_is_over_asks_nothing(world: World) -> None:
    chat = await pressed(world)
    await chat.shows("Send me the price")
    before = len(world.received("three_commas"))
    assert world.bot.app is not None
    units = world.bot.app.services.units
    async with units.writing() as u:
        trader = await u.traders.by_telegram_id(ALEX.id)
        assert trader is not None
        await u.jobs.put(jobs.set_up(trader.id, "0123456789abcdef"))
        await u.commit()
    await chat.quiet()
    assert len(world.received("three_commas")) == before
