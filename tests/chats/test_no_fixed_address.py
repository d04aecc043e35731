"""Story `no_fixed_address`: the bot cannot name an address, so it asks for none and explains what follows."""

from sandbox.stories.figures import ALEX
from sandbox.stories.no_fixed_address import CALLERS
from tests.chats.steps import ask_for_a_binance_pair, check, connect_3commas, connected_to_3commas
from tests.world import World

STORY = "no_fixed_address"


async def test_3commas_is_connected_without_an_address_and_without_key_and_secret() -> None:
    """A system-generated token needs an IP list, so that way is not offered."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connect_3commas(chat, world.desk)
        await chat.still_shows("Leave the IP list empty: I have no address that stays the same")
        await chat.shows("Works.")
        await chat.does_not_show("203.0.113.")


async def test_key_and_secret_are_not_offered_where_no_address_can_be_named() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/connect three_commas")
        await chat.shows("I made a key pair")
        assert "I have key and secret instead" not in chat.buttons()


async def test_a_binance_key_without_a_list_reads_from_every_address() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await ask_for_a_binance_pair(chat)
        await chat.still_shows("Leave the key without an address list")
        await chat.send(world.desk.binance.create_key_from_public_half(public_half))
        works = await chat.shows("Works.", "spot and futures")
        assert "IP list" not in works.text, "it could not keep one"
        result = await check(chat)
        assert "I can read it with my own key" in result.text
        assert "IP list makes it safer" not in result.text
        assert "Make my key at Binance safer" not in chat.buttons()


async def test_a_key_bound_to_one_of_many_addresses_is_not_called_good() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await ask_for_a_binance_pair(chat)
        await chat.send(world.desk.binance.create_key_from_public_half(public_half, addresses=["198.51.100.5"]))
        await chat.shows("Binance refuses this key", "not on the key’s IP list", "not fixed")
        assert not [caller for caller in CALLERS if caller in chat.transcript()]


async def test_the_dead_key_at_3commas_is_found_from_anywhere() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "Binance spot: 3Commas cannot use its key" in result.text
