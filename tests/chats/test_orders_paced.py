"""/orders where 3Commas lets through less than it needs: paced, what is known first, one message that goes on by itself.

Story `many_trades`: some seventy questions, and fifty may be asked in a minute.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import pytest

from bot.context import Context
from bot.handlers import looks
from bot.snapshots import Snapshots
from domain.orders_view import OrdersView
from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chat import Chat
from tests.chats.looks import connected, labels
from tests.chats.misbehaving import another_day, assert_fit_to_read, until
from tests.world import World

STORY = "many_trades"
A_MINUTE_S = 62
"""After so long a full minute's worth may be asked again."""
FIVE_MINUTES_S = 300
PER_MINUTE = 50
PER_MINUTE_AFTER_A_REFUSAL = 5
MINUTES_AT_MOST = 30
"""Five of silence, and some thirty questions, five in each."""
FINDING_OUT = "whose these orders are, I am still finding out"
WAITS = "3Commas lets me ask no more before"
LEFT_OVER = "Left over, most likely from SmartTrade #1041"


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[World]:
    """One world for all: a day passes between two tests."""
    async with World.story(STORY) as world:
        await connected(world)
        yield world


@pytest.fixture
async def world(shared: World) -> AsyncIterator[World]:
    for _ in range(2):
        await another_day(shared)  # a list that the last test left unfinished goes on until it is complete
    shared.bot_clock.advance(A_MINUTE_S)
    yield shared
    shared.heal()


async def worked(world: World) -> None:
    """Until the bot waits for 3Commas or is done. The time goes on so slowly that no minute is over meanwhile."""
    idle = asyncio.ensure_future(world.quiet())
    while not (await asyncio.wait({idle}, timeout=0.015))[0]:
        world.bot_clock.advance(0.1)
    await idle


async def as_far_as_it_goes(world: World) -> Message:
    """/orders, up to the point where 3Commas has to be left alone."""
    chat = world.chat(ALEX)
    await chat.send("/orders")
    await worked(world)
    shown = await chat.shows("open orders", WAITS)
    assert_fit_to_read(shown.text, chat)
    return shown


async def when_it_goes_on(world: World) -> Message:
    world.bot_clock.advance(A_MINUTE_S)
    await worked(world)
    return await world.chat(ALEX).still_shows("Looked", LEFT_OVER)


def arrivals(world: World, after: int = 0) -> Sequence[datetime]:
    """When the questions reached 3Commas."""
    return [request.at for request in world.received("three_commas")[after:]]


def most_in_a_minute(at: Sequence[datetime]) -> int:
    return max(sum(0 <= (other - one).total_seconds() < 60 for other in at) for one in at)


def edits(world: World, after: int) -> Sequence[str]:
    """Every text that the message had, in order."""
    requests = world.received("telegram")[after:]
    return [parse_qs(r.body)["text"][0] for r in requests if r.path.endswith("/editMessageText")]


async def shown_in_time(world: World, chat: Chat, *texts: str) -> Message:
    """Messages are written once a second: let the seconds pass."""

    def shown() -> bool:
        world.bot_clock.advance(1)
        return any(all(text in message.text for text in texts) for message in chat.messages())

    await until(shown)
    return await chat.shows(*texts)


def row_of(message: Message, number: int) -> str:
    """What the row says of the order itself: neither its number nor its owner, which is told later."""
    found = re.search(rf"^{number}\. .*: ((?:buy|sell) .*? USDT)", message.text, re.M)
    assert found is not None, message.text
    return found[1]


# --- pace ----------------------------------------------------------------------------------------------------------


async def test_no_minute_sees_more_than_fifty_questions_and_one_message_fills_in(world: World) -> None:
    chat, before, asked = world.chat(ALEX), len(world.chat(ALEX).messages()), len(world.received("three_commas"))
    first = await as_far_as_it_goes(world)
    assert len(arrivals(world, asked)) == PER_MINUTE
    last = await when_it_goes_on(world)
    assert first.message_id == last.message_id
    assert len(chat.messages()) == before + 2
    at = arrivals(world, asked)
    assert 65 <= len(at) <= 80
    assert most_in_a_minute(at) <= PER_MINUTE


async def test_nothing_is_asked_before_the_minute_is_over(world: World) -> None:
    await as_far_as_it_goes(world)
    asked = len(world.received("three_commas"))
    world.bot_clock.advance(A_MINUTE_S - 15)
    await worked(world)
    assert len(world.received("three_commas")) == asked


async def test_what_was_answered_is_not_asked_again_when_it_goes_on(world: World) -> None:
    asked = len(world.received("three_commas"))
    await as_far_as_it_goes(world)
    await when_it_goes_on(world)
    paths = [request.path for request in world.received("three_commas")[asked:]]
    of_one_trade = [path for path in paths if re.search(r"/\d+/(trades|market_orders)$", path)]
    assert len(of_one_trade) == len(set(of_one_trade)) == 60


# --- what is known first -------------------------------------------------------------------------------------------


async def test_orders_stand_there_before_their_owners_and_nothing_is_called_left_over(world: World) -> None:
    chat = world.chat(ALEX)
    slow = world.fault("three_commas", "slow", r"/smart_trades/\d+/trades$")
    await chat.send("/orders")
    message = await shown_in_time(world, chat, "57 open orders", FINDING_OUT, "questions answered so far")
    assert re.search(r"Still collecting: \d+ of \d+ questions answered so far", message.text)
    assert "locks 0.9 BNB" in message.text
    assert "Left over" not in message.text
    assert "Owner unknown" not in message.text
    assert "lock nothing" not in message.text, "each of them locks something, as its row says"
    assert "Without a price" not in message.text, "nobody has asked for prices yet"
    assert "I could not read" not in message.text
    assert message.buttons == []
    slow.released.set()
    world.heal()
    await worked(world)
    assert (await chat.still_shows(WAITS)).message_id == message.message_id


