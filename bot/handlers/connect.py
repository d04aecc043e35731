"""/connect: Connect 3Commas or an exchange; the subject names which."""

from bot.context import Context
from bot.handlers.command import Command


async def run(context: Context, subject: str) -> None:
    await context.services.runner.begin(context.handling, "connect", {"service": subject})


COMMAND = Command("connect", run, begins_conversation=True)
