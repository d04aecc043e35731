"""A list that was shown can be paged for a week; then its picture is deleted, and its buttons look anew."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TypeVar

import pytest

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from storage.tables import ConversationRow, Row, ScreenRow
from tests.chat import Chat
from tests.chats.looks import connected
from tests.chats.misbehaving import settled
from tests.storage.raw import rows
from tests.world import World

R = TypeVar("R", bound=Row)
WEEK = timedelta(days=7)
A_MOMENT = timedelta(minutes=2)
AN_HOUR = timedelta(hours=1)
"""So often the bot tidies."""
GONE = "I do not have that picture any more"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World.story("leftover_orders") as world:
        yield world


async def later(world: World, by: timedelta) -> None:
    world.bot_clock.advance(by.total_seconds())
    await settled(world)


async def listed(world: World, chat: Chat) -> Message:
    await connected(world)
    await later(world, A_MOMENT)
    await chat.send("/orders")
    await settled(world)
    return await chat.shows("open orders", "Looked")


async def kept(world: World, table: type[R]) -> list[R]:
    """What somebody would find who got hold of the database."""
    assert world.bot.app is not None
    return await rows(world.bot.app.storage, table)


async def test_an_old_button_turns_its_page_for_a_week_and_looks_anew_after_that(world: World) -> None:
    chat = world.chat(ALEX)
    first = await listed(world, chat)
    await later(world, WEEK - A_MOMENT)
    await chat.press("Show all", on=first)
    turned = await chat.shows("open orders", "Looked")
    assert turned.message_id == first.message_id
    await chat.does_not_show(GONE)

    await later(world, WEEK + AN_HOUR)
    assert await kept(world, ScreenRow) == []
    await chat.press(turned.buttons[0].text, on=turned)
    await chat.shows(GONE)
    await settled(world)
    anew = await chat.shows("Looked")
    assert anew.message_id > turned.message_id
    await chat.still_shows(turned.text)


async def test_a_question_that_nobody_answered_for_a_week_is_deleted_and_its_buttons_say_that_it_is_over(
    world: World,
) -> None:
    chat = world.chat(ALEX)
    await chat.send("/connect binance")
    asked = await chat.shows_button("Make a pair for me")
    await settled(world)
    assert len(await kept(world, ConversationRow)) == 1

    await later(world, WEEK + AN_HOUR)
    assert await kept(world, ConversationRow) == []
    await chat.press("Make a pair for me", on=asked)
    await chat.shows("was left open for too long")
