"""Loads a conversation, lets its flow take a step, and hands what follows to the one transaction of the update.

"Back", "cancel" and "go on" work at every step of every flow and are handled here. A conversation is one row per trader, moved
by compare-and-set: whoever comes second starts over from the new state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.buttons import Choose, Press
from bot.flows.flow import Flow, Said, Turn
from bot.handling import Handling, Overtaken
from bot.reply import Reply, to_json
from bot.texts import Html, say
from domain.records import Conversation, Json, Trader, UnitOfWork, UnitsOfWork
from domain.values import Clock

BACK, CANCEL, RESUME = "back", "cancel", "resume"
TRAIL = "_trail"
"""In memory: the questions answered so far, oldest first, for "back"."""
MAX_TRAIL = 20
"""So far back a conversation can be gone; one can go back and forth in it for ever, and its row must not grow with that."""
MAX_HANDOVERS = 4


class Runner:
    def __init__(self, flows: Iterable[Flow], units: UnitsOfWork, clock: Clock) -> None:
        self._flows: Mapping[str, Flow] = {flow.name: flow for flow in flows}
        self._units = units
        self._clock = clock

    def flow(self, name: str) -> Flow | None:
        return self._flows.get(name)

    async def standing(self, trader: Trader) -> Conversation | None:
        """The open conversation, unless it ran out or its flow is no more."""
        async with self._units.reading() as u:
            found = await u.conversations.get(trader.id)
        if found is None or found.expires_at <= self._clock.now() or found.flow not in self._flows:
            return None
        return found

    async def begin(self, handling: Handling, name: str, start: Json) -> None:
        """A new conversation; it takes the place of an open one."""
        async with self._units.reading() as u:
            before = await u.conversations.get(handling.trader.id)
        turn = await self._flows[name].begin(handling.trader, start)
        if before is not None and before.screen is not None:
            handling.strip(before.screen)
        await self._follow(
            handling,
            self._flows[name],
            turn,
            before,
            Conversation(handling.trader.id, name, "", {}, self._clock.now(), 0 if before is None else before.version),
        )

    async def answer(self, handling: Handling, conversation: Conversation, said: Said) -> None:
        """An answer to the open question."""
        flow = self._flows[conversation.flow]
        match said.choice:
            case "cancel":
                await self.cancel(handling, conversation)
                return
            case "resume":
                self._ask(handling, flow, conversation, conversation, None)
                return
            case "back":
                await self._back(handling, flow, conversation)
                return
        turn = await flow.answer(handling.trader, conversation.step, said, conversation.memory)
        if conversation.screen is not None:
            handling.strip(conversation.screen)
        await self._follow(handling, flow, turn, conversation, conversation)

    async def cancel(self, handling: Handling, conversation: Conversation) -> None:
        """End it and say what was ended."""
        flow = self._flows[conversation.flow]
        if conversation.screen is not None:
            stopped = flow.stopped(conversation.step, conversation.memory)
            if stopped is None:
                handling.strip(conversation.screen)
            else:
                handling.say(stopped, screen=conversation.screen)
        self._end(handling, conversation)
        handling.say(Reply(say("conversation-cancelled", what=say(flow.about))))

    def offer(self, handling: Handling, conversation: Conversation) -> None:
        """After a command in the middle: the open question is still there."""
        flow = self._flows[conversation.flow]
        handling.say(
            Reply(
                say("conversation-still-open", what=say(flow.about)),
                (
                    (
                        Press(say("button-go-on"), Choose(flow.name, conversation.step, RESUME), "primary"),
                        Press(say("button-cancel"), Choose(flow.name, conversation.step, CANCEL)),
                    ),
                ),
                silent=True,
            )
        )

    async def go_on(
        self, u: UnitOfWork, conversation: Conversation, turn: Turn, *, screen: str, after: Reply | None = None
    ) -> None:
        """Take the step that a job has worked out, in its transaction; `conversation` was read in it.

        What follows stands in the message of `screen`. Where that is a new one, the old question turns into `after`.
        """
        flow, now, trader_id = self._flows[conversation.flow], self._clock.now(), conversation.trader_id
        said = list(turn.replies)
        if turn.step is not None:
            memory = {**_bare(turn.memory or {}), TRAIL: []}
            to = replace(conversation, step=turn.step, memory=memory, screen=screen, expires_at=now + flow.lives)
            await u.conversations.save(to, conversation.version)
            said.append(_question(flow, to, None))
        else:
            await u.conversations.end(trader_id, conversation.version)
        if after is not None and conversation.screen is not None:
            await u.outbox.put(trader_id, to_json(after), now, screen=conversation.screen)
        for n, reply in enumerate(said):
            last = n == len(said) - 1
            await u.outbox.put(trader_id, to_json(reply), now, screen=screen if last else None)

    async def _back(self, handling: Handling, flow: Flow, conversation: Conversation) -> None:
        trail = list(conversation.memory.get(TRAIL, []))
        if not trail:
            await self.cancel(handling, conversation)
            return
        before = trail.pop()
        if conversation.screen is not None:
            handling.strip(conversation.screen)
        moved = replace(conversation, step=before["step"], memory={**before["memory"], TRAIL: trail})
        self._ask(handling, flow, moved, conversation, None)

    async def _follow(
        self, handling: Handling, flow: Flow, turn: Turn, before: Conversation | None, at: Conversation
    ) -> None:
        """Carry out what a step said comes next."""
        for _ in range(MAX_HANDOVERS):
            for reply in turn.replies:
                handling.say(reply)
            for effect in turn.effects:
                handling.effect(effect)
            for job in turn.jobs:
                handling.put(job)
            if not turn.flow:
                break
            flow = self._flows[turn.flow]
            at = replace(at, flow=flow.name, step="", memory={})
            turn = await flow.begin(handling.trader, dict(turn.memory or {}))
        if turn.farewell is not None:
            handling.last_words = turn.farewell
            return
        if turn.reason is not None:
            kept = _bare(turn.memory if turn.memory is not None else at.memory)
            again = replace(at, memory={**kept, TRAIL: at.memory.get(TRAIL, [])})
            self._ask(handling, flow, again, before, turn.reason)
        elif turn.step is not None:
            trail = list(at.memory.get(TRAIL, []))
            if at.step:
                trail.append({"step": at.step, "memory": _bare(at.memory)})
            memory = {**_bare(turn.memory or {}), TRAIL: trail[-MAX_TRAIL:]}
            self._ask(handling, flow, replace(at, step=turn.step, memory=memory), before, None)
        elif before is not None:
            self._end(handling, before)

    def _ask(
        self, handling: Handling, flow: Flow, to: Conversation, before: Conversation | None, reason: Html | None
    ) -> None:
        """Put the question, and keep where the trader stands now."""
        question = _question(flow, to, reason)
        screen = handling.new_screen("q")
        handling.say(question, screen=screen)
        kept = replace(to, screen=screen, expires_at=self._clock.now() + flow.lives)
        expected = None if before is None else before.version

        async def save(u: UnitOfWork) -> None:
            if not await u.conversations.save(kept, expected):
                raise Overtaken

        handling.effect(save)

    def _end(self, handling: Handling, conversation: Conversation) -> None:
        async def ended(u: UnitOfWork) -> None:
            if not await u.conversations.end(conversation.trader_id, conversation.version):
                raise Overtaken

        handling.effect(ended)


def _question(flow: Flow, to: Conversation, reason: Html | None) -> Reply:
    """With its ways out; `reason`: why the last answer could not be taken."""
    if reason is None:
        question = flow.question(to.step, to.memory)
    else:
        question = flow.question_again(to.step, to.memory).after(reason)
    row = [Press(say("button-cancel"), Choose(flow.name, to.step, CANCEL))]
    if to.memory.get(TRAIL):
        row.insert(0, Press(say("button-back"), Choose(flow.name, to.step, BACK)))
    return question.with_buttons(row)


def _bare(memory: Json) -> Json:
    """Without the trail, which the runner keeps."""
    return {k: v for k, v in memory.items() if k != TRAIL}
