"""/orders: every open order, whose it is, what it locks, and how to free it by hand. Nothing is written at any exchange."""

from datetime import timedelta

from bot.background import jobs
from bot.background.order_watch import begin_watch, order_key_of, watched_of
from bot.background.ordering import SNAPSHOTS
from bot.context import Context
from bot.handlers.command import Command
from bot.handlers.looks import begin, kept, look_anew, turn_page
from bot.views import freeing, order_details
from bot.views import orders as view
from bot.views.order_list import Entry, find
from domain.free_by_hand import WatchedOrder, may_be_freed
from domain.orders_view import OrdersView
from domain.records import UnitOfWork

FRESH = timedelta(minutes=15)
"""From an older picture nobody is led to cancel an order: it is looked at anew."""


async def run(context: Context, subject: str) -> None:
    await begin(context, jobs.ORDERS, view.beginning, view.nothing_connected)


async def by_hand(context: Context, subject: str) -> None:
    await context.services.runner.begin(context.handling, "orders_by_hand", {})


async def show_page(context: Context, id: str) -> None:
    await turn_page(context, SNAPSHOTS, view.picture, run, id)


async def show_order(context: Context, id: str) -> None:
    found = await _found(context, id)
    if found is None:
        await look_anew(context, run, id)
        return
    snapshot, one = found
    context.handling.say(order_details.details(one, snapshot.at, id.rpartition(".")[0]))


async def free(context: Context, subject: str) -> None:
    """The steps at the exchange; from then on the bot watches the order."""
    found = await _found(context, subject)
    if found is None:
        await look_anew(context, run, subject)
        return
    snapshot, one = found
    handling, now = context.handling, context.services.clock.now()
    if now - snapshot.at > FRESH:
        handling.say(order_details.picture_is_old(snapshot.at))
        await run(context, "")
        return
    keys = one.book.sight.key_ids
    if not one.told or not may_be_freed(one.row.verdict) or not keys:
        handling.say(order_details.not_to_be_freed(one, subject.rpartition(".")[0]))
        return
    account, trader_id = one.book.sight.account, context.trader.id
    watched = WatchedOrder(keys[0], account.venue, account.market_type, one.row.verdict.order, one.row.lock)

    async def watch(u: UnitOfWork) -> None:
        await begin_watch(u, trader_id, watched, account.name, one.key, now)

    handling.effect(watch)
    handling.say(freeing.steps(one, snapshot.at))


async def watch_again(context: Context, subject: str) -> None:
    """The trader says that the order is cancelled; look once more, and go on looking."""
    async with context.services.units.reading() as u:
        repair = await u.repairs.get(subject)
    mine = repair is not None and repair.trader_id == context.trader.id
    found = watched_of(repair) if repair is not None and mine else None
    if repair is None or found is None:
        if subject:
            context.handling.say(freeing.unknown_watch())
        await run(context, "")
        return
    (watched, name), key, now, trader_id = found, order_key_of(repair), context.services.clock.now(), context.trader.id

    async def watch(u: UnitOfWork) -> None:
        await begin_watch(u, trader_id, watched, name, key, now)

    context.handling.effect(watch)
    context.handling.say(freeing.watching_again(watched, name))


async def _found(context: Context, subject: str) -> tuple[OrdersView, Entry] | None:
    """The order that a button names as "screen.key", in the picture that it stood in."""
    screen, _, key = subject.rpartition(".")
    snapshot = await kept(context, SNAPSHOTS, screen) if screen else None
    one = find(snapshot, key) if snapshot is not None else None
    return None if snapshot is None or one is None else (snapshot, one)


PAGES, ONE = view.PAGES, view.ONE
COMMAND = Command("orders", run)
BY_HAND = Command(view.BY_HAND, by_hand, in_menu=False, begins_conversation=True)
FREE = Command(view.FREE, free, in_menu=False)
WATCH_AGAIN = Command(freeing.WATCH, watch_again, in_menu=False)
