"""Buttons that show one thing. They may be pressed for ever and show it as it is now."""

from collections.abc import Awaitable, Callable, Mapping

from bot.context import Context
from bot.handlers import funds, keys, orders, positions, trades, walking
from bot.views import stale

SHOWS: Mapping[str, Callable[[Context, str], Awaitable[None]]] = {
    "key": keys.show_key,
    "log": keys.show_log,
    orders.PAGES: orders.show_page,
    orders.ONE: orders.show_order,
    funds.PAGES: funds.show_page,
    funds.REASONS: funds.show_reasons,
    positions.PAGES: positions.show_page,
    trades.PAGES: trades.show_page,
    walking.WALK: walking.show,
}
"""What a Show button may name, and who shows it by its id."""


async def show(context: Context, what: str, id: str) -> None:
    """Show it, and offer an open conversation again, as after a command."""
    shows = SHOWS.get(what)
    if shows is None:
        context.handling.say(stale.unknown_button())
        return
    await shows(context, id)
    standing = await context.standing()
    if standing is not None:
        context.services.runner.offer(context.handling, standing)
