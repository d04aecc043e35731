"""/keys: every key that I keep, one of them in detail, who used it; renaming and removing begin from there."""

from collections.abc import Sequence

from bot.context import Context
from bot.handlers.command import Command
from bot.reply import Reply
from bot.views import keys as view
from bot.views.keys import KeyCard
from domain.records import ExchangeAccount, Key, KeyState, UnitOfWork
from domain.remove_key import is_stand_in, told_accounts
from domain.values import THREE_COMMAS


async def run(context: Context, subject: str) -> None:
    context.handling.say(view.overview(await cards(context), context.services.clock.now()))


async def rename(context: Context, subject: str) -> None:
    await _begin(context, "rename_key", subject)


async def remove(context: Context, subject: str) -> None:
    await _begin(context, "remove_key", subject)


async def show_key(context: Context, key_id: str) -> None:
    every = await cards(context)
    card = next((card for card in every if card.key.id == key_id), None)
    now = context.services.clock.now()
    context.handling.say(view.gone(every, now) if card is None else view.details(card, now))


async def show_log(context: Context, key_id: str) -> None:
    async with context.services.units.reading() as u:
        key = await own_key(u, context.trader.id, key_id)
        uses = () if key is None else await u.access_log.of(key.id, view.MAX_USES)
    context.handling.say(await _gone(context) if key is None else view.log(key, uses))


async def own_key(u: UnitOfWork, trader_id: str, key_id: str) -> Key | None:
    """The key of this trader; somebody else's is as unknown as one that never was."""
    key = await u.keys.get(key_id)
    return key if key is not None and key.trader_id == trader_id else None


async def cards(context: Context) -> list[KeyCard]:
    """All keys with the exchange accounts that they belong to, the 3Commas token first."""
    trader_id = context.trader.id
    async with context.services.units.reading() as u:
        accounts = await u.accounts.list(trader_id)
        told = await told_accounts(u, trader_id)
        keys = sorted(await u.keys.list(trader_id), key=_in_order)
        return [_card(key, frozenset(await u.accounts.accounts_of(key.id)), accounts, told) for key in keys]


def _card(key: Key, attached: frozenset[str], accounts: Sequence[ExchangeAccount], told: frozenset[str]) -> KeyCard:
    if key.service == THREE_COMMAS:
        shown = tuple(a for a in accounts if a.link is not None and a.link.token_id == key.id)
        return KeyCard(key, shown)
    linked = tuple(a for a in accounts if a.id in attached)
    others = tuple(a for a in accounts if a.id not in attached and a.venue == key.service)
    stand_ins = frozenset(a.id for a in linked if is_stand_in(a, told))
    return KeyCard(key, linked, stand_ins, others)


def _in_order(key: Key) -> tuple[bool, str, bool, str]:
    return (key.service != THREE_COMMAS, key.service, key.state is KeyState.PENDING, key.created_at.isoformat())


async def _begin(context: Context, flow: str, key_id: str) -> None:
    """Begin to rename or remove; an old button of a key that is gone ends no conversation."""
    async with context.services.units.reading() as u:
        key = await own_key(u, context.trader.id, key_id)
    if key is not None:
        await context.services.runner.begin(context.handling, flow, {"key_id": key.id})
        return
    if key_id:
        context.handling.say(await _gone(context))
    else:
        await run(context, "")  # typed without saying which
    standing = await context.standing()
    if standing is not None:
        context.services.runner.offer(context.handling, standing)


async def _gone(context: Context) -> Reply:
    return view.gone(await cards(context), context.services.clock.now())


COMMAND = Command("keys", run)
RENAME = Command("rename", rename, in_menu=False, begins_conversation=True)
REMOVE = Command("remove", remove, in_menu=False, begins_conversation=True)
