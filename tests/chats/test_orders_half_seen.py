"""/orders where something is missing: a key, a link, a part of the answers, or everything. Nothing is claimed that was not seen."""

from decimal import Decimal

import pytest

from sandbox.stories.figures import ALEX
from tests.chat import Chat
from tests.chats.misbehaving import assert_fit_to_read, settled
from tests.chats.steps import READING, connected_to_3commas, connected_to_binance
from tests.world import World


async def orders(chat: Chat, world: World, *texts: str) -> str:
    """/orders, filled in; the pauses between repeated questions pass at once."""
    await chat.send("/orders")
    await settled(world)
    shown = await chat.shows("Looked", *texts)
    assert_fit_to_read(shown.text, chat)
    return shown.text


# --- a part unread -------------------------------------------------------------------------------------------------


async def test_where_one_list_cannot_be_read_nothing_is_left_over_before_it_can_be_read_again() -> None:
    async with World.story("partly_unreadable") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await orders(chat, world)
        await connected_to_binance(chat, world.desk)
        await settled(world)
        text = await orders(chat, world)
        assert "Binance spot: at 3Commas I could not read the orders of Simple Trading." in text
        assert "I call nothing there left over" in text
        assert "Binance futures: I could not read its open orders" in text
        assert "Left over" not in text
        assert "How to free it" not in chat.buttons()
        world.heal()
        assert "Left over, most likely from SmartTrade #601" in await orders(chat, world)


# --- no link, no key, nothing --------------------------------------------------------------------------------------


async def test_without_3commas_owners_are_unknown_and_nothing_is_left_over() -> None:
    async with World.story("nobody_linked") as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk)
        text = await orders(chat, world, "2 open orders lock coins worth 770.00 USD.")
        assert "Binance spot: I do not see it through 3Commas, so I cannot tell whose its orders are" in text
        assert "Owner unknown: sell 0.3 ETH at 2,600 USDT" in text
        assert "Placed by the exchange’s own app or page" in text
        assert "Left over" not in text


async def test_without_a_key_stands_what_3commas_alone_tells_and_with_the_key_that_is_offered_all_of_it() -> None:
    async with World.story("no_key_of_the_bot") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        text = await orders(chat, world, "3Commas does not show me open orders at Binance spot")
        assert "0.5 ETH, 105 USDT are locked" in text
        assert "No living trade of 3Commas explains 0.3 ETH of that" in text
        assert "I need a key of my own at Binance. Reading rights are enough for spot" in text
        assert chat.buttons() == ["Make one", "How to look by hand", "Look again"]
        await chat.press("Make one")
        await chat.shows("A key of my own at Binance, only for reading")
        await connected_to_binance(chat, world.desk)
        text = await orders(chat, world, "3 open orders")
        assert "Left over, most likely from SmartTrade #802" in text
        assert "sell 0.3 ETH at 2,900 USDT" in text


async def test_a_key_that_came_before_its_accounts_were_known_is_linked_by_itself() -> None:
    async with World.story("leftover_orders") as world:
        chat = world.chat(ALEX)
        await connected_to_binance(chat, world.desk)
        await orders(chat, world, "I do not see it through 3Commas")
        await connected_to_3commas(chat, world.desk)
        await orders(chat, world)
        await settled(world)
        await chat.still_shows("Linked with Binance spot at 3Commas")
        text = await orders(chat, world)
        assert "Left over, most likely from SmartTrade #201" in text


async def test_with_nothing_connected_the_walk_leads_by_hand_to_what_it_means() -> None:
    async with World.story("leftover_orders") as world:
        chat = world.chat(ALEX)
        await chat.send("/orders")
        await chat.press("Look together, by hand")
        await chat.shows("Orders → Open Orders", "What do you see?")
        await chat.press("Open orders")
        await chat.shows("look for a trade with this pair and price")
        await chat.press("Only in the history")
        await chat.shows("most likely left over", "I have not seen it myself")
        await chat.press("The next order")
        await chat.press("In Simple Trading")
        await chat.shows("cancel it at 3Commas, not at the exchange")
        await chat.press("The next order")
        await chat.send("it is nowhere")
        await chat.shows("Please use one of the buttons", "Where is it?")
        await chat.press("Nowhere at 3Commas")
        await chat.shows("Cancel it only if you know that nothing needs it")
        await chat.press("That was all")
        await chat.shows("I can look for myself next time")


@pytest.mark.parametrize(
    ("label", "means"),
    [
        ("No open orders", "no order locks anything there, as you tell it"),
        ("I cannot sign in there", "Get back into the exchange first"),
    ],
)
async def test_by_hand_each_first_answer_has_its_meaning(label: str, means: str) -> None:
    async with World.story("leftover_orders") as world:
        chat = world.chat(ALEX)
        await chat.send("/orders_by_hand")
        await chat.press(label)
        await chat.shows(means)


# --- what else can be ----------------------------------------------------------------------------------------------


async def test_a_thousand_orders_are_eight_a_page() -> None:
    async with World.story("nobody_linked") as world:
        chat = world.chat(ALEX)
        account = world.desk.binance.account()
        world.house.binance.put_balance(account.id, "USDT", Decimal(1_000_000))
        for n in range(998):
            world.house.binance.put_order(account.id, "ETHUSDT", "BUY", Decimal("0.01"), Decimal(1000 + n))
        await connected_to_binance(chat, world.desk)
        text = await orders(chat, world, "1,000 open orders")
        assert "8. " in text
        assert "9. " not in text
        await chat.press("Next")
        await chat.shows("16. ")


async def test_accounts_without_orders_say_so() -> None:
    async with World.story("all_fine") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await orders(chat, world)
        await connected_to_binance(chat, world.desk)
        text = await orders(chat, world)
        assert "No open orders, so no order locks anything" in text
        assert "Binance spot: no open orders" not in text, "it is said already"


async def test_a_key_that_is_deleted_is_named_and_its_orders_are_not_called_none() -> None:
    async with World.story("leftover_orders") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await orders(chat, world)
        key = await connected_to_binance(chat, world.desk, READING)
        await settled(world)
        world.desk.binance.delete_key(key)
        text = await orders(chat, world)
        assert "I could not read its open orders" in text
        assert "no open orders" not in text.lower().replace("could not read its open orders", "")
        assert {"Check my accounts", "How to look by hand"} <= set(chat.buttons())
        for command in ("/funds", "/positions"):
            await chat.send(command)
            await settled(world)
            await chat.shows("Binance refuses my key")
            assert {"Check my accounts", "How to look by hand"} <= set(chat.buttons()), command
