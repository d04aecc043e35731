"""Inbox, outbox, screens and conversations."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.records import Conversation, Outgoing, OutgoingState, Screen, StoredUpdate, Trader, UpdateState
from storage.opening import Storage
from storage.tables import OutgoingRow
from tests.storage.clock import StillClock
from tests.storage.people import meet
from tests.storage.raw import rows


@pytest.fixture
async def ann(storage: Storage, clock: StillClock) -> Trader:
    return await meet(storage, 1, clock.now())


@pytest.fixture
async def ben(storage: Storage, clock: StillClock) -> Trader:
    return await meet(storage, 2, clock.now())


async def test_an_update_is_kept_once(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        assert await u.inbox.add(5, ann.id, b'{"text":"hi"}', clock.now())
        assert not await u.inbox.add(5, ann.id, b"another body", clock.now())
        await u.commit()
    async with storage.units.reading() as u:
        assert await u.inbox.get(5) == StoredUpdate(5, ann.id, UpdateState.WAITING, 0, b'{"text":"hi"}', clock.now())
        assert await u.inbox.get(6) is None


async def test_failed_attempts_are_counted(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        await u.inbox.add(5, ann.id, b"{}", clock.now())
        assert [await u.inbox.tried(5) for _ in range(3)] == [1, 2, 3]
        assert await u.inbox.tried(6) == 0


@pytest.mark.parametrize("state", [UpdateState.DONE, UpdateState.FAILED])
async def test_a_handled_update_has_no_body(
    storage: Storage, clock: StillClock, ann: Trader, state: UpdateState
) -> None:
    async with storage.units.writing() as u:
        await u.inbox.add(5, ann.id, b"a secret that was typed", clock.now())
        await u.inbox.finish(5, state)
        assert await u.inbox.get(5) == StoredUpdate(5, ann.id, state, 0, b"", clock.now())


async def test_old_ids_are_dropped_unless_they_still_wait(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        for update_id in (1, 2):
            await u.inbox.add(update_id, ann.id, b"{}", clock.now())
        await u.inbox.finish(1, UpdateState.DONE)
        clock.advance(60)
        await u.inbox.add(3, ann.id, b"{}", clock.now())
        await u.inbox.finish(3, UpdateState.DONE)
        assert await u.inbox.prune(clock.now() - timedelta(seconds=1)) == 1
        assert [await u.inbox.get(update_id) is not None for update_id in (1, 2, 3)] == [False, True, True]


async def test_texts_wait_in_order_per_trader(storage: Storage, clock: StillClock, ann: Trader, ben: Trader) -> None:
    async with storage.units.writing() as u:
        first = await u.outbox.put(ann.id, {"n": 1}, clock.now(), origin=77)
        await u.outbox.put(ben.id, {"n": 2}, clock.now())
        second = await u.outbox.put(ann.id, {"n": 3}, clock.now(), screen="s")
        await u.commit()
    async with storage.units.reading() as u:
        assert await u.outbox.waiting(ann.id) == [
            Outgoing(first, ann.id, None, {"n": 1}, origin=77),
            Outgoing(second, ann.id, "s", {"n": 3}),
        ]
        assert await u.outbox.get(first) == Outgoing(first, ann.id, None, {"n": 1}, origin=77)
        assert sorted(await u.outbox.traders_waiting()) == sorted([ann.id, ben.id])


async def test_a_newer_text_for_a_screen_takes_the_place_of_the_one_that_waits(
    storage: Storage, clock: StillClock, ann: Trader, ben: Trader
) -> None:
    async with storage.units.writing() as u:
        old = await u.outbox.put(ann.id, {"n": "old"}, clock.now(), screen="s")
        await u.outbox.put(ann.id, {"n": "said once"}, clock.now())
        await u.outbox.put(ben.id, {"n": "of another trader"}, clock.now(), screen="s")
        await u.outbox.put(ann.id, {"n": "newer"}, clock.now(), screen="s")
        await u.outbox.put(ann.id, {"n": "newest"}, clock.now(), screen="s")
        assert [item.body["n"] for item in await u.outbox.waiting(ann.id)] == ["newest", "said once"]
        assert await u.outbox.get(old) is None
        await u.commit()
    dropped = [row for row in await rows(storage, OutgoingRow) if row.state == OutgoingState.DROPPED]
    assert [row.body for row in dropped] == [None, None]


async def test_a_text_for_a_screen_that_was_sent_is_not_overtaken(
    storage: Storage, clock: StillClock, ann: Trader
) -> None:
    async with storage.units.writing() as u:
        sent = await u.outbox.put(ann.id, {"n": 1}, clock.now(), screen="s")
        await u.outbox.finish(sent, OutgoingState.SENT)
        await u.outbox.put(ann.id, {"n": 2}, clock.now(), screen="s")
        await u.commit()
    assert [row.state for row in await rows(storage, OutgoingRow)] == ["sent", "waiting"]


async def test_a_sent_text_is_blanked(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        number = await u.outbox.put(ann.id, {"n": 1}, clock.now())
        await u.outbox.finish(number, OutgoingState.SENT)
        assert await u.outbox.get(number) is None
        assert await u.outbox.waiting(ann.id) == []
        await u.commit()
    assert [(row.state, row.body) for row in await rows(storage, OutgoingRow)] == [("sent", None)]


async def test_a_postponed_text_keeps_its_place_and_hands_its_pause_on(
    storage: Storage, clock: StillClock, ann: Trader
) -> None:
    later = clock.now() + timedelta(seconds=30)
    async with storage.units.writing() as u:
        number = await u.outbox.put(ann.id, {"n": 1}, clock.now(), screen="s")
        await u.outbox.put(ann.id, {"n": 2}, clock.now())
        await u.outbox.postpone(number, later)
        await u.outbox.postpone(number, later, count=False)
        first, _second = await u.outbox.waiting(ann.id)
        assert (first.id, first.attempts, first.not_before) == (number, 1, later)
        await u.outbox.put(ann.id, {"n": 3}, clock.now(), screen="s")
        first, _second = await u.outbox.waiting(ann.id)
        assert (first.body, first.attempts, first.not_before) == ({"n": 3}, 0, later)
        await u.outbox.postpone(number, clock.now())
        assert await u.outbox.get(number) is None, "it was overtaken meanwhile"


async def test_what_waits_for_somebody_out_of_reach_is_dropped(
    storage: Storage, clock: StillClock, ann: Trader, ben: Trader
) -> None:
    async with storage.units.writing() as u:
        for trader in (ann, ann, ben):
            await u.outbox.put(trader.id, {}, clock.now())
        await u.outbox.drop_for(ann.id)
        assert await u.outbox.traders_waiting() == [ben.id]


async def test_a_screen_is_found_by_name(storage: Storage, clock: StillClock, ann: Trader) -> None:
    screen = Screen("s", ann.id, None)
    async with storage.units.writing() as u:
        assert await u.screens.get("s") is None
        await u.screens.put(screen, clock.now())
        assert await u.screens.get("s") == screen
        screen = replace(screen, message_id=9, shows="digest", memory={"done": ["accounts"]})
        await u.screens.put(screen, clock.now())
        assert await u.screens.get("s") == screen


async def test_a_screen_of_another_trader_is_never_overwritten(
    storage: Storage, clock: StillClock, ann: Trader, ben: Trader
) -> None:
    async with storage.units.writing() as u:
        await u.screens.put(Screen("s", ann.id, 1), clock.now())
        with pytest.raises(Exception, match="UNIQUE"):
            await u.screens.put(Screen("s", ben.id, 2), clock.now())


async def test_a_conversation_moves_by_compare_and_set(storage: Storage, clock: StillClock, ann: Trader) -> None:
    conversation = Conversation(ann.id, "connect", "service", {"service": None}, clock.now(), screen="s")
    async with storage.units.writing() as u:
        assert await u.conversations.get(ann.id) is None
        assert not await u.conversations.save(conversation, 1)
        assert await u.conversations.save(conversation, None)
        assert not await u.conversations.save(conversation, None)
        assert await u.conversations.get(ann.id) == replace(conversation, version=1)
        moved = replace(conversation, step="key", memory={"service": "binance", "deep": [{"a": True}]})
        assert await u.conversations.save(moved, 1)
        assert not await u.conversations.save(conversation, 1)
        assert await u.conversations.get(ann.id) == replace(moved, version=2)


async def test_a_conversation_ends_for_whoever_saw_it_last(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        await u.conversations.save(Conversation(ann.id, "connect", "service", {}, clock.now()), None)
        assert not await u.conversations.end(ann.id, 2)
        assert await u.conversations.end(ann.id, 1)
        assert await u.conversations.get(ann.id) is None
