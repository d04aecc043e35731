"""/start: who I am, what I need, the first button. Comes again at any time and never loses anything."""

from bot.context import Context
from bot.handlers.command import Command
from bot.views import welcome


async def run(context: Context, subject: str) -> None:
    """`subject` may be a deep-link payload; it only chooses a screen."""
    async with context.services.units.reading() as u:
        keys = await u.keys.list(context.trader.id)
        accounts = await u.accounts.list(context.trader.id)
    if not context.trader.reachable:
        trader_id = context.trader.id
        context.handling.effect(lambda u: u.traders.set_reachable(trader_id, reachable=True))
    if keys or accounts:
        context.handling.say(welcome.back_again(len(accounts)))
    else:
        context.handling.say(welcome.first_time())


COMMAND = Command("start", run)
