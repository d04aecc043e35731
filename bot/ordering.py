"""/orders as a job: collects all open orders and fills in one message; the last snapshot stays with it for pages and details."""

from bot import jobs
from bot.looking import Look, LookJob
from bot.reply import Reply
from bot.snapshots import Snapshots
from bot.views import orders as view
from bot.views.pages import Place
from domain.looking.view import Snapshot
from domain.orders_view import OrdersView
from domain.records import UnitOfWork, UnitsOfWork
from domain.values import THREE_COMMAS, Clock

SNAPSHOTS = Snapshots(OrdersView)


def orders_job(units: UnitsOfWork, clock: Clock, look: Look[OrdersView]) -> LookJob[OrdersView]:
    return LookJob(jobs.ORDERS, units, clock, look, _draw, SNAPSHOTS, link_what_is_new)


async def link_what_is_new(u: UnitOfWork, snapshot: Snapshot) -> None:
    """Accounts that 3Commas showed only now may belong to a key that was connected before. What is certain links itself."""
    for source in snapshot.sources:
        key = source.key
        if key.service == THREE_COMMAS:
            continue
        attached = set(await u.accounts.accounts_of(key.id))
        others = [account for account in await u.accounts.list(key.trader_id) if account.id not in attached]
        if any(account.venue == key.service and account.link is not None for account in others):
            await u.jobs.put(jobs.link(key.id, may_ask=False))


def _draw(snapshot: OrdersView, place: Place) -> Reply:
    if snapshot.nothing_connected:
        return view.nothing_connected()  # the last key was removed meanwhile
    return view.picture(snapshot, place)
