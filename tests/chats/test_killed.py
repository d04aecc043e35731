"""The bot is killed in the middle: the next start goes on where it stood, and nothing is done or said twice."""

import pytest

from sandbox.stories.figures import ALEX
from tests.chat import Chat
from tests.chats.steps import check, connected_to_3commas, steps_of_repair, time_for_a_look
from tests.world import World

STORY = "returning_trader"


def said(chat: Chat, text: str) -> int:
    return sum(text in message.text for message in chat.messages() if message.from_bot)


@pytest.mark.parametrize("path", ["validate", "permissions_info", "accounts$"])
async def test_killed_while_a_token_is_tried_it_is_tried_again_and_connected_once(path: str) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/connect three_commas")
        await chat.shows("I made a key pair")
        key = world.desk.create_self_generated_token(await chat.document())
        world.fault("three_commas", "slow", path)
        await chat.send(key)
        await world.arrived("three_commas", path.removesuffix("$"))
        await world.kill_bot()
        world.heal()
        await world.start_bot()
        await chat.shows("Works.", "I see 2 exchange accounts")
        await chat.quiet()
        assert said(chat, "Works.") == 1


@pytest.mark.parametrize("path", ["accounts$", "load_balances", "smart_trades", "deals"])
async def test_killed_during_a_check_the_same_message_is_filled_in_by_the_next_start(path: str) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await chat.quiet()
        before = len(chat.messages())
        seen = len(world.received("three_commas"))
        world.fault("three_commas", "slow", path)
        await chat.send("/check")
        await world.arrived("three_commas", path.removesuffix("$"), after=seen)
        await world.kill_bot()
        world.heal()
        await world.start_bot()
        await chat.shows("Binance spot: 3Commas cannot use its key", "Binance futures: fine", "Looked")
        await chat.quiet()
        assert len(chat.messages()) == before + 2, chat.transcript()


async def test_killed_before_the_steps_of_a_repair_were_sent_they_are_sent_by_the_next_start() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await chat.press("Repair Binance spot")
        await chat.shows("main account at Binance, or a sub-account?")
        await chat.quiet()
        world.fault("three_commas", "slow", "market_list")
        await chat.press("Main")
        await world.arrived("three_commas", "market_list")
        await world.kill_bot()
        world.heal()
        await world.start_bot()
        await chat.shows("A new key for 3Commas", "Fast Connect")
        await chat.quiet()
        assert said(chat, "A new key for 3Commas") == 1


async def test_killed_during_the_watch_the_next_start_notices_the_repair() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        seen = len(world.received("three_commas"))
        world.fault("three_commas", "slow", "load_balances")
        world.bot_clock.advance(6)
        await world.arrived("three_commas", "load_balances", after=seen)
        await world.kill_bot()
        world.heal()
        await world.desk.fast_connect("Binance spot")
        await world.start_bot()
        await time_for_a_look(world)
        await chat.shows("Balances of Binance spot load again since")
        await chat.quiet()
        assert said(chat, "load again since") == 1


async def test_killed_while_everything_is_being_forgotten_it_is_forgotten_by_the_next_start() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await chat.send("/forget")
        await chat.press("Yes, delete everything")
        button = await chat.shows_button("Delete everything now")
        await chat.quiet()
        world.fault("telegram", "slow", "answerCallbackQuery")
        await chat.press("Delete everything now", on=button)
        await world.arrived("telegram", "answerCallbackQuery", after=len(world.received("telegram")) - 1)
        await world.kill_bot()
        world.heal()
        await world.start_bot()
        await chat.shows("Everything I knew about you is deleted")
        await chat.send("/keys")
        await chat.shows("I keep no key for you")


async def test_a_message_whose_answer_from_telegram_was_lost_is_not_lost_itself() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        world.fault("telegram", "dropped", "sendMessage", times=1)
        await chat.send("/start")
        await world.quiet()
        world.bot_clock.advance(5)
        await chat.shows("I help you get back to trading")
