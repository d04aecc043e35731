"""The one world that all emulators share: people, time, faults, addresses, and a state that survives a restart."""

import json
import os
import secrets
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field

from sandbox.clock import Clock
from sandbox.faults import Faults, Received

Part = TypeVar("Part", bound=BaseModel)

BOT_ADDRESS = "203.0.113.7"  # TEST-NET-3: what callers over HTTP count as, unless the story says otherwise


class Person(BaseModel):
    """Somebody who chats. The id is the Telegram user id and owns everything of that person in every emulator."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = "en"


class WorldState(BaseModel):
    story: str = ""
    people: list[Person] = Field(default_factory=list)
    caller_address: str = BOT_ADDRESS
    """The address that requests over HTTP seem to come from."""
    egress_ips: list[str] = Field(default_factory=lambda: [BOT_ADDRESS])
    """What the bot is told in EGRESS_IPS; empty means it has no fixed address."""
    seed: str = Field(default_factory=lambda: secrets.token_hex(8))


class World:
    """Holds every emulator's state as one pydantic model per part; `save()` writes all of them at once.

    `folder=None` keeps everything in memory (tests).
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.clock = Clock()
        self.faults = Faults()
        self.received: deque[Received] = deque(maxlen=20_000)
        self._folder = folder
        self._parts: dict[str, BaseModel] = {}
        self._dirty = False
        self._on_change: list[Callable[[], None]] = []
        self._stored: dict[str, object] = {}
        if folder is not None and (folder / "world.json").exists():
            self._stored = json.loads((folder / "world.json").read_text("utf-8"))
        self.is_new = not self._stored
        self.state = self.part("world", WorldState)

    def part(self, name: str, model: type[Part]) -> Part:
        """The state of one emulator, as stored or empty. Called once by each emulator."""
        if name in self._parts:
            return self._parts[name]  # type: ignore[return-value]
        stored = self._stored.get(name)
        value = model.model_validate(stored) if stored is not None else model()
        self._parts[name] = value
        return value

    def person(self, person_id: int) -> Person:
        for person in self.state.people:
            if person.id == person_id:
                return person
        raise KeyError(person_id)

    def changed(self) -> None:
        """An emulator calls this after every change of its state."""
        self._dirty = True
        for listener in self._on_change:
            listener()

    def on_change(self, listener: Callable[[], None]) -> None:
        self._on_change.append(listener)

    def save(self) -> None:
        """Write the state in one step, if it changed."""
        if self._folder is None or not self._dirty:
            return
        self._dirty = False
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / "world.json"
        fresh = target.with_suffix(".new")
        fresh.write_text(json.dumps({n: p.model_dump(mode="json") for n, p in self._parts.items()}), "utf-8")
        os.replace(fresh, target)
