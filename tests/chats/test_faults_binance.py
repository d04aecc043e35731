"""Every route of Binance that the bot uses, misbehaving in every way: what is said is true, and afterwards the same command works."""

from collections.abc import AsyncIterator

import pytest

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chats.looks import connected
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
from tests.chats.steps import ask_for_a_binance_pair, check, connected_to_3commas
from tests.world import World

SERVICE = "binance"
BLAMED = ("deleted or mistyped", "not on the key’s IP list", "refuses", "not ticked", "tick Enable")
"""What a key may be suspected of; a service that does not answer is no reason for it."""


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[World]:
    """One world for all ways to misbehave: a day passes between two of them."""
    async with World.story("returning_trader") as world:
        await connected(world)
        yield world


@pytest.fixture
async def world(shared: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    await empty_chat(shared, ALEX)
    with impatient(monkeypatch, SERVICE):
        yield shared


async def look(world: World) -> Message:
    chat = world.chat(ALEX)
    await chat.send("/check")
    await settled(world)
    message = await chat.last()
    assert_fit_to_read(message.text, chat)
    return message


async def check_while(world: World, path: str, wrong: Misbehaviour) -> str:
    """What a check says. 3Commas asks Binance over the same routes, so it may know nothing either."""
    world.fault(SERVICE, wrong.kind, path, **wrong.more)
    text = (await look(world)).text
    assert "do not see it through 3Commas" not in text, text
    return text


async def check_again(world: World) -> None:
    """Once the route answers as agreed, the same command shows how things are."""
    await another_day(world)
    text = (await look(world)).text
    assert text.count("I can read it with my own key") == 2, text


@each_misbehaviour
async def test_rights_that_could_not_be_asked_for_are_not_missing(world: World, wrong: Misbehaviour) -> None:
    text = await check_while(world, "/apiRestrictions$", wrong)
    assert "withdraw" not in text
    assert "It lacks the right" not in text
    assert "My own key at Binance" in text, text
    if wrong.status != 401:
        assert "refuses" not in text, text
    await check_again(world)


@each_misbehaviour
@pytest.mark.parametrize(
    ("path", "row"), [("api/v3/account$", "Binance spot"), ("fapi/v3/account$", "Binance futures")]
)
async def test_a_wallet_that_could_not_be_read_is_not_called_read(
    world: World, path: str, row: str, wrong: Misbehaviour
) -> None:
    text = await check_while(world, f"^/{path}", wrong)
    paragraph = next(part for part in text.split("\n\n") if part.startswith(row))
    assert "I can read it with my own key" not in paragraph
    if wrong.status not in (401,):
        assert "refused here" not in paragraph
        assert "I could not read it with my own key." in paragraph or "lets me ask" in text, text
    await check_again(world)


# --- connecting ------------------------------------------------------------------------------------------------------


def is_accepted(text: str) -> bool:
    """Where all of Binance asks for a pause, the key is kept though no wallet was read."""
    return "Works." in text or "Binance accepts the key, but I could read no wallet with it" in text


async def connect_while(world: World, path: str, wrong: Misbehaviour) -> str:
    """A key that is good is pasted while a route misbehaves; what is said of it. It is pasted again until it is taken."""
    chat = world.chat(ALEX)
    earlier = world.desk.binance.keys()
    public_half = await ask_for_a_binance_pair(chat)
    label = f"Reconnect {len(world.received(SERVICE))}"
    key = world.desk.binance.create_key_from_public_half(public_half, label=label)
    world.fault(SERVICE, wrong.kind, path, **wrong.more)
    before = len(chat.messages())
    await chat.send(key)
    await settled(world)
    text = said_since(chat, before)
    assert_fit_to_read(text, chat)
    if wrong.status != 401:
        assert not [blame for blame in BLAMED if blame in text], text
    if not is_accepted(text):
        assert "Cancel" in chat.buttons()
        world.heal()
        world.bot_clock.advance(600)
        await settled(world)
        await chat.send(key)
        await settled(world)
        await chat.still_shows("Works. I can read spot and futures")
    for row in earlier:
        if row.label.startswith("Reconnect"):
            world.desk.binance.delete_key(row.key)
    return text


@each_misbehaviour
async def test_a_good_key_is_tried_again_after_binance_has_stumbled(world: World, wrong: Misbehaviour) -> None:
    assert not is_accepted(await connect_while(world, "/apiRestrictions$", wrong))


@each_misbehaviour
@pytest.mark.parametrize(("path", "wallet"), [("api/v3/account$", "Spot"), ("fapi/v3/account$", "Futures")])
async def test_a_wallet_that_does_not_answer_is_no_reason_to_refuse_a_key(
    world: World, path: str, wallet: str, wrong: Misbehaviour
) -> None:
    text = await connect_while(world, f"^/{path}", wrong)
    assert is_accepted(text), text
    assert f"{wallet} I could not read with it" in text, text
    assert "empty" not in text
    await check_again(world)


# --- linking ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
async def shared_fine() -> AsyncIterator[World]:
    """A world in which a key finds its spot account by what both hold."""
    async with World.story("all_fine") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        yield world


@each_misbehaviour
async def test_a_key_is_linked_once_prices_can_be_asked_for(
    shared_fine: World, monkeypatch: pytest.MonkeyPatch, wrong: Misbehaviour
) -> None:
    """Until then nothing is said of it: nobody is asked what the bot can find out by itself."""
    world = shared_fine
    chat = await empty_chat(world, ALEX)
    await remove_own_key(world)
    with impatient(monkeypatch, SERVICE):
        world.fault(SERVICE, wrong.kind, "/ticker/", **wrong.more)
        public_half = await ask_for_a_binance_pair(chat)
        before = len(chat.messages())
        key = world.desk.binance.create_key_from_public_half(public_half, label=f"Reconnect {wrong.name}")
        await chat.send(key)
        await settled(world)
        text = said_since(chat, before)
        assert_fit_to_read(text, chat)
        assert "Works. I can read spot and futures" in text
        assert "Linked" not in text
        await another_day(world)
        for _ in range(2):
            last = (await look(world)).text
        assert "Linked with Binance spot" in said_since(chat, before), chat.transcript()
        assert "Binance spot: fine. Balances load. I can read it with my own key." in last, last
        assert "do not see it through 3Commas" not in last
    world.desk.binance.delete_key(key)


async def remove_own_key(world: World) -> None:
    chat = world.chat(ALEX)
    await chat.send("/keys")
    await settled(world)
    for label in [label for label in chat.buttons() if label.startswith("Binance …")]:
        await chat.press(label)
        await chat.press("Remove")
        await chat.press("Remove it")
        await settled(world)
