"""The Bot API's methods on messages, taps and files, with the refusals of the original."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sandbox.telegram.answers import Answers
from sandbox.telegram.chats import Chats
from sandbox.telegram.entities import CAPTION_LIMIT, TEXT_LIMIT, formatted
from sandbox.telegram.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request, not_emulated
from sandbox.telegram.files import Files, Kind
from sandbox.telegram.flood import Flood
from sandbox.telegram.keyboards import Markup, read_inline, read_markup
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.state import Attachment, Button, Chat, Entity, Message, TelegramState
from sandbox.telegram.updates import TAP_LIFE_S
from sandbox.world import World

Method = Callable[[Parameters], Awaitable[Any]]

DELETE_WITHIN = timedelta(hours=48)
TAP_ANSWER_LIMIT = 200
IDS_LIMIT = 100
CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


class BotMessages:
    """Each method takes the parameters as they arrived and returns the `result`."""

    def __init__(
        self, world: World, state: TelegramState, chats: Chats, files: Files, answers: Answers, flood: Flood
    ) -> None:
        self._world = world
        self._state = state
        self._chats = chats
        self._files = files
        self._answers = answers
        self._flood = flood

    def methods(self) -> dict[str, Method]:
        return {
            "sendMessage": self.send_message,
            "sendDocument": self.send_document,
            "sendPhoto": self.send_photo,
            "sendChatAction": self.send_chat_action,
            "editMessageText": self.edit_text,
            "editMessageCaption": self.edit_caption,
            "editMessageReplyMarkup": self.edit_reply_markup,
            "deleteMessage": self.delete_message,
            "deleteMessages": self.delete_messages,
            "answerCallbackQuery": self.answer_tap,
            "getFile": self.get_file,
        }

    # Sending

    async def send_message(self, given: Parameters) -> Any:
        raw = given.text("text")
        if not raw:
            raise bad_request("message text is empty")
        text, entities = formatted(raw, given.text("parse_mode"), given.text("entities"), TEXT_LIMIT)
        if not text:
            raise bad_request("text must be non-empty")
        return self._send(given, text, entities, None)

    async def send_document(self, given: Parameters) -> Any:
        return self._send_file(given, "document")

    async def send_photo(self, given: Parameters) -> Any:
        return self._send_file(given, "photo")

    async def send_chat_action(self, given: Parameters) -> Any:
        if given.text("action") not in CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        chat = self._chats.writable(given.text("chat_id"))
        self._chats.type(chat.id)
        return True

    def _send_file(self, given: Parameters, kind: Kind) -> Any:
        caption, entities = formatted(
            given.text("caption"), given.text("parse_mode"), given.text("caption_entities"), CAPTION_LIMIT
        )
        stored = self._files.sent(given, kind)
        return self._send(given, caption, entities, Attachment(kind=kind, file_id=stored.file_id))

    def _send(self, given: Parameters, text: str, entities: list[Entity], attachment: Attachment | None) -> Any:
        markup = read_markup(given.text("reply_markup"))
        preview_disabled = _preview_disabled(given)
        chat = self._chats.writable(given.text("chat_id"))
        if given.integer("message_thread_id"):
            raise bad_request("message thread not found")
        reply_to = self._reply_to(given, chat)
        self._flood.count(chat.id)
        message = Message(
            message_id=0,
            chat_id=chat.id,
            from_id=0,
            from_bot=True,
            date=self._world.clock.now(),
            text=text,
            entities=entities,
            attachment=attachment,
            reply_to=reply_to,
            protected=given.flag("protect_content"),
            silent=given.flag("disable_notification"),
            preview_disabled=preview_disabled,
        )
        _put_on(message, markup)
        return self._answers.message(self._chats.add(message))

    def _reply_to(self, given: Parameters, chat: Chat) -> int | None:
        wanted = given.json("reply_parameters", "reply parameters")
        if wanted is None:
            wanted = {"message_id": given.integer("reply_to_message_id")} if given.text("reply_to_message_id") else None
            if wanted is None:
                return None
        if not isinstance(wanted, dict) or "message_id" not in wanted:
            raise bad_request('can\'t find field "message_id"')
        found = chat.messages.get(int(wanted["message_id"]))
        if found is not None and not found.deleted:
            return found.message_id
        if wanted.get("allow_sending_without_reply") or given.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    # Editing and deleting

    async def edit_text(self, given: Parameters) -> Any:
        raw = given.text("text")
        if not raw:
            raise bad_request("message text is empty")
        text, entities = formatted(raw, given.text("parse_mode"), given.text("entities"), TEXT_LIMIT)
        if not text:
            raise bad_request("text must be non-empty")
        keyboard = read_inline(given.text("reply_markup"))
        message = self._own(given)
        if message.attachment is not None:
            raise bad_request("there is no text in the message to edit")
        return self._change(message, text, entities, keyboard)

    async def edit_caption(self, given: Parameters) -> Any:
        caption, entities = formatted(
            given.text("caption"), given.text("parse_mode"), given.text("caption_entities"), CAPTION_LIMIT
        )
        keyboard = read_inline(given.text("reply_markup"))
        message = self._own(given)
        if message.attachment is None:
            raise bad_request("there is no caption in the message to edit")
        return self._change(message, caption, entities, keyboard)

    async def edit_reply_markup(self, given: Parameters) -> Any:
        keyboard = read_inline(given.text("reply_markup"))
        message = self._own(given)
        return self._change(message, message.text, message.entities, keyboard)

    def _own(self, given: Parameters) -> Message:
        """The bot's own message that an edit names. Others' can't be edited."""
        if given.text("inline_message_id") and not given.text("chat_id"):
            raise not_emulated("an inline message")
        chat = self._chats.writable(given.text("chat_id"))
        message = self._chats.message(chat, given.message_id(), "message to edit")
        if not message.from_bot or message.force_reply:
            raise bad_request("message can't be edited")
        return message

    def _change(self, message: Message, text: str, entities: list[Entity], keyboard: list[list[Button]]) -> Any:
        """An edit that leaves the keyboard out takes it away."""
        if (text, entities, keyboard) == (message.text, message.entities, message.keyboard):
            raise bad_request(NOT_MODIFIED)
        self._flood.count(message.chat_id)
        if (text, entities) != (message.text, message.entities):
            message.edit_date = self._world.clock.now()
        message.text, message.entities, message.keyboard = text, entities, keyboard
        self._chats.changed(message.chat_id)
        return self._answers.message(message)

    async def delete_message(self, given: Parameters) -> Any:
        chat = self._chats.known_to_bot(given.text("chat_id"))
        message = self._chats.message(chat, given.message_id(), "message to delete")
        self._check_deletable(chat, message)
        self._delete(message)
        return True

    async def delete_messages(self, given: Parameters) -> Any:
        """Unknown ids are passed over in silence; one that can't be deleted refuses all."""
        ids = given.json("message_ids", "message identifiers")
        if not isinstance(ids, list) or not ids:
            raise bad_request("message identifiers are not specified")
        if len(ids) > IDS_LIMIT:
            raise bad_request("too many message identifiers specified")
        chat = self._chats.known_to_bot(given.text("chat_id"))
        found = [m for m in (chat.messages.get(int(i)) for i in ids) if m is not None and not m.deleted]
        for message in found:
            self._check_deletable(chat, message)
        for message in found:
            self._delete(message)
        return True

    def _check_deletable(self, chat: Chat, message: Message) -> None:
        if chat.type != "private" and not message.from_bot:
            raise bad_request("message can't be deleted")
        if self._chats.older_than(message, DELETE_WITHIN):
            raise bad_request("message can't be deleted for everyone")

    def _delete(self, message: Message) -> None:
        message.deleted = True
        self._chats.changed(message.chat_id)

    # Taps and files

    async def answer_tap(self, given: Parameters) -> Any:
        tap = self._state.taps.get(given.text("callback_query_id"))
        now = self._world.clock.now()
        if tap is None or (now - tap.at).total_seconds() > TAP_LIFE_S:
            raise bad_request(QUERY_TOO_OLD)
        if len(given.text("text")) > TAP_ANSWER_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        if tap.answered_at is None:
            tap.answered_at = now
            tap.text, tap.url = given.text("text"), given.text("url")
            tap.show_alert = given.flag("show_alert")
            self._chats.changed(tap.chat_id)
        return True

    async def get_file(self, given: Parameters) -> Any:
        stored = self._files.downloadable(given.text("file_id"))
        return self._answers.file(stored) | {"file_path": stored.path}


def _put_on(message: Message, markup: Markup) -> None:
    message.keyboard = markup.keyboard
    message.force_reply = markup.force_reply
    message.placeholder = markup.placeholder


def _preview_disabled(given: Parameters) -> bool:
    options = given.json("link_preview_options", "link preview options")
    if options is None:
        return given.flag("disable_web_page_preview")
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    for name in ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"):
        if not isinstance(options.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    return bool(options.get("is_disabled", False))
