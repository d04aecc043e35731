"""Story `right_missing`: a box was never ticked, at 3Commas' key or at the bot's own."""

import pytest

from sandbox.stories.figures import ALEX
from sandbox.world import BOT_ADDRESS
from tests.chats.steps import check, connected_to_3commas, connected_to_binance, time_for_a_look
from tests.world import World

STORY = "right_missing"


async def test_at_3commas_the_right_shows_in_the_text_of_a_trade_alone() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "Binance spot: balances load, but a trade was refused" in result.text
        assert "Not enough permissions for API keys" in result.text
        assert "a right of the key is not ticked" in result.text
        assert "20 November" in result.text


async def test_the_repair_edits_the_key_and_ends_with_what_the_trader_tells() -> None:
    """No request shows a right of 3Commas' key, so the end is a question, and its answer is never called works."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await chat.press("Repair Binance spot")
        await chat.shows("Key and secret stay as they are", "Tick Enable Reading, Enable Spot & Margin Trading")
        await chat.still_shows("I cannot see this from here", "Press Done")
        key = world.desk.binance.key_of_row("Binance spot")
        world.desk.binance.tick(key, spot_and_margin_trading=True)
        await world.desk.refresh("Binance spot")
        await chat.press("Done")
        await chat.shows("Open My Portfolio at 3Commas", "What does it show?")
        await chat.press("Balances, no red line")
        await chat.shows("You told me that balances of Binance spot load", "Only a trade will prove")


async def test_a_red_line_after_the_repair_shows_the_steps_once_more() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await chat.press("Repair Binance spot")
        await chat.press("Done")
        await chat.press("A red line, or a request to update")
        await chat.shows("the key is still refused", "In the order to test")


async def test_ticking_a_box_leaves_no_old_key_to_delete() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await chat.press("Repair Binance spot")
        await chat.shows("The rights of the key")
        await chat.does_not_show("which old key to delete")


async def test_the_bots_own_key_that_may_not_read_futures_is_kept_and_the_right_is_named() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk)
        await chat.still_shows("I can read spot at Binance", "tick Enable Futures")
        result = await check(chat)
        assert "It lacks the right for futures" in result.text


async def test_the_bots_missing_right_says_nothing_about_3commas() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await connected_to_binance(chat, world.desk)
        result = await check(chat)
        assert "Binance futures: fine. Balances load" in result.text


async def test_a_right_that_is_ticked_later_is_seen_by_the_watch() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        key = await connected_to_binance(chat, world.desk, addresses=[BOT_ADDRESS])
        await check(chat)
        await chat.press("Repair my key at Binance")
        await chat.shows("I am watching and will tell you when I see it")
        world.desk.binance.tick(key, futures=True)
        await time_for_a_look(world)
        await chat.shows("Binance shows other rights for my key since 10:41")
        result = await check(chat)
        assert "lacks the right" not in result.text


@pytest.mark.parametrize("addresses", [[BOT_ADDRESS], None])
async def test_the_steps_for_the_bots_own_key_tick_the_box_that_is_missing(addresses: list[str] | None) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk, addresses=addresses)
        await check(chat)
        await chat.press("Repair my key at Binance")
        steps = await chat.shows("My own key at Binance")
        assert "Tick only Enable Reading, Enable Futures" in steps.text


async def test_while_balances_load_the_profit_shown_is_not_said_to_stand_still() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        assert "UPNL" not in (await check(chat)).text


async def test_what_3commas_wrote_is_not_said_to_come_from_binance() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        assert "Binance wrote: Not enough permissions" not in (await check(chat)).text
