"""How updates wait, are fetched and acknowledged, and what people's actions look like to the bot."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from telegram.error import BadRequest, Conflict

from sandbox.telegram.errors import PersonCannot
from sandbox.telegram.parameters import Upload
from tests.sandbox.telegram_world import ANN, BEN, TelegramWorld, telegram_world

GROUP = -1001234567890


@pytest_asyncio.fixture
async def here() -> AsyncIterator[TelegramWorld]:
    async with telegram_world() as world:
        world.telegram.updates.conflict_pause_s = 0.2
        yield world


async def waiting(here: TelegramWorld) -> "asyncio.Task[tuple[int, dict[str, Any]]]":
    """A long poll that has surely arrived; each is a program of its own."""
    before = len(here.world.received)
    poll = asyncio.create_task(here.call("getUpdates", data={"timeout": 20}))
    async with asyncio.timeout(5):
        while len(here.world.received) == before:  # noqa: ASYNC110  # the other end of a socket sets no event
            await asyncio.sleep(0.005)
    return poll


async def test_an_update_comes_again_until_it_is_acknowledged(here: TelegramWorld) -> None:
    here.telegram.say(ANN, "one")
    here.telegram.say(ANN, "two")
    first = await here.bot.get_updates()
    assert await here.bot.get_updates() == first
    (second,) = await here.bot.get_updates(offset=first[0].update_id + 1)
    assert second.message is not None
    assert second.message.text == "two"
    assert await here.bot.get_updates(offset=second.update_id + 1) == ()


async def test_limit_and_negative_offset(here: TelegramWorld) -> None:
    for number in range(5):
        here.telegram.say(ANN, str(number))
    assert len(await here.bot.get_updates(limit=2)) == 2
    texts = [u.message.text for u in await here.bot.get_updates(offset=-2) if u.message]
    assert texts == ["3", "4"]
    assert len(await here.bot.get_updates()) == 2


async def test_a_long_poll_ends_when_something_is_said(here: TelegramWorld) -> None:
    poll = await waiting(here)
    here.telegram.say(ANN, "hello")
    _, body = await asyncio.wait_for(poll, 2)
    assert [update["message"]["text"] for update in body["result"]] == ["hello"]


async def test_a_second_poller_ends_the_first_with_409(here: TelegramWorld) -> None:
    first = await waiting(here)
    second = asyncio.create_task(here.bot.get_updates(timeout=20))
    status, body = await first
    assert (status, body["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    third = await waiting(here)
    with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
        await second
    here.telegram.say(ANN, "hello")
    assert len((await third)[1]["result"]) == 1


async def test_a_repeated_conflict_is_held_back(here: TelegramWorld) -> None:
    here.telegram.updates.conflict_pause_s = 60
    first = await waiting(here)
    second = await waiting(here)
    third = await waiting(here)
    assert (await first)[0] == 409
    here.telegram.say(ANN, "hello")
    await third
    assert not second.done()
    here.telegram.wake()
    assert (await second)[0] == 409


async def test_with_a_webhook_nobody_polls(here: TelegramWorld) -> None:
    poll = await waiting(here)
    await here.bot.set_webhook("https://bot.example.org/hook", secret_token="abc_-1")
    assert (await poll)[1]["description"] == "Conflict: terminated by setWebhook request"
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await here.bot.get_updates()
    here.telegram.say(ANN, "waits")
    info = await here.bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://bot.example.org/hook", 1)
    await here.bot.delete_webhook()
    assert len(await here.bot.get_updates()) == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://bot.example.org", "An https url must be provided for webhook"),
        ("https://bot.example.org:8080", "Webhook can be set up only on ports 80, 88, 443 or 8443"),
    ],
)
async def test_a_webhook_that_telegram_would_not_take_is_refused(here: TelegramWorld, url: str, words: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await here.bot.set_webhook(url)
    assert words.lower() in str(refused.value).lower()


async def test_allowed_updates_stick_until_they_are_changed(here: TelegramWorld) -> None:
    await here.bot.get_updates(allowed_updates=["callback_query"])
    here.telegram.say(ANN, "not wanted")
    assert await here.bot.get_updates() == ()
    here.telegram.say(ANN, "still not wanted")
    assert await here.bot.get_updates() == ()
    await here.bot.get_updates(allowed_updates=[])
    here.telegram.say(ANN, "wanted")
    assert len(await here.bot.get_updates()) == 1


async def test_a_message_waits_24_hours(here: TelegramWorld) -> None:
    here.telegram.say(ANN, "early")
    here.advance(hours=23)
    here.telegram.say(ANN, "later")
    assert len(await here.bot.get_updates()) == 2
    here.advance(hours=2)
    (update,) = await here.bot.get_updates()
    assert update.message is not None
    assert update.message.text == "later"


async def test_an_edit_by_the_person_is_an_edited_message(here: TelegramWorld) -> None:
    said = here.telegram.say(ANN, "helo")
    here.telegram.edit(ANN, said.message_id, "hello")
    updates = await here.bot.get_updates()
    assert updates[0].message is not None
    assert updates[0].message.text == "helo"
    assert updates[1].edited_message is not None
    assert updates[1].edited_message.text == "hello"
    here.advance(hours=49)
    with pytest.raises(PersonCannot):
        here.telegram.edit(ANN, said.message_id, "too late")


async def test_the_bot_is_not_told_of_a_deletion(here: TelegramWorld) -> None:
    said = here.telegram.say(ANN, "x")
    here.telegram.delete_own(ANN, said.message_id)
    assert len(await here.bot.get_updates()) == 1
    assert said.message_id not in [m.message_id for m in here.telegram.chat(ANN).messages]


async def test_blocking_and_coming_back_are_told(here: TelegramWorld) -> None:
    here.telegram.block(ANN)
    with pytest.raises(PersonCannot):
        here.telegram.say(ANN, "x")
    here.telegram.unblock(ANN)
    changes = [u.my_chat_member for u in await here.bot.get_updates() if u.my_chat_member]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    assert {c.chat.id for c in changes} == {ANN}


async def test_a_document_with_caption_reaches_the_bot(here: TelegramWorld) -> None:
    here.telegram.say(ANN, document=Upload("key.txt", b"words", "text/plain"), caption="here")
    (update,) = await here.bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert (update.message.caption, update.message.document.mime_type) == ("here", "text/plain")
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"words"


async def test_a_forward_says_whose_words_they_are(here: TelegramWorld) -> None:
    here.telegram.forward(ANN, "Invalid API key", "3Commas support")
    here.telegram.forward(ANN, "look", "Ben", BEN)
    hidden, open_ = [u.message for u in await here.bot.get_updates()]
    assert hidden is not None
    assert hidden.forward_origin is not None
    assert hidden.forward_origin.type == "hidden_user"
    assert open_ is not None
    assert open_.forward_origin is not None
    assert open_.forward_origin.type == "user"


async def test_a_reply_carries_its_message(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "key?")
    here.telegram.say(ANN, "abc", reply_to=sent.message_id)
    (update,) = await here.bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "key?"


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(here: TelegramWorld) -> None:
    here.telegram.add_to_group(GROUP, "Traders", ANN)
    here.telegram.say_in_group(GROUP, ANN, "good morning")
    here.telegram.say_in_group(GROUP, ANN, "/check@reconnect_sandbox_bot")
    sent = await here.bot.send_message(GROUP, "please write to me privately")
    here.telegram.say_in_group(GROUP, BEN, "why?", reply_to=sent.message_id)
    added, command, reply = await here.bot.get_updates()
    assert added.my_chat_member is not None
    assert command.message is not None
    assert (command.message.text, command.message.chat.type) == ("/check@reconnect_sandbox_bot", "supergroup")
    assert reply.message is not None
    assert reply.message.text == "why?"


async def test_the_bot_cannot_delete_what_others_say_in_a_group(here: TelegramWorld) -> None:
    here.telegram.add_to_group(GROUP, "Traders", ANN)
    said = here.telegram.say_in_group(GROUP, ANN, "/secret")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await here.bot.delete_message(GROUP, said.message_id)


async def test_any_json_can_be_pushed_as_an_update(here: TelegramWorld) -> None:
    here.telegram.push_raw({"poll_of_the_future": {"id": 1}})
    _, body = await here.call("getUpdates")
    assert body["result"][0]["poll_of_the_future"] == {"id": 1}


async def test_chats_files_and_waiting_updates_survive_a_restart(tmp_path: Path) -> None:
    async with telegram_world(tmp_path) as before:
        await before.bot.send_document(ANN, b"\x00\xff", filename="a.bin", caption="kept")
        before.telegram.say(ANN, "waits")
        token = before.bot.token
        before.world.save()
    async with telegram_world(tmp_path) as after:
        assert after.bot.token == token
        assert [m.text for m in after.telegram.chat(ANN).messages] == ["/start", "kept", "waits"]
        (update,) = await after.bot.get_updates()
        assert update.message is not None
        attachment = after.telegram.chat(ANN).messages[1].attachment
        assert attachment is not None
        file = await after.bot.get_file(attachment.file_id)
        assert bytes(await file.download_as_bytearray()) == b"\x00\xff"


async def test_waiting_for_a_change_ends_with_the_change(here: TelegramWorld) -> None:
    version = here.telegram.chat(ANN).version
    wait = asyncio.create_task(here.telegram.wait_for_change(ANN, version, timeout=5))
    await here.bot.send_message(ANN, "x")
    assert await wait != version
    version = here.telegram.chat(ANN).version
    assert await here.telegram.wait_for_change(ANN, version, timeout=0.01) == version


async def test_closing_the_world_ends_every_wait(here: TelegramWorld) -> None:
    poll = await waiting(here)
    here.telegram.wake()
    assert await asyncio.wait_for(poll, 2) == (200, {"ok": True, "result": []})
