"""The pretend Telegram as a whole: the Bot API on one side, people with their app on the other."""

import secrets
from datetime import timedelta
from typing import Any

from aiohttp import web

from sandbox.telegram.answers import Answers
from sandbox.telegram.bot_messages import BotMessages
from sandbox.telegram.bot_settings import BotSettings
from sandbox.telegram.chats import Chats
from sandbox.telegram.entities import CAPTION_LIMIT, TEXT_LIMIT, plain
from sandbox.telegram.errors import PersonCannot
from sandbox.telegram.files import Files
from sandbox.telegram.flood import Flood
from sandbox.telegram.parameters import Upload
from sandbox.telegram.server import BotApi
from sandbox.telegram.state import (
    Attachment,
    Button,
    Chat,
    Command,
    Entity,
    Forward,
    Message,
    StoredFile,
    Tap,
    TelegramState,
)
from sandbox.telegram.updates import TAP_LIFE_S, Updates
from sandbox.telegram.views import ChatView, Pressed
from sandbox.world import World

EDIT_WITHIN = timedelta(hours=48)


class TelegramEmulator:
    """One bot, many people. Operations of a person raise PersonCannot where the app offers no such thing,
    and KeyError for somebody who is not of this world.

    flood.burst         messages that may go to one chat at once; None switches flood control off
    flood.next(s)       refuses the next send or edit with `s` seconds to wait
    updates             the queue of what the bot has not fetched yet
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.state = world.part("telegram", TelegramState)
        self.closing = False
        self.flood = Flood(world.clock)
        self.updates = Updates(world, self.state)
        self._chats = Chats(world, self.state)
        self._answers = Answers(world, self.state)
        self._files = Files(self.state)
        self._messages = BotMessages(world, self.state, self._chats, self._files, self._answers, self.flood)
        self._settings = BotSettings(world, self.state, self._chats, self._answers, self.updates)

    @property
    def bot_token(self) -> str:
        return self.state.bot_token

    def routes(self) -> list[web.RouteDef]:
        """The Bot API: /bot<token>/<method> and /file/bot<token>/<path>."""
        methods = self._messages.methods() | self._settings.methods()
        return BotApi(self.state, self._files, methods).routes()

    def wake(self) -> None:
        """Ends every wait, so that the world can close."""
        self.closing = True
        self.updates.wake()
        self._chats.wake()

    # What a person does

    def say(
        self,
        person_id: int,
        text: str = "",
        *,
        document: Upload | None = None,
        caption: str | None = None,
        reply_to: int | None = None,
        forward: Forward | None = None,
    ) -> Message:
        """Send a text, or a document with a caption, to the bot."""
        chat = self._open_chat(person_id)
        words = (caption or "") if document is not None else text
        clean, entities = plain(words)
        if document is None and not clean:
            raise PersonCannot("An empty message cannot be sent.")
        if len(clean) > (TEXT_LIMIT if document is None else CAPTION_LIMIT):
            raise PersonCannot("The message is too long.")
        attachment = None
        if document is not None:
            attachment = Attachment(kind="document", file_id=self._files.store(document).file_id)
        chat.started = True
        return self._deliver(chat, person_id, clean, entities, attachment, reply_to, forward)

    def forward(self, person_id: int, text: str, sender_name: str, sender_id: int | None = None) -> Message:
        """Forward somebody else's text to the bot; without `sender_id` the sender hides his account."""
        origin = Forward(sender_name=sender_name, person_id=sender_id, date=self._world.clock.now())
        return self.say(person_id, text, forward=origin)

    def edit(self, person_id: int, message_id: int, text: str) -> Message:
        """Change one's own text or caption, within 48 hours."""
        chat = self._open_chat(person_id)
        message = self._own(chat, person_id, message_id)
        if message.forward is not None or self._chats.older_than(message, EDIT_WITHIN):
            raise PersonCannot("This message can no longer be edited.")
        clean, entities = plain(text)
        if not clean and message.attachment is None:
            raise PersonCannot("An empty message cannot be sent.")
        if clean == message.text:
            return message
        message.text, message.entities, message.edit_date = clean, entities, self._world.clock.now()
        self._chats.changed(chat.id)
        self.updates.put("edited_message", self._answers.message(message))
        return message

    def press(self, person_id: int, message_id: int, button: str, *, chat_id: int | None = None) -> Pressed:
        """Press an inline button, named by its words or its data.

        Data that no button carries is sent all the same, as an altered client could do; a deleted message can
        still be pressed, as by a phone that was offline.
        """
        chat = self._open_chat(person_id) if chat_id is None else self.state.chats[chat_id]
        message = chat.messages.get(message_id)
        if message is None:
            raise PersonCannot("There is no such message.")
        found = _button(message, button)
        if found.copy_text is not None:
            return Pressed("copy", found.copy_text)
        if found.url is not None:
            return Pressed("url", found.url)
        data = found.callback_data or ""
        tap = Tap(
            id=str(secrets.randbelow(2**62) + 2**61),
            person_id=person_id,
            chat_id=chat.id,
            message_id=message_id,
            data=data,
            at=self._world.clock.now(),
        )
        self._forget_old_taps()
        self.state.taps[tap.id] = tap
        self.updates.put("callback_query", self._answers.tap(tap, message))
        self._chats.changed(chat.id)
        return Pressed("tap", data, tap.id)

    def delete_own(self, person_id: int, message_id: int) -> None:
        """Delete a message in one's chat, the bot's as well. The bot is not told."""
        chat = self._chats.private(person_id)
        message = chat.messages.get(message_id)
        if message is None or message.deleted:
            raise PersonCannot("There is no such message.")
        message.deleted = True
        self._chats.changed(chat.id)

    def block(self, person_id: int) -> None:
        self._set_blocked(person_id, True)

    def unblock(self, person_id: int) -> None:
        self._set_blocked(person_id, False)

    def deactivate(self, person_id: int) -> None:
        """The person deletes the account; the bot is only told when it writes."""
        self._chats.private(person_id).deactivated = True
        self._chats.changed(person_id)

    def commands_for(self, person_id: int) -> list[Command]:
        """The command list as the app shows it to this person."""
        language = self._world.person(person_id).language_code
        return self._settings.commands_in_private(person_id, language)

    # Groups

    def add_to_group(self, group_id: int, title: str, by_person_id: int) -> Chat:
        """Somebody adds the bot to a group. `group_id` is negative; below -10**12 it is a supergroup."""
        chat = self.state.chats.setdefault(
            group_id, Chat(id=group_id, type="supergroup" if group_id < -(10**12) else "group", title=title)
        )
        chat.started = chat.bot_is_member = True
        self._membership(chat, by_person_id, "left", "member")
        return chat

    def remove_from_group(self, group_id: int, by_person_id: int) -> None:
        chat = self.state.chats[group_id]
        chat.bot_is_member = False
        self._membership(chat, by_person_id, "member", "kicked")

    def say_in_group(self, group_id: int, person_id: int, text: str, *, reply_to: int | None = None) -> Message:
        """Privacy mode is on: the bot gets commands, mentions and replies to itself, nothing else."""
        chat = self.state.chats[group_id]
        clean, entities = plain(text)
        if not clean:
            raise PersonCannot("An empty message cannot be sent.")
        return self._deliver(chat, person_id, clean, entities, None, reply_to, None)

    # Looking, and the test's own ways in

    def chat(self, person_id: int) -> ChatView:
        """What the person sees."""
        return self._view(self._chats.private(person_id), self._world.person(person_id).language_code)

    def group(self, group_id: int) -> ChatView:
        return self._view(self.state.chats[group_id], "")

    def file(self, file_id: str) -> StoredFile:
        return self.state.files[file_id]

    def tap(self, tap_id: str) -> Tap:
        return self.state.taps[tap_id]

    async def wait_for_change(self, person_id: int, since: int, timeout: float) -> int:
        """The chat's version, as soon as it is another than `since`, or after `timeout` seconds."""
        return await self._chats.wait_for_change(person_id, since, timeout)

    def push_raw(self, update: dict[str, Any]) -> int:
        """Queue any JSON as an update, known or not; `update_id` is filled in where missing."""
        return self.updates.put_raw(update)

    # Inside

    def _view(self, chat: Chat, language: str) -> ChatView:
        self._forget_old_taps()
        return ChatView(
            version=self._chats.version(chat.id),
            messages=[message for message in chat.messages.values() if not message.deleted],
            typing_until=self._chats.typing_until(chat.id),
            started=chat.started,
            blocked=chat.blocked,
            taps=[tap for tap in self.state.taps.values() if tap.chat_id == chat.id],
            commands=self._settings.commands_in_private(chat.id, language),
            description=self._settings.description(language),
        )

    def _open_chat(self, person_id: int) -> Chat:
        chat = self._chats.private(person_id)
        if chat.blocked:
            raise PersonCannot("You blocked this bot. Unblock it to write again.")
        return chat

    def _own(self, chat: Chat, person_id: int, message_id: int) -> Message:
        message = chat.messages.get(message_id)
        if message is None or message.deleted:
            raise PersonCannot("There is no such message.")
        if message.from_bot or message.from_id != person_id:
            raise PersonCannot("Only your own messages can be edited.")
        return message

    def _deliver(
        self,
        chat: Chat,
        person_id: int,
        text: str,
        entities: list[Entity],
        attachment: Attachment | None,
        reply_to: int | None,
        forward: Forward | None,
    ) -> Message:
        message = self._chats.add(
            Message(
                message_id=0,
                chat_id=chat.id,
                from_id=person_id,
                from_bot=False,
                date=self._world.clock.now(),
                text=text,
                entities=entities,
                attachment=attachment,
                reply_to=reply_to,
                forward=forward,
            )
        )
        if self._reaches_bot(chat, message):
            self.updates.put("message", self._answers.message(message))
        return message

    def _reaches_bot(self, chat: Chat, message: Message) -> bool:
        if chat.type == "private":
            return True
        answered = chat.messages.get(message.reply_to or 0)
        to_bot = answered is not None and answered.from_bot
        named = message.text.startswith("/") or f"@{self.state.bot_username}" in message.text
        return chat.bot_is_member and (to_bot or named)

    def _set_blocked(self, person_id: int, blocked: bool) -> None:
        chat = self._chats.private(person_id)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        self._membership(chat, person_id, before, after)

    def _membership(self, chat: Chat, person_id: int, before: str, after: str) -> None:
        person = self._world.person(person_id)
        now = int(self._world.clock.now().timestamp())
        self.updates.put("my_chat_member", self._answers.membership(chat, person, before, after, now))
        self._chats.changed(chat.id)

    def _forget_old_taps(self) -> None:
        now = self._world.clock.now()
        alive = {i: t for i, t in self.state.taps.items() if (now - t.at).total_seconds() <= TAP_LIFE_S}
        self.state.taps = alive


def _button(message: Message, name: str) -> Button:
    for button in message.buttons:
        if name in (button.text, button.callback_data):
            return button
    return Button(text=name, callback_data=name)
