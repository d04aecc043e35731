"""/orders as a job: collects all open orders and fills in one message; the last snapshot stays with it for pages and details."""

from bot.background import jobs
from bot.background.link_again import after_a_look
from bot.background.looking import Look, LookJob
from bot.reply import Reply
from bot.snapshots import Snapshots
from bot.views import orders as view
from bot.views.pages import Place
from domain.orders_view import OrdersView
from domain.records import UnitsOfWork
from domain.values import Clock

SNAPSHOTS = Snapshots(OrdersView)


def orders_job(units: UnitsOfWork, clock: Clock, look: Look[OrdersView]) -> LookJob[OrdersView]:
    return LookJob(jobs.ORDERS, units, clock, look, _draw, SNAPSHOTS, after_a_look)


def _draw(snapshot: OrdersView, place: Place) -> Reply:
    if snapshot.nothing_connected:
        return view.nothing_connected()  # the last key was removed meanwhile
    return view.picture(snapshot, place)