async def test_what_holds_the_money_of_an_account_without_a_key_is_open_until_it_was_asked(world: World) -> None:
    chat = world.chat(ALEX)
    slow = world.fault("three_commas", "slow", r"/smart_trades/\d+/trades$")
    await chat.send("/orders")
    message = await shown_in_time(world, chat, "Which trades hold it, I am still finding out")
    assert "Which trades hold it, I could not read" not in message.text
    slow.released.set()
    world.heal()
    await worked(world)
    await chat.still_shows(WAITS, "Which trades hold it, I could not read")
    await when_it_goes_on(world)
    await chat.still_shows("The living trades of 3Commas explain all of it")


async def test_where_it_waits_it_says_what_it_has_not_read_and_calls_nothing_left_over(world: World) -> None:
    message = await as_far_as_it_goes(world)
    assert "at 3Commas I could not read the orders of DCA deal" in message.text
    assert "I call nothing there left over" in message.text
    assert "Left over" not in message.text
    assert not [label for label in labels(message) if "How to free it" in label]
    assert "What was not looked at yet I look at then, by myself" in message.text


async def test_what_is_known_stays_in_the_message_while_it_goes_on(world: World) -> None:
    await as_far_as_it_goes(world)
    sent = len(world.received("telegram"))
    await when_it_goes_on(world)
    *between, last = edits(world, sent)
    assert between, "it says how far it has come"
    for text in between:
        assert "57 open orders" in text
        assert "I could not read the orders of DCA deal" in text
        assert "Still collecting" in text
        assert "reading its open orders" not in text
        assert WAITS not in text, "it does not wait any more"
    assert LEFT_OVER in last


# --- pages ---------------------------------------------------------------------------------------------------------


async def test_the_page_that_was_turned_to_is_kept_when_it_goes_on(world: World) -> None:
    chat = world.chat(ALEX)
    await as_far_as_it_goes(world)
    await chat.press("Show all")
    await chat.shows("8. ", WAITS)
    await chat.press("Next")
    second = await chat.shows("\n9. ", WAITS)
    first_row = row_of(second, 9)
    sent = len(world.received("telegram"))
    world.bot_clock.advance(A_MINUTE_S)
    await worked(world)
    message = await chat.shows(first_row, "Looked")
    assert "Show less" in labels(message)
    assert "\n1. " not in message.text
    assert all(first_row in text for text in edits(world, sent)), "at no moment it shows another page"


async def test_a_page_drawn_from_a_picture_that_was_overtaken_is_drawn_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = world.chat(ALEX)
    await as_far_as_it_goes(world)
    read, stale = looks.kept, True

    async def kept(context: Context, snapshots: Snapshots[OrdersView], screen: str) -> OrdersView | None:
        """What was read just before the look went on."""
        nonlocal stale
        view = await read(context, snapshots, screen)
        was_stale, stale = stale, False
        return replace(view, books=(), at=view.at - timedelta(minutes=1)) if view is not None and was_stale else view

    monkeypatch.setattr(looks, "kept", kept)
    await chat.press("Show all")
    message = await chat.shows("8. ", WAITS)
    assert "57 open orders" in message.text
    assert not stale


async def test_an_unfinished_list_gives_way_to_a_newer_one_and_says_so(world: World) -> None:
    chat = world.chat(ALEX)
    old = await as_far_as_it_goes(world)
    newer = await as_far_as_it_goes(world)
    last = await when_it_goes_on(world)
    assert last.message_id == newer.message_id
    given_way = next(message for message in chat.messages() if message.message_id == old.message_id)
    assert "It went on in the newer message below" in given_way.text
    assert labels(given_way) == ["Look again"]
    await chat.press("Show all", on=old)
    await chat.shows("I do not have that picture any more, so I look anew")
    await worked(world)


async def test_a_new_look_begins_on_the_first_page(world: World) -> None:
    chat = world.chat(ALEX)
    await as_far_as_it_goes(world)
    await chat.press("Show all")
    await chat.shows("8. ", WAITS)
    await chat.press("Next")
    await chat.shows("\n9. ", WAITS)
    world.bot_clock.advance(A_MINUTE_S)
    await chat.send("/orders")
    await worked(world)
    assert LEFT_OVER in (await chat.shows("Looked")).text


# --- refused in the middle -----------------------------------------------------------------------------------------


async def test_a_refusal_in_the_middle_is_obeyed_and_the_rest_comes_by_itself_five_a_minute(world: World) -> None:
    chat, asked = world.chat(ALEX), len(world.received("three_commas"))
    world.fault("three_commas", "status", r"/deals/\d+/market_orders$", status=429, body="Retry later\n", times=1)
    first = await as_far_as_it_goes(world)
    assert "I call nothing there left over" in first.text
    assert "Left over" not in first.text
    refused = arrivals(world, asked)[-1]
    asked = len(world.received("three_commas"))
    minutes = 0
    while LEFT_OVER not in (await chat.last()).text and minutes < MINUTES_AT_MOST:
        world.bot_clock.advance(A_MINUTE_S)
        await worked(world)
        minutes += 1
    last = await chat.still_shows("Looked", LEFT_OVER)
    assert last.message_id == first.message_id
    at = arrivals(world, asked)
    assert (at[0] - refused).total_seconds() >= FIVE_MINUTES_S
    assert most_in_a_minute(at) <= PER_MINUTE_AFTER_A_REFUSAL
