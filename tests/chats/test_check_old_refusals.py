"""/check of a trader one of whose trades was refused two weeks ago, story `leftover_orders`: both keys work today."""

from sandbox.stories.figures import ALEX
from tests.chats.steps import check, connected_to_3commas
from tests.world import World

STORY = "leftover_orders"
DEAL = 81
"""Its base order was bought nine days after trade 202 was refused."""


async def test_a_refusal_is_not_told_as_of_today_where_a_deal_has_bought_since() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "Binance spot: fine. Balances load." in result.text
        assert "Repair Binance spot" not in [button.text for button in result.buttons]


async def test_where_nothing_newer_shows_that_it_trades_the_refusal_stands_and_the_bot_says_what_it_has_not_seen() -> (
    None
):
    async with World.story(STORY) as world:
        deals = world.house.three_commas.user(ALEX.id).deals
        deals[:] = [one for one in deals if one.id != DEAL]
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "Binance spot: balances load, but a trade was refused" in result.text
        assert "I have seen no trade go through there since." in result.text
        assert "Repair Binance spot" in [button.text for button in result.buttons]
