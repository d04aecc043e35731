"""Every method of Telegram that the bot calls, misbehaving in every way: nothing is lost, and nothing untrue is said of it."""

import json
from collections.abc import AsyncIterator
from http import HTTPStatus

import pytest
from telegram.error import InvalidToken

import bot.inbox
from sandbox.stories.figures import ALEX
from tests.chat import Chat
from tests.chats.misbehaving import (
    EACH,
    Misbehaviour,
    assert_fit_to_read,
    empty_chat,
    impatient,
    settled,
    until,
)
from tests.chats.steps import check, connected_to_3commas
from tests.world import World

SERVICE = "telegram"
SECRET = "aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0bC" * 2
"""Of the shape of Binance's, and of nobody."""
OUTAGE_S = 20
"""So long a method misbehaves; the bot tries again meanwhile."""


def as_telegram_says_it(wrong: Misbehaviour) -> Misbehaviour:
    """A refusal in Telegram's own envelope; anything else as it is."""
    if wrong.status is None or wrong.status >= 500:
        return wrong
    body = {"ok": False, "error_code": wrong.status, "description": HTTPStatus(wrong.status).phrase}
    if wrong.status == HTTPStatus.TOO_MANY_REQUESTS:
        body["parameters"] = {"retry_after": 1}
    return Misbehaviour(wrong.name, "status", {"status": wrong.status, "body": json.dumps(body)})


PASSING = [as_telegram_says_it(wrong) for wrong in EACH if wrong.status not in (401, 403, 404)]
"""What says nothing about the token or the trader: the bot goes on as soon as it is over."""
PAGES = [
    Misbehaviour(f"{status}-page", "status", {"status": status, "body": "<html>no</html>"})
    for status in (401, 403, 404)
]
"""The same numbers from somebody in between, who knows nothing of tokens and traders."""
each_passing = pytest.mark.parametrize("wrong", [*PASSING, *PAGES], ids=lambda wrong: wrong.name)


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
    monkeypatch.setattr(bot.inbox, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(bot.inbox, "LONGEST_PAUSE_S", 0.04)
    await empty_chat(shared, ALEX)
    with impatient(monkeypatch, SERVICE):
        yield shared


async def over(world: World) -> None:
    """The outage lasts, and ends."""
    await settled(world)
    for _ in range(2):
        world.bot_clock.advance(OUTAGE_S / 2)
        await settled(world)
    world.heal()
    for _ in range(2):
        world.bot_clock.advance(60)
        await settled(world)


def answers(chat: Chat, text: str) -> int:
    return len([message for message in chat.messages() if message.from_bot and text in message.text])


@each_passing
async def test_an_answer_that_could_not_be_sent_follows(world: World, wrong: Misbehaviour) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, wrong.kind, "/sendMessage$", **wrong.more)
    await chat.send("/privacy")
    await over(world)
    assert answers(chat, "What I keep") >= 1, chat.transcript()
    await chat.send("/help")
    await settled(world)
    assert answers(chat, "/check looks at every exchange account") == 1


@each_passing
async def test_a_check_that_could_not_be_filled_in_is_filled_in_later(world: World, wrong: Misbehaviour) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, wrong.kind, "/editMessageText$", **wrong.more)
    await chat.send("/check")
    await over(world)
    text = (await chat.last()).text
    assert_fit_to_read(text, chat)
    assert "Binance futures: fine" in text, chat.transcript()
    assert "Looking at" not in text


@each_passing
async def test_a_public_half_arrives_as_soon_as_files_do(world: World, wrong: Misbehaviour) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, wrong.kind, "/sendDocument$", **wrong.more)
    await chat.send("/connect three_commas")
    await over(world)
    key = world.desk.create_self_generated_token(await chat.document())
    await chat.send(key)
    await settled(world)
    await chat.still_shows("Works.")


