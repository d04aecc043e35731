"""Story `sub_account`: the dead key belongs to a sub-account, so Fast Connect is no way."""

from sandbox.stories.figures import ALEX
from tests.chats.steps import check, connected_to_3commas, steps_of_repair, time_for_a_look
from tests.world import World

STORY = "sub_account"


async def test_a_sub_account_gets_the_steps_by_hand_and_the_reason() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "Binance spot: fine" in result.text
        steps = await steps_of_repair(chat, "Savings spot", "Sub-account")
        assert "Fast Connect signs in with a main account only" in steps.text
        assert "switch to the sub-account" in steps.text
        assert "Use Fast Connect instead" not in [button.text for button in steps.buttons]
        key = world.desk.binance.create_key(account="Savings")
        assert await world.desk.update_key("Savings spot", key) == ""
        await time_for_a_look(world)
        await chat.shows("Balances of Savings spot load again")


async def test_who_takes_it_for_the_main_account_is_led_on_by_what_3commas_says() -> None:
    """Fast Connect refuses at the desk; its sentence, pasted into the chat, is no dead end."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Savings spot", "Main")
        assert "main account only" in await world.desk.fast_connect("Savings spot")
        await chat.press("Do it by hand instead")
        await chat.shows("choose to enter the key by hand")


async def test_a_key_of_the_main_account_does_not_repair_the_sub_account() -> None:
    """3Commas knows the main account already, so the page refuses, and the bot goes on watching."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Savings spot", "Not sure")
        key = world.desk.binance.create_key()
        assert await world.desk.update_key("Savings spot", key) == "This account is already connected!"
        await time_for_a_look(world)
        await chat.does_not_show("load again since")
        await chat.press("Done")
        await chat.shows("3Commas is still refused with the key that it has")


async def test_back_changes_the_answer_main_or_sub() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Savings spot", "Main")
        await chat.press("Back")
        await chat.press("Sub-account")
        await chat.shows("Fast Connect signs in with a main account only")
