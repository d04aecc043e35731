"""/positions: what is open on futures, who manages it, and how a position is taken over by hand."""

from bot.background import jobs
from bot.background.account_looks import POSITIONS
from bot.context import Context
from bot.handlers.command import Command
from bot.handlers.looks import begin, kept, look_anew, turn_page
from bot.handlers.setting_up import begin_set_up
from bot.views import positions as view
from domain.positions_view import Management


async def run(context: Context, subject: str) -> None:
    await begin(context, jobs.POSITIONS, view.beginning, view.nothing_connected)


async def show_page(context: Context, id: str) -> None:
    await turn_page(context, POSITIONS, view.picture, run, id)


async def take_over(context: Context, subject: str) -> None:
    """`subject` is "screen.key"; the position is read afresh before anything is said of it."""
    screen, _, key = subject.rpartition(".")
    snapshot = await kept(context, POSITIONS, screen) if screen else None
    row = view.find(snapshot, key) if snapshot is not None else None
    if row is None or not view.may_be_taken_over(row):
        await look_anew(context, run, subject)
        standing = await context.standing()
        if standing is not None:
            context.services.runner.offer(context.handling, standing)
        return
    position = row.position
    start = {
        "account": row.sight.account.id,
        "symbol": position.symbol,
        "side": position.side,
        "unsure": row.management is not Management.UNMANAGED,
    }
    await begin_set_up(context, start)


PAGES = view.PAGES
COMMAND = Command("positions", run)
TAKE_OVER = Command(view.TAKE_OVER, take_over, in_menu=False, begins_conversation=True)
