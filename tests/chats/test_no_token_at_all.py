"""Story `no_token_at_all`: nothing is connected, and the bot leads by questions. What is answered stays "told"."""

import pytest

from sandbox.stories.figures import ALEX, KIM
from tests.world import World

STORY = "no_token_at_all"
ERROR = "Invalid API-key, IP, or permissions for action. (-2015)"


async def test_a_check_without_anything_connected_offers_to_look_together() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/check")
        await chat.shows("Nothing is connected yet, so I cannot look for myself")
        await chat.press("Look together, by hand")
        await chat.shows("Open 3Commas → My Portfolio", "press the refresh sign", "What do you see?")


async def test_the_walk_by_hand_ends_in_the_steps_of_the_repair() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/check")
        await chat.press("Look together, by hand")
        await chat.press("A red line, or “Update API key”")
        for answer in ("Binance", "Spot", "Main"):
            await chat.press(answer)
        await chat.shows("A new key for 3Commas", "Fast Connect", "Press Done")
        assert await world.desk.fast_connect("Binance spot") == ""
        await chat.press("Done")
        await chat.press("Balances, no red line")
        await chat.shows("You told me that balances of Binance spot load", "I could not see it myself")


async def test_what_the_trader_told_stays_what_he_told() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/check")
        await chat.press("Look together, by hand")
        await chat.press("Balances are empty or old")
        for answer in ("Binance", "Spot"):
            await chat.press(answer)
        await chat.shows("main account at Binance, or a sub-account?")
        await chat.send("/cancel")
        await chat.send("/check")
        result = await chat.shows("You told me: balances do not load", "Nothing is connected, so I looked at nothing")
        assert "Binance spot: fine" not in result.text
        assert {"Repair Binance spot", "Connect 3Commas", "Look together, by hand"} == {b.text for b in result.buttons}


async def test_the_walk_says_what_it_means_when_all_is_well() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/check")
        await chat.press("Look together, by hand")
        before = await chat.last()
        await chat.press("Balances, no error")
        assert (await chat.last()).message_id != before.message_id


@pytest.mark.parametrize(
    ("check_button", "answer", "heading"),
    [
        ("Check the key", "It is not there", "A new key for 3Commas"),
        ("Check the address list", "Some are missing, or there is no list", "The address list of the key"),
        ("Check the rights", "It is not ticked", "The rights of the key"),
    ],
)
async def test_an_error_text_that_stands_for_three_faults_is_told_apart_by_looking(
    check_button: str, answer: str, heading: str
) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send(ERROR)
        await chat.shows("Different faults share this text. In this order")
        await chat.press(check_button)
        await chat.press(answer)
        await chat.press("Spot")
        if heading.startswith("A new key"):
            await chat.press("Main")
        await chat.shows(heading)
        await chat.press("Done")
        await chat.press("Balances, no red line")
        await chat.shows("You told me that balances of Binance spot load")


async def test_three_checks_that_find_nothing_end_in_a_new_key() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send(ERROR)
        for button, answer in (
            ("Check the key", "It is there"),
            ("Check the address list", "All of them are there"),
            ("Check the rights", "It is ticked"),
        ):
            await chat.press(button)
            await chat.press(answer)
        offer = await chat.last()
        await chat.press(offer.buttons[0].text)
        await chat.press("Spot")
        await chat.press("Main")
        await chat.shows("A new key for 3Commas")


async def test_what_was_found_right_is_not_asked_again() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send(ERROR)
        await chat.press("Check the key")
        await chat.press("It is there")
        await chat.shows("What is left to check")
        assert "Check the key" not in chat.buttons()
        await chat.press("Back")
        await chat.shows("Is the key that 3Commas uses still there")


async def test_words_that_are_no_error_text_are_answered_with_help_and_lose_nothing() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.press("I only have an error message")
        await chat.send("it is broken, please help")
        await chat.quiet()
        await chat.send(ERROR)
        await chat.shows("Different faults share this text")


async def test_a_free_plan_is_told_from_a_wrong_token() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(KIM)
        await chat.send("/connect three_commas")
        desk = world.desk_of(KIM)
        await chat.send(desk.create_self_generated_token(await chat.document()))
        await chat.shows("The token is right", "no API access")
