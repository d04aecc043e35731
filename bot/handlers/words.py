"""Everything that is typed and is no command: an answer to the open question, an error text, or a question about the account."""

import re

from telegram import Update

from bot.context import Context
from bot.flows.error_text import ErrorText
from bot.flows.flow import Said
from bot.handlers.answering import answer
from bot.handlers.commanding import run_command
from bot.views import helping, questions, stale
from domain.phrases import Understood
from domain.records import Conversation, KeyState
from domain.values import THREE_COMMAS

_A_NUMBER = re.compile(r"\s*\d[\d\s.,]*")
"""By itself it can be a price, a year or an id as well as a code. Codes are sent with their minus, their word or their message."""


async def words(update: Update, context: Context) -> None:
    message = update.message
    assert message is not None
    text = message.text or message.caption or ""
    standing = await context.standing()
    if standing is not None and not _asks_instead(context, standing, text):
        await answer(context, standing, Said(text=text))
        return
    await question(context, text)


def _asks_instead(context: Context, standing: Conversation, text: str) -> bool:
    """Whether somebody who was asked for an error text asks about the account. The question for the text stays open."""
    library = context.services.library
    if standing.flow != ErrorText.name or library.meanings.understand(text):
        return False
    asked = library.phrases.understand(text)
    return asked is not None and asked.sure


async def question(context: Context, text: str) -> None:
    """An error text is explained, a question leads to its look or its short answer, and of a guess nothing is done."""
    library, handling = context.services.library, context.handling
    asked = library.phrases.understand(text)
    if _A_NUMBER.fullmatch(text):
        handling.say(stale.not_understood())
    elif library.meanings.understand(text) and not (asked and await _tells_of_an_account(context, asked)):
        await context.services.runner.begin(handling, "error_text", {"text": text[:1000]})
    elif asked is not None and asked.sure:
        (look,) = asked.looks
        handling.say(questions.leads_to(look))
        await run_command(context, look.value, "")
    elif (article := library.answer_to(text)) is not None:
        handling.say(helping.article(article))
    else:
        handling.say(stale.not_understood() if asked is None else questions.which(asked.looks))


async def _tells_of_an_account(context: Context, asked: Understood) -> bool:
    """Whether an error is told of in the trader's own words, and 3Commas can be asked how its keys are."""
    if not (asked.sure and asked.over_errors):
        return False
    async with context.services.units.reading() as u:
        tokens = await u.keys.list(context.trader.id, THREE_COMMAS)
    return any(token.state is KeyState.LIVE for token in tokens)


async def membership(update: Update, context: Context) -> None:
    """The trader blocked or unblocked the bot."""
    change = update.my_chat_member
    assert change is not None
    trader_id = context.trader.id
    reachable = change.new_chat_member.status not in ("kicked", "left")
    context.handling.effect(lambda u: u.traders.set_reachable(trader_id, reachable=reachable))
