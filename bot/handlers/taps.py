"""Presses of buttons. A tap is a request: whose it is and what it may still do is looked up, never taken from the data."""

from telegram import Update
from telegram.error import TelegramError

from bot.buttons import BadButton, ButtonData, Choose, Confirm, Open, Show, unpack
from bot.context import Context
from bot.flows.confirming import awaits_confirmation
from bot.flows.flow import Said
from bot.handlers import showing
from bot.handlers.answering import answer
from bot.handlers.commanding import run_command
from bot.logs import log
from bot.views import stale
from domain.records import Conversation


async def tap(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    try:
        # First, so that the button stops spinning; the work comes after.
        await query.answer()
    except TelegramError as error:
        log.debug("a tap was not answered in time", error=type(error).__name__)
    try:
        data = unpack(query.data or "")
    except BadButton:
        context.handling.say(stale.unknown_button())
        return
    await press(context, data)


async def press(context: Context, data: ButtonData) -> None:
    match data:
        case Open(command, subject):
            await run_command(context, command, subject)
        case Show(what, id):
            await showing.show(context, what, id)
        case Choose(flow, step, choice):
            await _choice(context, flow, step, Said(choice=choice))
        case Confirm(nonce):
            await _confirmed(context, nonce)
        case _:
            context.handling.say(stale.unknown_button())


async def _choice(context: Context, flow: str, step: str, said: Said) -> None:
    standing = await context.standing()
    if standing is not None and standing.flow == flow and (standing.step == step or said.choice == "cancel"):
        await answer(context, standing, said)
        return
    _over(context, standing)


async def _confirmed(context: Context, nonce: str) -> None:
    standing = await context.standing()
    if standing is not None and awaits_confirmation(standing.memory):
        await answer(context, standing, Said(nonce=nonce))
        return
    _over(context, standing)


def _over(context: Context, standing: Conversation | None) -> None:
    """The question of this button is not open any more; another one may be."""
    context.handling.say(stale.question_is_over())
    if standing is not None:
        context.services.runner.offer(context.handling, standing)
