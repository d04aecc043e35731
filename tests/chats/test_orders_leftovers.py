"""Open orders of a trader who comes back: whose they are, how one is freed by hand, and that the bot notices it."""

import re
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chat import Chat
from tests.chats.misbehaving import settled, until
from tests.chats.steps import check, connected_to_3commas, connected_to_binance, time_for_a_look
from tests.world import World

STORY = "leftover_orders"
A_MINUTE_S = 63
"""What 3Commas lets through in a minute is enough for one look."""
ETH_ORDER = ("ETHUSDT", Decimal(2600))
"""Of trade 201: sell 0.3 ETH, the largest lock and so the first row."""
SOL_ORDER = ("SOLUSDT", Decimal(190))
OTHER_SOL_ORDER = ("SOLUSDT", Decimal(220))
BNB_ORDER = ("BNBUSDT", Decimal(480))


@pytest.fixture(scope="module")
async def seen() -> AsyncIterator[World]:
    """Connected, and looked at only: every test takes a picture of its own."""
    async with World.story(STORY) as world:
        await connected(world)
        yield world


@pytest.fixture(scope="module")
async def freed() -> AsyncIterator[World]:
    """Connected; every test frees another order of it."""
    async with World.story(STORY) as world:
        await connected(world)
        yield world


async def connected(world: World) -> Chat:
    """With 3Commas and a key of the bot, linked with both accounts."""
    chat = world.chat(ALEX)
    await connected_to_3commas(chat, world.desk)
    await check(chat)
    await connected_to_binance(chat, world.desk)
    return chat


async def orders(world: World) -> Message:
    chat = world.chat(ALEX)
    world.bot_clock.advance(A_MINUTE_S)
    await chat.send("/orders")
    await settled(world)
    return await chat.shows("open orders", "Looked")


def order_id(world: World, symbol: str, price: Decimal) -> int:
    found = [o for o in world.desk.binance.account().spot_orders if (o.symbol, o.price) == (symbol, price)]
    assert len(found) == 1
    return found[0].order_id


def cancel_by_hand(world: World, symbol: str, price: Decimal) -> None:
    account = world.desk.binance.account()
    world.house.binance.cancel_at_desk(account.id, order_id(world, symbol, price))


async def turn(world: World, label: str) -> Message:
    """Press a button that rewrites the list."""
    chat = world.chat(ALEX)
    await chat.press(label)
    await chat.quiet()
    return [message for message in chat.messages() if "open orders lock" in message.text][-1]


async def press_of(world: World, shown: Message, row: str, label: str) -> None:
    """Press the button of the row that says this."""
    number = re.search(rf"^(\d+)\. .*{re.escape(row)}", shown.text, re.M)
    assert number is not None, shown.text
    await world.chat(ALEX).press(f"{number[1]} · {label}")


async def freeing(world: World, row: str) -> Chat:
    """Up to the steps at Binance; the bot has looked once."""
    chat = world.chat(ALEX)
    await press_of(world, await orders(world), row, "How to free it")
    await chat.shows("How to free", row, "I am watching")
    await chat.quiet()
    return chat


async def shown_in_time(world: World, chat: Chat, text: str) -> None:
    """A message that fills in is written once a second: let the seconds pass."""

    def shown() -> bool:
        world.bot_clock.advance(1)
        return any(text in message.text for message in chat.messages())

    await until(shown)


# --- looking -------------------------------------------------------------------------------------------------------


async def test_it_says_at_once_that_it_collects_and_fills_in_the_same_message(seen: World) -> None:
    chat = seen.chat(ALEX)
    slow = seen.fault("three_commas", "slow", "smart_trades")
    before = len(chat.messages())
    await chat.send("/orders")
    await seen.arrived("telegram", "Collecting open orders")
    await shown_in_time(seen, chat, "whose these orders are, I am still finding out")
    await chat.shows("sell 0.3 ETH at 2,600 USDT")
    slow.released.set()
    seen.heal()
    await settled(seen)
    await chat.shows("19 open orders", "Looked")
    assert len(chat.messages()) == before + 2


