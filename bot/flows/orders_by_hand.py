"""Without a key: the trader compares two pages order by order and tells what he sees; nothing is kept of it."""

from bot.flows.flow import Flow, Said, Turn, again, ask, end
from bot.reply import Reply
from bot.texts import say
from bot.views import orders_by_hand as view
from domain.records import Json, Trader


class OrdersByHand(Flow):
    name = view.FLOW
    about = "orders-by-hand-about"

    async def begin(self, trader: Trader, start: Json) -> Turn:
        return ask("sees", {})

    def ask_sees(self, memory: Json) -> Reply:
        return view.what_do_you_see()

    async def on_sees(self, trader: Trader, said: Said, memory: Json) -> Turn:
        match said.choice:
            case "some":
                return ask("where", {})
            case "none":
                return end(view.none_there())
            case "closed":
                return end(view.cannot_sign_in())
        return again(say("orders-by-hand-use-buttons"))

    def ask_where(self, memory: Json) -> Reply:
        return view.where_is_it()

    async def on_where(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice not in view.MEANS:
            return again(say("orders-by-hand-use-buttons"))
        return ask("another", {}, view.it_means(said.choice))

    def ask_another(self, memory: Json) -> Reply:
        return view.another()

    async def on_another(self, trader: Trader, said: Said, memory: Json) -> Turn:
        match said.choice:
            case "next":
                return ask("where", {})
            case "through":
                return end(view.through())
        return again(say("orders-by-hand-use-buttons"))
