"""What a story is: a name, a sentence, and a function that furnishes an empty world."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.house import House


@dataclass(frozen=True)
class Story:
    """`furnish` gets the house with empty emulators and puts people, accounts, keys and trades into it."""

    name: str
    summary: str
    furnish: Callable[["House"], None]
