"""Story `venue_down`: Binance answers nobody, so nothing is known and nothing is called broken."""

from sandbox.stories.figures import ALEX
from tests.chats.steps import ask_for_a_binance_pair, check, connected_to_3commas
from tests.world import World

STORY = "venue_down"


async def test_what_could_not_be_looked_at_is_neither_fine_nor_broken() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "Binance spot: I could not look, so I do not know how it is" in result.text
        assert "cannot use its key" not in result.text
        assert not [button for button in result.buttons if button.text.startswith("Repair")]


async def test_nothing_is_said_to_stand_still_while_nothing_is_known() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "stands still" not in result.text


async def test_once_binance_is_back_another_look_finds_everything_fine() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        world.heal()
        await chat.press("Look again")
        await chat.shows("Binance spot: fine. Balances load", "Binance futures: fine. Balances load")


async def test_a_pair_waits_until_binance_is_back() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        key = world.desk.binance.create_key_from_public_half(await ask_for_a_binance_pair(chat))
        await chat.send(key)
        await chat.shows("Binance is not answering right now")
        world.heal()
        await chat.send(key)
        await chat.shows("Works.")


async def test_a_secret_is_not_lost_because_binance_is_down() -> None:
    """It is shown once at Binance and its message is deleted, so it is kept, encrypted, until it can be tried."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        key = world.desk.binance.create_key("for the bot", addresses=None)
        await chat.send("/connect binance")
        await chat.press("I have key and secret instead")
        await chat.shows("Step 1 of 2")
        both = await chat.send(f"{key.key}\n{key.secret}")
        await chat.shows("I keep key and secret encrypted for 24 hours")
        assert not chat.visible(both)
        world.heal()
        await world.restart_bot()
        await chat.press("Try again")
        await chat.shows("Works.", "spot and futures")
