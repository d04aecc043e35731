"""Taps on inline buttons: what the bot learns, and how long it may take to answer."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import CallbackQuery, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from sandbox.telegram.errors import PersonCannot
from tests.sandbox.telegram_world import ANN, BEN, TelegramWorld, telegram_world

KEYS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Repair", callback_data="repair:1")],
        [InlineKeyboardButton("Copy", copy_text=CopyTextButton("192.0.2.1"))],
        [InlineKeyboardButton("Guide", url="https://help.3commas.io/")],
    ]
)
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


@pytest_asyncio.fixture
async def here() -> AsyncIterator[TelegramWorld]:
    async with telegram_world() as world:
        yield world


async def only_tap(here: TelegramWorld) -> CallbackQuery:
    (update,) = await here.bot.get_updates()
    assert update.callback_query is not None
    return update.callback_query


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "broken", reply_markup=KEYS)
    pressed = here.telegram.press(ANN, sent.message_id, "Repair")
    query = await only_tap(here)
    assert (query.data, query.from_user.id) == ("repair:1", ANN)
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    assert here.telegram.tap(pressed.tap_id).answered_at is None
    await query.answer("Done", show_alert=True)
    answered = here.telegram.tap(pressed.tap_id)
    assert (answered.text, answered.show_alert) == ("Done", True)
    assert answered.answered_at is not None


async def test_copying_and_opening_stay_with_the_person(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    assert here.telegram.press(ANN, sent.message_id, "Copy").value == "192.0.2.1"
    assert here.telegram.press(ANN, sent.message_id, "Guide").kind == "url"
    assert await here.bot.get_updates() == ()


async def test_a_late_answer_is_refused(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    here.telegram.press(ANN, sent.message_id, "Repair")
    query = await only_tap(here)
    here.advance(seconds=151)
    with pytest.raises(BadRequest) as refused:
        await query.answer()
    assert str(refused.value).lower() == TOO_OLD.lower()


async def test_an_unknown_tap_is_refused_in_the_same_words(here: TelegramWorld) -> None:
    with pytest.raises(BadRequest) as refused:
        await here.bot.answer_callback_query("123")
    assert str(refused.value).lower() == TOO_OLD.lower()


async def test_an_answer_of_more_than_200_characters_is_refused(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    here.telegram.press(ANN, sent.message_id, "Repair")
    query = await only_tap(here)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("x" * 201)
    await query.answer("x" * 200)


async def test_a_tap_nobody_fetched_in_150_seconds_is_gone_but_messages_stay(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    here.telegram.press(ANN, sent.message_id, "Repair")
    here.telegram.say(ANN, "still here")
    here.advance(seconds=151)
    (update,) = await here.bot.get_updates()
    assert update.message is not None
    assert update.message.text == "still here"


async def test_a_tap_on_a_deleted_message_names_an_inaccessible_one(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    await sent.delete()
    here.telegram.press(ANN, sent.message_id, "Repair")
    query = await only_tap(here)
    assert query.message is not None
    assert not query.message.is_accessible
    assert query.message.message_id == sent.message_id


async def test_an_altered_client_can_send_any_data(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    here.telegram.press(ANN, sent.message_id, "no-such-button")
    assert (await only_tap(here)).data == "no-such-button"


async def test_two_presses_are_two_updates(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    here.telegram.press(ANN, sent.message_id, "Repair")
    here.telegram.press(ANN, sent.message_id, "Repair")
    updates = await here.bot.get_updates()
    assert [u.callback_query.data for u in updates if u.callback_query] == ["repair:1", "repair:1"]
    assert updates[0].update_id + 1 == updates[1].update_id


async def test_nobody_presses_in_somebody_elses_chat(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    with pytest.raises(PersonCannot):
        here.telegram.press(BEN, sent.message_id, "Repair")
