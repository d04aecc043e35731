"""The bot's own address: listed, moved, or none that stays. What it is refused for says nothing about 3Commas' key."""

from sandbox.stories.figures import ALEX
from sandbox.world import BOT_ADDRESS
from tests.chats.steps import ask_for_a_binance_pair, check, connected_to_3commas, connected_to_binance
from tests.world import World

MOVED_TO = "203.0.113.99"


async def test_with_an_address_both_guides_name_it_and_key_and_secret_are_offered() -> None:
    async with World.story("all_fine") as world:
        chat = world.chat(ALEX)
        await chat.send("/connect three_commas")
        await chat.shows("Paste my address into the IP list")
        assert "I have key and secret instead" in chat.buttons()
        await chat.press("I have key and secret instead")
        await chat.shows("Step 1 of 2")
        assert await chat.copied("Copy the address") == BOT_ADDRESS
        await chat.send("/cancel")
        await chat.quiet()
        await ask_for_a_binance_pair(chat)
        await chat.still_shows("Restrict access to trusted IPs only and paste my address")


async def test_without_an_address_no_guide_names_one() -> None:
    async with World.story("no_fixed_address") as world:
        chat = world.chat(ALEX)
        await chat.send("/connect three_commas")
        await chat.shows("Leave the IP list empty: I have no address that stays the same")
        await ask_for_a_binance_pair(chat)
        await chat.still_shows("Leave the key without an address list")
        labels = [button.text for message in chat.messages() for button in message.buttons]
        assert not [label for label in labels if "address" in label]
        await chat.does_not_show("203.0.113.")


async def test_after_a_move_the_address_is_suspected_first_and_the_new_one_is_named() -> None:
    """The key worked from the old address, so it is tested for the list before anybody makes a new one."""
    async with World.story("all_fine") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        key = await connected_to_binance(chat, world.desk, addresses=[BOT_ADDRESS])
        await check(chat)
        await world.bot.stop()
        world.move_bot(MOVED_TO)
        await world.start_bot()
        result = await check(chat)
        own = result.text.partition("My own key at Binance")[2]
        assert 0 < own.find("not on the key’s IP list") < own.find("deleted or mistyped"), result.text
        assert MOVED_TO in own
        assert "Binance spot: fine. Balances load" in result.text, "3Commas calls from its own addresses"
        await chat.press("Repair my key at Binance")
        await chat.shows("I am watching")
        assert await chat.copied("Copy the address") == MOVED_TO
        world.desk.binance.set_addresses(key, [MOVED_TO])
        await chat.press("Done")
        await chat.shows("Binance accepts me again")


async def test_a_token_bound_to_the_old_address_is_refused_with_the_address_among_the_reasons() -> None:
    async with World.story("all_fine") as world:
        chat = world.chat(ALEX)
        await chat.send("/connect three_commas")
        await chat.press("I have key and secret instead")
        await chat.shows("Step 1 of 2")
        token = world.desk.create_system_token(addresses=[BOT_ADDRESS])
        await chat.send(token.key)
        await chat.shows("Step 2 of 2")
        await chat.send(token.secret)
        await chat.shows("Works.")
        await world.bot.stop()
        world.move_bot(MOVED_TO)
        await world.start_bot()
        result = await check(chat)
        assert "3Commas refuses my token" in result.text
        assert "may not be used from my address" in result.text
        assert "fine. Balances load" not in result.text
