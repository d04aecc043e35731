"""/trades of a trader whose DCA deals failed or were cancelled, and taking over what they left, field by field."""

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chat import Chat
from tests.chats.looks import connected, labels, look
from tests.chats.steps import check, connected_to_3commas
from tests.chats.test_trades_failed import number, row
from tests.world import World

STORY = "failed_trades"


async def form_of(chat: Chat, deal: str, listed: Message) -> Message:
    await chat.press(f"{number(listed, deal)} · How to take it over", on=listed)
    return await chat.shows("fill in, from top to bottom")


async def test_each_deal_says_what_it_got_what_of_it_is_there_and_what_becomes_of_it() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        listed = await look(chat, "/trades")
        failed = row(listed, "#86")
        assert "DCA deal #86 of Wide net, ADA failed on 25 September: not enough was free" in failed
        assert "It had bought 800 ADA at 0.42 USDT on average, 336 USDT in all." in failed
        assert "800 ADA are still there, locked in orders. No stop. Its bot looks after it no more." in failed
        cancelled = row(listed, "#87")
        assert "LTC long, futures was cancelled on 14 November" in cancelled
        assert "The position is still open: 3 LTC, entry 70 USDT" in cancelled
        alive = row(listed, "#85")
        assert "It has bought 0.6 BNB at 590 USDT on average, 354 USDT in all." in alive
        assert "As 3Commas tells it, its take profit stands at 607.7 USDT." in alive
        assert "usually goes on by itself once the key is updated" in alive
        assert not [label for label in labels(listed) if label.startswith(f"{number(listed, '#85')} · ")]


async def test_coins_of_a_failed_deal_are_taken_over_by_smart_sell_with_the_deals_own_numbers() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        form = await form_of(chat, "#86", await look(chat, "/trades"))
        sell, buy = (
            str(one.order_id)
            for side in ("SELL", "BUY")
            for one in world.house.binance.accounts_of(ALEX.id)[0].spot_orders
            if (one.symbol, one.side) == ("ADAUSDT", side)
        )
        for words in (
            "Taking over what DCA deal #86 left, by Smart Sell",
            "Otherwise a second entry is made, and you hold double.",
            f"First cancel its old order at the exchange: {sell}. It holds what the new trade needs.",
            f"An order of it to buy more still stands at the exchange: {buy}.",
            "2. Pair: USDT_ADA",
            "4. Use existing assets: on",
            "5. Units: 800 (free once its old order is cancelled, rounded down)",
            "profit is counted from it): 0.42 (3Commas still shows it)",
            "8. Target 1, price: 0.4326 (3Commas still shows it)",
            "The deal had no stop, so the form has none",
            "Its 2 further safety orders are not carried over",
        ):
            assert words in form.text
        assert await chat.copied("5 · Copy Units") == "800"
        assert await chat.copied("8 · Copy Target 1, price") == "0.4326"
        assert await chat.copied(f"Copy order {buy}") == buy


async def test_a_position_of_a_cancelled_deal_is_taken_over_as_it_is() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        form = await form_of(chat, "#87", await look(chat, "/trades"))
        for words in (
            "Taking over what DCA deal #87 left, by Smart Sell",
            "Otherwise a second entry is made, and you hold double.",
            "Margin: cross (from the open position)",
            "Units: 3 (from the open position)",
            "Target 1, kind: market",
            "Target 1, price: 72.8 (3Commas still shows it)",
            "Kind of stop: your choice, I do not know it",
            "Stop, trigger price: 63 (3Commas still shows it)",
            "The deal followed the price (trailing)",
            "This is about the long side alone",
        ):
            assert words in form.text


async def test_what_was_closed_since_leaves_nothing_to_take_over() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        listed = await look(chat, "/trades")
        (account,) = world.house.binance.accounts_of(ALEX.id)
        account.positions[:] = [one for one in account.positions if one.symbol != "LTCUSDT"]
        await chat.press(f"{number(listed, '#87')} · How to take it over", on=listed)
        await chat.shows("Of DCA deal #87 nothing is there any more", "Its bot begins the next deal by itself")


async def test_a_deal_that_lives_again_is_not_taken_over_by_an_old_button() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        listed = await look(chat, "/trades")
        deal = next(one for one in world.house.three_commas.user(ALEX.id).deals if one.id == 87)
        deal.status, deal.closed_at = "bought", None
        await chat.press(f"{number(listed, '#87')} · How to take it over", on=listed)
        await chat.shows("3Commas lists this deal neither as failed nor as cancelled any more")


async def test_without_a_key_the_deals_own_numbers_stand_and_that_is_said() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        listed = await look(chat, "/trades")
        assert "It held 800 ADA; whether they are still there I cannot see: no key of mine is linked" in row(
            listed, "#86"
        )
        form = await form_of(chat, "#86", listed)
        assert "Units: 800 (3Commas still shows it)" in form.text
        assert "I could not look at the exchange" in form.text


async def test_with_nothing_connected_a_deal_is_taken_over_from_what_is_read_off_by_hand() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/trades")
        await chat.press("A failed or cancelled deal of a bot")
        await chat.shows("Safety orders that still stand at the exchange would buy more", "What is there?")
        await chat.press("The coins, free")
        await chat.shows("of a deal its average price", "it would buy a second time", "I have not seen it myself")
