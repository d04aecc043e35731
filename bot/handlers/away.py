"""What changed while the trader was away; reached by the button of /start."""

from bot.context import Context
from bot.handlers.command import Command


async def run(context: Context, subject: str) -> None:
    await context.services.runner.begin(context.handling, "away", {})


COMMAND = Command("away", run, in_menu=False, begins_conversation=True)
