"""Every question of every conversation: back, cancel and go on, and a wrong answer that loses nothing."""

import copy
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.buttons import Choose, Press
from bot.flows.flow import Flow, Said
from bot.flows.runner import BACK, CANCEL, MAX_TRAIL, RESUME, TRAIL
from bot.handling import STRIP, Handling
from bot.reply import Reply, from_json
from bot.services import Services
from bot.texts import say
from domain.causes import Cause
from domain.findings import Finding, Severity, Subject, SubjectKind, Symptom
from domain.records import Conversation, Json, OutgoingState, Trader
from sandbox.stories.figures import ALEX
from tests.bot.inventory import flows
from tests.chat import Chat
from tests.chats import steps
from tests.world import World

UNKNOWN = "0123456789abcdef"
TYPED = {
    ("away", "since"): "March 2024",
    ("error_text", "text"): "Invalid API-key, IP, or permissions for action. (-2015)",
    ("connect_binance", "hmac_key"): "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A",
    ("connect_three_commas", "hmac_key"): "4f1e" * 16,
    ("rename_key", "label"): "Mine",
}
"""An answer in words that leads on, where no button does."""
ENDS_IN_WORDS = {
    "retry": {"key_id": UNKNOWN},
    "reading": {"account": UNKNOWN, "trade": "118", "reading": UNKNOWN},
}
"""Steps that a service which does not answer leads to, or that a job leads on from, with a memory that they can be asked with."""


@dataclass
class Walker:
    """One trader's conversation, moved by the runner itself: no Telegram, and every step can be taken back."""

    services: Services
    trader: Trader
    update_id: int = 50_000
    farewell: Reply | None = None

    async def standing(self) -> Conversation | None:
        return await self.services.runner.standing(self.trader)

    async def begin(self, flow: str, start: Json) -> list[Reply]:
        return await self._do(lambda handling: self.services.runner.begin(handling, flow, start))

    async def answer(self, said: Said) -> list[Reply]:
        at = await self.standing()
        assert at is not None
        return await self._do(lambda handling: self.services.runner.answer(handling, at, said))

    async def back_to(self, before: Conversation) -> None:
        """The conversation as it was."""
        async with self.services.units.writing() as u:
            now = await u.conversations.get(self.trader.id)
            assert await u.conversations.save(before, None if now is None else now.version)
            await u.commit()

    async def _do(self, action: Callable[[Handling], Awaitable[None]]) -> list[Reply]:
        self.update_id += 1
        handling = Handling(self.update_id, self.trader, self.services.clock)
        await action(handling)
        self.farewell = handling.last_words
        if self.farewell is not None:
            return []
        async with self.services.units.writing() as u:
            await handling.carry_out(u)
            waiting = await u.outbox.waiting(self.trader.id)
            for item in waiting:
                await u.outbox.finish(item.id, OutgoingState.SENT)
            await u.commit()
        return [from_json(item.body) for item in waiting if item.body != STRIP]


@dataclass
class Place:
    """A question, as it was put, and how it was come by."""

    at: Conversation
    question: Reply
    before: "Place | None" = None

    @property
    def name(self) -> tuple[str, str]:
        return (self.at.flow, self.at.step)

    @property
    def choices(self) -> list[str]:
        """What its own buttons say."""
        mine = []
        for button in (button for row in self.question.buttons for button in row):
            if isinstance(button, Press) and isinstance(button.data, Choose):
                assert (button.data.flow, button.data.step) == self.name, "a button of another question"
                mine.append(button.data.choice)
        return mine

    @property
    def memory(self) -> str:
        """What must not get lost; a nonce is new each time, and so is a pair that was thrown away."""
        return json.dumps({k: v for k, v in self.at.memory.items() if k not in (TRAIL, "nonce")}, sort_keys=True)


