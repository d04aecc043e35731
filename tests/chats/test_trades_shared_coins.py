"""/trades where a wallet holds more of a coin than the trade that is over: what is free or has a stop may be the rest."""

from tests.chats.looks import connected, look
from tests.chats.test_trades_failed import row
from tests.world import World


async def test_a_stop_of_other_coins_is_not_called_the_stop_of_a_trade() -> None:
    """#502's 4 SOL are locked in its own order; the stop is in a list for the 6 others."""
    async with World.story("locked_funds") as world:
        message = await look(await connected(world), "/trades")
        said = row(message, "#502, SOL failed")
        assert "A stop at 120 stands at the exchange for 6 SOL of the 10 SOL there; whether for these, the" in said
        assert "Stop at 120" not in said


async def test_what_other_orders_leave_free_is_not_called_that_of_a_trade() -> None:
    """#201's 0.5 ETH are locked in its own two orders; of the 1.1 ETH 0.4 are free."""
    async with World.story("leftover_orders") as world:
        message = await look(await connected(world), "/trades")
        said = row(message, "#201, ETH was cancelled")
        assert "0.5 ETH are still there. Of the 1.1 ETH in the wallet 0.4 ETH are free, the rest is locked" in said
        assert "of them free" not in said
