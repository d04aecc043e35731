"""Story `clock_off`: Binance's clock is 20 seconds ahead, which is nobody's business but the bot's."""

from sandbox.stories.figures import ALEX
from tests.chats.steps import check, connected_to_3commas, connected_to_binance
from tests.world import World


async def test_a_clock_that_is_off_is_measured_and_never_mentioned() -> None:
    async with World.story("clock_off") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await connected_to_binance(chat, world.desk)
        await chat.still_shows("I can read spot and futures at Binance")
        result = await check(chat)
        assert "I can read it with my own key" in result.text
        await chat.does_not_show("clock")


async def test_the_time_is_asked_for_once_and_kept() -> None:
    async with World.story("clock_off") as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk)
        await check(chat)
        asked = [request for request in world.received("binance") if request.path.endswith("/time")]
        assert 1 <= len(asked) <= 2
