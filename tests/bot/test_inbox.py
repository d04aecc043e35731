"""The way of an update: stored once, private chats only, in order per trader, and never lost in silence."""

import asyncio
import copy
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.context import Context
from bot.handlers import commanding
from bot.handlers.command import Command
from bot.handling import Overtaken
from bot.inbox import foreign_chat_of, sender_of
from domain.records import UnitOfWork, UpdateState
from sandbox.stories.figures import ALEX, KIM
from tests.chat import Chat
from tests.world import World

GROUP, SUPERGROUP, CHANNEL = -77, -(10**12) - 77, -(10**12) - 78


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World.story("no_token_at_all") as found:
        yield found


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat(ALEX)


def person(id: int = ALEX.id, **more: Any) -> dict[str, Any]:
    return {"id": id, "is_bot": False, "first_name": "Alex", **more}


def private(id: int = ALEX.id) -> dict[str, Any]:
    return {"id": id, "type": "private", "first_name": "Alex"}


def message(text: str = "/start", **changes: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1_795_516_860, "from": person(), "chat": private(), "text": text, **changes}


def group(kind: str = "group", id: int = GROUP) -> dict[str, Any]:
    return {"id": id, "type": kind, "title": "Traders"}


# --- who is heard (T6, T12) --------------------------------------------------------------------------------------

ANONYMOUS_ADMIN = 1_087_968_824
"""Telegram's one pseudo-user for administrators who write in the name of their group."""
STRANGERS: dict[str, dict[str, Any]] = {
    "group": {"message": message(chat=group())},
    "supergroup": {"message": message(chat=group("supergroup", SUPERGROUP))},
    "channel": {"message": message(chat=group("channel", CHANNEL))},
    "channel post": {"channel_post": message(chat=group("channel", CHANNEL))},
    "anonymous administrator": {"message": message(**{"from": person(ANONYMOUS_ADMIN)}, chat=group())},
    "in the name of a channel": {"message": message(chat=group(), sender_chat=group("channel", CHANNEL))},
    "nobody": {"message": {k: v for k, v in message().items() if k != "from"}},
    "somebody else's chat": {"message": message(chat=private(KIM.id))},
    "a bot": {"message": message(**{"from": person(is_bot=True)})},
    "edited in a group": {"edited_message": message(chat=group())},
    "button in a group": {
        "callback_query": {"id": "1", "from": person(), "data": "o1:forget:", "message": message(chat=group())}
    },
    "button in somebody else's chat": {
        "callback_query": {"id": "1", "from": person(), "data": "o1:forget:", "message": message(chat=private(KIM.id))}
    },
    "button of an inline message": {
        "callback_query": {"id": "1", "from": person(), "data": "o1:forget:", "inline_message_id": "x"}
    },
    "put into a group": {"my_chat_member": {"from": person(), "chat": group(), "date": 1}},
    "inline query": {"inline_query": {"id": "1", "from": person(), "query": "x", "offset": ""}},
    "business message": {"business_message": message()},
    "a kind that does not exist yet": {"thought": message()},
    "no JSON of Telegram's": {"message": "text", "callback_query": {"from": person(), "message": "text"}},
    "a chat that is none": {"message": message(chat="private")},
}


@pytest.mark.parametrize("shape", STRANGERS)
async def test_what_is_not_a_private_chat_with_its_own_person_is_not_stored(world: World, shape: str) -> None:
    assert sender_of(STRANGERS[shape]) is None
    app = world.bot.app
    assert app is not None
    await app.inbox.store([{"update_id": 9_000, **STRANGERS[shape]}])
    async with app.services.units.reading() as u:
        assert await u.inbox.get(9_000) is None
        assert await u.traders.by_telegram_id(ALEX.id) is None


def test_a_forwarded_message_is_the_words_of_whoever_forwards_it() -> None:
    origin = {"type": "user", "sender_user": person(KIM.id), "date": 1}
    found = sender_of({"message": message(forward_origin=origin, forward_from=person(KIM.id))})
    assert found is not None
    assert found["id"] == ALEX.id


def test_a_contact_is_nobodys_identity() -> None:
    found = sender_of({"message": message(contact={"phone_number": "1", "first_name": "Kim", "user_id": KIM.id})})
    assert found is not None
    assert found["id"] == ALEX.id


@pytest.mark.parametrize(("kind", "id"), [("group", GROUP), ("supergroup", SUPERGROUP), ("channel", CHANNEL)])
def test_groups_and_channels_are_chats_to_leave(kind: str, id: int) -> None:
    assert foreign_chat_of({"my_chat_member": {"from": person(), "chat": group(kind, id)}}) == id