async def test_leftovers_stand_first_with_their_trade_and_living_trades_in_one_sentence(seen: World) -> None:
    shown = await orders(seen)
    assert (
        "19 open orders lock coins worth 5,153.06 USD. 2,000.00 USD of that are locked by what is left over."
        in shown.text
    )
    assert "1. Left over, most likely from SmartTrade #201" in shown.text
    assert "it was cancelled on 4 November): sell 0.3 ETH at 2,600 USDT, locks 0.3 ETH (600.00 USD)" in shown.text
    assert "Left over, most likely from SmartTrade #202" in shown.text
    assert "Left over, most likely from DCA deal #80 of BNB patient" in shown.text
    assert "10 more belong to living trades: SmartTrade #203 (take profit, 2 orders)" in shown.text
    for living in ("0.01 BTC at", "sell 1 BNB", "100 XRP at", "sell 500 ADA"):
        assert living not in shown.text


async def test_an_order_of_nobody_known_is_not_called_left_over(seen: World) -> None:
    shown = await orders(seen)
    assert "Owner unknown (3Commas shows nothing that fits" in shown.text
    assert "sell 0.1 ETH at 2,750 USDT" in shown.text
    assert "Placed by another program" in shown.text


async def test_pages_are_turned_in_place_and_show_every_order_once(seen: World) -> None:
    await orders(seen)
    chat = seen.chat(ALEX)
    before = len(chat.messages())
    first = await turn(seen, "Show all")
    second = await turn(seen, "Next")
    third = await turn(seen, "Next")
    assert len(chat.messages()) == before
    rows = [int(n) for page in (first, second, third) for n in re.findall(r"^(\d+)\. ", page.text, re.M)]
    assert rows == list(range(1, 20))
    assert (await turn(seen, "Previous")).text == second.text


async def test_one_order_is_shown_with_all_figures_its_id_and_the_grounds(seen: World) -> None:
    chat = seen.chat(ALEX)
    await press_of(seen, await orders(seen), "0.3 ETH at 2,600", "Why I think so")
    shown = await chat.shows("sell 0.3 ETH at 2,600 USDT", "What I go by")
    assert "It is no more than that trade held: 0.5 ETH." in shown.text
    assert "most likely, no proof" in shown.text
    assert await chat.copied("Copy order id") == str(order_id(seen, *ETH_ORDER))


async def test_a_list_of_3commas_that_is_cut_is_not_read_and_nothing_is_left_over(seen: World) -> None:
    seen.fault("three_commas", "cut", "deals")
    shown = await orders(seen)
    seen.heal()
    assert "I could not read the deals of your bots" in shown.text
    assert "Left over" not in shown.text


async def test_an_order_list_of_binance_that_is_cut_is_not_taken_for_an_empty_one(seen: World) -> None:
    seen.fault("binance", "cut", "/api/v3/openOrders")
    chat = seen.chat(ALEX)
    await chat.send("/orders")
    await settled(seen)
    seen.heal()
    shown = await chat.shows("Binance futures")
    assert "Binance spot: I could not read its open orders" in shown.text
    assert "Binance spot: no open orders" not in shown.text


# --- freeing by hand -----------------------------------------------------------------------------------------------


async def test_an_order_cancelled_by_hand_is_noticed_unasked_with_what_is_free_again(freed: World) -> None:
    chat = await freeing(freed, "0.3 ETH at 2,600")
    assert await chat.copied("Copy order id") == str(order_id(freed, *ETH_ORDER))
    cancel_by_hand(freed, *ETH_ORDER)
    await time_for_a_look(freed)
    await chat.shows("The order is gone since", "0.3 ETH are free again")
    for _ in range(3):
        await time_for_a_look(freed)
    assert len([m for m in chat.messages() if "0.3 ETH are free again" in m.text]) == 1


