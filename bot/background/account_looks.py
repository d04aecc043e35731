"""/funds, /positions and /trades as jobs: each looks, fills in one message, and leaves its last snapshot with it."""

import asyncio

from bot.background import jobs
from bot.background.link_again import after_a_look
from bot.background.looking import Look, LookJob
from bot.pictures.funds import draw_funds
from bot.reply import Reply
from bot.snapshots import Snapshots
from bot.views import funds, positions, trades
from bot.views.pages import Place
from domain.funds_view import FundsView
from domain.positions_view import PositionsView
from domain.records import UnitsOfWork
from domain.trades_view import TradesView
from domain.values import Clock

FUNDS = Snapshots(FundsView)
POSITIONS = Snapshots(PositionsView)
TRADES = Snapshots(TradesView)


def funds_job(units: UnitsOfWork, clock: Clock, look: Look[FundsView]) -> LookJob[FundsView]:
    def draw(view: FundsView, place: Place) -> Reply:
        return funds.nothing_connected() if view.nothing_connected else funds.picture(view, place)

    return LookJob(jobs.FUNDS, units, clock, look, draw, FUNDS, after_a_look, _picture)


def positions_job(units: UnitsOfWork, clock: Clock, look: Look[PositionsView]) -> LookJob[PositionsView]:
    def draw(view: PositionsView, place: Place) -> Reply:
        return positions.nothing_connected() if view.nothing_connected else positions.picture(view, place)

    return LookJob(jobs.POSITIONS, units, clock, look, draw, POSITIONS, after_a_look)


def trades_job(units: UnitsOfWork, clock: Clock, look: Look[TradesView]) -> LookJob[TradesView]:
    def draw(view: TradesView, place: Place) -> Reply:
        return trades.nothing_connected() if view.nothing_connected else trades.picture(view, place)

    return LookJob(jobs.TRADES, units, clock, look, draw, TRADES, after_a_look)


async def _picture(view: FundsView) -> tuple[Reply, ...]:
    """Drawn in a thread: it takes tens of milliseconds of processor. None where nothing has a price."""
    bars, legend = funds.bars(view), funds.legend()
    if not bars:
        return ()
    return (funds.drawn(view, await asyncio.to_thread(draw_funds, bars, legend)),)