def test_a_private_chat_is_not_left() -> None:
    assert foreign_chat_of({"message": message()}) is None
    assert foreign_chat_of({"callback_query": {"from": person()}}) is None


@pytest.mark.parametrize("id", [GROUP, SUPERGROUP])
async def test_a_group_is_left_without_a_word(world: World, chat: Chat, id: int) -> None:
    telegram = world.house.telegram
    telegram.add_to_group(id, "Traders", ALEX.id)
    telegram.say_in_group(id, ALEX.id, f"/check@{telegram.state.bot_username}")
    await chat.send("/privacy")  # the bot has come past the group when this is answered
    await chat.shows("What I keep")
    await world.quiet()
    assert not telegram.state.chats[id].bot_is_member
    assert not [m for m in telegram.group(id).messages if m.from_bot]


# --- once, and in order ------------------------------------------------------------------------------------------


async def test_an_update_that_arrives_again_is_handled_once(world: World, chat: Chat) -> None:
    await chat.send("/privacy")
    await chat.shows("What I keep")
    update = {"update_id": world.house.telegram.state.last_update_id, "message": message("/privacy")}
    for _ in range(3):
        world.house.telegram.push_raw(copy.deepcopy(update))
        await world.quiet()
    assert len([m for m in chat.messages() if "What I keep" in m.text]) == 1


async def test_a_batch_with_the_same_update_twice_is_stored_once(world: World, chat: Chat) -> None:
    assert world.bot.app is not None
    await chat.send("/start")
    update = {"update_id": 9_001, "message": message("/privacy")}
    await world.bot.app.inbox.store([update, copy.deepcopy(update)])
    await world.quiet()
    assert len([m for m in chat.messages() if "What I keep" in m.text]) == 1


async def test_one_traders_messages_are_answered_in_their_order(world: World, chat: Chat) -> None:
    commands = ["/privacy", "/cancel", "/help", "/nonsense", "/privacy", "/start", "/cancel"]
    expected = ["What I keep", "nothing to stop", "What I do", "/nonsense", "What I keep", "I help you", "nothing to"]
    for command in commands:
        await chat.send(command)
    await world.quiet()
    said = [m.text for m in chat.messages() if m.from_bot]
    assert len(said) == len(expected)
    for text, part in zip(said, expected, strict=True):
        assert part in text


# --- failures ----------------------------------------------------------------------------------------------------


class Failing:
    """A command that breaks so often before it works."""

    def __init__(self, times: int, error: Exception) -> None:
        self.left = times
        self.error = error

    async def run(self, context: Context, subject: str) -> None:
        context.handling.say(commanding.stale.unknown_command("half-done"))
        if self.left:
            self.left -= 1
            raise self.error


def breaks(monkeypatch: pytest.MonkeyPatch, times: int, error: Exception | None = None) -> Failing:
    failing = Failing(times, error or ValueError("my-secret-value"))
    monkeypatch.setitem(commanding._commands, "privacy", Command("privacy", failing.run))
    return failing