async def test_an_order_that_is_filled_meanwhile_is_said_to_be_filled(freed: World) -> None:
    chat = await freeing(freed, "3 SOL at 190")
    freed.house.binance.fill_order(order_id(freed, *SOL_ORDER), Decimal(3))
    await time_for_a_look(freed)
    await chat.shows("The order was filled instead", "3 SOL at 190", "nothing was freed")
    await chat.does_not_show("3 SOL are free again")


async def test_a_page_goes_on_where_it_was_and_an_order_that_is_gone_meanwhile_is_said_to_be_gone(freed: World) -> None:
    """The picture stays as it was taken; a new one is taken by a button of its own."""
    chat = freed.chat(ALEX)
    shown = await orders(freed)
    cancel_by_hand(freed, *OTHER_SOL_ORDER)
    await turn(freed, "Show all")
    assert "9. " in (await turn(freed, "Next")).text
    assert "2 SOL at 220" in (await turn(freed, "Previous")).text
    await press_of(freed, shown, "2 SOL at 220", "How to free it")
    await chat.shows("The order is gone already", "2 SOL at 220")
    assert "2 SOL at 220" not in (await orders(freed)).text


async def test_while_the_order_stands_nothing_is_said_and_after_half_an_hour_the_bot_stops(freed: World) -> None:
    chat = await freeing(freed, "0.5 BNB at 480")
    before = len(chat.messages())
    for _ in range(3):
        await time_for_a_look(freed)
    assert len(chat.messages()) == before
    for _ in range(16):
        freed.bot_clock.advance(2 * A_MINUTE_S)
        await freed.quiet()
    await chat.shows("I looked for half an hour, and the order still stands", "0.5 BNB at 480")
    cancel_by_hand(freed, *BNB_ORDER)
    await chat.press("I have cancelled it")
    await chat.shows("The order is gone", "0.5 BNB at 480")


async def test_the_watch_goes_on_after_a_restart_and_from_a_picture_of_yesterday_nothing_is_freed() -> None:
    async with World.story(STORY) as world:
        await connected(world)
        chat = await freeing(world, "0.3 ETH at 2,600")
        await world.restart_bot()
        cancel_by_hand(world, *ETH_ORDER)
        await time_for_a_look(world)
        await chat.shows("0.3 ETH are free again")
        shown = await orders(world)
        world.bot_clock.advance(24 * 3600)
        await settled(world)
        await press_of(world, shown, "3 SOL at 190", "How to free it")
        await chat.shows("I look anew before we free anything")
        await settled(world)
        await chat.shows("18 open orders", "Looked")
        assert written(world) == []


async def test_what_was_freed_is_remembered_when_its_trade_is_set_up_again() -> None:
    """The order was the last that told where the target had been."""
    async with World.story("returning_trader") as world:
        chat = await connected(world)
        await chat.press("Link with Binance spot")
        await chat.quiet()
        await orders(world)
        await chat.press("How to free it")
        await chat.shows("How to free 0.4 ETH")
        await chat.quiet()
        cancel_by_hand(world, "ETHUSDT", Decimal(4100))
        await time_for_a_look(world)
        await chat.shows("0.4 ETH are free again")
        world.bot_clock.advance(A_MINUTE_S)
        await chat.press("My trades")
        await settled(world)
        shown = await chat.shows("#118", "Looked")
        number = re.search(r"^(\d+)\. .*#118", shown.text, re.M)
        assert number is not None, shown.text
        await chat.press(f"{number[1]} · How to set it up again")
        await chat.shows("where its stop was, nobody knows any more")
        await chat.send("1,500")
        form = await chat.shows("SmartTrade #118 again, by Smart Sell")
        assert "Target 1, price: 4100 (from an order that it left at the exchange)" in form.text
        assert "First cancel its old order" not in form.text


def written(world: World) -> list[str]:
    """Everything that was asked of Binance and 3Commas and is no reading."""
    reading = ("load_balances", "account_table_data")
    return [
        request.path
        for service in ("binance", "three_commas")
        for request in world.received(service)
        if request.method != "GET" and not request.path.endswith(reading)
    ]
