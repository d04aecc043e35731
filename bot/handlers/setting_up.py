"""Beginning to set something up by hand, from whichever list. What is being read already is not read a second time."""

from bot.context import Context
from bot.flows.flow import Said
from bot.flows.set_up import reads_already
from bot.views import setting_up
from domain.records import Json


async def begin_set_up(context: Context, start: Json) -> None:
    """`start`: account, and trade, deal, or symbol and side."""
    runner, standing = context.services.runner, await context.standing()
    if standing is not None and reads_already(standing, start):
        await runner.answer(context.handling, standing, Said())
        return
    await runner.begin(context.handling, setting_up.FLOW, start)