async def test_after_three_failures_there_is_an_apology_with_a_number_and_the_next_update_goes_on(
    world: World, chat: Chat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    breaks(monkeypatch, times=99)
    await chat.send("/privacy")
    await chat.send("/cancel")
    await world.quiet()
    apology, after = (m.text for m in chat.messages() if m.from_bot)
    number = re.search(r"quote number ([0-9A-F]{6})", apology)
    assert number is not None
    assert "nothing to stop" in after
    logged = capsys.readouterr().out
    assert number[1] in logged
    assert "my-secret-value" not in logged
    assert len(re.findall("trying again", logged)) == 2
    assert (await state_of_last(world)) is UpdateState.FAILED


async def state_of_last(world: World) -> UpdateState:
    """Of the one before the newest update."""
    assert world.bot.app is not None
    async with world.bot.app.services.units.reading() as u:
        stored = await u.inbox.get(world.house.telegram.state.last_update_id - 1)
    assert stored is not None
    assert stored.body == b""
    return stored.state


@pytest.mark.parametrize("error", [ValueError("x"), Overtaken()])
async def test_what_fails_once_is_done_once_before_the_next_update(
    world: World, chat: Chat, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    breaks(monkeypatch, times=1, error=error)
    await chat.send("/privacy")
    await chat.send("/cancel")
    await world.quiet()
    first, second = (m.text for m in chat.messages() if m.from_bot)
    assert "half-done" in first
    assert "nothing to stop" in second


async def test_an_effect_that_fails_leaves_nothing_behind_and_is_apologised_for(
    world: World, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def half(context: Context, subject: str) -> None:
        async def broken(u: UnitOfWork) -> None:
            raise ValueError

        context.handling.say(commanding.stale.unknown_command("half-done"))
        context.handling.effect(broken)

    monkeypatch.setitem(commanding._commands, "privacy", Command("privacy", half))
    await chat.send("/privacy")
    await chat.shows("Something went wrong on my side")
    await chat.does_not_show("half-done")


async def test_an_update_that_cannot_be_read_is_apologised_for(world: World, chat: Chat) -> None:
    broken = message()
    del broken["date"], broken["message_id"]
    world.house.telegram.push_raw({"message": broken})
    await chat.send("/cancel")
    await world.quiet()
    apology, after = (m.text for m in chat.messages() if m.from_bot)
    assert "Something went wrong on my side" in apology
    assert "nothing to stop" in after


@pytest.mark.parametrize("result", ["null", "{}", '["x", {"a": 1}, {"update_id": "7"}]'])
async def test_an_answer_without_updates_ends_nothing(world: World, chat: Chat, result: str) -> None:
    await chat.send("/cancel")  # ends the question that the bot is waiting on now
    await chat.shows("nothing to stop")
    world.fault("telegram", "garbage", "getUpdates", body=f'{{"ok": true, "result": {result}}}', times=2)
    await chat.send("/privacy")
    await chat.shows("What I keep")


# --- everything gets an answer ----------------------------------------------------------------------------------

FILE = {"file_id": "f", "file_unique_id": "u"}
WITHOUT_WORDS = {
    "sticker": {
        "sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    },
    "voice": {"voice": {**FILE, "duration": 1}},
    "photo": {"photo": [{**FILE, "width": 1, "height": 1}]},
    "location": {"location": {"latitude": 1.0, "longitude": 1.0}},
    "contact": {"contact": {"phone_number": "1", "first_name": "Kim", "user_id": KIM.id}},
}


@pytest.mark.parametrize("kind", WITHOUT_WORDS)
async def test_a_message_without_words_gets_an_answer(world: World, chat: Chat, kind: str) -> None:
    body = message(**WITHOUT_WORDS[kind])
    del body["text"]
    await chat.send("/start")
    await chat.shows("I help you")
    world.house.telegram.push_raw({"message": body})
    await chat.shows("I did not understand that")
    await chat.send("/connect 3commas")
    await chat.shows("I made a key pair")
    world.house.telegram.push_raw({"message": body})
    await chat.shows("I see no key in that message")


async def test_an_edited_command_is_not_run_again(world: World, chat: Chat) -> None:
    sent = await chat.send("/cancel")
    await chat.shows("nothing to stop")
    await chat.edit_message(sent, "/privacy")
    await chat.does_not_show("What I keep")


@pytest.mark.parametrize("text", ["/PRIVACY", "/privacy@our_bot", "/privacy   now please", "/privacy\nnow"])
async def test_a_command_is_known_however_it_is_written(chat: Chat, text: str) -> None:
    await chat.send(text)
    await chat.shows("What I keep")


# --- who went away ----------------------------------------------------------------------------------------------


async def reachable(world: World) -> bool:
    assert world.bot.app is not None
    await world.quiet()
    async with world.bot.app.services.units.reading() as u:
        trader = await u.traders.by_telegram_id(ALEX.id)
    assert trader is not None
    return trader.reachable


async def test_who_blocks_the_bot_is_out_of_reach_until_he_unblocks_it(world: World, chat: Chat) -> None:
    await chat.send("/start")
    assert await reachable(world)
    world.house.telegram.block(ALEX.id)
    assert not await reachable(world)
    world.house.telegram.unblock(ALEX.id)
    assert await reachable(world)
    await chat.send("/start")
    await chat.shows("I help you")


async def test_start_brings_back_who_was_out_of_reach(world: World, chat: Chat) -> None:
    await chat.send("/start")
    await world.quiet()
    assert world.bot.app is not None
    async with world.bot.app.services.units.writing() as u:
        trader = await u.traders.by_telegram_id(ALEX.id)
        assert trader is not None
        await u.traders.set_reachable(trader.id, reachable=False)
        await u.commit()
    await chat.send("/start")
    await chat.shows("I help you")
    assert await reachable(world)


async def test_two_traders_are_answered_side_by_side(world: World, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = asyncio.Event()

    async def slow(context: Context, subject: str) -> None:
        await let_go.wait()

    monkeypatch.setitem(commanding._commands, "privacy", Command("privacy", slow))
    await chat.send("/privacy")
    kim = world.chat(KIM)
    await kim.send("/cancel")
    await kim.shows("nothing to stop")
    let_go.set()
    await world.quiet()
