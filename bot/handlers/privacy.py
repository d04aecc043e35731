"""/privacy: what is kept, how, and how to get rid of it."""

from bot.context import Context
from bot.handlers.command import Command
from bot.views import privacy


async def run(context: Context, subject: str) -> None:
    context.handling.say(privacy.what_is_kept())


COMMAND = Command("privacy", run)
