"""Issues, repairs and plans of trades."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.causes import Cause
from domain.findings import Evidence, Since, SinceSource, Subject, SubjectKind, Symptom
from domain.records import Issue, Repair, RepairState, TradePlan, Trader
from storage.opening import Storage
from tests.storage.clock import StillClock
from tests.storage.people import finding, meet


@pytest.fixture
async def ann(storage: Storage, clock: StillClock) -> Trader:
    return await meet(storage, 1, clock.now())


async def test_an_issue_keeps_its_id_and_its_first_day_while_what_is_known_changes(
    storage: Storage, clock: StillClock, ann: Trader
) -> None:
    first_seen = clock.now()
    async with storage.units.writing() as u:
        issue = await u.issues.raise_(ann.id, finding(code="-2015"), first_seen)
        clock.advance(60)
        since = Since(clock.now(), SinceSource.TRADE_ERROR)
        known = replace(
            finding(said="text"),
            cause=Cause.AMBIGUOUS,
            causes=(Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED),
            since=since,
            evidence=Evidence.TOLD,
        )
        assert await u.issues.raise_(ann.id, known, clock.now()) == Issue(issue.id, ann.id, known, first_seen)
        assert await u.issues.get(issue.id) == Issue(issue.id, ann.id, known, first_seen)
        assert (
            await u.issues.open(ann.id)
            == await u.issues.on(known.subject)
            == [Issue(issue.id, ann.id, known, first_seen)]
        )


async def test_a_solved_issue_that_comes_back_is_a_new_one(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        issue = await u.issues.raise_(ann.id, finding(), clock.now())
        assert await u.issues.solve(issue.id, clock.now())
        assert not await u.issues.solve(issue.id, clock.now())
        assert await u.issues.open(ann.id) == []
        assert await u.issues.on(issue.finding.subject) == []
        assert await u.issues.get(issue.id) == replace(issue, solved_at=clock.now())
        assert (await u.issues.raise_(ann.id, finding(), clock.now())).id != issue.id
        assert await u.issues.get("another") is None


async def test_issues_of_other_subjects_symptoms_and_traders_stand_apart(
    storage: Storage, clock: StillClock, ann: Trader
) -> None:
    ben = await meet(storage, 2, clock.now())
    async with storage.units.writing() as u:
        for trader, found in (
            (ann, finding()),
            (ann, finding("account-2")),
            (ann, finding(symptom=Symptom.NOT_LOOKED)),
            (ben, finding()),
        ):
            await u.issues.raise_(trader.id, found, clock.now())
        assert len(await u.issues.open(ann.id)) == 3
        assert len(await u.issues.open(ben.id)) == 1
        assert len(await u.issues.on(Subject(SubjectKind.ACCOUNT, "account-2"))) == 1
        assert await u.issues.on(Subject(SubjectKind.KEY, "account-2")) == []


async def test_a_repair_moves_by_compare_and_set(storage: Storage, clock: StillClock, ann: Trader) -> None:
    repair = Repair(
        "r", ann.id, Subject(SubjectKind.KEY, "k"), RepairState.WATCHING, clock.now(), {"before": {"status": 422}}
    )
    noticed = replace(repair, state=RepairState.NOTICED, ended_at=clock.now() + timedelta(minutes=1))
    async with storage.units.writing() as u:
        await u.repairs.put(repair)
        assert await u.repairs.get("r") == repair
        assert await u.repairs.watching(ann.id) == [repair]
        assert await u.repairs.move("r", RepairState.WATCHING, noticed)
        assert not await u.repairs.move("r", RepairState.WATCHING, noticed)
        assert await u.repairs.get("r") == noticed
        assert await u.repairs.watching(ann.id) == []
        assert await u.repairs.noticed(ann.id) == [noticed]
        await u.repairs.put(repair)
        assert await u.repairs.watching(ann.id) == [repair]
        assert await u.repairs.noticed(ann.id) == []
        assert await u.repairs.get("another") is None


async def test_the_newest_plan_of_a_trade_is_kept(storage: Storage, clock: StillClock, ann: Trader) -> None:
    at = clock.now()
    plans = [TradePlan(ann.id, 7, at + timedelta(hours=hours), {"take_profit": str(hours)}) for hours in range(3)]
    async with storage.units.writing() as u:
        for plan in (plans[1], plans[0], plans[2], plans[1]):
            await u.plans.put(plan)
        assert await u.plans.get(ann.id, 7) == plans[2]
        assert await u.plans.get(ann.id, 8) is None
