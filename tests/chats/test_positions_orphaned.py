"""/positions of a trader whose position nobody watches, and taking it over by hand, field by field."""

from sandbox.stories.figures import ALEX
from tests.chats.looks import connected, labels, look
from tests.chats.misbehaving import settled
from tests.chats.steps import check, connected_to_3commas, connected_to_binance
from tests.world import World

STORY = "orphaned_position"


async def test_those_that_nobody_manages_come_first_and_a_missing_stop_is_marked() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        message = await look(chat, "/positions")
        text = message.text
        assert "3 open positions. Nothing at 3Commas manages 2 of them. One has no stop." in text
        assert "1. BTC long, 0.05 BTC on Binance futures. Nobody watches it." in text
        assert "Entry 61,200 USDT, now 63,097.2: +94.86 USDT (+3.1 %)" in text
        assert "isolated margin, 5x, liquidation at" in text
        assert text.index("BTC long") < text.index("SOL long") < text.index("ETH short")
        assert "Stop at 130, at the exchange. Target at the exchange: all of it once 190 USDT is touched." in text
        assert "SmartTrade #402 manages it." in text
        assert "Stop at 2,300, held by 3Commas: it fires only while 3Commas’ key works." in text
        assert labels(message)[:2] == ["1 · How to take it over", "2 · How to take it over"]


async def test_a_position_is_taken_over_with_the_form_filled_in_and_what_nobody_knows_asked_for() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        await look(chat, "/positions")
        await chat.press("1 · How to take it over")
        await chat.shows("BTC long: nobody told me a target for it", "Now: 63,097.2")
        await chat.send("60000")
        await chat.shows("60,000 is not above the price of now, 63,097.2", "It has to lie above")
        await chat.send("soon")
        await chat.shows("I see no price in that")
        await chat.send("67,000")
        await chat.shows("At which price should the loss be limited?")
        await chat.send("59400")
        form = await chat.shows("Taking over BTC long, by Smart Sell")
        assert "Otherwise a second entry is made, and you hold double." in form.text
        rows = [line for line in form.text.splitlines() if line[:1].isdigit()]
        assert rows == [
            "1. Account: Binance futures",
            "2. Pair: USDT_BTCUSDT",
            "3. Tab: Smart Sell",
            "4. Use existing assets: on",
            "5. Margin: isolated (from the open position)",
            "6. Leverage: 5 (from the open position)",
            "7. Units: 0.05 (from the open position)",
            "8. Price (sends no order; profit is counted from it): 61200 (from the open position)",
            "9. Target 1, price: 67000 (as you told me)",
            "10. Stop, trigger price: 59400 (as you told me)",
        ]
        assert await chat.copied("7 · Copy Units") == "0.05"
        assert await chat.copied("9 · Copy Target 1, price") == "67000"


async def test_a_position_that_was_closed_meanwhile_is_not_taken_over() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        await look(chat, "/positions")
        world.desk.binance.account().positions.clear()
        await chat.press("1 · How to take it over")
        await chat.shows("That position is not open any more")


async def test_where_3commas_is_not_connected_nobody_is_accused_of_not_watching() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk)
        message = await look(chat, "/positions")
        assert "I do not see it through 3Commas, so I cannot tell who manages its positions" in message.text
        assert "Nobody watches" not in message.text
        assert "No stop stands at the exchange; whether 3Commas holds one, I could not see." in message.text
        await chat.press("1 · How to take it over")
        await chat.press("I choose it at 3Commas")
        await chat.shows("At which price should the loss be limited?")
        await chat.press("I choose it at 3Commas")
        await chat.shows("Look first whether something at 3Commas manages it already", "your choice, I do not know it")


async def test_where_trades_cannot_be_read_management_is_not_known() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.fault("three_commas", "status", "/v2/smart_trades", status=500, body="{}")
        await chat.send("/positions")
        await settled(world)
        message = await chat.shows("I could not read the active SmartTrades", "Looked")
        assert "Who manages it, I could not see." in message.text
        assert "Nobody watches" not in message.text


async def test_without_a_key_positions_cannot_be_seen_and_the_way_by_hand_leads_to_the_form() -> None:
    async with World.story("no_key_of_the_bot") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await look(chat, "/positions")
        await chat.press("How to look by hand")
        await chat.shows("Futures → Positions", "What do you see?")
        await chat.press("Open positions")
        await chat.press("Nothing")
        await chat.shows("Then nobody at 3Commas watches it", "right now, before anything else")
        await chat.press("A short")
        await chat.shows("Taking over a short: Smart Buy", "or a second position is opened")


async def test_with_nothing_connected_it_leads_by_hand() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/positions")
        await chat.shows("Nothing is connected", "Futures → Positions")
        await chat.press("No position")
        await chat.shows("cancel that trade at 3Commas")
