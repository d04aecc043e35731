"""/trades: what needs attention, and how a trade is set up again by hand. Nothing is written at 3Commas."""

from bot.background import jobs
from bot.background.account_looks import TRADES
from bot.context import Context
from bot.handlers.command import Command
from bot.handlers.looks import begin, turn_page
from bot.handlers.setting_up import begin_set_up
from bot.views import setting_up
from bot.views import trades as view
from domain.records import Key
from domain.values import THREE_COMMAS


async def run(context: Context, subject: str) -> None:
    await begin(context, jobs.TRADES, view.beginning, view.nothing_connected, _shows_trades)


def _shows_trades(key: Key) -> bool:
    return key.service == THREE_COMMAS


async def show_page(context: Context, id: str) -> None:
    await turn_page(context, TRADES, view.picture, run, id)


async def set_up(context: Context, subject: str) -> None:
    """`subject` is "account.trade" or "account.deal-id": ids, so that the button works for ever; everything is read afresh."""
    account, _, told = subject.partition(".")
    start = setting_up.start_of(told)
    if account and start:
        await begin_set_up(context, {"account": account, **start})
        return
    await run(context, "")
    standing = await context.standing()
    if standing is not None:
        context.services.runner.offer(context.handling, standing)


PAGES = view.PAGES
COMMAND = Command("trades", run)
SET_UP = Command(setting_up.FLOW, set_up, in_menu=False, begins_conversation=True)
