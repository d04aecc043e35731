"""What the commands that look at an account have in common: beginning, and what becomes of a button whose picture is gone."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.background import jobs
from bot.context import Context
from bot.handling import Overtaken
from bot.places import turn_to
from bot.reply import Reply
from bot.snapshots import Snapshots
from bot.views.order_details import picture_is_gone
from bot.views.pages import Place
from domain.looking.view import Snapshot
from domain.records import Key, KeyState, UnitOfWork

V = TypeVar("V", bound=Snapshot)


async def begin(
    context: Context,
    kind: str,
    beginning: Callable[[], Reply],
    by_hand: Callable[[], Reply],
    helps: Callable[[Key], bool] = lambda _key: True,
) -> None:
    """Say at once that it begins, and put the job; lead by hand where none of the trader's keys helps to see."""
    async with context.services.units.reading() as u:
        keys = [key for key in await u.keys.list(context.trader.id) if key.state is KeyState.LIVE]
    handling = context.handling
    if not any(helps(key) for key in keys):
        handling.say(by_hand())
        return
    screen = handling.new_screen(kind)
    handling.say(beginning(), screen=screen)
    handling.put(jobs.look(kind, context.trader.id, screen))


async def kept(context: Context, snapshots: Snapshots[V], screen: str) -> V | None:
    """The picture that a screen of this trader shows; None if it is not kept any more."""
    async with context.services.units.reading() as u:
        found = await snapshots.of(u, context.trader.id, screen)
    return None if found is None else found[1]


async def turn_page(
    context: Context,
    snapshots: Snapshots[V],
    picture: Callable[[V, Place], Reply],
    run: Callable[[Context, str], Awaitable[None]],
    id: str,
) -> None:
    """Turn the page in the message itself. A list that is not complete yet is turned to that page again when it goes on."""
    place = Place.unpack(id)
    snapshot = await kept(context, snapshots, place.screen)
    if snapshot is None:
        await look_anew(context, run, id)
        return
    handling, trader_id, now = context.handling, context.trader.id, context.services.clock.now()
    if not snapshot.complete:

        async def turn(u: UnitOfWork) -> None:
            newest = await snapshots.of(u, trader_id, place.screen)
            if newest is None or newest[1].at != snapshot.at:
                raise Overtaken  # the look has gone on meanwhile: what was drawn must not hide it
            await turn_to(u, trader_id, place, now)

        handling.effect(turn)
    handling.say(picture(snapshot, place), screen=place.screen)


async def look_anew(context: Context, run: Callable[[Context, str], Awaitable[None]], id: str) -> None:
    """Said only where a button named something; a command may be typed without."""
    if id:
        context.handling.say(picture_is_gone())
    await run(context, "")
