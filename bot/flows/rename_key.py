"""Renaming a key: one question. The name is the trader's own and known here alone."""

from dataclasses import replace

from bot.flows.flow import Flow, Said, Turn, again, ask, end
from bot.handling import Overtaken
from bot.reply import Reply
from bot.texts import say
from bot.texts.markup import clean
from bot.views import keys as view
from domain.records import Json, Trader, UnitOfWork, UnitsOfWork

MAX_LABEL = 40
"""Characters; fits on a button of a phone."""
MAX_READ = 4096
"""Characters of a message; what is longer than a label is counted, not cut."""


class RenameKey(Flow):
    name = "rename_key"
    about = "keys-rename-about"

    def __init__(self, units: UnitsOfWork) -> None:
        self._units = units

    async def begin(self, trader: Trader, start: Json) -> Turn:
        async with self._units.reading() as u:
            key = await u.keys.get(str(start["key_id"]))
        if key is None or key.trader_id != trader.id:
            return end(view.gone_meanwhile())
        return ask("label", {"key_id": key.id, "label": key.label, "service": key.service})

    def ask_label(self, memory: Json) -> Reply:
        return view.new_name(memory["label"], memory["service"], MAX_LABEL)

    async def on_label(self, trader: Trader, said: Said, memory: Json) -> Turn:
        label = clean(said.text, MAX_READ)
        if not label:
            return again(say("keys-rename-empty"))
        if len(label) > MAX_LABEL:
            return again(say("keys-rename-long", length=len(label), most=MAX_LABEL))
        key_id = memory["key_id"]
        async with self._units.reading() as u:
            if await u.keys.get(key_id) is None:
                return end(view.gone_meanwhile())

        async def rename(u: UnitOfWork) -> None:
            key = await u.keys.get(key_id)
            if key is None:
                raise Overtaken  # removed since it was read: handled again, it is said to be gone
            await u.keys.update(replace(key, label=label))

        return end(view.renamed(label, memory["service"], key_id), effects=(rename,))
