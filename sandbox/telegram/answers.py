"""The JSON of the Bot API: users, chats, messages, taps, as https://core.telegram.org/bots/api writes them."""

from typing import Any

from sandbox.telegram.state import Button, Chat, Entity, Message, StoredFile, Tap, TelegramState
from sandbox.world import Person, World

Json = dict[str, Any]


class Answers:
    def __init__(self, world: World, state: TelegramState) -> None:
        self._world = world
        self._state = state

    def bot(self) -> Json:
        return {
            "id": int(self._state.bot_token.partition(":")[0]),
            "is_bot": True,
            "first_name": self._state.bot_name,
            "username": self._state.bot_username,
        }

    def me(self) -> Json:
        return self.bot() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def user(self, person: Person) -> Json:
        user: Json = {"id": person.id, "is_bot": False, "first_name": person.first_name}
        if person.username:
            user["username"] = person.username
        if person.language_code:
            user["language_code"] = person.language_code
        return user

    def chat(self, chat: Chat) -> Json:
        if chat.type != "private":
            return {"id": chat.id, "type": chat.type, "title": chat.title}
        person = self._world.person(chat.id)
        known: Json = {"id": chat.id, "type": "private", "first_name": person.first_name}
        return known | ({"username": person.username} if person.username else {})

    def full_chat(self, chat: Chat) -> Json:
        return self.chat(chat) | {
            "accent_color_id": chat.id % 7,
            "max_reaction_count": 11,
            "accepted_gift_types": {
                "unlimited_gifts": False,
                "limited_gifts": False,
                "unique_gifts": False,
                "premium_subscription": False,
                "gifts_from_channels": False,
            },
        }

    def message(self, message: Message, with_reply: bool = True) -> Json:
        chat = self._state.chats[message.chat_id]
        sender = self.bot() if message.from_bot else self.user(self._world.person(message.from_id))
        body: Json = {
            "message_id": message.message_id,
            "from": sender,
            "chat": self.chat(chat),
            "date": int(message.date.timestamp()),
        }
        if message.edit_date is not None:
            body["edit_date"] = int(message.edit_date.timestamp())
        if message.forward is not None:
            body["forward_origin"] = self._origin(message)
        if with_reply and message.reply_to is not None:
            original = chat.messages.get(message.reply_to)
            if original is not None and not original.deleted:
                body["reply_to_message"] = self.message(original, with_reply=False)
        text, entities = ("caption", "caption_entities") if message.attachment else ("text", "entities")
        if message.text:
            body[text] = message.text
        if message.entities:
            body[entities] = [self.entity(entity) for entity in message.entities]
        if message.attachment is not None:
            body |= self._attached(self._state.files[message.attachment.file_id], message.attachment.kind)
        if message.protected:
            body["has_protected_content"] = True
        if message.preview_disabled:
            body["link_preview_options"] = {"is_disabled": True}
        if message.keyboard:
            rows = [[self.button(button) for button in row] for row in message.keyboard]
            body["reply_markup"] = {"inline_keyboard": rows}
        return body

    def inaccessible(self, message: Message) -> Json:
        """What is left of a message that is gone: date 0 says so."""
        chat = self.chat(self._state.chats[message.chat_id])
        return {"chat": chat, "message_id": message.message_id, "date": 0}

    def _origin(self, message: Message) -> Json:
        forward = message.forward
        if forward is None:
            raise ValueError("the message was not forwarded")
        date = int(forward.date.timestamp())
        if forward.person_id is None:
            return {"type": "hidden_user", "sender_user_name": forward.sender_name, "date": date}
        return {"type": "user", "sender_user": self.user(self._world.person(forward.person_id)), "date": date}

    def _attached(self, stored: StoredFile, kind: str) -> Json:
        file = self.file(stored)
        if kind == "photo":
            return {"photo": [file | {"width": stored.width, "height": stored.height}]}
        return {"document": file | {"file_name": stored.name, "mime_type": stored.mime_type}}

    def file(self, stored: StoredFile) -> Json:
        return {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}

    def entity(self, entity: Entity) -> Json:
        body = entity.model_dump(exclude_none=True)
        person_id = body.pop("user_id", None)
        if person_id is not None:
            body["user"] = self.user(self._world.person(person_id))
        return body

    def button(self, button: Button) -> Json:
        body = button.model_dump(exclude_none=True)
        if button.copy_text is not None:
            body["copy_text"] = {"text": button.copy_text}
        return body

    def tap(self, tap: Tap, message: Message) -> Json:
        return {
            "id": tap.id,
            "from": self.user(self._world.person(tap.person_id)),
            "chat_instance": str(tap.chat_id * 7_919),
            "message": self.inaccessible(message) if message.deleted else self.message(message),
            "data": tap.data,
        }

    def membership(self, chat: Chat, person: Person, before: str, after: str, now: int) -> Json:
        """The bot's own standing in a chat changed: `my_chat_member`."""

        def member(status: str) -> Json:
            return {"user": self.bot(), "status": status} | ({"until_date": 0} if status == "kicked" else {})

        return {
            "chat": self.chat(chat),
            "from": self.user(person),
            "date": now,
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
