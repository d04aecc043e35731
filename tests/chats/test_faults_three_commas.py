"""Every route of 3Commas that the bot uses, misbehaving in every way: what is said is true, and afterwards the same command works."""

from collections.abc import AsyncIterator

import pytest

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chats.misbehaving import (
    Misbehaviour,
    another_day,
    assert_fit_to_read,
    each_misbehaviour,
    empty_chat,
    impatient,
    said_since,
    settled,
)
from tests.chats.steps import check, connected_to_3commas
from tests.world import World

SERVICE = "three_commas"


A_MINUTE_S = 62


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[World]:
    """One world for all ways to misbehave: a day passes between two of them."""
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        yield world


@pytest.fixture
async def world(shared: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    await empty_chat(shared, ALEX)
    with impatient(monkeypatch, SERVICE):
        yield shared


async def check_while(world: World, path: str, wrong: Misbehaviour) -> Message:
    chat = world.chat(ALEX)
    world.fault(SERVICE, wrong.kind, path, **wrong.more)
    await chat.send("/check")
    await settled(world)
    message = await chat.last()
    assert_fit_to_read(message.text, chat)
    assert "Look again" in [button.text for button in message.buttons], chat.transcript()
    return message


async def check_again(world: World) -> None:
    """Once the route answers as agreed, the same command shows how things are."""
    await another_day(world)
    chat = world.chat(ALEX)
    await chat.send("/check")
    await settled(world)
    text = (await chat.last()).text
    assert "Binance spot: 3Commas cannot use its key" in text, chat.transcript()
    assert "2 trades stand still" in text
    assert "Binance futures: fine" in text


@each_misbehaviour
async def test_accounts_that_could_not_be_listed_are_neither_fine_nor_gone(world: World, wrong: Misbehaviour) -> None:
    text = (await check_while(world, "/accounts$", wrong)).text
    for row in ("Binance spot", "Binance futures"):
        assert f"{row}: I could not look" in text or f"{row}: not looked at yet" in text, text
    assert "fine. Balances load" not in text
    assert "lists no exchange account" not in text
    assert ("does not list it now" in text) is (wrong.name == "[]")
    assert "Because of this" not in text
    assert "answer of Binance" not in text, "it was 3Commas that was asked"
    await check_again(world)


@each_misbehaviour
async def test_a_load_that_got_no_answer_makes_no_account_fine_or_broken(world: World, wrong: Misbehaviour) -> None:
    text = (await check_while(world, "/load_balances$", wrong)).text
    for row in ("Binance spot", "Binance futures"):
        assert f"{row}: I could not look" in text or f"{row}: not looked at yet" in text, text
    assert "fine. Balances load" not in text
    assert "cannot use its key" not in text
    assert "Because of this" not in text
    assert "answer of Binance" not in text, "it was 3Commas that was asked"
    await check_again(world)


@each_misbehaviour
async def test_trades_that_could_not_be_read_do_not_count_as_none(world: World, wrong: Misbehaviour) -> None:
    text = (await check_while(world, "/smart_trades$", wrong)).text
    assert "Binance spot: 3Commas cannot use its key" in text
    assert "No trade stands still" not in text
    if wrong.name != "[]":
        assert "I could not see which SmartTrades stand still" in text or "which trades stand still" in text, text
        assert "trades stand still," not in text
    assert "Binance futures: fine" in text
    await check_again(world)


@each_misbehaviour
async def test_bot_trades_that_could_not_be_read_do_not_count_as_none(world: World, wrong: Misbehaviour) -> None:
    text = (await check_while(world, "/deals$", wrong)).text
    assert "Binance spot: 3Commas cannot use its key" in text
    if wrong.status in (401, 429):
        assert "I could not see which trades stand still" in text, "nothing is asked after that, the dates neither"
    else:
        assert "2 trades stand still" in text, text
        assert ("I could not see which DCA deals are in error" in text) is (wrong.name != "[]"), text
    assert "Binance futures: fine" in text
    await check_again(world)


async def test_a_check_that_was_asked_for_again_goes_on_below_and_the_first_one_says_so(world: World) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, "status", "/smart_trades$", status=429, body="Retry later\n", times=1)
    await chat.send("/check")
    await settled(world)
    first = await chat.last()
    assert "not looked at yet" in first.text or "I could not see" in first.text, first.text
    await chat.send("/check")
    await settled(world)
    for _ in range(20):
        world.bot_clock.advance(A_MINUTE_S)
        await settled(world)
    texts = {message.message_id: message.text for message in chat.messages()}
    assert "It went on in the newer message below" in texts[first.message_id]
    assert "2 trades stand still" in (await chat.last()).text


