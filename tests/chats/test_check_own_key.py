"""/check, and what it says of the key of the bot: where it may belong, and that it could not be asked."""

from sandbox.stories.figures import ALEX
from tests.chats.looks import labels
from tests.chats.steps import check, connected_to_3commas, connected_to_binance
from tests.world import World


async def test_an_account_that_the_key_may_belong_to_is_linked_from_the_check() -> None:
    """The balances of the spot account did not load, so nothing could link itself."""
    async with World.story("failed_trades") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await connected_to_binance(chat, world.desk)
        result = await check(chat)
        assert "My own key at Binance is not linked with it yet" in result.text
        await chat.press("Link with Binance spot", on=result)
        await chat.shows("Linked with Binance spot")
        again = await check(chat)
        assert "not linked with it yet" not in again.text
        assert "Link with Binance spot" not in labels(again)


async def test_a_key_that_could_not_be_asked_and_about_which_nothing_else_is_to_be_said_is_named_with_the_reason() -> (
    None
):
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await connected_to_binance(chat, world.desk, addresses=["203.0.113.7"])
        world.fault("binance", "status", "/apiRestrictions$", status=500, body="{}")
        result = await check(chat)
        assert "My own key at Binance" in result.text
        assert "I could not ask Binance with it." in result.text
