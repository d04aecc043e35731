"""Which page of an unfinished list a trader has turned to, so that the list keeps it when it goes on by itself."""

from datetime import datetime

from bot.views.pages import Place
from domain.records import Screen, UnitOfWork

_PLACE = "place"


async def turn_to(u: UnitOfWork, trader_id: str, place: Place, at: datetime) -> None:
    await u.screens.put(Screen(_kept_as(place.screen), trader_id, None, memory={_PLACE: place.pack()}), at)


async def turned_to(u: UnitOfWork, screen_id: str) -> Place:
    """The beginning where no page was turned."""
    kept = await u.screens.get(_kept_as(screen_id))
    return Place(screen_id) if kept is None else Place.unpack(str(kept.memory[_PLACE]))


def _kept_as(screen_id: str) -> str:
    """A screen without a message; it grows old like the one that it belongs to."""
    return f"{screen_id}-page"
