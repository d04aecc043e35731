"""Connecting Binance: what a key may do is looked at before it is kept, and it is linked to what 3Commas shows."""

import pytest

from sandbox.exchanges.binance.state import Rights
from sandbox.stories.figures import ALEX, KIM
from sandbox.world import BOT_ADDRESS
from tests.chats.steps import (
    ask_for_a_binance_pair,
    check,
    connect_3commas,
    connected_to_3commas,
    connected_to_binance,
)
from tests.world import World

STORY = "all_fine"
READS_AND_WITHDRAWS = Rights(reading=True, withdrawals=True)


async def test_a_key_that_may_withdraw_is_refused_until_the_right_is_off() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await ask_for_a_binance_pair(chat)
        key = world.desk.binance.create_key_from_public_half(public_half, READS_AND_WITHDRAWS, addresses=[BOT_ADDRESS])
        await chat.send(key)
        await chat.shows("This key may withdraw money, so I do not take it")
        world.desk.binance.tick(key, withdrawals=False)
        await chat.send(key)
        await chat.shows("Works.")


async def test_a_key_and_secret_that_may_withdraw_leave_no_trace() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        key = world.desk.binance.create_key("withdraws", READS_AND_WITHDRAWS, addresses=[BOT_ADDRESS])
        await chat.send("/connect binance")
        await chat.press("I have key and secret instead")
        both = await chat.send(f"{key.key}\n{key.secret}")
        await chat.shows("This key may withdraw money, so I do not take it", "Nothing of it is kept")
        assert not chat.visible(both)
        await chat.press("Cancel")
        await chat.send("/keys")
        await chat.shows("I keep no key for you")


async def test_a_right_that_was_ticked_later_is_warned_of() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        key = await connected_to_binance(chat, world.desk, addresses=[BOT_ADDRESS])
        world.desk.binance.tick(key, withdrawals=True)
        result = await check(chat)
        assert "It may withdraw money" in result.text


async def test_a_key_is_linked_with_the_rows_of_3commas_that_hold_the_same() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await connected_to_binance(chat, world.desk, addresses=[BOT_ADDRESS])
        await chat.still_shows("Linked with Binance spot at 3Commas: both show the same worth.")
        await chat.still_shows("Linked with Binance futures at 3Commas: both show the same worth.")
        result = await check(chat)
        assert result.text.count("Binance spot") == 1
        assert result.text.count("I can read it with my own key") == 2


async def test_a_link_that_is_wrong_is_taken_back_by_one_tap() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await connected_to_binance(chat, world.desk, addresses=[BOT_ADDRESS])
        linked = await chat.still_shows("Linked with Binance spot at 3Commas")
        await chat.press("Not the same", on=linked)
        await chat.quiet()
        result = await check(chat)
        spot = result.text.partition("Binance spot: fine")[2].partition("\n\n")[0]
        assert "with my own key" not in spot


async def test_a_key_that_comes_before_any_check_is_linked_all_the_same() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await connected_to_binance(chat, world.desk, addresses=[BOT_ADDRESS])
        result = await check(chat)
        assert result.text.count("Binance spot") == 1


async def test_a_second_key_takes_the_place_of_the_first() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk, addresses=[BOT_ADDRESS])
        public_half = await ask_for_a_binance_pair(chat)
        await chat.send(
            world.desk.binance.create_key_from_public_half(public_half, addresses=[BOT_ADDRESS], label="second")
        )
        await chat.shows("Works.", "It takes the place of the key that I had before")
        await chat.send("/keys")
        shown = await chat.shows("Keys that I keep for you")
        assert shown.text.count("at Binance, …") == 1


@pytest.mark.parametrize("pasted", ["{secret}\n{key}", "Secret key: {secret}\nAPI key: {key}", "{key} {secret}"])
async def test_key_and_secret_in_one_message_are_taken_in_any_order(pasted: str) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        key = world.desk.binance.create_key("for the bot", addresses=[BOT_ADDRESS])
        await chat.send("/connect binance")
        await chat.press("I have key and secret instead")
        both = await chat.send(pasted.format(key=key.key, secret=key.secret))
        await chat.shows("I deleted your message")
        await chat.quiet()
        assert not chat.visible(both)
        await chat.still_shows("Works.")


async def test_the_key_once_more_where_its_secret_belongs_is_noticed() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        key = world.desk.binance.create_key("for the bot", addresses=[BOT_ADDRESS])
        await chat.send("/connect binance")
        await chat.press("I have key and secret instead")
        await chat.send(key.key)
        await chat.shows("Step 2 of 2")
        await chat.send(key.key)
        await chat.shows("That is the API key once more. I asked for its secret")
        await chat.send(key.secret)
        await chat.shows("Works.")


async def test_two_traders_on_one_account_at_binance_have_nothing_in_common_here() -> None:
    """Alex gives Kim a key of his account: each has a key, and neither sees or loses anything of the other."""
    async with World.story(STORY) as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        await connected_to_binance(alex, world.desk, addresses=[BOT_ADDRESS])
        public_half = await ask_for_a_binance_pair(kim)
        lent = world.desk.binance.create_key_from_public_half(public_half, addresses=[BOT_ADDRESS], label="for Kim")
        await kim.send(lent)
        await kim.shows("Works.")
        await kim.send("/keys")
        assert (await kim.shows("Keys that I keep for you")).text.count("at Binance, …") == 1
        await kim.send("/forget")
        await kim.press("Yes, delete everything")
        await kim.press("Delete everything now")
        await kim.shows("Everything I knew about you is deleted")
        result = await check(alex)
        assert "I can read it with my own key" in result.text
        await kim.send("/keys")
        await kim.shows("I keep no key for you")


async def test_a_button_of_another_trader_does_nothing() -> None:
    """Its data, sent from Kim's client, reaches nothing of Alex's."""
    async with World.story("returning_trader") as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        await connected_to_3commas(alex, world.desk)
        result = await check(alex)
        repair = next(button for button in result.buttons if button.text == "Repair Binance spot")
        await kim.send("/start")
        welcome = await kim.last()
        world.house.telegram.press(KIM.id, welcome.message_id, repair.callback_data or "")
        await kim.quiet()
        await kim.does_not_show("Binance spot")


async def test_a_key_connected_before_3commas_is_asked_about_and_stands_beside_its_account_until_then() -> None:
    """Story `returning_trader`: 3Commas cannot load spot, so only the trader can say which account the key reads."""
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk)
        await connect_3commas(chat, world.desk)
        await chat.shows("My key reads spot at Binance", "that 3Commas calls Binance spot?")
        result = await check(chat)
        assert "Binance spot, as my own key reads it: not linked with anything at 3Commas yet" in result.text
        await chat.press("Link with Binance spot", on=result)
        await chat.shows("Linked with Binance spot")
        await chat.quiet()
        result = await check(chat)
        assert "Binance spot, as my own key reads it" not in result.text
