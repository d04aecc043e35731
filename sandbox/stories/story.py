"""What a story is: a name, a sentence, and a function that furnishes an empty world."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.house import House


def _nothing(_house: "House") -> None:
    """Most stories are all state, which is kept."""


@dataclass(frozen=True)
class Story:
    """`furnish` gets the house with empty emulators and puts people, accounts, keys and trades into it.

    at_each_start   what no state holds, such as an armed fault; called whenever the house is built, after `furnish`
    callers         where requests over HTTP seem to come from, in turn; empty: from the world's one address
    """

    name: str
    summary: str
    furnish: Callable[["House"], None]
    at_each_start: Callable[["House"], None] = _nothing
    callers: tuple[str, ...] = ()
