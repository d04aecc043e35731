"""Everything that the pretend Telegram remembers, as one model that survives a restart."""

import secrets
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field


def _new_token() -> str:
    """Digits, a colon and 35 characters, as BotFather hands them out."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    secret = "".join(secrets.choice(alphabet) for _ in range(35))
    return f"{secrets.randbelow(8_000_000_000) + 1_000_000_000}:{secret}"


class Entity(BaseModel):
    """Formatting of a part of a text. `offset` and `length` count UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None


class Button(BaseModel):
    """One inline button. Exactly one of `callback_data`, `url` and `copy_text` is set."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    style: Literal["primary", "danger", "success"] | None = None


class StoredFile(BaseModel):
    """A file that was sent by somebody."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    path: str
    size: int
    content_base64: str = Field(repr=False)
    width: int = 0
    height: int = 0


class Attachment(BaseModel):
    kind: Literal["document", "photo"]
    file_id: str


class Forward(BaseModel):
    """Where a forwarded message came from."""

    sender_name: str
    person_id: int | None = None
    date: datetime


class Message(BaseModel):
    """One message of one chat. `text` is the caption where there is an attachment."""

    message_id: int
    chat_id: int
    from_id: int
    from_bot: bool
    date: datetime
    edit_date: datetime | None = None
    text: str = ""
    entities: list[Entity] = Field(default_factory=list)
    attachment: Attachment | None = None
    keyboard: list[list[Button]] = Field(default_factory=list)
    force_reply: bool = False
    placeholder: str = ""
    reply_to: int | None = None
    forward: Forward | None = None
    protected: bool = False
    silent: bool = False
    preview_disabled: bool = False
    deleted: bool = False
    """Deleted messages stay as a trace: a tap that was under way may still name them."""

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row by row."""
        return [button for row in self.keyboard for button in row]


class Chat(BaseModel):
    """A private chat (its id is the person's) or a group (negative id)."""

    id: int
    type: Literal["private", "group", "supergroup"] = "private"
    title: str = ""
    started: bool = False
    """The person has written at least once; before, the bot cannot know of the chat."""
    blocked: bool = False
    deactivated: bool = False
    bot_is_member: bool = True
    messages: dict[int, Message] = Field(default_factory=dict)


class Tap(BaseModel):
    """A press on an inline button, from the tap to the bot's answer."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    at: datetime
    answered_at: datetime | None = None
    text: str = ""
    show_alert: bool = False
    url: str = ""


class PendingUpdate(BaseModel):
    """An update that the bot has not acknowledged yet."""

    update_id: int
    kind: str
    at: datetime
    body: dict[str, Any]


class Command(BaseModel):
    command: str
    description: str


class Webhook(BaseModel):
    url: str = ""
    secret_token: str = Field("", repr=False)
    max_connections: int = 40


class TelegramState(BaseModel):
    bot_token: str = Field(default_factory=_new_token, repr=False)
    bot_name: str = "Reconnect"
    bot_username: str = "reconnect_sandbox_bot"
    chats: dict[int, Chat] = Field(default_factory=dict)
    files: dict[str, StoredFile] = Field(default_factory=dict)
    taps: dict[str, Tap] = Field(default_factory=dict)
    updates: list[PendingUpdate] = Field(default_factory=list)
    allowed_updates: list[str] = Field(default_factory=list)
    """Empty means every kind but the three that must be asked for by name."""
    webhook: Webhook = Field(default_factory=Webhook)
    last_update_id: int = Field(default_factory=lambda: secrets.randbelow(900_000_000) + 100_000_000)
    last_message_id: int = 0
    commands: dict[str, list[Command]] = Field(default_factory=dict)
    """By "scope/language", for example "all_private_chats/" or "chat:7/de"."""
    descriptions: dict[str, str] = Field(default_factory=dict)
    short_descriptions: dict[str, str] = Field(default_factory=dict)
    menu_buttons: dict[int, str] = Field(default_factory=dict)
    """Kind of menu button by chat; 0 stands for every chat without one of its own."""
