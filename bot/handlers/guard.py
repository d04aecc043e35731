"""Before every other handler: a message that looks like a secret is deleted at once, whatever it was meant for.

Captions, edited messages and small text files too. The text itself goes on in memory as the answer to an open question that
asks for a secret, and nowhere else.
"""

from telegram import Document, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.context import Context
from bot.flows.flow import Said
from bot.handlers.answering import answer
from bot.logs import log
from bot.views import secrets_seen
from domain.secrets_guard import looks_secret

MAX_TEXT_FILE = 20_000
GONE = "message to delete not found"
TRIES = 2
"""To delete, or to fetch a file, where Telegram did not answer. A third would keep the trader waiting."""


class NotFetched(Exception):
    """A small file whose content Telegram did not hand out."""


async def guard(update: Update, context: Context) -> None:
    """Stops here if it dealt with the message."""
    message = update.message or update.edited_message
    if message is None:
        return
    text = message.text or message.caption or ""
    try:
        attached = await _text_file(message)
    except NotFetched:
        attached = None
        if looks_secret(text) is None:
            await _unread(context)
    content = attached or text
    standing = await context.standing()
    flow = context.services.runner.flow(standing.flow) if standing is not None else None
    if standing is not None and flow is not None and update.message is not None and not text.startswith("/"):
        if flow.awaits_secret(standing.step) and content:
            removed = await _remove(message)
            await answer(context, standing, Said(text=content, removed=removed))
            raise ApplicationHandlerStop
        if flow.takes_key(standing.step) and content:
            # A key id is no secret; a secret in its place is one, and the flow says so in the words of its question.
            removed_one = await _remove(message) if flow.holds_secret(standing.step, content, standing.memory) else None
            await answer(context, standing, Said(text=content, removed=removed_one))
            raise ApplicationHandlerStop
    suspicion = looks_secret(text) or looks_secret(attached or "")
    if suspicion is None:
        if update.edited_message is not None:
            # Acting on an edit would carry out an old command a second time; only secrets in it matter.
            raise ApplicationHandlerStop
        return
    context.handling.say(secrets_seen.unasked(suspicion, removed=await _remove(message)))
    if standing is not None:
        context.services.runner.offer(context.handling, standing)
    raise ApplicationHandlerStop


async def _unread(context: Context) -> None:
    """Says that nobody knows what the file holds."""
    context.handling.say(secrets_seen.file_not_read())
    standing = await context.standing()
    if standing is not None:
        context.services.runner.offer(context.handling, standing)
    raise ApplicationHandlerStop


async def _remove(message: Message) -> bool:
    """True if it is gone from the chat. Deleting what is gone already is success, so a repeat after a kill is harmless, and so
    is one after an answer that was lost."""
    for _ in range(TRIES):
        try:
            await message.delete()
        except BadRequest as error:
            return GONE in error.message.lower()
        except TelegramError as error:
            log.warning("a message with a secret could not be deleted", error=type(error).__name__)
        else:
            return True
    return False


async def _text_file(message: Message) -> str | None:
    """The text of a small file; None for anything else. Raises NotFetched."""
    document = message.document
    if document is None or (document.file_size or 0) > MAX_TEXT_FILE:
        return None
    content = await _fetched(document)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


async def _fetched(document: Document) -> bytes:
    for _ in range(TRIES):
        try:
            file = await document.get_file()
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            log.warning("a file could not be fetched", error=type(error).__name__)
            continue
        if document.file_size in (None, len(content)):
            return content
        log.warning("a file arrived with another length")
    raise NotFetched
