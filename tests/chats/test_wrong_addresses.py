"""Stories `wrong_address_only_for_the_bot` and `wrong_address_at_3commas`: two address lists that must not be mixed up."""

from sandbox.stories.figures import ALEX
from sandbox.stories.wrong_address_only_for_the_bot import ELSEWHERE, LABEL
from sandbox.three_commas.markets import BINANCE_ADDRESSES
from sandbox.world import BOT_ADDRESS
from tests.chats.steps import (
    ask_for_a_binance_pair,
    check,
    connected_to_3commas,
    connected_to_binance,
    steps_of_repair,
    time_for_a_look,
)
from tests.world import World

BOTS = "wrong_address_only_for_the_bot"
AT_3COMMAS = "wrong_address_at_3commas"


async def test_a_pair_bound_to_another_address_is_refused_with_the_address_to_list_and_taken_once_it_is_listed() -> (
    None
):
    async with World.story(BOTS) as world:
        chat = world.chat(ALEX)
        public_half = await ask_for_a_binance_pair(chat)
        key = world.desk.binance.create_key_from_public_half(public_half, addresses=[ELSEWHERE])
        await chat.send(key)
        await chat.shows("Binance refuses this key", "not on the key’s IP list", BOT_ADDRESS)
        world.desk.binance.set_addresses(key, [BOT_ADDRESS])
        await chat.send(key)
        await chat.shows("Works.", "spot and futures")


async def test_the_addresses_of_3commas_on_the_bots_key_are_as_wrong_as_any_other() -> None:
    async with World.story(BOTS) as world:
        chat = world.chat(ALEX)
        public_half = await ask_for_a_binance_pair(chat)
        await chat.send(world.desk.binance.create_key_from_public_half(public_half, addresses=BINANCE_ADDRESSES))
        await chat.shows("Binance refuses this key", BOT_ADDRESS)


async def test_the_old_key_and_its_secret_are_deleted_from_the_chat_even_where_they_are_refused() -> None:
    async with World.story(BOTS) as world:
        chat = world.chat(ALEX)
        old = world.desk.binance.key_labelled(LABEL)
        await chat.send("/connect binance")
        await chat.press("I have key and secret instead")
        await chat.shows("Step 1 of 2")
        both = await chat.send(f"{old.key}\n{old.secret}")
        await chat.shows("I deleted your message", "Binance refuses this key", BOT_ADDRESS)
        assert not chat.visible(both)
        assert old.secret not in chat.transcript()


async def test_a_list_that_was_shortened_later_is_the_bots_trouble_and_not_that_of_3commas() -> None:
    async with World.story(BOTS) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        key = await connected_to_binance(chat, world.desk, addresses=[BOT_ADDRESS])
        world.desk.binance.set_addresses(key, [ELSEWHERE])
        result = await check(chat)
        assert "Binance spot: fine. Balances load" in result.text
        assert "Binance futures: fine. Balances load" in result.text
        assert "This says nothing about the key that 3Commas uses" in result.text
        assert BOT_ADDRESS in result.text
        await chat.press("Repair my key at Binance")
        await chat.shows("Restrict access to trusted IPs only", "I am watching")
        assert await chat.copied("Copy the address") == BOT_ADDRESS
        world.desk.binance.set_addresses(key, [BOT_ADDRESS])
        await time_for_a_look(world)
        await chat.shows("Binance accepts me again since 10:41")


async def test_at_3commas_one_answer_is_said_to_stand_for_several_faults() -> None:
    async with World.story(AT_3COMMAS) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "Binance spot: 3Commas cannot use its key" in result.text
        assert "One answer stands for several faults. In the order to test" in result.text
        assert "IP list" in result.text
        assert "9 November" in result.text


async def test_old_addresses_are_repaired_without_a_new_key() -> None:
    """From the error text to the list alone; no key is made, and the check sees that balances load."""
    async with World.story(AT_3COMMAS) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        key = world.desk.binance.key_of_row("Binance spot")
        await chat.send("Invalid API-key, IP, or permissions for action. (-2015)")
        await chat.press("Check the address list")
        await chat.press("Some are missing, or there is no list")
        await chat.press("Binance spot")
        await chat.shows("The address list of the key", "Key and secret stay as they are", "all 30 addresses")
        parts = [await chat.copied(f"Copy the addresses, part {part} of 2") for part in (1, 2)]
        assert " ".join(parts).split() == list(BINANCE_ADDRESSES)
        world.desk.binance.set_addresses(key, " ".join(parts).split())
        assert await world.desk.refresh("Binance spot") == ""
        await chat.press("Done")
        await chat.press("Balances, no red line")
        await chat.shows("You told me that balances of Binance spot load")
        assert world.desk.binance.key_of_row("Binance spot") == key
        result = await check(chat)
        assert "Binance spot: fine" in result.text


async def test_a_new_key_repairs_old_addresses_as_well() -> None:
    async with World.story(AT_3COMMAS) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        assert await world.desk.fast_connect("Binance spot") == ""
        await time_for_a_look(world)
        await chat.shows("Balances of Binance spot load again")