@dataclass
class Walk:
    walker: Walker
    seen: dict[tuple[str, str, tuple[str, ...]], Place] = field(default_factory=dict)
    waiting: list[Place] = field(default_factory=list)

    async def arrive(self, replies: list[Reply], before: Place | None) -> None:
        """Note where the conversation stands now, if its choices are new there."""
        at = await self.walker.standing()
        if at is None:
            assert replies or self.walker.farewell, "it ended without a word"
            return
        flow = self._flow(at)
        bare = flow.question(at.step, copy.deepcopy(at.memory)).text
        shorter = flow.question_again(at.step, copy.deepcopy(at.memory)).text
        assert replies[-1].text.endswith((bare, shorter)), "the question comes last"
        place = Place(at, replace(replies[-1], text=bare), before)
        key = (*place.name, tuple(place.choices))
        if key not in self.seen:
            self.seen[key] = place
            self.waiting.append(place)

    async def look_at(self, place: Place) -> None:
        await self._has_ways_out(place)
        await self._loses_nothing(place)
        for choice in place.choices:
            if choice not in (BACK, CANCEL):
                await self._go(place, Said(choice=choice))
        if place.name in TYPED:
            await self._go(place, Said(text=TYPED[place.name]))

    async def _go(self, place: Place, said: Said) -> None:
        await self.walker.back_to(place.at)
        await self.arrive(await self.walker.answer(said), place)

    async def _has_ways_out(self, place: Place) -> None:
        about = say(self._flow(place.at).about)
        assert CANCEL in place.choices
        await self.walker.back_to(place.at)
        *_, stopped = await self.walker.answer(Said(choice=CANCEL))
        assert f"Stopped: {about}" in stopped.text
        assert await self.walker.standing() is None

        await self.walker.back_to(place.at)
        (again,) = await self.walker.answer(Said(choice=RESUME))
        assert again.text == place.question.text
        await self._stands_at(place)

        came_from_here = place.before is not None and place.before.at.flow == place.at.flow
        assert (BACK in place.choices) == bool(place.at.memory.get(TRAIL))
        if BACK in place.choices:
            await self.walker.back_to(place.at)
            (before,) = await self.walker.answer(Said(choice=BACK))
            if came_from_here and place.before is not None:
                assert before.text == place.before.question.text
                await self._stands_at(place.before)

    async def _loses_nothing(self, place: Place) -> None:
        """A sticker, a choice that is none, and a nonce of another question: asked again, with the reason."""
        for said in (Said(), Said(choice="no_such_choice"), Said(nonce="0" * 24)):
            await self.walker.back_to(place.at)
            (again,) = await self.walker.answer(said)
            asked = self._flow(place.at).question_again(place.at.step, copy.deepcopy(place.at.memory)).text
            reason, found, rest = again.text.partition(asked)
            assert found, f"{place.name}: {again.text}"
            assert reason.strip(), f"{place.name}: asked again without a reason"
            assert not rest
            await self._stands_at(place)

    async def _stands_at(self, place: Place) -> None:
        now = await self.walker.standing()
        assert now is not None
        assert (now.flow, now.step) == place.name
        assert Place(now, place.question).memory == place.memory
        assert now.memory.get(TRAIL, []) == place.at.memory.get(TRAIL, [])

    def _flow(self, at: Conversation) -> Flow:
        flow = self.walker.services.runner.flow(at.flow)
        assert flow is not None
        return flow


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World.story("returning_trader") as found:
        yield found


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat(ALEX)


async def walker_of(world: World) -> tuple[Walker, str, str]:
    """Alex, connected and checked, with a key of his own that needs repair; and the ids of that key and of an account."""
    chat = world.chat(ALEX)
    await steps.connected_to_3commas(chat, world.desk)
    await steps.connected_to_binance(chat, world.desk)
    await steps.check(chat)
    await world.quiet()
    assert world.bot.app is not None
    services = world.bot.app.services
    async with services.units.writing() as u:
        trader = await u.traders.by_telegram_id(ALEX.id)
        assert trader is not None
        key = next(key for key in await u.keys.list(trader.id) if key.service == "binance")
        account = next(a for a in await u.accounts.list(trader.id) if a.name == "Binance spot")
        refused = Finding(
            Subject(SubjectKind.KEY, key.id),
            Symptom.KEY_REFUSED,
            Cause.AMBIGUOUS,
            Severity.BLIND,
            causes=(Cause.IP_NOT_ALLOWED, Cause.KEY_UNKNOWN),
        )
        await u.issues.raise_(trader.id, refused, services.clock.now())
        await u.commit()
    return Walker(services, trader), key.id, account.id


async def test_every_question_has_its_ways_out_and_loses_nothing(world: World) -> None:
    walker, key_id, account_id = await walker_of(world)
    walk = Walk(walker)
    starts: list[tuple[str, dict[str, Any]]] = [
        ("connect", {}),
        ("connect_three_commas", {}),
        ("connect_binance", {}),
        ("update", {}),
        ("update", {"account": account_id}),
        ("own_key", {"key_id": key_id}),
        ("look_by_hand", {}),
        ("error_text", {}),
        ("error_text", {"text": "Invalid signature (-1022)"}),
        ("error_text", {"text": "code: -4046"}),
        ("away", {}),
        ("rename_key", {"key_id": key_id}),
        ("remove_key", {"key_id": key_id}),
        ("forget", {}),
        ("set_up", {"account": account_id, "trade": "118"}),
    ]
    starts += [(flow.name, {}) for flow in flows() if flow.name not in {name for name, _ in starts}]
    for flow, start in starts:
        said = await walker.begin(flow, start)
        if (flow, bool(start)) == ("set_up", True):
            await world.quiet()  # its job leads to the first question
            said = await walker.answer(Said(choice=RESUME))
        await walk.arrive(said, None)
        for step, memory in ENDS_IN_WORDS.items():
            asks = walker.services.runner.flow(flow)
            at = await walker.standing()
            if asks is not None and step in asks.steps() and at is not None:
                await walker.back_to(replace(at, step=step, memory=dict(memory)))
                await walk.arrive(await walker.answer(Said(choice=RESUME)), None)
    while walk.waiting:
        await walk.look_at(walk.waiting.pop())
    every = {(flow.name, step) for flow in flows() for step in flow.steps()}
    assert {place.name for place in walk.seen.values()} == every


