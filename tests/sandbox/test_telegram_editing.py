"""Edits and deletions by the bot, and the moments when they come too late."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.sandbox.telegram_world import ANN, TelegramWorld, telegram_world

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
OTHER_KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Stop", callback_data="stop")]])


@pytest_asyncio.fixture
async def here() -> AsyncIterator[TelegramWorld]:
    async with telegram_world() as world:
        yield world


async def test_an_edit_without_keyboard_takes_it_away(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "asking", reply_markup=KEYS)
    await sent.edit_text("answered")
    seen = here.telegram.chat(ANN).last
    assert (seen.text, seen.keyboard) == ("answered", [])
    assert seen.edit_date is not None


@pytest.mark.parametrize("text", ["same", " same ", "<i></i>same"])
async def test_an_edit_that_changes_nothing_is_refused(here: TelegramWorld, text: str) -> None:
    sent = await here.bot.send_message(ANN, "same", reply_markup=KEYS)
    with pytest.raises(BadRequest) as refused:
        await sent.edit_text(text, parse_mode="HTML", reply_markup=KEYS)
    assert str(refused.value) == (
        "Message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )


async def test_other_buttons_under_the_same_text_are_a_change_without_an_edited_mark(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "same", reply_markup=KEYS)
    await sent.edit_text("same", reply_markup=OTHER_KEYS)
    await sent.edit_reply_markup(None)
    seen = here.telegram.chat(ANN).last
    assert (seen.keyboard, seen.edit_date) == ([], None)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(None)


async def test_what_is_gone_cannot_be_edited(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x")
    here.telegram.delete_own(ANN, sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sent.edit_text("y")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await here.bot.edit_message_text("y", ANN, 99999)


async def test_a_persons_message_and_a_question_can_not_be_edited(here: TelegramWorld) -> None:
    said = here.telegram.say(ANN, "mine")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await here.bot.edit_message_text("yours", ANN, said.message_id)
    question = await here.bot.send_message(ANN, "?", reply_markup=ForceReply())
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await question.edit_text("!")


async def test_text_and_caption_are_not_mixed_up(here: TelegramWorld) -> None:
    text = await here.bot.send_message(ANN, "x")
    file = await here.bot.send_document(ANN, b"x", caption="old")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("new")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await file.edit_text("new")
    await file.edit_caption("new", reply_markup=KEYS)
    assert here.telegram.chat(ANN).last.text == "new"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": "y"}, "message identifier is not specified"),
        ({"text": "", "message_id": "1"}, "message text is empty"),
        ({"text": "x" * 4097, "message_id": "1"}, "message is too long"),
        ({"text": "y", "message_id": "1", "reply_markup": '{"force_reply": true}'}, "inline keyboard expected"),
    ],
)
async def test_a_wrong_edit_is_refused(here: TelegramWorld, values: dict[str, Any], words: str) -> None:
    _, body = await here.call("editMessageText", data={"chat_id": str(ANN), **values})
    assert body["description"] == f"Bad Request: {words}"


async def test_the_bot_deletes_a_persons_message_in_private(here: TelegramWorld) -> None:
    said = here.telegram.say(ANN, "a secret by mistake")
    assert await here.bot.delete_message(ANN, said.message_id)
    assert said.message_id not in [m.message_id for m in here.telegram.chat(ANN).messages]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await here.bot.delete_message(ANN, said.message_id)


async def test_after_48_hours_nothing_can_be_deleted(here: TelegramWorld) -> None:
    said = here.telegram.say(ANN, "old")
    sent = await here.bot.send_message(ANN, "old too")
    here.advance(hours=48, seconds=1)
    for message_id in (said.message_id, sent.message_id):
        with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
            await here.bot.delete_message(ANN, message_id)
    await sent.edit_text("own messages have no deadline")


async def test_deleting_many_passes_over_unknown_ids(here: TelegramWorld) -> None:
    said = [here.telegram.say(ANN, word).message_id for word in ("a", "b")]
    assert await here.bot.delete_messages(ANN, [*said, 777777])
    assert not {m.message_id for m in here.telegram.chat(ANN).messages} & set(said)
    _, body = await here.call("deleteMessages", data={"chat_id": ANN, "message_ids": str(list(range(1, 102)))})
    assert body["description"] == "Bad Request: too many message identifiers specified"


async def test_an_edit_for_somebody_who_blocked_the_bot_is_forbidden(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x")
    here.telegram.block(ANN)
    status, body = await here.call("editMessageText", data={"chat_id": ANN, "message_id": sent.message_id, "text": "y"})
    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
