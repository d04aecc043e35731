"""How a trade is set up again, or what it left is taken over, by hand: reads, asks for what nobody knows, and shows the whole form."""

from datetime import datetime, timedelta
from typing import Any

from bot.background import jobs
from bot.flows.flow import Flow, Said, Turn, again, ask, end, remembering
from bot.handling import new_id
from bot.reply import Reply
from bot.texts import say
from bot.views import setting_up as view
from domain.looking.plain_json import from_plain, to_plain
from domain.records import Conversation, Json, Trader
from domain.set_up.again import Paused, Step, Wanted
from domain.set_up.answers import Flaw, answered, asked, judge, lies_above, price_coin, read_price, reference
from domain.set_up.form import plain
from domain.set_up.values import Field, SetUp
from domain.typed_number import Misread

STEPS = {Field.TARGET_PRICE: "target", Field.STOP_TRIGGER: "stop"}
LEAVE = "leave"
READING = "reading"
"""The step in which a job reads (`bot/background/set_up_job.py`), and in memory the id of that reading: a job of an older one does nothing."""
ANSWERS, BEGAN, PAUSED = "answers", "began", "paused"
DOUBTED = "doubted"
"""The last answer that was not taken, with its field: a price far from the market counts once it is sent a second time."""


class SetUpByHand(Flow):
    """`start`: account, and either trade, or deal, or symbol and side of a position. Nothing is written anywhere."""

    name = view.FLOW
    about = "setup-about"
    lives = timedelta(hours=1)
    """Figures of the market do not keep for long."""

    async def begin(self, trader: Trader, start: Json) -> Turn:
        reading = new_id()
        return ask(READING, {**start, READING: reading}, jobs=(jobs.set_up(trader.id, reading),))

    def ask_reading(self, memory: Json) -> Reply:
        return view.reading(subject(memory), _pause(memory))

    async def on_reading(self, trader: Trader, said: Said, memory: Json) -> Turn:
        return again(say("setup-still-reading"))

    def stopped(self, step: str, memory: Json) -> Reply | None:
        return view.reading_stopped(subject(memory)) if step == READING else None

    def ask_target(self, memory: Json) -> Reply:
        return view.ask_target(_set_up(memory), subject(memory))

    async def on_target(self, trader: Trader, said: Said, memory: Json) -> Turn:
        return self._told(Field.TARGET_PRICE, said, memory)

    def ask_stop(self, memory: Json) -> Reply:
        return view.ask_stop(_set_up(memory), subject(memory))

    async def on_stop(self, trader: Trader, said: Said, memory: Json) -> Turn:
        return self._told(Field.STOP_TRIGGER, said, memory)

    def _told(self, name: Field, said: Said, memory: Json) -> Turn:
        if said.choice == LEAVE:
            return _next(remembering(memory, told={**memory["told"], name.value: ""}))
        set_up = _set_up(memory)
        price = read_price(set_up, said.text)
        if isinstance(price, Misread):
            return again(view.misread(price, price_coin(set_up)))
        flaw, base, written = judge(set_up, name, price), reference(set_up), plain(price)
        if flaw is Flaw.FAR and memory.get(DOUBTED) == [name.value, written]:
            flaw = None  # said twice
        if flaw is not None and base is not None:
            reason = view.flawed(flaw, price, base, above=lies_above(set_up, name))
            return again(reason, remembering(memory, **{DOUBTED: [name.value, written]}))
        return _next(remembering(memory, told={**memory["told"], name.value: written}))


# --- what the job reads and writes of the conversation ---------------------------------------------------------------


def wanted(memory: Json) -> Wanted:
    """What the conversation is about, as the domain takes it."""
    account = str(memory["account"])
    if "trade" in memory:
        return Wanted.trade(account, int(memory["trade"]))
    if "deal" in memory:
        return Wanted.deal(account, int(memory["deal"]))
    return Wanted.position(account, str(memory["symbol"]), str(memory["side"]))


def subject(memory: Json) -> view.About:
    """What the form is about."""
    if "trade" in memory:
        return view.About(trade=str(memory["trade"]))
    if "deal" in memory:
        return view.About(deal=str(memory["deal"]))
    return view.About(symbol=str(memory["symbol"]), side=str(memory["side"]))


def reads(conversation: Conversation | None, reading: str) -> bool:
    """Whether this conversation still waits for this reading."""
    return (
        conversation is not None
        and (conversation.flow, conversation.step) == (SetUpByHand.name, READING)
        and conversation.memory.get(READING) == reading
    )


def reads_already(conversation: Conversation | None, start: Json) -> bool:
    """Whether the very same is being read just now, so that a second press begins nothing."""
    return (
        conversation is not None
        and (conversation.flow, conversation.step) == (SetUpByHand.name, READING)
        and all(conversation.memory.get(name) == value for name, value in start.items())
    )


def paused(memory: Json, pause: Paused, began: datetime) -> Turn:
    """The same question, with what was not looked at yet."""
    told = {"service": pause.service, "until": pause.until.isoformat(), "left": [step.value for step in pause.left]}
    return ask(READING, remembering(memory, **{PAUSED: told, ANSWERS: pause.answers, BEGAN: began.isoformat()}))


def was_paused(memory: Json) -> bool:
    return PAUSED in memory


def filled(memory: Json, found: SetUp) -> Turn:
    """The first thing that nobody knows, or the form."""
    only_for_reading = (READING, ANSWERS, BEGAN, PAUSED)
    kept = {name: value for name, value in memory.items() if name not in only_for_reading}
    return _next({**kept, "set_up": to_plain(found), "told": {}})


def _next(memory: Json) -> Turn:
    missing = asked(_set_up(memory), memory["told"])
    if missing is not None:
        return ask(STEPS[missing], memory)
    form = answered(_set_up(memory), memory["told"])
    return end(view.form(form, subject(memory), unsure=bool(memory.get("unsure"))))


def _set_up(memory: Json) -> SetUp:
    found: SetUp = from_plain(SetUp, memory["set_up"])
    return found


def _pause(memory: Json) -> view.Pause | None:
    told: dict[str, Any] | None = memory.get(PAUSED)
    if told is None:
        return None
    left = tuple(step for step in Step if step.value in told["left"])
    return view.Pause(str(told["service"]), datetime.fromisoformat(told["until"]), left)
