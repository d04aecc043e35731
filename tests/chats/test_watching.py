"""What the bot notices by itself while a repair is under way, and when it stops looking."""

from sandbox.stories.figures import ALEX
from tests.chats.steps import check, connected_to_3commas, steps_of_repair, time_for_a_look
from tests.world import World

STORY = "returning_trader"
HALF_AN_HOUR_S = 1800


async def test_while_nothing_changes_nothing_is_said() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        before = (await chat.last()).message_id
        for _ in range(3):
            await time_for_a_look(world)
        assert (await chat.last()).message_id == before


async def test_after_half_an_hour_without_a_change_it_says_that_it_stops() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        spent_s = 0
        while spent_s < HALF_AN_HOUR_S + 300:
            world.bot_clock.advance(120)
            await world.quiet()
            spent_s += 120
        await chat.shows("I have seen no change at Binance spot", "look again whenever you like")
        seen = len(world.received("three_commas"))
        world.bot_clock.advance(HALF_AN_HOUR_S)
        await world.quiet()
        assert len(world.received("three_commas")) == seen


async def test_a_repair_is_told_once_even_if_more_is_done_at_the_desk() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await world.desk.fast_connect("Binance spot")
        await time_for_a_look(world)
        await chat.shows("load again since")
        await world.desk.fast_connect("Binance spot")
        for _ in range(3):
            await time_for_a_look(world)
        told = [message for message in chat.messages() if "load again since" in message.text]
        assert len(told) == 1


async def test_done_looks_at_once() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await world.desk.fast_connect("Binance spot")
        await chat.press("Done")
        await chat.shows("Balances of Binance spot load again since 10:41")


async def test_a_key_that_somebody_may_know_is_deleted_first() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await chat.press("Somebody else may know the key")
        steps = await chat.shows("delete the old key now")
        assert steps.text.index("delete the old key now") < steps.text.index("Update API key")


async def test_an_outage_of_3commas_during_the_watch_is_no_news_and_ends_by_itself() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        before, asked = len(chat.messages()), len(world.received("three_commas"))
        world.fault("three_commas", "status", status=502, body="<html>bad gateway</html>")
        await world.let_time_pass(lambda: len(world.received("three_commas")) >= asked + 3)
        assert len(chat.messages()) == before
        world.heal()
        await world.desk.fast_connect("Binance spot")
        await world.let_time_pass(lambda: len(chat.messages()) > before)
        await chat.shows("Balances of Binance spot load again")


async def test_cancelling_ends_the_conversation_and_says_nothing_wrong_afterwards() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await chat.press("Cancel")
        await chat.shows("Stopped: updating the keys")
        result = await check(chat)
        assert "Binance spot: 3Commas cannot use its key" in result.text


async def test_a_key_replaced_while_it_works_is_not_said_to_be_seen() -> None:
    async with World.story("all_fine") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await chat.send("/update")
        await chat.press("Binance spot")
        await chat.press("Replace it anyway")
        await chat.press("Main")
        await chat.shows("A key that is replaced while it works may show none")
        assert await world.desk.fast_connect("Binance spot") == ""
        await chat.press("Done")
        await chat.shows("as they did before", "I cannot see from here", "Look there before you delete the old one")


async def test_words_that_are_no_error_message_leave_the_steps_open() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await chat.send("what?")
        await chat.shows("Please use one of the buttons", "The steps stand above")
        assert {"Done", "Do it by hand instead"} <= set(chat.buttons())
        await chat.send("Timestamp for this request is outside of the recvWindow")
        await chat.shows("The clock of the computer that asked is off")
