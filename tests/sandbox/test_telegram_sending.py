"""What the bot may send, seen through python-telegram-bot, and what is refused."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from telegram import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, NetworkError

from tests.sandbox.telegram_world import ANN, BEN, TelegramWorld, png, telegram_world


@pytest_asyncio.fixture
async def here() -> AsyncIterator[TelegramWorld]:
    async with telegram_world() as world:
        yield world


def keyboard(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("press", **button)]])


async def test_a_message_arrives_as_it_was_meant(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(
        ANN,
        "<b>Binance</b>: 1 &lt; 2",
        parse_mode="HTML",
        reply_markup=InlineKeyboardMarkup(
            [
                [InlineKeyboardButton("Repair", callback_data="r:1", api_kwargs={"style": "danger"})],
                [
                    InlineKeyboardButton("Addresses", copy_text=CopyTextButton("192.0.2.1")),
                    InlineKeyboardButton("Guide", url="https://help.3commas.io"),
                ],
            ]
        ),
        protect_content=True,
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    seen = here.telegram.chat(ANN).last
    assert seen.message_id == sent.message_id
    assert seen.text == sent.text == "Binance: 1 < 2"
    assert [e.type for e in seen.entities] == ["bold"]
    assert [[b.text for b in row] for row in seen.keyboard] == [["Repair"], ["Addresses", "Guide"]]
    assert [b.style for b in seen.buttons] == ["danger", None, None]
    assert (seen.protected, seen.silent, seen.preview_disabled) == (True, True, True)
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[1][0].copy_text == CopyTextButton("192.0.2.1")
    assert sent.has_protected_content


async def test_entities_are_taken_in_utf16_offsets(here: TelegramWorld) -> None:
    text = "\U0001f4c8 /forget"
    sent = await here.bot.send_message(ANN, text, entities=[MessageEntity("code", 3, 7)])
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("code", 3, 7)]
    assert sent.parse_entity(sent.entities[0]) == "/forget"


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("", {}, "Message text is empty"),
        ("  \n ", {}, "Text must be non-empty"),
        ("<b></b>", {"parse_mode": "HTML"}, "Text must be non-empty"),
        ("x" * 4097, {}, "Message is too long"),
        ("<b>x", {"parse_mode": "HTML"}, "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
        ("x", {"parse_mode": "XML"}, "Unsupported parse_mode"),
        ("x", {"entities": [MessageEntity("bold", 5, 1)]}, "Entity begins after the end of the text"),
        ("x", {"entities": [MessageEntity("bold", 0, 9)]}, "Entity beginning at utf-16 offset 0 ends after the end"),
        ("x", {"entities": [MessageEntity("bold", -1, 1)]}, "Receive an entity with incorrect offset -1"),
        ("x", {"entities": [MessageEntity("shouting", 0, 1)]}, "Unsupported type specified"),
        ("x", {"entities": [MessageEntity("text_link", 0, 1, url="nowhere")]}, "Entity url 'nowhere' is invalid"),
        ("x", {"message_thread_id": 5}, "Message thread not found"),
        ("x", {"reply_parameters": ReplyParameters(999)}, "Message to be replied not found"),
        ("x", {"reply_markup": keyboard(callback_data="y" * 65)}, "Button_data_invalid"),
        ("x", {"reply_markup": keyboard(callback_data="я" * 33)}, "Button_data_invalid"),
        ("x", {"reply_markup": keyboard(copy_text=CopyTextButton("y" * 257))}, "Button_copy_text_invalid"),
        ("x", {"reply_markup": keyboard(url="nowhere")}, "Inline keyboard button url 'nowhere' is invalid"),
        ("x", {"reply_markup": keyboard(url="ftp://a.io")}, "Unsupported url protocol"),
        ("x", {"reply_markup": keyboard(url="http://localhost/")}, "Wrong http url"),
        ("x", {"reply_markup": keyboard()}, "Text buttons are unallowed in the inline keyboard"),
    ],
)
async def test_a_wrong_message_is_refused_and_not_sent(
    here: TelegramWorld, text: str, options: dict[str, Any], words: str
) -> None:
    before = len(here.telegram.chat(ANN).messages)
    with pytest.raises(BadRequest) as refused:
        await here.bot.send_message(ANN, text, **options)
    assert words.lower() in str(refused.value).lower()
    assert len(here.telegram.chat(ANN).messages) == before


async def test_64_bytes_of_data_256_characters_to_copy_and_100_buttons_are_allowed(here: TelegramWorld) -> None:
    rows = [[InlineKeyboardButton(str(n), callback_data="я" * 32) for n in range(5)] for _ in range(20)]
    rows[0][0] = InlineKeyboardButton("copy", copy_text=CopyTextButton("я" * 256))
    await here.bot.send_message(ANN, "x", reply_markup=InlineKeyboardMarkup(rows))
    rows.append([InlineKeyboardButton("one more", callback_data="x")])
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await here.bot.send_message(ANN, "x", reply_markup=InlineKeyboardMarkup(rows))


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        ('{"inline_keyboard": "x"}', 'field "inline_keyboard" must be of type Array'),
        ('{"inline_keyboard": [{}]}', "must be an Array of Arrays"),
        ('{"inline_keyboard": [["x"]]}', "InlineKeyboardButton must be an Object"),
        ('{"inline_keyboard": [[{"callback_data": "x"}]]}', 'Can\'t find field "text"'),
        ('{"inline_keyboard": [[{"text": 5}]]}', 'Field "text" must be of type String'),
        ('{"inline_keyboard": [[{"text": "x", "pay": true}]]}', "BUTTON_TYPE_INVALID"),
        ('{"inline_keyboard": [[{"text": "x", "callback_data": "x", "style": "loud"}]]}', "Invalid button style"),
        ('{"force_reply": "yes"}', 'field "force_reply" must be of type Boolean'),
    ],
)
async def test_a_keyboard_of_the_wrong_form_is_refused(here: TelegramWorld, markup: str, words: str) -> None:
    status, body = await here.call("sendMessage", data={"chat_id": ANN, "text": "x", "reply_markup": markup})
    assert status == body["error_code"] == 400
    assert words in body["description"]


@pytest.mark.parametrize(
    "markup",
    [
        '{"keyboard": [["x"]]}',
        '{"inline_keyboard": [[{"text": "x", "web_app": {"url": "https://a.io"}}]]}',
        '{"inline_keyboard": [[{"text": "x", "switch_inline_query": "q"}]]}',
    ],
)
async def test_what_is_not_emulated_says_so(here: TelegramWorld, markup: str) -> None:
    status, body = await here.call("sendMessage", data={"chat_id": ANN, "text": "x", "reply_markup": markup})
    assert status == 501
    assert "not emulated" in body["description"]


async def test_a_preview_option_of_the_wrong_type_is_refused(here: TelegramWorld) -> None:
    options = json.dumps({"is_disabled": "yes"})
    _, body = await here.call("sendMessage", data={"chat_id": ANN, "text": "x", "link_preview_options": options})
    assert body["description"] == 'Bad Request: field "is_disabled" must be of type Boolean'


@pytest.mark.parametrize("chat_id", [12345, BEN, -5, "@nobody", "words"])
async def test_a_chat_that_never_wrote_is_not_found(here: TelegramWorld, chat_id: int | str) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await here.bot.send_message(chat_id, "hello")


async def test_without_a_chat_id_nothing_is_sent(here: TelegramWorld) -> None:
    _, body = await here.call("sendMessage", data={"text": "x"})
    assert body["description"] == "Bad Request: chat_id is empty"


async def test_a_blocked_bot_is_forbidden_until_it_is_unblocked(here: TelegramWorld) -> None:
    here.telegram.block(ANN)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await here.bot.send_message(ANN, "hello")
    with pytest.raises(Forbidden):
        await here.bot.send_chat_action(ANN, "typing")
    here.telegram.unblock(ANN)
    await here.bot.send_message(ANN, "hello again")


async def test_a_deleted_account_is_forbidden(here: TelegramWorld) -> None:
    here.telegram.deactivate(ANN)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await here.bot.send_message(ANN, "hello")


async def test_a_reply_names_its_message_and_may_do_without(here: TelegramWorld) -> None:
    question = here.telegram.say(ANN, "why?")
    sent = await here.bot.send_message(ANN, "because", reply_parameters=ReplyParameters(question.message_id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "why?"
    lone = await here.bot.send_message(
        ANN, "because", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )
    assert lone.reply_to_message is None


async def test_a_question_shows_its_placeholder(here: TelegramWorld) -> None:
    await here.bot.send_message(ANN, "Send me the key", reply_markup=ForceReply(input_field_placeholder="API key"))
    seen = here.telegram.chat(ANN).last
    assert (seen.force_reply, seen.placeholder) == (True, "API key")


async def test_typing_shows_for_five_seconds_or_until_the_message(here: TelegramWorld) -> None:
    here.world.clock.freeze()
    await here.bot.send_chat_action(ANN, "typing")
    assert here.telegram.chat(ANN).typing_until is not None
    here.advance(seconds=6)
    assert here.telegram.chat(ANN).typing_until is None
    await here.bot.send_chat_action(ANN, "typing")
    await here.bot.send_message(ANN, "done")
    assert here.telegram.chat(ANN).typing_until is None
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await here.bot.send_chat_action(ANN, "dancing")


async def test_a_document_comes_back_byte_by_byte(here: TelegramWorld) -> None:
    content = bytes(range(256)) + b"\r\n--\r\n\r\n"
    sent = await here.bot.send_document(ANN, content, filename="ключ 1.pem", caption="<b>half</b>", parse_mode="HTML")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("ключ 1.pem", len(content))
    assert (sent.caption, sent.caption_entities[0].type) == ("half", "bold")
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == content
    again = await here.bot.send_document(ANN, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id


async def test_a_photo_knows_its_size(here: TelegramWorld) -> None:
    sent = await here.bot.send_photo(ANN, png(40, 30), caption="chart")
    assert [(p.width, p.height) for p in sent.photo] == [(40, 30)]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no picture", "Image_process_failed"), (png(2100, 100), "Photo_invalid_dimensions"), (b"", "non-empty")],
)
async def test_what_is_no_photo_is_refused(here: TelegramWorld, content: bytes, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        await here.bot.send_photo(ANN, content)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "there is no document in the request"),
        ({"document": "unknown-id"}, "wrong file identifier/HTTP URL specified"),
        ({"document": "attach://missing"}, "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_a_document_that_is_not_there_is_refused(here: TelegramWorld, values: dict[str, str], words: str) -> None:
    _, body = await here.call("sendDocument", data={"chat_id": str(ANN), **values})
    assert body["description"] == f"Bad Request: {words}"


async def test_a_caption_is_limited_to_1024(here: TelegramWorld) -> None:
    await here.bot.send_document(ANN, b"x", caption="x" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await here.bot.send_document(ANN, b"x", caption="x" * 1025)


async def test_query_form_json_and_multipart_mean_the_same(here: TelegramWorld) -> None:
    values = {"chat_id": str(ANN), "text": "same", "no_such_parameter": "1"}
    await here.call("sendMessage", params=values)
    await here.call("sendMessage", data=values)
    await here.call("SENDMESSAGE", json={**values, "chat_id": ANN, "reply_markup": {"inline_keyboard": []}})
    async with here.http.get(f"{here.origin}/bot{here.bot.token}/sendMessage", params=values) as answer:
        assert answer.status == 200
    assert [m.text for m in here.telegram.chat(ANN).messages[-4:]] == ["same"] * 4


async def test_a_file_too_large_to_download_is_refused(here: TelegramWorld) -> None:
    sent = await here.bot.send_document(ANN, b"x")
    assert sent.document is not None
    here.telegram.file(sent.document.file_id).size = 21 * 1024 * 1024
    with pytest.raises(BadRequest, match="File is too big"):
        await sent.document.get_file()
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await here.bot.get_file("unknown")


async def test_a_broken_connection_after_the_send_leaves_the_message_there(here: TelegramWorld) -> None:
    from sandbox.faults import Fault

    here.world.faults.arm(Fault("telegram", "lost", path="sendMessage", times=1))
    with pytest.raises(NetworkError):
        await here.bot.send_message(ANN, "sent or not?")
    assert here.telegram.chat(ANN).last.text == "sent or not?"
