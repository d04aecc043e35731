"""A form of which a part could not be read: it says what, and never that nobody knows what may still stand somewhere."""

import pytest

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chat import Chat
from tests.chats.looks import connected, labels, look
from tests.chats.misbehaving import settled
from tests.chats.steps import check, connected_to_3commas
from tests.chats.test_trades_failed import number
from tests.world import World

STORY = "failed_trades"
NOBODY = "nobody knows any more"
ORDERS_UNREAD = "Orders at the exchange I could not read; look there, one with its price may still stand."
BREAK_S = 301
"""After it 3Commas lets a token through again."""
MORE_THAN_A_MINUTE_ALLOWS = 12
OVER = ("#301", "#302", "#303", "#304", "#305", "#86", "#87")


async def without_a_key(world: World) -> Chat:
    chat = world.chat(ALEX)
    await connected_to_3commas(chat, world.desk)
    await check(chat)
    return chat


async def opened(chat: Chat, listed: Message, which: str) -> None:
    n = number(listed, which)
    await chat.press(next(label for label in labels(listed) if label.startswith(f"{n} · ")), on=listed)


async def first_answer(world: World, chat: Chat, listed: Message, which: str) -> Message:
    """The first question or the form, however long 3Commas lets the bot wait; nothing is pressed meanwhile."""
    known = chat.messages()[-1].message_id
    await opened(chat, listed, which)
    for _ in range(5):
        await settled(world)
        for message in chat.messages():
            if message.message_id > known and ("Send me the price" in message.text or "top to bottom" in message.text):
                return message
        world.bot_clock.advance(BREAK_S)
    raise AssertionError(chat.transcript())


async def use_up(world: World, chat: Chat) -> None:
    for _ in range(MORE_THAN_A_MINUTE_ALLOWS):
        await chat.send("/orders")
        await settled(world)


async def test_with_the_limit_used_up_orders_at_the_exchange_still_tell_their_prices() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        listed = await look(chat, "/trades")
        said = {}
        for which in OVER:
            await use_up(world, chat)
            said[which] = (await first_answer(world, chat, listed, which)).text
            assert "I could not" not in said[which], said[which]
        assert [which for which, text in said.items() if f"its target was, {NOBODY}" in text] == [
            "#301",
            "#302",
            "#305",
        ]
        assert [which for which, text in said.items() if f"its stop was, {NOBODY}" in text] == ["#303", "#304"]


async def test_without_a_key_orders_at_the_exchange_may_tell_and_were_not_read() -> None:
    async with World.story(STORY) as world:
        chat = await without_a_key(world)
        listed = await look(chat, "/trades")
        await use_up(world, chat)
        for which in OVER:
            said = (await first_answer(world, chat, listed, which)).text
            assert NOBODY not in said
            if which in ("#86", "#87"):
                assert "I could not look at the exchange" in said, "a deal keeps its prices"
            else:
                assert f"where its target was, I could not find out. {ORDERS_UNREAD}" in said
                await chat.press("I choose it at 3Commas")
                await chat.shows(f"where its stop was, I could not find out. {ORDERS_UNREAD}")


@pytest.mark.parametrize(
    ("service", "path", "said", "in_form"),
    [
        ("binance", "/fapi/v1/openOrders", ORDERS_UNREAD, "Look there first, and cancel it."),
        ("three_commas", "/v2/smart_trades/303/trades", "The steps that 3Commas may still show of it I could not", ""),
        ("three_commas", "/ver1/grid_bots", "I cannot tell whether one is its own", "an old order may be missing here"),
    ],
)
async def test_what_a_service_keeps_back_is_named_in_the_question(
    service: str, path: str, said: str, in_form: str
) -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        listed = await look(chat, "/trades")
        world.bot_clock.advance(BREAK_S)
        world.fault(service, "status", path, status=500, body="{}")
        await opened(chat, listed, "#303")
        await settled(world)
        await chat.shows("I could not find out. ", said)
        await chat.does_not_show(NOBODY)
        if in_form:
            await chat.send("67000")
            await chat.send("59400")
            await chat.shows("top to bottom", in_form)
