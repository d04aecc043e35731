"""Everything that is typed and is no command: an answer to the open question, an error text, or a question."""

from telegram import Update

from bot.context import Context
from bot.flows.flow import Said
from bot.handlers.answering import answer
from bot.views import stale


async def words(update: Update, context: Context) -> None:
    message = update.message
    assert message is not None
    text = message.text or message.caption or ""
    standing = await context.standing()
    if standing is not None:
        await answer(context, standing, Said(text=text))
        return
    if text and context.services.library.meanings.understand(text):
        await context.services.runner.begin(context.handling, "error_text", {"text": text[:1000]})
        return
    context.handling.say(stale.not_understood())


async def membership(update: Update, context: Context) -> None:
    """The trader blocked or unblocked the bot."""
    change = update.my_chat_member
    assert change is not None
    trader_id = context.trader.id
    reachable = change.new_chat_member.status not in ("kicked", "left")
    context.handling.effect(lambda u: u.traders.set_reachable(trader_id, reachable=reachable))
