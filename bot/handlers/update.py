"""/update: Update the keys of an exchange account; the subject names which."""

from bot.context import Context
from bot.handlers.command import Command


async def run(context: Context, subject: str) -> None:
    await context.services.runner.begin(context.handling, "update", {"account": subject})


COMMAND = Command("update", run, begins_conversation=True)
