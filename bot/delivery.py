"""One message at Telegram: shows a reply, in parts where it is too long for one, or rewrites the message that is a screen already."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import (
    Bot,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.buttons import Button, Copy, Link, Press
from bot.handling import STRIP
from bot.logs import log
from bot.reply import MAX_CAPTION, Document, Reply, from_json, plain, split, visible_length
from bot.texts import Html
from domain.records import Outgoing, Screen, Trader

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


MOST_BEGUN = 1_000
"""Texts whose parts are remembered at once; a text that is overtaken half-way is never called over."""


class _Sent:
    """Message ids of what one text has sent, in order. When it is tried again, nothing of that is sent twice."""

    def __init__(self) -> None:
        self._ids: list[tuple[str, int]] = []
        self._next = 0

    def again(self) -> "_Sent":
        self._next = 0
        return self

    async def once(self, what: str, send: Callable[[], Awaitable[Any]]) -> int:
        if self._next == len(self._ids) or self._ids[self._next][0] != what:
            del self._ids[self._next :]
            self._ids.append((what, int((await send()).message_id)))
        self._next += 1
        return self._ids[self._next - 1][1]


class Delivery:
    """Raises what Telegram says (telegram.error); the caller decides what becomes of the text."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._begun: dict[int, _Sent] = {}
        """By the text's id, of those that are not over. In the process: after a restart a part may come twice."""

    def forget(self, item: Outgoing) -> None:
        """It is over, one way or the other."""
        self._begun.pop(item.id, None)

    async def send(self, trader: Trader, reply: Reply) -> int:
        """A new message, kept nowhere; its id."""
        return await self._send(trader, reply, _Sent())

    async def deliver(self, trader: Trader, item: Outgoing, screen: Screen | None) -> Screen | None:
        """Send or rewrite; what the screen shows afterwards."""
        message_id = screen.message_id if screen is not None else None
        if item.body == STRIP:
            if message_id is not None:
                await _unmodified_is_fine(
                    self._bot.edit_message_reply_markup(chat_id=trader.telegram_id, message_id=message_id)
                )
            return None
        reply = from_json(item.body)
        if len(self._begun) > MOST_BEGUN:
            self._begun.clear()
        sent = self._begun.setdefault(item.id, _Sent()).again()
        digest = hashlib.sha256(json.dumps(item.body, sort_keys=True).encode()).hexdigest()[:16]
        if screen is not None and message_id is not None and reply.document is None:
            if screen.shows == digest:
                return screen
            last_id = await self._rewrite(trader, message_id, reply, sent)
            if last_id is not None:
                return Screen(screen.id, trader.id, last_id, digest)
        sent_id = await self._send(trader, reply, sent)
        return Screen(item.screen, trader.id, sent_id, digest) if item.screen is not None else None

    async def _rewrite(self, trader: Trader, message_id: int, reply: Reply, sent: _Sent) -> int | None:
        """The id of the message that has the buttons now; None if that message is gone and a new one is needed.

        Of a text that outgrew one message the beginning is rewritten; the rest follows when it is finished, which is when it has buttons.
        """
        first, *rest = split(reply.text)
        try:
            await _unmodified_is_fine(
                self._edit(trader, message_id, first, None if rest else keyboard(reply)),
            )
        except BadRequest as error:
            said = error.message.lower()
            if "message to edit not found" in said or "can't be edited" in said:
                return None
            raise
        if not rest or not reply.buttons:
            return message_id
        return await self._send(trader, replace(reply, text=Html("\n".join(rest))), sent)

    async def _edit(self, trader: Trader, message_id: int, text: Html, markup: InlineKeyboardMarkup | None) -> None:
        await _as_markup_or_plain(
            self._bot.edit_message_text,
            text,
            chat_id=trader.telegram_id,
            message_id=message_id,
            reply_markup=markup,
            link_preview_options=NO_PREVIEW,
        )

    async def _send(self, trader: Trader, reply: Reply, sent: _Sent) -> int:
        """All parts; the id of the one with the buttons."""
        if reply.picture:
            return await self._picture(trader, reply, sent)
        *first, last = split(reply.text)
        for part in first:
            await sent.once(part, partial(self._text, trader, part, None, reply.silent))
        markup: Any = keyboard(reply)
        if markup is None and reply.asks:
            markup = ForceReply(input_field_placeholder=reply.asks[:64])
        if reply.document is not None:
            await sent.once(reply.document.name, partial(self._file, trader, reply.document))
        return await sent.once(last, partial(self._text, trader, last, markup, reply.silent))

    async def _file(self, trader: Trader, document: Document) -> Any:
        return await self._bot.send_document(
            chat_id=trader.telegram_id,
            document=document.content,
            filename=document.name,
            disable_notification=True,
        )

    async def _picture(self, trader: Trader, reply: Reply, sent: _Sent) -> int:
        """The picture with its caption and buttons; a caption that is too long follows as a text."""
        fits = visible_length(reply.text) <= MAX_CAPTION
        send = partial(
            self._bot.send_photo,
            chat_id=trader.telegram_id,
            photo=reply.picture,
            caption=reply.text if fits else None,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(reply) if fits else None,
            disable_notification=reply.silent,
        )
        sent_id = await sent.once("picture", send)
        return sent_id if fits else await self._send(trader, replace(reply, picture=b""), sent)

    async def _text(self, trader: Trader, text: Html, markup: Any, silent: bool) -> Any:
        return await _as_markup_or_plain(
            self._bot.send_message,
            text,
            chat_id=trader.telegram_id,
            reply_markup=markup,
            disable_notification=silent,
            link_preview_options=NO_PREVIEW,
        )


async def _as_markup_or_plain(method: Callable[..., Awaitable[Any]], text: Html, **arguments: Any) -> Any:
    """Markup that Telegram refuses is our own defect: the trader gets the words, we get a line in the log."""
    try:
        return await method(text=text, parse_mode=ParseMode.HTML, **arguments)
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        log.error("a view made markup that Telegram refuses", said=error.message[:120])
        return await method(text=plain(text), **arguments)


async def _unmodified_is_fine(call: Any) -> None:
    try:
        await call
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """Telegram's keyboard for the rows of a reply."""
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup([[_telegram_button(button) for button in row] for row in reply.buttons])


def _telegram_button(button: Button) -> InlineKeyboardButton:
    match button:
        case Press(label, data, style):
            return InlineKeyboardButton(label, callback_data=data.pack(), style=style or None)
        case Copy(label, text):
            return InlineKeyboardButton(label, copy_text=CopyTextButton(text))
        case Link(label, url):
            return InlineKeyboardButton(label, url=url)
