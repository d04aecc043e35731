"""A tap is a request (T8): foreign, stale and made-up data changes nothing and tells nothing; two quick taps have one effect."""

import random
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.buttons import Choose, Confirm, Open, Show
from bot.flows.flow import Flow
from bot.handlers.showing import SHOWS
from bot.handlers.table import COMMANDS
from domain.findings import Subject, SubjectKind
from domain.records import Trader
from sandbox.stories.figures import ALEX, KIM
from sandbox.telegram.state import Message
from sandbox.world import Person
from tests.bot.inventory import flows
from tests.chat import Chat
from tests.chats import steps
from tests.world import World

UNKNOWN = "0123456789abcdef"
SAMPLE = 40
"""Of all made-up buttons; the same ones each time."""


async def trader_of(world: World, person: Person) -> Trader:
    assert world.bot.app is not None
    async with world.bot.app.services.units.reading() as u:
        found = await u.traders.by_telegram_id(person.id)
    assert found is not None
    return found


async def kept(world: World, person: Person) -> list[Any]:
    """Everything that stands for a person, as values that can be compared."""
    who = await trader_of(world, person)
    assert world.bot.app is not None
    async with world.bot.app.services.units.reading() as u:
        accounts = list(await u.accounts.list(who.id))
        keys = list(await u.keys.list(who.id))
        return [
            who,
            accounts,
            keys,
            [await u.accounts.keys_of(account.id) for account in accounts],
            [await u.keys.open(key.id) for key in keys],
            [await u.access_log.of(key.id) for key in keys],
            await u.conversations.get(who.id),
            list(await u.issues.open(who.id)),
            [list(await u.issues.on(Subject(SubjectKind.ACCOUNT, account.id))) for account in accounts],
            list(await u.repairs.watching(who.id)),
        ]


async def tap(world: World, chat: Chat, data: str, on: Message) -> list[tuple[str, list[str]]]:
    """Press it as an altered client could; returns what the bot says to it."""
    before = {message.message_id: message.text for message in chat.messages()}
    world.house.telegram.press(_person(chat), on.message_id, data)
    await world.quiet()
    return [
        (message.text, [button.text for button in message.buttons])
        for message in chat.messages()
        if message.from_bot and before.get(message.message_id) != message.text
    ]


def _person(chat: Chat) -> int:
    return chat._person.id


# --- foreign data ------------------------------------------------------------------------------------------------


@dataclass
class Victim:
    """Alex, with everything that a button may name, in the middle of /forget."""

    world: World
    account: str
    key: str
    token: str
    repair: str
    nonce: str

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.account, self.key, self.token, self.repair, f"{self.account}.{self.key}")


@pytest.fixture
async def victim() -> AsyncIterator[Victim]:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await steps.connected_to_3commas(chat, world.desk)
        await steps.connected_to_binance(chat, world.desk)
        await steps.check(chat)
        await steps.steps_of_repair(chat, "Binance spot")
        who = await trader_of(world, ALEX)
        assert world.bot.app is not None
        async with world.bot.app.services.units.reading() as u:
            (repair,) = await u.repairs.watching(who.id)
            keys = await u.keys.list(who.id)
        await chat.send("/forget")
        await chat.press("Yes, delete everything")
        asked = await chat.shows_button("Delete everything now")
        (nonce,) = [
            b.callback_data.partition(":")[2] for b in asked.buttons if (b.callback_data or "").startswith("n1:")
        ]
        token = next(key.id for key in keys if key.service == "three_commas")
        own = next(key.id for key in keys if key.service == "binance")
        yield Victim(world, repair.subject.id, own, token, repair.id, nonce)


def naming(ids: Iterable[str]) -> list[list[str]]:
    """Every button that could name them: one row per button, one entry per id."""
    found = [[Open(command.name, id).pack() for id in ids] for command in COMMANDS]
    found += [[Show(what, id).pack() for id in ids] for what in SHOWS]
    for flow in flows():
        for step in flow.steps():
            found.append([_choose(flow, step, id) for id in ids])
    return found


def _choose(flow: type[Flow], step: str, id: str) -> str:
    return Choose(flow.name, step, id[:16]).pack()


