"""/funds: what is free, what is locked and by what, and why 3Commas may show less."""

from bot.background import jobs
from bot.background.account_looks import FUNDS
from bot.context import Context
from bot.handlers.command import Command
from bot.handlers.looks import begin, kept, look_anew, turn_page
from bot.views import funds as view
from bot.views import funds_reasons


async def run(context: Context, subject: str) -> None:
    await begin(context, jobs.FUNDS, view.beginning, view.nothing_connected)


async def show_page(context: Context, id: str) -> None:
    await turn_page(context, FUNDS, view.picture, run, id)


async def show_reasons(context: Context, id: str) -> None:
    """`id` is the screen of the list."""
    snapshot = await kept(context, FUNDS, id)
    if snapshot is None:
        await look_anew(context, run, id)
        return
    context.handling.say(funds_reasons.reasons(snapshot, id))


PAGES, REASONS = view.PAGES, view.REASONS
COMMAND = Command("funds", run)
