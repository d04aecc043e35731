"""All commands and all ways in, in the order that matters. Read it as a table of contents."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, MessageHandler, TypeHandler, filters

from bot.context import Context, OurApplication
from bot.handlers import (
    away,
    cancel,
    check,
    connect,
    forget,
    funds,
    guard,
    help,
    keys,
    linking,
    orders,
    positions,
    privacy,
    start,
    taps,
    trades,
    update,
    words,
)
from bot.handlers.command import Command
from bot.handlers.commanding import know, typed

COMMANDS: tuple[Command, ...] = (
    start.COMMAND,
    check.COMMAND,
    orders.COMMAND,
    funds.COMMAND,
    positions.COMMAND,
    trades.COMMAND,
    connect.COMMAND,
    update.COMMAND,
    keys.COMMAND,
    help.COMMAND,
    privacy.COMMAND,
    forget.COMMAND,
    cancel.COMMAND,
    away.COMMAND,
    keys.RENAME,
    keys.REMOVE,
    linking.LINK,
    linking.UNLINK,
    orders.BY_HAND,
    orders.FREE,
    orders.WATCH_AGAIN,
    positions.TAKE_OVER,
    trades.SET_UP,
)


async def _failed(update: object, context: Context) -> None:
    """python-telegram-bot swallows what a handler raises; the stored update needs to know."""
    context.handling.error = context.error


def register(application: OurApplication) -> None:
    know(COMMANDS)
    application.add_handler(TypeHandler(Update, guard.guard), group=-1)
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.Regex(r"^/\w"), typed))
    application.add_handler(CallbackQueryHandler(taps.tap))
    application.add_handler(ChatMemberHandler(words.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, words.words))
    application.add_error_handler(_failed)
