"""/connect: which of the two."""

from bot.flows.flow import Flow, Said, Turn, again, ask, hand_over
from bot.reply import Reply
from bot.texts import say
from bot.views import connecting
from domain.records import Json, Trader

TO_FLOW = {
    "three_commas": "connect_three_commas",
    "3commas": "connect_three_commas",
    "binance": "connect_binance",
    "exchange": "connect_binance",
}
"""By the word on a button, or typed."""


class Connect(Flow):
    name = "connect"
    about = "connect-about"

    async def begin(self, trader: Trader, start: Json) -> Turn:
        flow = TO_FLOW.get(str(start.get("service", "")).lower())
        return hand_over(flow, {}) if flow else ask("which", {})

    def ask_which(self, memory: Json) -> Reply:
        return connecting.which()

    async def on_which(self, trader: Trader, said: Said, memory: Json) -> Turn:
        flow = TO_FLOW.get(said.choice or said.text.strip().lower())
        return hand_over(flow, {}) if flow else again(say("connect-press"))
