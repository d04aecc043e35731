"""Removing a key: one confirmation that names what stops working and where the key goes on being valid."""

from dataclasses import asdict

from bot.flows.confirming import is_confirmed, new_nonce
from bot.flows.flow import Flow, Said, Turn, again, ask, end
from bot.reply import Reply
from bot.texts import say
from bot.views import keys as view
from bot.views.keys import Removal
from domain.records import Json, Key, KeyState, Trader, UnitOfWork, UnitsOfWork
from domain.remove_key import remove_key


class RemoveKey(Flow):
    name = "remove_key"
    about = "keys-remove-about"

    def __init__(self, units: UnitsOfWork) -> None:
        self._units = units

    async def begin(self, trader: Trader, start: Json) -> Turn:
        async with self._units.reading() as u:
            key = await u.keys.get(str(start["key_id"]))
            if key is None or key.trader_id != trader.id:
                return end(view.gone_meanwhile())
            removal = await _what_stops(u, key)
        return ask("sure", {"key_id": key.id, "removal": asdict(removal)})

    def ask_sure(self, memory: Json) -> Reply:
        return view.sure_to_remove(Removal(**memory["removal"]), new_nonce(memory))

    async def on_sure(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if not is_confirmed(said, memory):
            return again(say("keys-remove-press"))

        async def remove(u: UnitOfWork) -> None:
            await remove_key(u, trader.id, memory["key_id"])

        return end(view.removed(Removal(**memory["removal"])), effects=(remove,))


async def _what_stops(u: UnitOfWork, key: Key) -> Removal:
    read = set(await u.accounts.accounts_of(key.id))
    accounts = [
        account.name
        for account in await u.accounts.list(key.trader_id)
        if account.id in read or (account.link is not None and account.link.token_id == key.id)
    ]
    return Removal(key.label, key.tail, key.service, key.state is KeyState.PENDING, accounts)
