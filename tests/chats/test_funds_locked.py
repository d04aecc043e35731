"""/funds of a trader whose money is half locked, and of those of whom less can be seen."""

import base64
import re
from decimal import Decimal

from sandbox.stories.figures import ALEX
from tests.chats.looks import connected, labels, look
from tests.chats.misbehaving import settled, until
from tests.chats.steps import check, connected_to_3commas, connected_to_binance
from tests.world import World

STORY = "locked_funds"


async def test_it_says_at_once_that_it_looks_and_fills_in_every_coin_with_what_locks_it() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        before, heard = len(chat.messages()), len(world.received("telegram"))
        await chat.send("why is my balance lower?")
        await world.arrived("telegram", "Looking at your funds", after=heard)
        message = await chat.shows("The wallets below hold", "Looked")
        await chat.still_shows("I look at what you hold")
        await chat.quiet()
        assert len(chat.messages()) == before + 4, "the question, where it leads, the list, the picture"
        assert "Binance spot: 5,500.00 USD, of which 3,300.00 USD are locked." in message.text
        assert "1 ETH (2,000.00 USD): 0.5 free, 0.5 locked by one open order" in message.text
        assert "2,000 USDT (2,000.00 USD): 1,200 free, 800 locked by one open order" in message.text
        assert "10 SOL (1,500.00 USD): 0 free, 10 locked by 3 open orders" in message.text
        assert "as margin: 55 for one open order, the rest for open positions" in message.text
        assert labels(message)[:2] == ["Why 3Commas may show less", "Which orders lock it"]


async def test_before_prices_and_orders_are_there_no_sum_is_told() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.fault("binance", "slow", "openOrders")
        await chat.send("/funds")

        def early() -> list[str]:
            world.bot_clock.advance(1)  # a message that fills in is written once a second
            return [message.text for message in chat.messages() if "I am still finding out" in message.text]

        await until(lambda: bool(early()))
        (text,) = early()
        assert "Binance spot: what it is worth and what locks it, I am still finding out." in text
        assert "1 ETH: 0.5 free, 0.5 locked\n" in text
        for untold in ("0.00 USD", "no price", "could not see", "all of it free"):
            assert untold not in text
        world.heal()
        await settled(world)
        await chat.shows("Binance spot: 5,500.00 USD, of which 3,300.00 USD are locked.", "Looked")


async def test_what_a_futures_wallet_leaves_free_is_the_exchanges_own_figure() -> None:
    async with World.story("orphaned_position") as world:
        chat = await connected(world)
        message = await look(chat, "/funds")
        assert "2,500 USDT (2,500.00 USD), open positions at +234.86 USDT: 1,408 free, 1,250.972 locked" in message.text
        assert "3Commas shows 2,734.86 USD: it counts the profit or loss of open positions as well." in message.text


async def test_a_loss_of_open_positions_takes_from_what_is_free() -> None:
    """The wallet alone would tell too much."""
    async with World.story("failed_trades") as world:
        chat = await connected(world)
        world.house.binance.set_price("ETH", Decimal(3000))
        text = (await look(chat, "/funds")).text
        figures = re.search(r"open positions at .([\d,.]+) USDT: ([\d,.]+) free, ([\d,.]+) locked", text)
        assert figures is not None, text
        loss, free, locked = (Decimal(one.replace(",", "")) for one in figures.groups())
        assert loss > 300
        assert abs(free - (3000 - loss - locked)) < Decimal("0.01")


async def test_margin_of_an_order_is_not_laid_to_positions_that_are_not_there() -> None:
    async with World.story("leftover_orders") as world:
        message = await look(await connected(world), "/funds")
        assert "490 free, 10 locked as margin of one open order\n" in message.text


async def test_a_picture_goes_with_it_and_why_3commas_shows_less_leads_to_the_orders() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        await look(chat, "/funds")
        picture = (await chat.last()).attachment
        assert picture is not None
        assert picture.kind == "photo"
        assert base64.b64decode(world.house.telegram.file(picture.file_id).content_base64).startswith(b"\x89PNG")
        await chat.press("Why 3Commas may show less")
        why = await chat.shows("Why 3Commas may show less than you expect", "My Portfolio shows what is left")
        assert "funding, earn, margin" in why.text
        await chat.press("Which orders lock it", on=why)
        await chat.shows("open orders", "lock")


async def test_a_key_that_is_refused_is_said_and_3commas_table_stands_in() -> None:
    async with World.story("leftover_orders") as world:
        chat = await connected(world)
        before = await look(chat, "/funds")
        world.desk.binance.delete_key(world.desk.binance.key_labelled("Reconnect (pair)").key)
        world.bot_clock.advance(63)
        after = await look(chat, "/funds")
        assert after.text.count("Binance refuses my key. So here stands what 3Commas tells, refreshed just now.") == 2
        assert "1.1 ETH" in before.text
        assert "1.1 ETH" in after.text
        assert "Check my accounts" in labels(after)
        assert not [label for label in labels(after) if label.startswith("Link with")]


async def test_without_a_key_3commas_table_stands_in_and_is_called_so() -> None:
    async with World.story("no_key_of_the_bot") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        message = await look(chat, "/funds")
        assert "As 3Commas tells it, refreshed just now." in message.text
        assert "To look there for myself I need a key of my own at Binance." in message.text
        assert {"Make one", "How to look by hand"} <= set(labels(message))


async def test_without_3commas_wallets_are_told_and_what_is_not_linked_is_a_reason() -> None:
    async with World.story("nobody_linked") as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk)
        message = await look(chat, "/funds")
        assert "0.5 ETH (1,000.00 USD): 0.2 free, 0.3 locked by one open order" in message.text
        await chat.press("Why 3Commas may show less")
        await chat.shows("I do not see Binance spot through 3Commas")


async def test_with_nothing_connected_it_is_found_out_by_hand() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/funds")
        await chat.shows("Nothing is connected", "My Portfolio", "What do you see?")
        await chat.press("A part is in orders or locked")
        await chat.shows("3Commas shows what is left", "I have not seen it myself")
        await chat.press("Another answer fits")
        await chat.press("An account is left out of the total")
        await chat.shows("only the sum is smaller, nothing is gone")


async def test_a_wallet_that_cannot_be_read_is_named_and_nothing_is_called_all() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.fault("binance", "status", "/fapi/v3/account", status=503, body="{}")
        message = await look(chat, "/funds")
        assert "Binance futures: I could not read its balances, so nothing of it stands here." in message.text
        assert "The wallets below hold" not in message.text
        assert "I see 5,500.00 USD." in message.text
