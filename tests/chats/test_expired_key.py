"""Story `expired_key`: one key at 3Commas is past its date, another one will be in nine days."""

from sandbox.stories.figures import ALEX
from tests.chats.steps import check, connected_to_3commas, steps_of_repair, time_for_a_look
from tests.world import World

STORY = "expired_key"


async def test_a_key_past_its_date_and_one_close_to_it_are_told_apart() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "Binance spot: 3Commas cannot use its key" in result.text
        assert "one trade stands still" in result.text
        assert "Binance futures: works now, but its key expires soon" in result.text
        assert {"Repair Binance spot", "Repair Binance futures"} <= {button.text for button in result.buttons}


async def test_a_key_that_works_is_not_said_to_stop_anything() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        futures = result.text.partition("Binance futures:")[2]
        assert "nothing can be opened or closed" not in futures


async def test_a_new_key_by_hand_is_noticed_and_trading_resumes() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await chat.press("Do it by hand instead")
        await chat.shows("Tick Enable Reading, Enable Spot & Margin Trading", "Leave off Enable Withdrawals")
        assert (await chat.link("Guide with pictures")).startswith("https://help.3commas.io/")
        first = await chat.copied("Copy the addresses, part 1 of 2")
        second = await chat.copied("Copy the addresses, part 2 of 2")
        key = world.desk.binance.create_key(addresses=f"{first} {second}".split())
        world.desk.binance.tick(key.key, spot_and_margin_trading=True)
        assert await world.desk.update_key("Binance spot", key) == ""
        await time_for_a_look(world)
        await chat.shows("Balances of Binance spot load again")


async def test_addresses_pasted_in_part_are_noticed_as_not_working_yet() -> None:
    """The second half of the list was forgotten: 3Commas refuses the key, and Done says so without blaming anybody."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot", "Not sure")
        first = await chat.copied("Copy the addresses, part 1 of 2")
        key = world.desk.binance.create_key(addresses=first.split())
        assert "no longer valid or incorrect" in await world.desk.update_key("Binance spot", key)
        await chat.press("Done")
        await chat.shows("3Commas is still refused with the key that it has", "wait 30 seconds", "I keep watching")


async def test_a_key_that_expires_soon_is_replaced_and_the_warning_goes() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance futures")
        assert await world.desk.fast_connect("Binance futures") == ""
        await time_for_a_look(world)
        await chat.shows("Binance futures does not expire soon any more")
        result = await check(chat)
        assert "Binance futures: fine" in result.text


async def test_a_key_that_only_expires_soon_is_never_said_to_be_refused() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        steps = await steps_of_repair(chat, "Binance futures")
        assert "when 3Commas no longer says that the key expires soon" in steps.text
        assert "load again" not in steps.text
        await chat.press("Done")
        await chat.shows("3Commas still says that its key expires soon")
        await chat.does_not_show("still refused")
