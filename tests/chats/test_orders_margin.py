"""/orders and the margin that futures orders hold: the exchange's own figure, and the share of one order only where somebody tells it."""

from decimal import Decimal

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chats.looks import connected, look
from tests.world import World

FUTURES_ORDER = "buy 0.004 BTC at 50,000 USDT"


def line(message: Message, words: str) -> str:
    (found,) = [one for one in message.text.splitlines() if words in one]
    return found


async def test_the_only_order_of_a_margin_coin_holds_what_the_exchange_tells_and_funds_says_the_same() -> None:
    async with World.story("leftover_orders") as world:
        chat = await connected(world)
        orders = await look(chat, "/orders")
        assert "lock coins worth 5,153.06 USD" in orders.text
        assert "cannot tell how much" not in orders.text
        await chat.press("Show all", on=orders)
        message = await chat.shows(FUTURES_ORDER)
        assert "locks 10 USDT (10.00 USD) as margin, by the exchange’s own figure" in line(message, FUTURES_ORDER)
        funds = await look(chat, "/funds")
        assert "Of that, 5,153.06 USD are locked" in funds.text
        assert "10 locked as margin of one open order" in funds.text


async def test_of_several_orders_each_share_is_worked_out_with_the_leverage_that_the_account_is_set_to() -> None:
    async with World.story("leftover_orders") as world:
        chat = await connected(world)
        another_futures_order(world)
        orders = await look(chat, "/orders")
        assert "20 open orders lock coins worth 5,163.06 USD. 2,000.00 USD of that are locked" in orders.text
        await chat.press("Show all", on=orders)
        said = line(await chat.shows(FUTURES_ORDER), FUTURES_ORDER)
        assert "locks 10 USDT (10.00 USD) as margin, worked out with 20x" in said


async def test_where_nobody_tells_the_leverage_the_sum_is_told_and_no_share_is_invented() -> None:
    async with World.story("leftover_orders") as world:
        chat = await connected(world)
        another_futures_order(world)
        world.fault("binance", "status", "/symbolConfig$", status=500, body="{}")
        orders = await look(chat, "/orders")
        assert "20 open orders lock coins worth 5,163.06 USD. At least 1,990.00 USD of that are locked" in orders.text
        await chat.press("Show all", on=orders)
        said = line(await chat.shows(FUTURES_ORDER), FUTURES_ORDER)
        assert "locks some USDT: all these orders together hold 20 USDT as margin, and how much each" in said


def another_futures_order(world: World) -> None:
    (account,) = world.house.binance.accounts_of(ALEX.id)
    world.house.binance.put_order(account.id, "ETHUSDT", "BUY", Decimal("0.1"), Decimal(2000), market="usdm")
