"""Without a token: the trader opens two pages and tells what he sees; what he tells is a finding like any other."""

from bot.flows.flow import Flow, Said, Turn, again, ask, end, hand_over
from bot.reply import Reply
from bot.texts import say
from bot.views import by_hand as view
from domain.findings import Symptom
from domain.meanings import Meanings
from domain.records import Json, Trader

TOLD: dict[str, Symptom] = {
    "red": Symptom.TOLD_INVALID_API,
    "empty": Symptom.TOLD_BALANCES_EMPTY,
    "frozen": Symptom.TOLD_UPNL_FROZEN,
    "cannot": Symptom.TOLD_CANNOT_TRADE,
}


class LookByHand(Flow):
    name = "look_by_hand"
    about = "by-hand-about"

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings

    async def begin(self, trader: Trader, start: Json) -> Turn:
        return ask("sees", {})

    def ask_sees(self, memory: Json) -> Reply:
        return view.what_do_you_see()

    async def on_sees(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice in TOLD:
            return hand_over("update", {"told": TOLD[said.choice].value})
        if said.choice == "fine":
            return end(view.looks_fine())
        if said.choice == "message":
            return hand_over("error_text", {})
        if said.text and self._meanings.understand(said.text):
            return hand_over("error_text", {"text": said.text[:1000]})
        return again(say("by-hand-use-buttons"))
