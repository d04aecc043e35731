"""Watching for the end of a repair."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import Access
from domain.causes import Cause
from domain.errors import KeyRefused, PlanWithoutApi, ServiceDown, TimedOut, TokenRefused, TooManyRequests
from domain.findings import Evidence, Finding, Severity, Subject, SubjectKind, Symptom
from domain.ports import Contact, KeyRights
from domain.records import Repair, RepairState
from domain.repair_baseline import Baseline, Change, changes
from domain.repair_watch import CouldNotLook, Look, Nothing, Noticed, RepairWatch, next_look, stood_before, told_done
from domain.values import MarketType
from tests.domain.fakes import (
    KEY,
    NOW,
    READS_ONLY,
    TOKEN,
    TRADER,
    FakeClock,
    FakeExchanges,
    FakeThreeCommas,
    FakeUnits,
    listed,
)

ACCOUNT = Subject(SubjectKind.ACCOUNT, "spot")
OWN_KEY = Subject(SubjectKind.KEY, KEY)
OWN_TOKEN = Subject(SubjectKind.TOKEN, TOKEN)


# --- when ------------------------------------------------------------------------------------------------------------


def test_it_looks_often_at_first_then_less_then_gives_up():
    looks, at = [], NOW
    while (at := next_look(NOW, at)) is not None:  # type: ignore[assignment]
        looks.append((at - NOW).total_seconds())
    assert looks[:3] == [5, 10, 15]
    gaps = {later - earlier for earlier, later in pairwise(looks)}
    assert gaps == {5, 20, 60}
    assert looks[-1] == 1800
    assert len([look for look in looks if look <= 120]) == 24


def test_a_rate_limit_moves_the_next_look_and_never_brings_it_forward():
    assert next_look(NOW, NOW, NOW + timedelta(minutes=5)) == NOW + timedelta(minutes=5)
    assert next_look(NOW, NOW, NOW + timedelta(seconds=1)) == NOW + timedelta(seconds=5)
    assert next_look(NOW, NOW + timedelta(minutes=30), NOW + timedelta(hours=1)) is None


@given(age=st.floats(min_value=0, max_value=4000))
def test_the_next_look_is_always_ahead_and_the_end_is_half_an_hour(age):
    now = NOW + timedelta(seconds=age)
    following = next_look(NOW, now)
    assert (following is None) == (now - NOW >= timedelta(minutes=30))
    assert following is None or following > now


# --- what changed ----------------------------------------------------------------------------------------------------


MAYBE = st.none() | st.booleans()
BASELINES = st.builds(
    Baseline,
    works=MAYBE,
    flags_bad=MAYBE,
    keys_state=st.none() | st.sampled_from(["ok", "expire_soon", "expired"]),
    rights=st.none() | st.frozensets(st.sampled_from(["reading", "spot", "futures"])),
    ip_restricted=MAYBE,
)


@given(before=BASELINES)
def test_a_baseline_survives_the_way_through_json(before):
    assert Baseline.from_json(before.to_json()) == before


@given(before=BASELINES, seen=BASELINES, of_account=st.booleans())
def test_what_was_not_known_before_is_no_change(before, seen, of_account):
    found = changes(before, seen, of_account=of_account)
    assert changes(Baseline(), seen, of_account=of_account) == ()
    assert changes(seen, seen, of_account=of_account) == ()
    if seen.works is False:
        assert found == ()
    if Change.BALANCES_LOAD in found or Change.ACCEPTED in found:
        assert before.works is False
        assert seen.works


@given(before=BASELINES, seen=BASELINES)
def test_what_was_learned_is_known_at_the_next_look(before, seen):
    after = before.after(seen)
    assert (after.works is None) == (before.works is None and seen.works is None)
    assert (after.keys_state is None) == (before.keys_state is None and seen.keys_state is None)
    if seen.works is False:
        assert Change.BALANCES_LOAD in changes(after, Baseline(works=True), of_account=True)


# --- one look --------------------------------------------------------------------------------------------------------


class World:
    def __init__(self) -> None:
        self.units = FakeUnits()
        self.units.token()
        self.units.account("spot", 41)
        self.units.key(accounts=["spot"])
        self.three_commas = FakeThreeCommas(real=[listed(41)])
        self.exchanges = FakeExchanges()
        self.clock = FakeClock()
        access = Access(self.units, self.clock)
        self.watch = RepairWatch(self.units, access, self.three_commas, self.exchanges, self.clock)

    async def stands(self, subject: Subject, symptom: Symptom, **known: Any) -> None:
        finding = Finding(subject, symptom, Cause.UNKNOWN, Severity.BROKEN, **known)
        await self.units.issues.raise_(TRADER, finding, NOW)

    async def begin(self, subject: Subject) -> Repair:
        async with self.units.writing() as u:
            before = await stood_before(u, subject)
            memory = {"baseline": before.to_json()}
            repair = Repair("repair", TRADER, subject, RepairState.WATCHING, NOW, memory)
            await u.repairs.put(repair)
        return repair

    async def again(self, repair: Repair, outcome: Look) -> Look:
        """The next look, with what the last one left in mind."""
        assert isinstance(outcome, Nothing)
        repair.memory["baseline"] = outcome.baseline.to_json()
        return await self.watch.look(repair)


@pytest.fixture
def world() -> World:
    return World()


async def test_balances_that_load_again_are_noticed_and_trading_stays_unproven(world):
    await world.stands(ACCOUNT, Symptom.THREE_COMMAS_KEY_REFUSED)
    repair = await world.begin(ACCOUNT)
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    outcome = await world.watch.look(repair)
    assert isinstance(outcome, Nothing)

    world.three_commas.contacts[41] = Contact.WORKS
    outcome = await world.again(repair, outcome)
    assert isinstance(outcome, Noticed)
    assert (outcome.changes, outcome.at) == ((Change.BALANCES_LOAD,), NOW)
    async with world.units.writing() as u:
        assert await world.watch.keep(u, repair, outcome)
    assert world.units.issues.standing() == {Symptom.THREE_COMMAS_TRADING_UNPROVEN}
    assert world.units.repairs.rows["repair"].state is RepairState.NOTICED


async def test_one_look_costs_one_request(world):
    await world.watch.look(await world.begin(ACCOUNT))
    assert world.three_commas.asked == ["load:41"]
    assert [(use.purpose, use.trigger) for use in world.units.access_log.uses] == [("repair watch", "watch")]


async def test_a_repair_is_noticed_once(world):
    await world.stands(ACCOUNT, Symptom.THREE_COMMAS_KEY_REFUSED)
    repair = await world.begin(ACCOUNT)
    outcome = await world.watch.look(repair)
    assert isinstance(outcome, Noticed)
    async with world.units.writing() as u:
        assert await world.watch.keep(u, repair, outcome)
        assert not await world.watch.keep(u, repair, outcome)


async def test_an_expiry_that_is_gone_is_noticed(world):
    await world.stands(ACCOUNT, Symptom.THREE_COMMAS_KEY_EXPIRES)
    repair = await world.begin(ACCOUNT)
    world.three_commas.loaded[41] = listed(41, keys_state="expire_soon")
    outcome = await world.watch.look(repair)
    world.three_commas.loaded[41] = listed(41, keys_state="ok")
    outcome = await world.again(repair, outcome)
    assert isinstance(outcome, Noticed)
    assert outcome.changes == (Change.EXPIRES_NO_MORE,)


async def test_flags_that_are_cleared_are_noticed(world):
    repair = await world.begin(ACCOUNT)
    world.three_commas.loaded[41] = listed(41, key_invalid=True)
    outcome = await world.watch.look(repair)
    world.three_commas.loaded[41] = listed(41)
    outcome = await world.again(repair, outcome)
    assert isinstance(outcome, Noticed)
    assert outcome.changes == (Change.FLAGS_CLEARED,)


async def test_a_key_that_was_deleted_on_the_way_makes_the_new_one_visible(world):
    """A trading right is repaired with a new key: nothing shows, unless the old key went first."""
    await world.stands(ACCOUNT, Symptom.THREE_COMMAS_TRADING_REFUSED)
    repair = await world.begin(ACCOUNT)
    outcome = await world.watch.look(repair)
    assert isinstance(outcome, Nothing)
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    outcome = await world.again(repair, outcome)
    world.three_commas.contacts[41] = Contact.WORKS
    outcome = await world.again(repair, outcome)
    assert isinstance(outcome, Noticed)
    async with world.units.writing() as u:
        await world.watch.keep(u, repair, outcome)
    assert world.units.issues.standing() == {Symptom.THREE_COMMAS_TRADING_UNPROVEN}


async def test_an_undecided_answer_says_nothing_about_the_repair(world):
    world.three_commas.contacts[41] = Contact.UNDECIDED
    outcome = await world.watch.look(await world.begin(ACCOUNT))
    assert isinstance(outcome, CouldNotLook)
    assert outcome.why.error == "Undecided"


@pytest.mark.parametrize("error", [ServiceDown("x"), TimedOut("x"), TokenRefused("x"), PlanWithoutApi("x")])
async def test_what_cannot_be_asked_says_nothing_about_the_repair(world, error):
    world.three_commas.errors["load:41"] = error
    outcome = await world.watch.look(await world.begin(ACCOUNT))
    assert isinstance(outcome, CouldNotLook)
    assert outcome.why.error == type(error).__name__


async def test_a_rate_limit_tells_when_to_look_again(world):
    world.three_commas.errors["load:41"] = TooManyRequests("three_commas", 300)
    outcome = await world.watch.look(await world.begin(ACCOUNT))
    assert isinstance(outcome, CouldNotLook)
    assert outcome.why.retry_at == NOW + timedelta(seconds=300)


async def test_an_account_that_only_the_trader_told_of_cannot_be_watched(world):
    world.units.account("spot")
    outcome = await world.watch.look(await world.begin(ACCOUNT))
    assert isinstance(outcome, CouldNotLook)
    assert outcome.why.error == "NotThere"


async def test_an_own_key_that_is_accepted_again_is_noticed_with_its_wallets(world):
    await world.stands(OWN_KEY, Symptom.KEY_REFUSED)
    repair = await world.begin(OWN_KEY)
    world.exchanges.exchange.errors["rights"] = KeyRefused("binance", (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED))
    outcome = await world.watch.look(repair)
    assert isinstance(outcome, Nothing)
    world.exchanges.exchange.errors.clear()
    outcome = await world.again(repair, outcome)
    assert isinstance(outcome, Noticed)
    assert outcome.changes == (Change.ACCEPTED,)
    assert world.exchanges.exchange.asked == ["rights", "rights", "spot"]
    async with world.units.writing() as u:
        await world.watch.keep(u, repair, outcome)
    assert world.units.issues.standing() == set()


async def test_a_right_and_an_address_list_that_appear_are_noticed(world):
    world.units.account("spot", 41, market_type=MarketType.USDM)
    repair = await world.begin(OWN_KEY)
    world.exchanges.exchange.told = KeyRights(reading=True, futures=False, ip_restricted=False)
    outcome = await world.watch.look(repair)
    assert isinstance(outcome, Nothing)
    world.exchanges.exchange.told = KeyRights(reading=True, futures=True, ip_restricted=True)
    outcome = await world.again(repair, outcome)
    assert isinstance(outcome, Noticed)
    assert outcome.changes == (Change.RIGHTS_CHANGED, Change.IP_LIST_SET)


async def test_a_venue_that_is_down_says_nothing_about_an_own_key(world):
    world.exchanges.exchange.errors["rights"] = ServiceDown("binance")
    outcome = await world.watch.look(await world.begin(OWN_KEY))
    assert isinstance(outcome, CouldNotLook)
    assert outcome.why.error == "ServiceDown"


async def test_our_clock_says_nothing_about_an_own_key(world):
    world.exchanges.exchange.errors["rights"] = KeyRefused("binance", (Cause.CLOCK_OFF,))
    outcome = await world.watch.look(await world.begin(OWN_KEY))
    assert isinstance(outcome, CouldNotLook)


async def test_a_token_that_is_taken_again_is_noticed(world):
    await world.stands(OWN_TOKEN, Symptom.TOKEN_REFUSED)
    repair = await world.begin(OWN_TOKEN)
    world.three_commas.errors["validate"] = TokenRefused("three_commas")
    outcome = await world.watch.look(repair)
    assert isinstance(outcome, Nothing)
    world.three_commas.errors.clear()
    outcome = await world.again(repair, outcome)
    assert isinstance(outcome, Noticed)
    assert outcome.changes == (Change.ACCEPTED,)


async def test_a_plan_is_only_proven_by_a_read(world):
    await world.stands(OWN_TOKEN, Symptom.PLAN_WITHOUT_API)
    repair = await world.begin(OWN_TOKEN)
    world.three_commas.errors["accounts"] = PlanWithoutApi("three_commas")
    assert isinstance(await world.watch.look(repair), Nothing)
    world.three_commas.errors.clear()
    assert isinstance(await world.watch.look(repair), Noticed)


async def test_a_credential_that_is_gone_ends_quietly(world):
    await world.units.keys.remove(KEY)
    assert isinstance(await world.watch.look(await world.begin(OWN_KEY)), CouldNotLook)


# --- told ------------------------------------------------------------------------------------------------------------


async def test_what_a_trader_tells_ends_what_was_told_and_what_a_look_saw_stays(world):
    await world.stands(ACCOUNT, Symptom.THREE_COMMAS_KEY_REFUSED)
    await world.stands(ACCOUNT, Symptom.THREE_COMMAS_TRADING_REFUSED)
    await world.stands(ACCOUNT, Symptom.TOLD_CANNOT_TRADE, evidence=Evidence.TOLD)
    async with world.units.writing() as u:
        await told_done(u, TRADER, "spot", NOW)
    assert world.units.issues.standing() == {
        Symptom.THREE_COMMAS_KEY_REFUSED,
        Symptom.THREE_COMMAS_TRADING_UNPROVEN,
    }


async def test_known_rights_are_what_stood_before(world):
    world.units.key(accounts=["spot"], rights=("reading",))
    await world.stands(OWN_KEY, Symptom.KEY_WITHOUT_IP_LIST)
    async with world.units.reading() as u:
        assert await stood_before(u, OWN_KEY) == Baseline(rights=frozenset(READS_ONLY.names()), ip_restricted=False)
