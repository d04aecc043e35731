"""Snapshots as a screen remembers them: sealed with the message, so that a page or a detail shows what the message showed."""

from dataclasses import replace
from typing import Generic, TypeVar, cast

from domain.looking.plain_json import from_plain, to_plain
from domain.looking.view import Snapshot
from domain.records import Json, Screen, UnitOfWork

_SNAPSHOT = "snapshot"

V = TypeVar("V", bound=Snapshot)


class Snapshots(Generic[V]):
    """Snapshots of one kind, to JSON and back; figures travel as text and lose no digit."""

    def __init__(self, kind: type[V]) -> None:
        self._kind = kind

    def out(self, view: V) -> Json:
        """The memory of a screen. What a later look would go on from is kept elsewhere."""
        return {_SNAPSHOT: to_plain(replace(view, resume={}))}

    def read(self, memory: Json) -> V | None:
        """None where there is none, or where an earlier version of the bot kept it in another shape."""
        try:
            return cast(V, from_plain(self._kind, memory[_SNAPSHOT])) if _SNAPSHOT in memory else None
        except (ValueError, TypeError, KeyError):
            return None

    async def of(self, u: UnitOfWork, trader_id: str, screen_id: str) -> tuple[Screen, V] | None:
        """The screen with its snapshot. Somebody else's is as unknown as one that never was."""
        screen = await u.screens.get(screen_id)
        if screen is None or screen.trader_id != trader_id:
            return None
        view = self.read(screen.memory)
        return None if view is None else (screen, view)