async def test_going_back_and_forth_does_not_grow_without_end(world: World) -> None:
    walker, _, account_id = await walker_of(world)
    await walker.begin("update", {"account": account_id})
    await walker.answer(Said(choice="main"))
    for _ in range(MAX_TRAIL):
        await walker.answer(Said(choice="by_hand"))
        await walker.answer(Said(choice="fast"))
    at = await walker.standing()
    assert at is not None
    assert len(at.memory[TRAIL]) == MAX_TRAIL
    assert await walker.answer(Said(choice=BACK))


# --- as a chat ---------------------------------------------------------------------------------------------------


async def test_a_command_in_the_middle_is_answered_and_the_conversation_offered_again(chat: Chat) -> None:
    await chat.send("/away")
    asked = await chat.shows("Roughly when")
    for command, answer in (
        ("/privacy", "What I keep"),
        ("/help", "What I do"),
        ("/keys", ""),
        ("/nonsense", "/nonsense"),
    ):
        await chat.send(command)
        await chat.shows("Still open: what changed while you were away")
        if answer:
            await chat.still_shows(answer)
    await chat.press("Go on")
    again = await chat.shows("Roughly when")
    assert again.message_id != asked.message_id
    await chat.send("2024")
    await chat.shows("Since 1 January 2024 this has happened")


async def test_a_question_that_was_answered_has_no_buttons_any_more(chat: Chat) -> None:
    await chat.send("/away")
    asked = await chat.shows("Roughly when")
    await chat.press("2025")
    await chat.quiet()
    (left,) = [m for m in chat.messages() if m.message_id == asked.message_id]
    assert not left.buttons


async def test_a_new_conversation_takes_the_place_of_the_open_one(chat: Chat) -> None:
    await chat.send("/away")
    old = await chat.shows("Roughly when")
    await chat.send("/forget")
    await chat.shows("Delete everything I know about you?")
    await chat.press("2025", on=old)
    await chat.shows("That question is answered already")
    await chat.shows("Still open: deleting everything")


async def test_cancelling_says_what_was_cancelled(chat: Chat) -> None:
    await chat.send("/away")
    await chat.shows("Roughly when")
    await chat.send("/cancel")
    await chat.shows("Stopped: what changed while you were away")
    await chat.send("/cancel")
    await chat.shows("nothing to stop")


async def test_a_conversation_ends_after_a_week_of_silence(world: World, chat: Chat) -> None:
    await chat.send("/away")
    old = await chat.shows("Roughly when")
    world.bot_clock.advance(6 * 24 * 3600)
    await chat.send("soon")
    await chat.shows("I could not read that as a date")
    world.bot_clock.advance(8 * 24 * 3600)
    await chat.send("March 2024")
    await chat.shows("I did not understand that")
    await chat.press("2025", on=old)
    await chat.shows("That question is answered already")
    await chat.send("/away")
    await chat.shows("Roughly when")


async def test_a_conversation_of_a_kind_that_is_no_more_stands_in_nobodys_way(world: World, chat: Chat) -> None:
    await chat.send("/away")
    old = await chat.shows("Roughly when")
    assert world.bot.app is not None
    async with world.bot.app.services.units.writing() as u:
        trader = await u.traders.by_telegram_id(ALEX.id)
        assert trader is not None
        standing = await u.conversations.get(trader.id)
        assert standing is not None
        assert await u.conversations.save(replace(standing, flow="of_last_year"), standing.version)
        await u.commit()
    await chat.send("March 2024")
    await chat.shows("I did not understand that")
    await chat.press("2025", on=old)
    await chat.shows("That question is answered already")
    await chat.send("/cancel")
    await chat.shows("nothing to stop")
    await chat.send("/away")
    await chat.shows("Roughly when")
    await chat.press("I do not remember")
    await chat.shows("In the last years this has happened")


async def test_a_restart_in_the_middle_changes_nothing(world: World, chat: Chat) -> None:
    await chat.send("/away")
    await chat.shows("Roughly when")
    await world.restart_bot()
    await chat.press("2025")
    await chat.shows("Since 1 January 2025 this has happened")