@each_passing
async def test_a_tap_is_acted_on_though_it_could_not_be_confirmed(world: World, wrong: Misbehaviour) -> None:
    chat = world.chat(ALEX)
    await chat.send("/start")
    await chat.shows("Welcome back")
    world.fault(SERVICE, wrong.kind, "/answerCallbackQuery$", **wrong.more)
    await chat.press(chat.buttons()[0])
    await over(world)
    assert answers(chat, "Binance futures: fine") == 1, chat.transcript()


@each_passing
async def test_a_secret_that_could_not_be_deleted_is_said_to_stay(world: World, wrong: Misbehaviour) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, wrong.kind, "/deleteMessage$", **wrong.more)
    message = await chat.send(SECRET)
    await over(world)
    text = (await chat.last()).text
    assert_fit_to_read(text, chat)
    assert SECRET not in text
    assert not chat.visible(message) or "Telegram did not let me delete it" in text, text
    assert "I removed that message" in text or "Please delete it yourself" in text, text


@pytest.mark.parametrize("kind", ["dropped", "lost", "cut", "garbage"])
async def test_one_answer_that_went_astray_leaves_no_doubt_whether_a_secret_is_gone(world: World, kind: str) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, kind, "/deleteMessage$", times=1)
    message = await chat.send(SECRET)
    await settled(world)
    assert "I removed that message" in (await chat.last()).text
    assert not chat.visible(message)


@each_passing
@pytest.mark.parametrize("path", ["/getFile$", "^/file/bot"])
async def test_a_file_that_could_not_be_fetched_is_not_called_harmless(
    world: World, path: str, wrong: Misbehaviour
) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, wrong.kind, path, **wrong.more)
    await chat.send_document("keys.txt", "secret=aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0bC\n")
    await over(world)
    text = (await chat.last()).text
    assert_fit_to_read(text, chat)
    assert "I could not fetch that file" in text or "I removed that message" in text, text


@each_passing
async def test_what_was_sent_while_nothing_could_be_fetched_is_answered_once(
    world: World, monkeypatch: pytest.MonkeyPatch, wrong: Misbehaviour
) -> None:
    chat = world.chat(ALEX)
    world.fault(SERVICE, wrong.kind, "/getUpdates$", **wrong.more)
    with impatient(monkeypatch, SERVICE, polling=True):
        await chat.send("/help")  # ends the poll that was waiting before
        await chat.shows("/check looks at every exchange account")
        await chat.send("/privacy")
        before = len(world.received(SERVICE))
        await until(lambda: len(world.received(SERVICE)) >= before + 2)
        assert answers(chat, "What I keep") == 0
        world.heal()
        await chat.shows("What I keep")
        await settled(world)
    assert answers(chat, "What I keep") == 1, chat.transcript()


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_telegram_does_not_know_ends_the_bot_and_loses_nothing(status: int) -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.shows("I help you get back to trading")
        refused = as_telegram_says_it(Misbehaviour("", "status", {"status": status}))
        world.fault(SERVICE, refused.kind, "/getUpdates$", **refused.more)
        await chat.send("/help")  # ends the poll that was waiting before
        with pytest.raises(InvalidToken):
            await until(lambda: not _lives(world))
        world.heal()
        await chat.send("/privacy")
        await world.start_bot()
        await chat.shows("What I keep")


async def test_a_trader_who_blocked_the_bot_is_left_alone_until_he_writes_again() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.shows("I help you get back to trading")
        forbidden = '{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}'
        world.fault(SERVICE, "status", "/sendMessage$", status=403, body=forbidden)
        await chat.send("/help")
        await settled(world)
        tried = len([request for request in world.received(SERVICE) if request.path.endswith("/sendMessage")])
        world.bot_clock.advance(600)
        await settled(world)
        assert tried == len([r for r in world.received(SERVICE) if r.path.endswith("/sendMessage")])
        world.heal()
        await chat.send("/privacy")
        await chat.shows("What I keep")


def _lives(world: World) -> bool:
    """Raises what ended the bot."""
    world.bot.check()
    return True
