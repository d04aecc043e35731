"""What may be typed into the form: one plain price. Anything else asks the same once more, with the reason, and nothing is lost."""

from collections.abc import AsyncIterator

import pytest

from tests.chat import Chat
from tests.chats.looks import connected, look
from tests.chats.test_trades_failed import number
from tests.world import World

ASKED = "Send me the price"


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    """Asked for the target of SmartTrade #301: 0.4 ETH, bought at 2,100; the market is at 2,000."""
    async with World.story("failed_trades") as world:
        chat = await connected(world)
        listed = await look(chat, "/trades")
        await chat.press(f"{number(listed, '#301')} · How to set it up again", on=listed)
        await chat.shows("where its target was", ASKED)
        yield chat


async def test_what_is_no_plain_price_is_answered_with_the_reason_and_asked_again(chat: Chat) -> None:
    for typed, reason in (
        ("-2600", "A price has no sign in front of it."),
        ("2.6e3", "in USDT, in figures alone: 67000, not 67k"),
        ("2600 EUR", "in USDT, in figures alone"),
        ("+15%", "That is a percentage, and I need the price itself."),
        ("2600-2700", "I cannot read that as one price"),
        ("2" * 27, "That has more figures than a price has."),
        ("0", "A price is more than zero."),
        ("soon", "I see no price in that."),
    ):
        await chat.send(typed)
        await chat.shows(reason, ASKED)
    await chat.send("2,600 USDT")
    await chat.shows("At which price should the loss be limited?")
    await chat.send("1e3")
    await chat.shows("I do not guess what the letters in that mean", ASKED)
    await chat.send("1900,5")
    await chat.shows("2600 (as you told me)", "1900.5 (as you told me)")


async def test_a_price_far_from_the_market_is_taken_only_if_it_is_sent_twice(chat: Chat) -> None:
    await chat.send("26000")
    await chat.shows("26,000 is 13 times the price of now, 2,000.", "If you mean it, send 26,000 once more.", ASKED)
    await chat.send("27000")
    await chat.shows("27,000 is 13 times", "send 27,000 once more")
    await chat.send("27 000 USDT")
    await chat.shows("At which price should the loss be limited?")
    await chat.send("19")
    await chat.shows("The price of now, 2,000, is 105 times 19.", "If you mean it, send 19 once more.")
    await chat.send("1900")
    await chat.shows("27000 (as you told me)", "1900 (as you told me)")


async def test_a_price_on_the_wrong_side_is_refused_however_often_it_is_sent(chat: Chat) -> None:
    for _ in range(2):
        await chat.send("2000")
        await chat.shows("2,000 is not above the price of now", "it would be carried out at once", ASKED)
    await chat.press("I choose it at 3Commas")
    await chat.shows("At which price should the loss be limited?")
    for _ in range(2):
        await chat.send("26000")
        await chat.shows("26,000 is not below the price of now")
