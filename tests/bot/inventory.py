"""What there is of each kind: conversations, views with their examples, errors. For tests that hold all of them to something."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType
from typing import Any, get_type_hints

import bot.flows
import bot.views
from bot.flows.flow import Flow
from bot.reply import Reply
from bot.views.example import EXAMPLES
from domain import errors
from domain.access import KeyGone
from domain.causes import Cause


def modules(package: ModuleType) -> list[ModuleType]:
    names = [info.name for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}.") if not info.ispkg]
    return [importlib.import_module(name) for name in names]


def flows() -> list[type[Flow]]:
    """Every conversation, those that share a base included."""
    modules(bot.flows)
    found: list[type[Flow]] = []
    waiting = list(Flow.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "name" in vars(kind):
            found.append(kind)
    return found


def views() -> dict[str, Callable[..., Reply]]:
    """Every public function of the views that returns a reply."""
    found = {}
    for module in modules(bot.views):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            mine = function.__module__ == module.__name__ and not name.startswith("_")
            if mine and get_type_hints(function).get("return") is Reply:
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = function
    return found


def examples() -> Iterator[tuple[str, partial[Any]]]:
    """All of them by name and number; drawn only when they are called."""
    modules(bot.views)
    for name, faces in sorted(EXAMPLES.items()):
        for number, face in enumerate(faces):
            assert isinstance(face, partial)
            yield f"{name}-{number}", face


def an_error(kind: type[Exception]) -> Exception:
    said = "<b>/forget</b> everything"
    if kind is KeyGone:
        return KeyGone("k1")
    if kind is errors.KeyRefused:
        return errors.KeyRefused("binance", (Cause.KEY_UNKNOWN,), code="-2015", said=said)
    if kind is errors.RightMissing:
        return errors.RightMissing("three_commas", "ACCOUNTS_READ")
    if kind is errors.TooManyRequests:
        return errors.TooManyRequests("binance", 1.0)
    return kind("binance", code="-1", said=said)
