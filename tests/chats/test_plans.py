"""Stories `plan_ended` and `starter_plan`: what the plan at 3Commas lets through."""

from sandbox.stories.figures import ALEX
from tests.chats.steps import check, connect_3commas, connected_to_3commas
from tests.world import World

A_PAUSE_S = 301
"""How long the bot leaves 3Commas alone after a refusal that names no time, and a second."""


async def test_an_ended_plan_keeps_the_token_and_offers_other_ways() -> None:
    async with World.story("plan_ended") as world:
        chat = world.chat(ALEX)
        await connect_3commas(chat, world.desk)
        await chat.shows("The token is right, and I keep it", "your plan at 3Commas does not let me look")
        assert {"Look together, by hand", "Connect Binance"} <= set(chat.buttons())


async def test_an_ended_plan_is_never_called_a_wrong_token_nor_a_broken_account() -> None:
    async with World.story("plan_ended") as world:
        chat = world.chat(ALEX)
        await connect_3commas(chat, world.desk)
        await chat.quiet()
        result = await check(chat)
        assert "Your plan at 3Commas does not let me look. The token is right" in result.text
        assert "may be fine or not, I do not know" in result.text
        assert "cannot use its key" not in result.text
        assert "Look together, by hand" in [button.text for button in result.buttons]


async def test_an_ended_plan_is_not_said_to_list_no_accounts() -> None:
    async with World.story("plan_ended") as world:
        chat = world.chat(ALEX)
        await connect_3commas(chat, world.desk)
        await chat.quiet()
        result = await check(chat)
        assert "lists no exchange account" not in result.text


async def test_a_renewed_plan_works_with_the_same_token() -> None:
    async with World.story("plan_ended") as world:
        chat = world.chat(ALEX)
        await connect_3commas(chat, world.desk)
        await chat.shows("The token is right")
        world.desk.set_plan("pro")
        result = await check(chat)
        assert "Binance spot: 3Commas cannot use its key" in result.text
        assert "Binance futures: fine" in result.text


async def test_a_plan_that_ends_between_two_checks_leaves_nothing_solved_and_nothing_broken() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        world.desk.set_plan("pro", ended=True)
        result = await check(chat)
        assert "Your plan at 3Commas does not let me look" in result.text
        assert "Binance futures: fine" not in result.text
        assert "Binance futures: I could not look" in result.text


async def test_five_requests_a_minute_look_at_four_accounts_and_go_on_by_themselves() -> None:
    async with World.story("starter_plan") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        world.bot_clock.advance(60)
        await chat.send("/check")
        first = await chat.shows("Binance spot: fine", "Savings spot: 3Commas cannot use its key", "by myself")
        await chat.quiet()
        world.bot_clock.advance(A_PAUSE_S)
        result = await chat.shows("Savings spot: 3Commas cannot use its key", "Looked 24 Nov 2026, 10:47")
        assert result.message_id == first.message_id
        assert "slow down" not in result.text


async def test_a_small_plan_never_runs_into_a_ban() -> None:
    async with World.story("starter_plan") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        for _ in range(3):
            await chat.send("/check")
            await chat.quiet()
        for _ in range(4):
            world.bot_clock.advance(A_PAUSE_S)
            await chat.quiet()
        await chat.still_shows("Savings spot: 3Commas cannot use its key", "Looked")
        at = [request.at for request in world.received("three_commas")]
        most = max(sum(1 for other in at if 0 <= (other - one).total_seconds() < 60) for one in at)
        assert most <= 6, "five are allowed, and one more finds out that it is so"
