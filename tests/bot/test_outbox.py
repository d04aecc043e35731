"""What is to be said arrives once, in order, in its place on the screen, whatever Telegram says to it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.background import jobs
from bot.handling import STRIP
from bot.outbox import CHAT_BURST, EDIT_EVERY_S, LONGEST_PAUSE_S, MAX_ATTEMPTS, OVERALL_PER_S, Pace
from bot.reply import Reply, to_json
from bot.texts import Html
from domain.records import Json, Trader
from sandbox.faults import Fault
from sandbox.stories.figures import ALEX, KIM
from sandbox.telegram.state import Message
from sandbox.world import Person
from tests.chat import Chat
from tests.world import World

MARKED = "A text of the test"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World.story("no_token_at_all") as found:
        for person in (ALEX, KIM):
            await found.chat(person).send("/start")
        await found.quiet()
        yield found


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat(ALEX)


async def trader(world: World, person: Person = ALEX) -> Trader:
    assert world.bot.app is not None
    async with world.bot.app.services.units.reading() as u:
        found = await u.traders.by_telegram_id(person.id)
    assert found is not None
    return found


async def say(world: World, *bodies: Json | str, screen: str | None = None, to: Person = ALEX) -> None:
    """Put them into the outbox in one transaction, with a job to send them."""
    assert world.bot.app is not None
    who = await trader(world, to)
    async with world.bot.app.services.units.writing() as u:
        for body in bodies:
            kept = to_json(Reply(Html(body))) if isinstance(body, str) else body
            await u.outbox.put(who.id, kept, world.bot_clock.now(), screen=screen)
        await u.jobs.put(jobs.send(who.id))
        await u.commit()


def shown(chat: Chat) -> list[str]:
    """What the test has said, as it stands in the chat."""
    return [message.text for message in chat.messages() if message.text.startswith(MARKED)]


def message(chat: Chat, text: str) -> Message:
    return next(m for m in chat.messages() if text in m.text)


def count(world: World, method: str) -> int:
    return len([request for request in world.received("telegram") if request.path.endswith(method)])


# --- flood -------------------------------------------------------------------------------------------------------


async def test_a_chat_that_has_to_wait_keeps_its_order_and_others_go_on(world: World, chat: Chat) -> None:
    world.house.telegram.flood.next(30)
    await say(world, f"{MARKED} 1", f"{MARKED} 2", f"{MARKED} 3")
    await world.quiet()
    assert shown(chat) == []
    await say(world, f"{MARKED} for Kim", to=KIM)
    await say(world, f"{MARKED} 4")
    await world.quiet()
    assert shown(world.chat(KIM)) == [f"{MARKED} for Kim"]
    assert shown(chat) == []
    world.bot_clock.advance(29)
    await world.quiet()
    assert shown(chat) == [], "nothing is asked before the time is over"
    world.bot_clock.advance(2)
    await world.quiet()
    assert shown(chat) == [f"{MARKED} {n}" for n in (1, 2, 3, 4)]


async def test_waiting_does_not_count_as_failing(world: World, chat: Chat) -> None:
    world.house.telegram.flood.next(5, times=12)
    await say(world, f"{MARKED} 1")
    for _ in range(13):
        await world.quiet()
        world.bot_clock.advance(6)
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 1"]


async def test_what_waits_is_sent_after_a_restart(world: World, chat: Chat) -> None:
    world.house.telegram.flood.next(30)
    await say(world, f"{MARKED} 1", f"{MARKED} 2")
    await world.quiet()
    await world.restart_bot()
    world.bot_clock.advance(31)
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 1", f"{MARKED} 2"]


# --- failures ----------------------------------------------------------------------------------------------------


async def test_a_telegram_that_does_not_answer_is_asked_again_later(world: World, chat: Chat) -> None:
    world.fault("telegram", "status", "sendMessage", status=502)
    await say(world, f"{MARKED} 1", f"{MARKED} 2")
    await world.quiet()
    assert shown(chat) == []
    world.heal()
    world.bot_clock.advance(3)
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 1", f"{MARKED} 2"]


async def test_after_many_failures_a_message_is_given_up_and_the_next_one_goes(world: World, chat: Chat) -> None:
    world.fault("telegram", "status", "sendMessage", status=500, times=MAX_ATTEMPTS)
    await say(world, f"{MARKED} 1", f"{MARKED} 2")
    for _ in range(MAX_ATTEMPTS):
        await world.quiet()
        world.bot_clock.advance(LONGEST_PAUSE_S + 1)
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 2"]


async def struck(fault: Fault) -> None:
    """Once the fault holds a request."""
    for _ in range(2_000):
        if fault.times == 0:
            return
        await asyncio.sleep(0.002)
    raise AssertionError("nothing came by")


async def test_a_delayed_job_does_not_send_beside_another(world: World, chat: Chat) -> None:
    """It has no order of its own; what is on its way must not be sent a second time."""
    assert world.bot.app is not None
    slow = world.fault("telegram", "slow", "sendMessage", times=1)
    await say(world, f"{MARKED} 1")
    who = await trader(world)
    await struck(slow)
    async with world.bot.app.services.units.writing() as u:
        await u.jobs.put(jobs.send(who.id, world.bot_clock.now()))
        await u.commit()
    for _ in range(50):  # the loop had every chance to start it
        await asyncio.sleep(0.002)
    slow.released.set()
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 1"]


async def test_markup_that_telegram_cannot_parse_is_shown_as_plain_words(world: World, chat: Chat) -> None:
    await say(world, f"{MARKED} <b>1 &amp; &lt;2&gt;")
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 1 & <2>"]
    await say(world, f"{MARKED} A", screen="s")
    await say(world, f"{MARKED} <i>B", screen="s")
    await world.quiet()
    assert shown(chat)[1:] == [f"{MARKED} B"]


async def test_a_message_that_telegram_refuses_does_not_hold_up_the_next(world: World, chat: Chat) -> None:
    refused = to_json(Reply(Html("x")))
    refused["buttons"] = [[{"label": "Guide", "url": "no address"}]]
    await say(world, refused, f"{MARKED} 2")
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 2"]


async def test_who_blocked_the_bot_gets_nothing_more_and_is_known_to_be_out_of_reach(world: World, chat: Chat) -> None:
    world.house.telegram.state.chats[ALEX.id].blocked = True  # before the bot learns of it
    await say(world, f"{MARKED} 1", f"{MARKED} 2")
    await world.quiet()
    assert not (await trader(world)).reachable
    world.house.telegram.state.chats[ALEX.id].blocked = False
    await say(world, f"{MARKED} 3")
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 3"]


# --- screens -----------------------------------------------------------------------------------------------------


async def test_a_screen_is_rewritten_in_place(world: World, chat: Chat) -> None:
    await say(world, f"{MARKED} 1", screen="s")
    await world.quiet()
    before = message(chat, f"{MARKED} 1").message_id
    await say(world, f"{MARKED} 2", screen="s")
    await world.quiet()
    assert message(chat, f"{MARKED} 2").message_id == before
    assert shown(chat) == [f"{MARKED} 2"]


async def test_rewritings_that_wait_become_one(world: World, chat: Chat) -> None:
    await say(world, f"{MARKED} 0", screen="s")
    await world.quiet()
    before = count(world, "editMessageText")
    await say(world, *(f"{MARKED} {n}" for n in range(1, 30)), screen="s")
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 29"]
    assert count(world, "editMessageText") == before + 1


async def test_a_screen_that_shows_it_already_is_left_alone(world: World, chat: Chat) -> None:
    for _ in range(3):
        await say(world, f"{MARKED} 1", screen="s")
        await world.quiet()
    assert shown(chat) == [f"{MARKED} 1"]
    assert count(world, "editMessageText") == 0


async def test_not_modified_is_success(world: World, chat: Chat) -> None:
    """The same words in other markup: another text for us, the same for Telegram."""
    await say(world, f"{MARKED} <b></b>1", screen="s")
    await say(world, f"{MARKED} 1<i></i>", screen="s")
    await world.quiet()
    await say(world, f"{MARKED} 1", screen="s")
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 1"]


async def test_a_screen_whose_message_is_gone_is_shown_anew(world: World, chat: Chat) -> None:
    await say(world, f"{MARKED} 1", screen="s")
    await world.quiet()
    world.house.telegram.delete_own(ALEX.id, message(chat, f"{MARKED} 1").message_id)
    await say(world, f"{MARKED} 2", screen="s")
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 2"]
    await say(world, f"{MARKED} 3", screen="s")
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 3"]


async def test_taking_buttons_off_a_message_that_is_gone_or_bare_holds_nothing_up(world: World, chat: Chat) -> None:
    await say(world, f"{MARKED} 1", screen="s")
    await world.quiet()
    await say(world, dict(STRIP), screen="s")
    await say(world, dict(STRIP), screen="never-shown")
    world.house.telegram.delete_own(ALEX.id, message(chat, f"{MARKED} 1").message_id)
    await say(world, dict(STRIP), screen="s")
    await say(world, f"{MARKED} 2")
    await world.quiet()
    assert shown(chat) == [f"{MARKED} 2"]


LINES = 100
LONG = "\n".join(f"{MARKED}, line {n}: {'x' * 40}" for n in range(LINES))


def lines(chat: Chat) -> list[str]:
    return [line for m in chat.messages() for line in m.text.split("\n") if line.startswith(f"{MARKED}, line")]


async def test_a_text_longer_than_a_message_comes_in_parts_with_the_buttons_last(world: World, chat: Chat) -> None:
    body = to_json(Reply(Html(LONG)))
    body["buttons"] = [[{"label": "Check", "data": "o1:check:", "style": ""}]]
    await say(world, body)
    await world.quiet()
    assert lines(chat) == LONG.split("\n")
    assert [bool(m.buttons) for m in chat.messages() if m.text.startswith(MARKED)] == [False, True]


@pytest.mark.parametrize("after", [0, 1])
async def test_a_long_text_that_telegram_holds_up_half_way_goes_on_where_it_was(
    world: World, chat: Chat, after: int
) -> None:
    body = to_json(Reply(Html(LONG)))
    body["buttons"] = [[{"label": "Check", "data": "o1:check:", "style": ""}]]
    world.house.telegram.flood.next(30, after=after)
    await say(world, body)
    await world.quiet()
    assert len([m for m in chat.messages() if m.text.startswith(MARKED)]) == after
    world.bot_clock.advance(31)
    await world.quiet()
    assert lines(chat) == LONG.split("\n")


async def test_a_screen_that_telegram_holds_up_half_way_goes_on_where_it_was(world: World, chat: Chat) -> None:
    await say(world, f"{MARKED} begins", screen="s")
    await world.quiet()
    body = to_json(Reply(Html(LONG + "\n" + LONG)))
    body["buttons"] = [[{"label": "Check", "data": "o1:check:", "style": ""}]]
    world.bot_clock.advance(EDIT_EVERY_S)
    world.house.telegram.flood.next(30, after=2)
    await say(world, body, screen="s")
    await world.quiet()
    assert len(lines(chat)) < 2 * LINES
    world.bot_clock.advance(31)
    await world.quiet()
    assert lines(chat) == [*LONG.split("\n")] * 2


async def test_a_screen_that_outgrows_a_message_is_shown_whole_once_it_is_finished(world: World, chat: Chat) -> None:
    await say(world, f"{MARKED} begins", screen="s")
    await world.quiet()
    await say(world, LONG, screen="s")
    await world.quiet()
    assert len(shown(chat)) == 1, "while it fills in, only its beginning"
    body = to_json(Reply(Html(f"{LONG}\n{MARKED}, line last")))
    body["buttons"] = [[{"label": "Check", "data": "o1:check:", "style": ""}]]
    await say(world, body, screen="s")
    await world.quiet()
    assert lines(chat) == [*LONG.split("\n"), f"{MARKED}, line last"]
    assert [bool(m.buttons) for m in chat.messages() if m.text.startswith(MARKED)] == [False, True]
    await say(world, dict(STRIP), screen="s")
    await world.quiet()
    assert not [m for m in chat.messages() if m.text.startswith(MARKED) and m.buttons]


# --- pace --------------------------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    async def wait(self, seconds: float, *, until: object = None) -> None:
        raise AssertionError("a pace does not wait, it says for how long")


def test_a_chat_gets_a_burst_and_then_one_message_a_second() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert [pace.wait_for("ann") for _ in range(CHAT_BURST)] == [0.0] * CHAT_BURST
    assert 0 < pace.wait_for("ann") <= 1
    assert pace.wait_for("ben") == 0.0
    clock.at += timedelta(seconds=1)
    assert pace.wait_for("ann") == 0.0
    assert pace.wait_for("ann") > 0


def test_all_chats_together_stay_below_telegrams_thirty_a_second() -> None:
    pace = Pace(Clock())
    passed = [pace.wait_for(f"trader {n}") == 0.0 for n in range(100)]
    assert sum(passed) == OVERALL_PER_S <= 30


def test_who_has_to_wait_takes_nothing_from_the_others() -> None:
    pace = Pace(Clock())
    for _ in range(CHAT_BURST + 50):
        pace.wait_for("ann")
    assert pace.wait_for("ben") == 0.0


def test_a_screen_is_rewritten_once_in_a_while() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.wait_for_edit("s") == 0.0
    assert 0 < pace.wait_for_edit("s") <= EDIT_EVERY_S
    assert pace.wait_for_edit("other") == 0.0
    clock.at += timedelta(seconds=EDIT_EVERY_S)
    assert pace.wait_for_edit("s") == 0.0
