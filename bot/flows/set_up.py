"""How a trade is set up again, or a position taken over, by hand: looks, asks for what nobody knows, and shows the whole form."""

from datetime import timedelta

from bot.errors import reply_for
from bot.flows.flow import Flow, Said, Turn, again, ask, end, remembering
from bot.reply import Reply
from bot.texts import say
from bot.views import setting_up as view
from domain.access import KeyGone
from domain.errors import NotThere, SupportError
from domain.looking.plain_json import from_plain, to_plain
from domain.records import Json, Trader
from domain.set_up import Field, SetUp
from domain.set_up_again import SetUpAgain
from domain.set_up_answers import answered, asked, judge, lies_above, read_price, reference

STEPS = {Field.TARGET_PRICE: "target", Field.STOP_TRIGGER: "stop"}
LEAVE = "leave"


class SetUpByHand(Flow):
    """`start`: account, and either trade, or symbol and side of a position. Nothing is written anywhere."""

    name = view.FLOW
    about = "setup-about"
    lives = timedelta(hours=1)
    """Figures of the market do not keep for long."""

    def __init__(self, set_up_again: SetUpAgain) -> None:
        self._again = set_up_again

    async def begin(self, trader: Trader, start: Json) -> Turn:
        account = str(start["account"])
        try:
            if "trade" in start:
                found = await self._again.of_trade(trader.id, account, int(start["trade"]), trigger="button")
            else:
                symbol, side = str(start["symbol"]), str(start["side"])
                found = await self._again.of_position(trader.id, account, symbol, side, trigger="button")
        except NotThere:
            return end(view.trade_not_there() if "trade" in start else view.position_not_there())
        except (SupportError, KeyGone) as error:
            reply = reply_for(error)
            assert reply is not None, "every error of the domain has its words"
            return end(reply)
        return self._next({**start, "set_up": to_plain(found), "told": {}})

    def _next(self, memory: Json) -> Turn:
        wanted = asked(_set_up(memory), memory["told"])
        if wanted is not None:
            return ask(STEPS[wanted], memory)
        filled = answered(_set_up(memory), memory["told"])
        return end(view.form(filled, _subject(memory), unsure=bool(memory.get("unsure"))))

    def ask_target(self, memory: Json) -> Reply:
        return view.ask_target(_set_up(memory), _subject(memory))

    async def on_target(self, trader: Trader, said: Said, memory: Json) -> Turn:
        return self._told(Field.TARGET_PRICE, said, memory)

    def ask_stop(self, memory: Json) -> Reply:
        return view.ask_stop(_set_up(memory), _subject(memory))

    async def on_stop(self, trader: Trader, said: Said, memory: Json) -> Turn:
        return self._told(Field.STOP_TRIGGER, said, memory)

    def _told(self, name: Field, said: Said, memory: Json) -> Turn:
        if said.choice == LEAVE:
            return self._next(remembering(memory, told={**memory["told"], name.value: ""}))
        set_up = _set_up(memory)
        price = read_price(said.text, reference(set_up))
        if price is None:
            return again(say("setup-no-number"))
        if judge(set_up, name, price) is not None:
            return again(view.wrong_side(reference(set_up), price, above=lies_above(set_up, name)))
        return self._next(remembering(memory, told={**memory["told"], name.value: f"{price:f}"}))


def _set_up(memory: Json) -> SetUp:
    found: SetUp = from_plain(SetUp, memory["set_up"])
    return found


def _subject(memory: Json) -> view.About:
    """What the form is about."""
    if "trade" in memory:
        return view.About(trade=str(memory["trade"]))
    return view.About(symbol=str(memory["symbol"]), side=str(memory["side"]))
