"""/forget: everything goes, after two confirmations."""

from bot.context import Context
from bot.handlers.command import Command


async def run(context: Context, subject: str) -> None:
    await context.services.runner.begin(context.handling, "forget", {})


COMMAND = Command("forget", run, begins_conversation=True)
