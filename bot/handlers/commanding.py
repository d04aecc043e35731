"""Runs a command, typed or pressed; offers an open conversation again afterwards."""

from telegram import Update

from bot.context import Context
from bot.handlers.command import Command
from bot.views import stale

_commands: dict[str, Command] = {}
"""Filled by `table.py`, which lists them in the order that matters."""


def know(commands: tuple[Command, ...]) -> None:
    _commands.clear()
    _commands.update({command.name: command for command in commands})


async def run_command(context: Context, name: str, subject: str) -> None:
    command = _commands.get(name)
    standing = None if command is not None and command.begins_conversation else await context.standing()
    if command is None:
        context.handling.say(stale.unknown_command(name))
    else:
        await command.run(context, subject)
    if standing is not None:
        context.services.runner.offer(context.handling, standing)


async def typed(update: Update, context: Context) -> None:
    """`/name argument`; an argument is a shortcut and never needed. `/name@bot` is the same."""
    assert update.message is not None
    first, *rest = (update.message.text or "").split(maxsplit=1)
    await run_command(context, first[1:].partition("@")[0].lower(), "".join(rest).strip()[:64])
