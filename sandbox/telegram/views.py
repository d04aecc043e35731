"""What people see: a chat with everything in it, and what a press did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sandbox.telegram.state import Command, Message, Tap


@dataclass(frozen=True)
class ChatView:
    """A chat as its person sees it now."""

    version: int
    """Another number after every change; for TelegramEmulator.wait_for_change."""
    messages: list[Message]
    """Oldest first, without deleted ones; each with its text, entities, keyboard and attachment."""
    typing_until: datetime | None
    started: bool
    blocked: bool
    taps: list[Tap]
    """Presses of the last 150 seconds, answered or not."""
    commands: list[Command]
    description: str
    """What stands in an empty chat."""

    @property
    def last(self) -> Message:
        """The newest message. Raises IndexError in an empty chat."""
        return self.messages[-1]


@dataclass(frozen=True)
class Pressed:
    """What a press did: a tap sent to the bot, a text copied, or an address opened."""

    kind: Literal["tap", "copy", "url"]
    value: str
    """Callback data, copied text or address."""
    tap_id: str = ""
