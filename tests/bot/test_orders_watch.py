"""The job that notices when an order is gone that somebody cancels by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.background import jobs
from bot.background.given_up import TellTheTrader
from bot.background.order_watch import WatchOrderJob, begin_watch
from bot.buttons import Open
from bot.reply import Reply, from_json
from bot.views.examples import orders as pretend
from domain.check_view import NotLooked
from domain.free_by_hand import Became, CouldNotSee, Gone, Held, Stands, WatchedOrder
from domain.records import Job, OutgoingState, Repair, RepairState
from tests.bot.keys_house import KeysHouse, button

SEEN = replace(pretend.WATCHED, before=Held(Decimal("0.1"), Decimal("0.5")))
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass
class Watch:
    """Looks with given outcomes; the last one stays."""

    looks: list[Stands | Gone | CouldNotSee]
    asked: list[WatchedOrder] = field(default_factory=list)

    async def look(self, watched: WatchedOrder, *, trigger: str = "watch") -> Stands | Gone | CouldNotSee:
        self.asked.append(watched)
        return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]


@dataclass
class Watching:
    """A trader who is freeing an order, and the bot that looks."""

    house: KeysHouse
    watch: Watch

    async def begin(self) -> Repair:
        units = self.house.storage.units
        async with units.writing() as u:
            await begin_watch(u, self.house.trader.id, pretend.WATCHED, "Binance spot", "k", self.house.clock.now())
            await u.commit()
        (repair,) = await self.watched()
        return repair

    async def watched(self) -> Sequence[Repair]:
        async with self.house.storage.units.reading() as u:
            return await u.repairs.watching(self.house.trader.id)

    async def look(self, repair: Repair) -> list[Reply]:
        """One run of the job; what is said because of it."""
        units = self.house.storage.units
        job = WatchOrderJob(units, self.house.clock, self.watch)  # type: ignore[arg-type]  # a stand-in
        await job(Job(jobs.WATCH_ORDER, repair.id))
        async with units.writing() as u:
            said = await u.outbox.waiting(self.house.trader.id)
            for outgoing in said:
                await u.outbox.finish(outgoing.id, OutgoingState.SENT)
            await u.commit()
        return [from_json(outgoing.body) for outgoing in said]

    async def state(self, repair: Repair) -> RepairState:
        async with self.house.storage.units.reading() as u:
            found = await u.repairs.get(repair.id)
        assert found is not None
        return found.state


def watching(house: KeysHouse, *looks: Stands | Gone | CouldNotSee) -> Watching:
    return Watching(house, Watch(list(looks)))


async def test_while_it_stands_nothing_is_said_and_what_was_held_is_remembered(house: KeysHouse) -> None:
    at = watching(house, Stands(SEEN))
    repair = await at.begin()
    assert await at.look(repair) == []
    assert await at.look(repair) == []
    assert at.watch.asked == [pretend.WATCHED, SEEN]
    assert await at.state(repair) is RepairState.WATCHING


async def test_once_it_is_cancelled_that_is_said_once_with_what_is_free_again(house: KeysHouse) -> None:
    at = watching(house, Stands(SEEN), Gone(Became.CANCELLED, house.clock.now()))
    repair = await at.begin()
    await at.look(repair)
    (said,) = await at.look(repair)
    assert "The order is gone since" in said.text
    assert "0.4 ETH are free again" in said.text
    assert await at.state(repair) is RepairState.NOTICED
    assert await at.look(repair) == []


async def test_an_order_that_an_earlier_version_kept_otherwise_ends_its_watch_in_words_and_may_be_watched_anew(
    house: KeysHouse,
) -> None:
    at = watching(house, Stands(SEEN))
    repair = await at.begin()
    async with house.storage.units.writing() as u:
        await u.repairs.put(replace(repair, memory={**repair.memory, "order": ["of", "another", "shape"]}))
        await u.commit()
    with pytest.raises(ValueError, match="another shape"):
        await at.look(repair)
    await TellTheTrader(house.storage.units, house.clock)(Job(jobs.WATCH_ORDER, repair.id), "4F2A91")
    async with house.storage.units.reading() as u:
        (said,) = await u.outbox.waiting(house.trader.id)
    assert "I stopped watching Binance spot" in from_json(said.body).text
    assert await at.state(repair) is RepairState.GIVEN_UP


async def test_an_unreadable_watch_does_not_keep_its_order_from_being_watched(house: KeysHouse) -> None:
    at = watching(house, Stands(SEEN))
    old = await at.begin()
    async with house.storage.units.writing() as u:
        await u.repairs.put(replace(old, memory={**old.memory, "order": ["of", "another", "shape"]}))
        await u.commit()
    new = await at.begin()
    assert new.id != old.id
    assert await at.state(old) is RepairState.GIVEN_UP
    assert await at.begin() == new, "and not twice"


async def test_a_filled_order_is_not_called_freed(house: KeysHouse) -> None:
    at = watching(house, Stands(SEEN), Gone(Became.FILLED, house.clock.now()))
    repair = await at.begin()
    await at.look(repair)
    (said,) = await at.look(repair)
    assert "filled instead" in said.text
    assert "free again" not in said.text


async def test_an_order_that_was_gone_before_the_first_look_is_said_to_be_gone_already(house: KeysHouse) -> None:
    at = watching(house, Gone(Became.UNCLEAR, house.clock.now()))
    (said,) = await at.look(await at.begin())
    assert "gone already" in said.text


async def test_after_half_an_hour_it_says_so_and_leaves_a_button_that_looks_again(house: KeysHouse) -> None:
    at = watching(house, Stands(SEEN))
    repair = await at.begin()
    house.clock.advance(HALF_AN_HOUR.total_seconds())
    (said,) = await at.look(repair)
    assert "half an hour" in said.text
    assert await at.state(repair) is RepairState.GIVEN_UP
    assert button(said, "I have cancelled it") == Open("watch_order", repair.id)
    (reply,) = await house.press(Open("watch_order", repair.id))
    assert "I look whether it is gone" in reply.text
    assert len(await at.watched()) == 1


async def test_a_key_that_is_gone_ends_the_watch_and_an_exchange_that_is_down_does_not(house: KeysHouse) -> None:
    at = watching(house, CouldNotSee(NotLooked("ServiceDown")), CouldNotSee(NotLooked("KeyGone")))
    repair = await at.begin()
    assert await at.look(repair) == []
    assert await at.state(repair) is RepairState.WATCHING
    (said,) = await at.look(repair)
    assert "I stopped looking" in said.text
    assert "The key was removed." in said.text
    assert await at.state(repair) is RepairState.GIVEN_UP


async def test_an_order_is_not_watched_twice_at_once(house: KeysHouse) -> None:
    at = watching(house, Stands(SEEN))
    first = await at.begin()
    again = await at.begin()
    assert again.id == first.id


@pytest.mark.parametrize("whose", ["nobody's", "somebody else's"])
async def test_a_made_up_watch_begins_nothing(house: KeysHouse, stranger: KeysHouse, whose: str) -> None:
    theirs = await watching(stranger, Stands(SEEN)).begin()
    await house.key("k2")
    said = await house.press(Open("watch_order", theirs.id if whose == "somebody else's" else "0123456789abcdef"))
    assert "I do not know that order any more" in said[0].text
    assert "ETH" not in " ".join(reply.text for reply in said)
    assert await watching(house, Stands(SEEN)).watched() == []
