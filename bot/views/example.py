"""Every view registers an example of itself; the gallery and a test draw them all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

EXAMPLES: dict[str, list[Callable[[], Any]]] = {}
"""`module.function` to functions that draw it."""


@dataclass(frozen=True)
class Given:
    """The arguments of one example."""

    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)


def given(*args: Any, **kwargs: Any) -> Given:
    return Given(args, kwargs)


def example(*cases: Given) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`@example(given(2), given(0))` above a view: one per face that it has; `@example()` where it takes nothing."""

    def register(view: Callable[P, R]) -> Callable[P, R]:
        name = f"{view.__module__.rpartition('.')[2]}.{view.__name__}"
        for case in cases or (given(),):
            EXAMPLES.setdefault(name, []).append(partial(view, *case.args, **case.kwargs))
        return view

    return register
