"""A key that could not be linked is compared again when the trader looks, but not by each look."""

from sandbox.stories.figures import ALEX
from tests.chats.looks import look
from tests.chats.steps import check, connected_to_3commas, connected_to_binance
from tests.world import World

AN_HOUR_S = 3600


async def comparisons(world: World) -> int:
    """Uses of the own key at the exchange for linking, as its log has them."""
    assert world.bot.app is not None
    async with world.bot.app.services.units.reading() as u:
        trader = await u.traders.by_telegram_id(ALEX.id)
        assert trader is not None
        (key,) = await u.keys.list(trader.id, "binance")
        return len([use for use in await u.access_log.of(key.id, 100) if use.purpose == "link"])


async def test_a_key_that_could_not_be_compared_is_compared_by_looks_but_not_by_each() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        world.fault("three_commas", "status", "/load_balances$", status=422)
        await connected_to_binance(chat, world.desk)
        await chat.still_shows("3Commas calls Binance futures")
        world.heal()
        before = await comparisons(world)
        for command in ("/orders", "/funds", "/check"):
            await look(chat, command)
        assert await comparisons(world) == before
        world.bot_clock.advance(AN_HOUR_S)
        await look(chat, "/orders")
        assert await comparisons(world) > before
        await chat.still_shows("Linked with Binance futures at 3Commas")
