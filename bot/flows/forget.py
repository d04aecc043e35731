"""/forget: two questions, then everything is gone."""

from bot.flows.confirming import is_confirmed, new_nonce
from bot.flows.flow import Flow, Said, Turn, again, ask, forget_everything
from bot.reply import Reply
from bot.texts import say
from bot.views import forgetting
from domain.records import Json, Trader, UnitsOfWork


class Forget(Flow):
    """The second question carries a single-use nonce: an old button of it decides nothing."""

    name = "forget"
    about = "forget-about"

    def __init__(self, units: UnitsOfWork) -> None:
        self._units = units

    async def begin(self, trader: Trader, start: Json) -> Turn:
        async with self._units.reading() as u:
            keys = await u.keys.list(trader.id)
            accounts = await u.accounts.list(trader.id)
        return ask("sure", {"keys": len(keys), "accounts": len(accounts)})

    def ask_sure(self, memory: Json) -> Reply:
        return forgetting.sure(memory["keys"], memory["accounts"])

    async def on_sure(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice != "yes":
            return again(say("forget-press"))
        return ask("really", memory)

    def ask_really(self, memory: Json) -> Reply:
        return forgetting.really(new_nonce(memory))

    async def on_really(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if not is_confirmed(said, memory):
            return again(say("forget-press"))
        return forget_everything(forgetting.gone())