# --- connecting ------------------------------------------------------------------------------------------------------


async def connect_while(world: World, path: str, wrong: Misbehaviour) -> None:
    """A token that is good is pasted while a route misbehaves; once it does not any more, the same token is taken."""
    chat = world.chat(ALEX)
    await chat.send("/connect three_commas")
    await settled(world)
    key = world.desk.create_self_generated_token(await chat.document())
    before = len(chat.messages())
    world.fault(SERVICE, wrong.kind, path, **wrong.more)
    await chat.send(key)
    await settled(world)
    text = said_since(chat, before)
    assert_fit_to_read(text, chat)
    if "Works." not in text:
        assert key not in text
        assert "does not exist any more" not in text, text
        assert "copied" not in text or wrong.status == 401, "nobody looked at what was pasted"
        assert "Cancel" in chat.buttons()
        await another_day_of_the_pair(world)
        await chat.send(key)
        await settled(world)
        await chat.still_shows("Works.")
        text = said_since(chat, before)
    seen = "I see 2 exchange accounts"
    if path == "/accounts$" and wrong.name in ("403", "[]"):
        seen = "may not see" if wrong.status else "lists no exchange account"
    assert seen in text, text


async def another_day_of_the_pair(world: World) -> None:
    """Long enough for every pause, short enough for the pair that waits."""
    world.heal()
    world.bot_clock.advance(600)
    await settled(world)


@each_misbehaviour
@pytest.mark.parametrize("path", ["/validate$", "/permissions_info$", "/accounts$"])
async def test_a_good_token_is_tried_again_after_3commas_has_stumbled(
    world: World, path: str, wrong: Misbehaviour
) -> None:
    await connect_while(world, path, wrong)


# --- repairing -------------------------------------------------------------------------------------------------------


async def by_hand(world: World) -> Message:
    """The steps by hand for Binance spot."""
    chat = world.chat(ALEX)
    await chat.send("/update")
    for label in ("Binance spot", "Not sure", "Do it by hand instead"):
        await settled(world)
        if label in chat.buttons():
            await chat.press(label)
    await settled(world)
    return await chat.last()


@each_misbehaviour
async def test_addresses_come_from_the_list_of_today_or_from_nowhere(world: World, wrong: Misbehaviour) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, wrong.kind, "/market_list$", **wrong.more)
    message = await by_hand(world)
    assert_fit_to_read(message.text, chat)
    assert "My Portfolio" in message.text
    assert not [button for button in message.buttons if "addresses" in button.text]
    assert "addresses" in message.text, "where to find them is said"
    await another_day(world)
    labels = [button.text for button in (await by_hand(world)).buttons]
    assert "Copy the addresses, part 1 of 2" in labels


@each_misbehaviour
async def test_done_is_never_taken_for_done_where_nothing_could_be_seen(world: World, wrong: Misbehaviour) -> None:
    chat = world.chat(ALEX)
    await by_hand(world)
    world.fault(SERVICE, wrong.kind, "/load_balances$", **wrong.more)
    before = len(chat.messages())
    await chat.press("Done")
    await settled(world)
    text = said_since(chat, before)
    assert_fit_to_read(text, chat)
    assert "I could not look." in text, text
    assert "3Commas asked 3Commas" not in text
    assert "load again" not in text
    assert "Balances, no red line" in chat.buttons()
    await chat.send("/cancel")
    await settled(world)
    await check_again(world)
