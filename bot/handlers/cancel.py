"""/cancel: ends the open conversation and says which it was."""

from bot.context import Context
from bot.handlers.command import Command
from bot.reply import Reply
from bot.texts import say


async def run(context: Context, subject: str) -> None:
    standing = await context.standing()
    if standing is None:
        context.handling.say(Reply(say("conversation-nothing-to-cancel")))
        return
    await context.services.runner.cancel(context.handling, standing)


COMMAND = Command("cancel", run, begins_conversation=True)
