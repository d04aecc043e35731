"""/check: health of every exchange account, each problem with its button."""

from bot.background import jobs
from bot.context import Context
from bot.handlers.command import Command
from bot.views import checking
from domain.records import KeyState


async def run(context: Context, subject: str) -> None:
    handling = context.handling
    async with context.services.units.reading() as u:
        keys = [key for key in await u.keys.list(context.trader.id) if key.state is KeyState.LIVE]
        accounts = await u.accounts.list(context.trader.id)
    if not keys and not accounts:
        handling.say(checking.nothing_connected())
        return
    screen = handling.new_screen("check")
    handling.say(checking.beginning(len(accounts)), screen=screen)
    handling.put(jobs.check(context.trader.id, screen))


COMMAND = Command("check", run)
