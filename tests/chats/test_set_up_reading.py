"""The form on a small plan: it is read by itself, says what it waits for, is never read twice, and stops when it is told to."""

from decimal import Decimal

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chat import Chat
from tests.chats.looks import connected, labels, look
from tests.chats.misbehaving import settled
from tests.chats.test_trades_failed import number
from tests.world import World

STORY = "failed_trades"
RATE_PAUSE_S = 301
"""After it 3Commas lets a token through again."""
A_MINUTE_S = 63


async def on_a_small_plan(world: World) -> tuple[Chat, Message]:
    """Five requests a minute, and those of this minute are used up."""
    chat = await connected(world)
    listed = await look(chat, "/trades")
    world.house.three_commas.set_plan(ALEX.id, "starter")
    return chat, listed


async def press(chat: Chat, listed: Message, trade: str) -> None:
    n = number(listed, trade)
    await chat.press(next(label for label in labels(listed) if label.startswith(f"{n} · ")), on=listed)


async def until_it_asks(world: World, chat: Chat) -> Message:
    """Minute by minute; nothing is pressed."""
    for _ in range(5):
        await settled(world)
        if any("Send me the price" in message.text for message in chat.messages()):
            return await chat.still_shows("Send me the price")
        world.bot_clock.advance(RATE_PAUSE_S)
    raise AssertionError(chat.transcript())


async def test_it_says_at_once_what_is_read_and_what_it_waits_for_and_goes_on_by_itself() -> None:
    async with World.story(STORY) as world:
        chat, listed = await on_a_small_plan(world)
        await press(chat, listed, "#303")
        waiting = await chat.shows("asks me to slow down until 10:46 UTC", "Then I go on by myself")
        assert "Not looked at yet: " in waiting.text
        assert "the price of now" in waiting.text
        assert labels(waiting) == ["Cancel"]
        asked = await until_it_asks(world, chat)
        assert asked.message_id != waiting.message_id, "what comes minutes later is a message of its own"
        read = next(one for one in chat.messages() if one.message_id == waiting.message_id)
        assert "is read; it goes on below" in read.text
        assert not read.buttons
        await chat.send("59400")
        await chat.shows("#303 again, by Smart Sell", "59400 (as you told me)")


async def test_a_second_press_begins_nothing_and_says_that_it_is_read_already() -> None:
    async with World.story(STORY) as world:
        chat, listed = await on_a_small_plan(world)
        await press(chat, listed, "#303")
        await chat.shows("asks me to slow down")
        before = len(world.received("three_commas"))
        await press(chat, listed, "#303")
        await chat.shows("I am still reading, and go on by myself", "Not looked at yet")
        await press(chat, listed, "#303")
        await chat.quiet()
        assert len(world.received("three_commas")) == before, "nothing is asked for a second press"
        assert sum(bool(one.buttons) and "slow down" in one.text for one in chat.messages()) == 1
        await until_it_asks(world, chat)
        assert sum("Send me the price" in one.text for one in chat.messages()) == 1


async def test_cancel_stops_it_and_nothing_comes_afterwards() -> None:
    async with World.story(STORY) as world:
        chat, listed = await on_a_small_plan(world)
        await press(chat, listed, "#303")
        await chat.shows("asks me to slow down")
        await chat.send("/cancel")
        await chat.shows("Stopped: setting a trade up again, by hand")
        await chat.still_shows("I have stopped reading for SmartTrade #303. Nothing was changed anywhere.")
        before = len(world.received("three_commas"))
        world.bot_clock.advance(RATE_PAUSE_S)
        await settled(world)
        assert len(world.received("three_commas")) == before
        await chat.does_not_show("Send me the price")


async def test_another_trade_takes_the_place_of_the_one_that_waits() -> None:
    async with World.story(STORY) as world:
        chat, listed = await on_a_small_plan(world)
        await press(chat, listed, "#303")
        await chat.shows("asks me to slow down")
        await press(chat, listed, "#305")
        await chat.shows("The form for SmartTrade #305")
        asked = await until_it_asks(world, chat)
        assert "#305" in asked.text
        await chat.quiet()
        assert not any("#303" in one.text and "Send me the price" in one.text for one in chat.messages())


async def test_words_in_between_are_answered_and_lose_nothing() -> None:
    async with World.story(STORY) as world:
        chat, listed = await on_a_small_plan(world)
        await press(chat, listed, "#303")
        await chat.shows("asks me to slow down")
        await chat.send("67000")
        await chat.shows("I am still reading, and go on by myself. /cancel stops it.")
        asked = await until_it_asks(world, chat)
        assert "Now: 63,097" in asked.text


async def test_it_goes_on_after_a_restart_and_prices_are_of_now() -> None:
    async with World.story(STORY) as world:
        chat, listed = await on_a_small_plan(world)
        await press(chat, listed, "#301")
        await chat.shows("asks me to slow down")
        await world.kill_bot()
        world.house.binance.set_price("ETH", Decimal(2345))
        await world.start_bot()
        asked = await until_it_asks(world, chat)
        assert "Now: 2,345" in asked.text


async def test_where_nothing_gets_through_for_an_hour_the_reason_is_said() -> None:
    async with World.story(STORY) as world:
        chat, listed = await on_a_small_plan(world)
        world.fault("three_commas", "status", "/v2/smart_trades/303", status=429, body="Retry later")
        await press(chat, listed, "#303")
        await chat.shows("asks me to slow down")
        for _ in range(14):
            world.bot_clock.advance(RATE_PAUSE_S)
            await settled(world)
        await chat.does_not_show("Send me the price")
        await chat.still_shows("I have stopped reading for SmartTrade #303")
        await chat.still_shows("3Commas asks me to slow down. I may ask again in")
        await chat.does_not_show("Then I go on by myself")
