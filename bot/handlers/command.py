"""What a command is: a name, and a function that a typed command, a button and another handler can all call."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.context import Context

Run = Callable[[Context, str], Awaitable[None]]
"""`subject` names one thing (an account, a key), or is empty."""


@dataclass(frozen=True, slots=True)
class Command:
    """`in_menu` commands stand in Telegram's menu with the text `command-<name>`."""

    name: str
    run: Run
    in_menu: bool = True
    begins_conversation: bool = False
    """It takes the place of an open conversation; the others are answered and the conversation is offered again."""