async def test_somebody_elses_ids_are_answered_like_unknown_ones(victim: Victim) -> None:
    world = victim.world
    kim = world.chat(KIM)
    await kim.send("/start")
    on = await kim.last()
    before = await kept(world, ALEX)
    unknown = (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, f"{UNKNOWN}.{UNKNOWN}")
    pairs = [
        pair
        for foreign, made_up in zip(naming(victim.ids), naming(unknown), strict=True)
        for pair in zip(foreign, made_up, strict=True)
    ]
    for foreign, made_up in random.Random(8).sample(pairs, SAMPLE):
        answers = []
        for data in (foreign, made_up):
            await kim.send("/cancel")
            await kim.quiet()
            answers.append(_without_keys(await tap(world, kim, data, on)))
        assert answers[0] == answers[1], foreign
        assert answers[0], f"{foreign}: nothing was said"
    for message in kim.messages():
        assert "Binance spot" not in message.text or "Nothing is connected" in message.text
        assert not set(victim.ids) & set(message.text.split())
    assert await kept(world, ALEX) == before


def _without_keys(said: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """A pair that is made anew is another each time."""
    return [(text.partition("-----BEGIN")[0], labels) for text, labels in said]


async def test_somebody_elses_confirmation_decides_nothing(victim: Victim) -> None:
    world = victim.world
    kim = world.chat(KIM)
    await kim.send("/start")
    on = await kim.last()
    before = await kept(world, ALEX)
    assert "answered already" in (await tap(world, kim, Confirm(victim.nonce).pack(), on))[0][0]
    await kim.send("/forget")
    await kim.press("Yes, delete everything")
    await kim.shows_button("Delete everything now")
    said = await tap(world, kim, Confirm(victim.nonce).pack(), on)
    assert "Please use the button" in said[0][0]
    assert await kept(world, KIM)
    assert await kept(world, ALEX) == before


async def test_an_old_confirmation_is_no_answer_to_another_question(victim: Victim) -> None:
    world, chat = victim.world, victim.world.chat(ALEX)
    asked = await chat.shows_button("Delete everything now")
    await chat.press("Cancel")
    await chat.shows("Stopped")
    await chat.send("/away")
    await chat.shows("Roughly when")
    said = await tap(world, chat, Confirm(victim.nonce).pack(), asked)
    assert [text.partition(",")[0] for text, _ in said] == [
        "That question is answered already",
        "Still open: what changed while you were away.",
    ]
    assert len((await kept(world, ALEX))[2]) == 2


# --- made-up data ------------------------------------------------------------------------------------------------

NONSENSE = (
    "x",
    "o1:",
    "o1::",
    "o1:drop table:",
    "o1:__class__:",
    "o1:_back:x",
    "c1:forget:really:yes",
    "c1:forget:sure:yes",
    "c1:update:__init__:x",
    "c1:runner:answer:x",
    "s1:key:../../etc",
    "s1:__dict__:",
    "n1:",
    "n1:" + "0" * 24,
    "o9:check:",
    "\u0441heck",
    "o1:check:\u0000",
    "{}",
    "-" * 64,
)


async def test_made_up_data_gets_an_answer_and_changes_nothing() -> None:
    async with World.story("no_token_at_all") as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        on = await chat.last()
        before = await kept(world, ALEX)
        for data in NONSENSE:
            said = await tap(world, chat, data, on)
            assert said, f"{data!r}: nothing was said"
            assert "went wrong on my side" not in said[0][0], data
        assert await kept(world, ALEX) == before


@pytest.mark.parametrize("seed", range(3))
async def test_any_choice_at_any_step_is_an_answer_or_asked_again(seed: int) -> None:
    """An altered client may send a choice that no button of the question has."""
    choices = ["yes", "no", "other", "again", "done", "by_hand", "fast", "more", "binance", "spot", UNKNOWN, "-", ""]
    rnd = random.Random(seed)
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await steps.connected_to_3commas(chat, world.desk)
        await steps.check(chat)
        on = await chat.last()
        begins = [
            "/away",
            "/update",
            "/update error",
            "/update look",
            "/connect",
            "/connect binance",
            "/forget",
            "/check",
        ]
        who = await trader_of(world, ALEX)
        assert world.bot.app is not None
        for _ in range(25):
            async with world.bot.app.services.units.reading() as u:
                standing = await u.conversations.get(who.id)
            if standing is None or rnd.random() < 0.2:
                await chat.send(rnd.choice(begins))
                await world.quiet()
                continue
            offered = [b.callback_data for m in chat.messages() for b in m.buttons if b.callback_data]
            made_up = Choose(standing.flow, standing.step, rnd.choice(choices)).pack()
            data = rnd.choice([made_up, rnd.choice(offered)])
            if data.startswith("n1:"):
                continue
            said = await tap(world, chat, data, on)
            assert not [text for text, _ in said if "went wrong on my side" in text], data


# --- two quick taps ----------------------------------------------------------------------------------------------


async def twice(world: World, chat: Chat, label: str) -> list[str]:
    """Press a button twice before the bot sees the first; returns what it says."""
    on = await chat.shows_button(label)
    data = next(b.callback_data for b in on.buttons if b.text == label)
    assert data is not None
    before = {message.message_id for message in chat.messages()}
    for _ in range(2):
        world.house.telegram.press(_person(chat), on.message_id, data)
    await world.quiet()
    return [m.text for m in chat.messages() if m.from_bot and m.message_id not in before]


async def test_a_question_answered_twice_at_once_goes_one_step() -> None:
    async with World.story("no_token_at_all") as world:
        chat = world.chat(ALEX)
        await chat.send("/update look")
        said = await twice(world, chat, "A red line, or “Update API key”")
        assert "Which exchange" in said[0]
        assert "answered already" in said[1]
        said = await twice(world, chat, "Binance")
        assert "answered already" in said[1]
        said = await twice(world, chat, "Back")
        assert "Which exchange" in said[0]
        assert "answered already" in said[1]
        said = await twice(world, chat, "Cancel")
        assert said[0].startswith("Stopped")
        assert "answered already" in said[1]


async def test_everything_is_deleted_once() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await steps.connected_to_3commas(chat, world.desk)
        await chat.send("/forget")
        said = await twice(world, chat, "Yes, delete everything")
        assert "Last question" in said[0]
        assert "answered already" in said[1]
        said = await twice(world, chat, "Delete everything now")
        assert [text for text in said if "Everything I knew about you is deleted" in text]
        assert len(said) == 1, "the second tap went with everything else"
        assert world.bot.app is not None
        async with world.bot.app.services.units.reading() as u:
            assert await u.traders.by_telegram_id(ALEX.id) is None


async def test_two_checks_at_once_are_two_messages_and_no_more() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await steps.connected_to_3commas(chat, world.desk)
        said = await twice(world, chat, "Check them now")
        assert len(said) == 2
        assert all("Looked" in text for text in said)
        who = await kept(world, ALEX)
        assert len(who[1]) == 2, "no exchange account is kept twice"


async def test_a_key_is_removed_once() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await steps.connected_to_3commas(chat, world.desk)
        await chat.send("/keys")
        listed = await chat.last()
        await chat.press(next(b.text for b in listed.buttons if b.text.startswith("3Commas")))
        await chat.quiet()
        said = await twice(world, chat, "Remove")
        assert "still" in said[-1] or "Remove" in said[-1]
        on = await chat.last()
        sure = next(b.text for b in on.buttons if (b.callback_data or "").startswith("n1:"))
        said = await twice(world, chat, sure)
        assert "answered already" in said[1]
        assert (await kept(world, ALEX))[2] == []


async def test_a_repair_is_done_once() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await steps.connected_to_3commas(chat, world.desk)
        await steps.check(chat)
        said = await twice(world, chat, "Repair Binance spot")
        assert all("main account" in text.lower() for text in said)
        await twice(world, chat, "Main")
        await world.desk.fast_connect("Binance spot")
        said = await twice(world, chat, "Done")
        noticed = [text for text in said if "load again since" in text]
        assert len(noticed) == 1
        await steps.time_for_a_look(world)
        assert len([m for m in chat.messages() if m.from_bot and "load again since" in m.text]) == 1, chat.transcript()
