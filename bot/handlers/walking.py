"""Walks by hand, page by page."""

from bot.context import Context
from bot.views import stale, walks


async def show(context: Context, id: str) -> None:
    context.handling.say(walks.page(id) if id in walks.PAGES else stale.unknown_button())


WALK = walks.WALK
