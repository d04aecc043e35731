"""Links a key with an exchange account, or takes them apart; reached by buttons, so it can be undone and pressed twice.

The subject is "account.key". Both are looked up and must be this trader's: somebody else's are answered like unknown ones.
"""

from dataclasses import replace

from bot.background import jobs
from bot.background.linking import attach
from bot.context import Context
from bot.handlers import keys
from bot.handlers.command import Command
from bot.handling import Overtaken
from bot.views import keys as view
from domain.records import ExchangeAccount, Key, KeyState, UnitOfWork
from domain.remove_key import is_stand_in, told_accounts


async def link(context: Context, subject: str) -> None:
    async with context.services.units.reading() as u:
        found = await _both(u, context.trader.id, subject)
    if found is None:
        await _nothing_to_link(context, subject)
        return
    account, key = found

    async def effect(u: UnitOfWork) -> None:
        if await _both(u, key.trader_id, subject) is None:
            raise Overtaken
        # A stand-in is replaced by the account that is attached, so one that is attached already must not come in again.
        if account.id not in await u.accounts.accounts_of(key.id):
            await attach(u, account, key.id)
        if key.id in account.apart_from:
            await u.accounts.put(replace(account, apart_from=tuple(k for k in account.apart_from if k != key.id)))

    context.handling.effect(effect)
    context.handling.say(view.linked(account, key.id))


async def unlink(context: Context, subject: str) -> None:
    async with context.services.units.reading() as u:
        found = await _both(u, context.trader.id, subject)
        told = await told_accounts(u, context.trader.id)
    if found is None:
        await _nothing_to_link(context, subject)
        return
    account, key = found
    if is_stand_in(account, told):
        context.handling.say(view.only_for_this_key(account, key.id))
        return

    async def apart(u: UnitOfWork) -> None:
        await u.accounts.detach(account.id, key.id)
        if key.id not in account.apart_from:
            await u.accounts.put(replace(account, apart_from=(*account.apart_from, key.id)))
        # The key keeps a row of its own in /check, or finds the account that it really belongs to.
        await u.jobs.put(jobs.link(key.id, may_ask=False))

    context.handling.effect(apart)
    context.handling.say(view.unlinked(account, key.id))


async def _both(u: UnitOfWork, trader_id: str, subject: str) -> tuple[ExchangeAccount, Key] | None:
    """Account and key of this trader at the same exchange."""
    account_id, _, key_id = subject.partition(".")
    account, key = await u.accounts.get(account_id), await keys.own_key(u, trader_id, key_id)
    if account is None or key is None or account.trader_id != trader_id:
        return None
    if key.state is not KeyState.LIVE or key.service != account.venue:
        return None
    return account, key


async def _nothing_to_link(context: Context, subject: str) -> None:
    if not subject:
        await keys.run(context, "")  # typed without saying which
        return
    context.handling.say(view.nothing_to_link(await keys.cards(context), context.services.clock.now()))


LINK = Command("link", link, in_menu=False)
UNLINK = Command("unlink", unlink, in_menu=False)
