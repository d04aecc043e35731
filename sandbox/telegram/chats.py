"""The ledger of all chats: both the bot's methods and the people's app write here, and a change wakes whoever looks."""

import asyncio
from datetime import datetime, timedelta
from itertools import count

from sandbox.telegram.errors import Refused, bad_request, forbidden
from sandbox.telegram.state import Chat, Message, TelegramState
from sandbox.world import World

TYPING_S = 5.0


class Chats:
    """Lookup, numbering, typing, and the waiting for changes."""

    def __init__(self, world: World, state: TelegramState) -> None:
        self._world = world
        self._state = state
        self._versions: dict[int, int] = {}
        # Begins at the time, so that a page that outlives a restart sees that its version is gone.
        self._numbers = count(world.clock.milliseconds())
        self._start_version = next(self._numbers)
        self._changes: dict[int, asyncio.Event] = {}
        self._typing: dict[int, datetime] = {}
        self._closing = False

    def private(self, person_id: int) -> Chat:
        """The person's chat with the bot. Raises KeyError for somebody who is not of this world."""
        self._world.person(person_id)
        return self._state.chats.setdefault(person_id, Chat(id=person_id))

    def known_to_bot(self, chat_id: str) -> Chat:
        """The chat that the bot names, whether it may write there or not. Raises Refused (400)."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            chat = self._state.chats.get(int(chat_id))
        except ValueError:
            chat = None
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: str) -> Chat:
        """The chat that the bot names, if it may write there. Raises Refused (400, 403)."""
        chat = self.known_to_bot(chat_id)
        fault = self._no_way_in(chat)
        if fault is not None:
            raise fault
        return chat

    def _no_way_in(self, chat: Chat) -> Refused | None:
        if chat.deactivated:
            return forbidden("user is deactivated")
        if chat.blocked:
            return forbidden("bot was blocked by the user")
        if not chat.bot_is_member:
            return forbidden(f"bot is not a member of the {chat.type} chat")
        return None

    def message(self, chat: Chat, message_id: int, what: str) -> Message:
        """A message that is still there. `what` names it in the refusal: "message to edit"."""
        found = chat.messages.get(message_id)
        if found is None or found.deleted:
            raise bad_request(f"{what} not found")
        return found

    def add(self, message: Message) -> Message:
        """Number the message and put it at the end of its chat."""
        self._state.last_message_id += 1
        message.message_id = self._state.last_message_id
        chat = self._state.chats[message.chat_id]
        chat.messages[message.message_id] = message
        if message.from_bot:
            self._typing.pop(chat.id, None)
        self.changed(chat.id)
        return message

    def older_than(self, message: Message, age: timedelta) -> bool:
        return self._world.clock.now() - message.date > age

    def type(self, chat_id: int) -> None:
        """The bot shows "typing" for five seconds, or until its next message."""
        self._typing[chat_id] = self._world.clock.now() + timedelta(seconds=TYPING_S)
        self.changed(chat_id)

    def typing_until(self, chat_id: int) -> datetime | None:
        until = self._typing.get(chat_id)
        return until if until is not None and until > self._world.clock.now() else None

    def changed(self, chat_id: int) -> None:
        self._versions[chat_id] = next(self._numbers)
        self._world.changed()
        event = self._changes.pop(chat_id, None)
        if event is not None:
            event.set()

    def version(self, chat_id: int) -> int:
        return self._versions.get(chat_id, self._start_version)

    async def wait_for_change(self, chat_id: int, since: int, timeout_s: float) -> int:
        """Returns the version as soon as it is another than `since`, or after `timeout_s` seconds."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while self.version(chat_id) == since and not self._closing:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                break
            event = self._changes.setdefault(chat_id, asyncio.Event())
            try:
                await asyncio.wait_for(event.wait(), left)
            except TimeoutError:
                break
        return self.version(chat_id)

    def wake(self) -> None:
        self._closing = True
        for event in self._changes.values():
            event.set()
