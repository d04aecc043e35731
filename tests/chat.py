"""A chat as a person lives it: type, press by label, read; on failure the whole conversation is shown."""

import asyncio
import base64
from collections.abc import Callable
from typing import Protocol

from sandbox.telegram.emulator import TelegramEmulator
from sandbox.telegram.parameters import Upload
from sandbox.telegram.state import Button, Message
from sandbox.telegram.views import Pressed
from sandbox.world import Person

DEADLINE_S = 20.0
"""For something to appear that the bot works on. The time of the world stands still meanwhile."""


class Around(Protocol):
    async def quiet(self) -> None: ...


class Chat:
    """One person's chat with the bot. Messages are as they were read; those that were deleted are left out."""

    def __init__(self, telegram: TelegramEmulator, person: Person, world: Around) -> None:
        self._telegram = telegram
        self._person = person
        self._world = world
        self._known: dict[int, str] = {}
        """What was visible at the person's last action, by message id."""

    # Doing

    async def send(self, text: str) -> Message:
        """Type a text; returns the message as it was sent."""
        self._remember()
        return self._telegram.say(self._person.id, text)

    async def send_document(self, name: str, content: str | bytes, caption: str = "") -> Message:
        self._remember()
        raw = content.encode() if isinstance(content, str) else content
        return self._telegram.say(self._person.id, document=Upload(name, raw, "text/plain"), caption=caption)

    async def edit_message(self, message: Message, text: str) -> None:
        self._remember()
        self._telegram.edit(self._person.id, message.message_id, text)

    async def press(self, label: str, *, on: Message | None = None) -> Message:
        """Press a button by its label, on the newest message that has it. Returns the message as it was then.

        `on` is an older message as it was read: its button is pressed even if it is gone by now, as by a phone that was
        offline.
        """
        message = on if on is not None else await self._with_button(label)
        data = next((b.callback_data for b in message.buttons if b.text == label), None)
        assert data is not None, f"{label!r} is no button that talks to the bot\n{self.transcript()}"
        self._remember()
        self._telegram.press(self._person.id, message.message_id, data)
        return message

    async def copied(self, label: str) -> str:
        """What a copy button puts into the clipboard."""
        return (await self._pressed_on_phone(label, "copy")).value

    async def link(self, label: str) -> str:
        """The address that a button opens."""
        return (await self._pressed_on_phone(label, "url")).value

    # Reading

    async def quiet(self) -> None:
        """Return once the bot has nothing to do any more."""
        await self._world.quiet()

    async def last(self) -> Message:
        """The newest message of the bot once it is idle."""
        await self.quiet()
        from_bot = [message for message in self.messages() if message.from_bot]
        assert from_bot, "the bot has said nothing"
        return from_bot[-1]

    async def shows(self, *texts: str) -> Message:
        """Wait until one message, new or changed since the person's last action, contains all these texts."""
        return await self._wait_for(texts, lambda message: self._known.get(message.message_id) != message.text)

    async def shows_button(self, label: str) -> Message:
        """Wait until some visible message has a button of this label."""
        return await self._with_button(label)

    async def still_shows(self, *texts: str) -> Message:
        """Wait until some visible message of the bot contains all these texts, whenever it was sent."""
        return await self._wait_for(texts, lambda _message: True)

    async def does_not_show(self, text: str) -> None:
        """Once the bot is idle, no visible message contains the text."""
        await self.quiet()
        assert not [m for m in self.messages() if text in m.text], f"{text!r} is shown\n{self.transcript()}"

    async def document(self) -> str:
        """The text of the newest file that the bot has sent."""
        await self.quiet()
        sent = [m for m in self.messages() if m.from_bot and m.attachment is not None]
        assert sent, f"the bot has sent no file\n{self.transcript()}"
        attachment = sent[-1].attachment
        assert attachment is not None
        return base64.b64decode(self._telegram.file(attachment.file_id).content_base64).decode()

    def messages(self) -> list[Message]:
        """Everything visible, oldest first."""
        return [message.model_copy(deep=True) for message in self._telegram.chat(self._person.id).messages]

    def visible(self, message: Message) -> bool:
        return any(m.message_id == message.message_id for m in self.messages())

    def buttons(self) -> list[str]:
        """Labels on the newest message that has any, row by row."""
        with_some = [message for message in self.messages() if message.buttons]
        return [button.text for button in with_some[-1].buttons] if with_some else []

    def transcript(self) -> str:
        """The whole conversation, as it stands now."""
        lines = [f"--- chat of {self._person.first_name} ---"]
        for message in self.messages():
            who = "bot" if message.from_bot else self._person.first_name
            edited = " (edited)" if message.edit_date is not None else ""
            file = ""
            if message.attachment is not None:
                file = f" [file {self._telegram.file(message.attachment.file_id).name}]"
            lines.append(f"{message.message_id} {who}{edited}:{file} {message.text}")
            lines += ["      " + " ".join(_drawn(button) for button in row) for row in message.keyboard]
        return "\n".join(lines)

    # Inside

    def _remember(self) -> None:
        self._known = {message.message_id: message.text for message in self.messages()}

    async def _pressed_on_phone(self, label: str, kind: str) -> Pressed:
        message = await self._with_button(label)
        pressed = self._telegram.press(self._person.id, message.message_id, label)
        assert pressed.kind == kind, f"{label!r} is a {pressed.kind} button\n{self.transcript()}"
        return pressed

    async def _with_button(self, label: str) -> Message:
        def find() -> Message | None:
            having = [m for m in self.messages() if any(button.text == label for button in m.buttons)]
            return having[-1] if having else None

        return await self._poll(find, f"no button {label!r}")

    async def _wait_for(self, texts: tuple[str, ...], counts: Callable[[Message], bool]) -> Message:
        def find() -> Message | None:
            fitting = [m for m in self.messages() if m.from_bot and counts(m) and all(text in m.text for text in texts)]
            return fitting[-1] if fitting else None

        return await self._poll(find, f"{' and '.join(map(repr, texts))} did not appear")

    async def _poll(self, find: Callable[[], Message | None], otherwise: str) -> Message:
        """Look at each change of the chat until `find` finds something."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + DEADLINE_S
        while True:
            version = self._telegram.chat(self._person.id).version
            found = find()
            if found is not None:
                return found
            left = deadline - loop.time()
            assert left > 0, f"{otherwise}\n{self.transcript()}"
            await self._telegram.wait_for_change(self._person.id, version, left)


def _drawn(button: Button) -> str:
    if button.copy_text is not None:
        return f"[{button.text} ⧉]"
    return f"[{button.text} ↗]" if button.url is not None else f"[{button.text}]"
