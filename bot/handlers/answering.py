"""An answer to the open question."""

from bot.context import Context
from bot.flows.flow import Said
from domain.records import Conversation


async def answer(context: Context, standing: Conversation, said: Said) -> None:
    await context.services.runner.answer(context.handling, standing, said)
