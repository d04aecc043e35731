"""Every view registers an example of itself; the gallery and a test draw them all."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from bot.reply import Reply

P = ParamSpec("P")
R = TypeVar("R")

EXAMPLES: dict[str, list[Callable[[], Reply]]] = {}
"""`module.function` to functions that draw it."""


def example(*draw: Callable[[], Reply]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`@example(lambda: first_time())` above a view; several where the view has several faces."""

    def register(view: Callable[P, R]) -> Callable[P, R]:
        EXAMPLES.setdefault(f"{view.__module__.rpartition('.')[2]}.{view.__name__}", []).extend(draw)
        return view

    return register
