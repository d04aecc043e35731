"""One check, from what is stored to the last snapshot."""

import asyncio
import json
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.access import Access
from domain.causes import Cause
from domain.check_accounts import CheckAccounts, CheckView, Sight
from domain.errors import (
    AnswerLost,
    KeyRefused,
    PlanWithoutApi,
    RightMissing,
    ServiceDown,
    Surprise,
    TimedOut,
    TokenRefused,
    TooManyRequests,
)
from domain.findings import Evidence, Finding, Severity, SinceSource, Subject, SubjectKind, Symptom
from domain.ports import Addresses, Contact, KeyRights
from domain.values import MarketType
from tests.domain.fakes import (
    KEY,
    NOW,
    TOKEN,
    TRADER,
    FakeClock,
    FakeExchanges,
    FakeThreeCommas,
    FakeUnits,
    days_ago,
    deal,
    failed,
    listed,
    trade,
)

SAME_TEXT = "Invalid API-key, IP, or permissions for action. (-2015)"


class World:
    """Everything one check touches."""

    def __init__(self) -> None:
        self.units = FakeUnits()
        self.three_commas = FakeThreeCommas()
        self.exchanges = FakeExchanges()
        self.clock = FakeClock()
        self.addresses = Addresses(("203.0.113.7",))

    async def check(self, **options: Any) -> list[CheckView]:
        access = Access(self.units, self.clock)
        run = CheckAccounts(self.units, access, self.three_commas, self.exchanges, self.clock, self.addresses)
        return [view async for view in run.run(TRADER, trigger="command", **options)]

    async def last(self, **options: Any) -> CheckView:
        return (await self.check(**options))[-1]

    @property
    def exchange(self) -> Any:
        return self.exchanges.exchange


@pytest.fixture
def world() -> World:
    return World()


def findings(view: CheckView) -> dict[Symptom, Finding]:
    return {finding.symptom: finding for finding in view.findings}


# --- the simple case -----------------------------------------------------------------------------------------------------


async def test_nothing_connected_is_complete_at_once(world):
    [view] = await world.check()
    assert view.complete
    assert (view.rows, view.tokens, view.keys) == ((), (), ())


async def test_the_first_snapshot_shows_what_is_stored_before_anything_was_asked(world):
    world.units.token()
    world.units.account("spot", 41)
    world.three_commas.real = [listed(41)]
    first = (await world.check())[0]
    assert not first.complete
    assert first.rows[0].three_commas.state is Sight.LOOKING
    assert first.tokens[0].state is Sight.LOOKING


async def test_snapshots_grow_and_the_last_is_complete(world):
    world.units.token()
    world.three_commas.real = [listed(41), listed(42, "binance_futures")]
    views = await world.check()
    assert [view.complete for view in views] == [False] * (len(views) - 1) + [True]
    assert len(views) >= 3
    assert {row.account.market_type for row in views[-1].rows} == {MarketType.SPOT, MarketType.USDM}
    assert {row.state for row in views[-1].rows} == {Sight.FINE}
    assert not views[-1].findings


async def test_the_order_of_work_is_accounts_balances_failed_living_bot_trades(world):
    world.units.token()
    world.three_commas.real = [listed(41), listed(42)]
    await world.check()
    assert world.three_commas.asked == ["accounts", "load:41", "load:42", "failed", "active", "deals"]


async def test_new_accounts_are_stored_once_and_renamed_ones_refreshed(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    await world.check()
    world.three_commas.real = [listed(41, name="Renamed")]
    view = await world.last()
    assert [row.account.name for row in view.rows] == ["Renamed"]


async def test_paper_accounts_are_left_out_and_counted(world):
    world.units.token()
    world.three_commas.real = [listed(41), listed(40, "paper_trading")]
    view = await world.last()
    assert len(view.rows) == 1
    assert view.tokens[0].paper_accounts == 1
    assert "load:40" not in world.three_commas.asked


async def test_an_account_that_3commas_lists_no_longer_is_marked_and_comes_back(world):
    world.units.token()
    world.units.account("spot", 41)
    view = await world.last()
    assert view.rows[0].three_commas.not_looked.error == "NotThere"
    assert findings(view)[Symptom.NOT_LOOKED].facts == {"error": "NotThere"}
    world.three_commas.real = [listed(41)]
    view = await world.last()
    assert view.rows[0].state is Sight.FINE
    assert not view.findings


async def test_rows_stand_as_3commas_numbers_them(world):
    world.units.token()
    world.three_commas.real = [listed(43), listed(41), listed(42)]
    views = await world.check()
    numbers = [[row.account.link.three_commas_id for row in view.rows] for view in views if view.rows]
    assert all(order == [41, 42, 43] for order in numbers)


async def test_an_unknown_market_code_is_a_row_of_its_own(world):
    world.units.token()
    world.three_commas.real = [listed(41, "newvenue_perpetual")]
    view = await world.last()
    assert (view.rows[0].account.venue, view.rows[0].account.market_type) == ("newvenue_perpetual", MarketType.USDM)


async def test_two_tokens_of_one_person_show_each_account_once(world):
    world.units.token()
    world.units.token("second")
    world.three_commas.real = [listed(41)]
    for _ in range(2):
        view = await world.last()
        assert [row.account.link.token_id for row in view.rows] == [TOKEN]


async def test_an_account_whose_token_is_gone_moves_to_the_new_one(world):
    account = world.units.account("spot", 41)
    world.units.accounts.rows["spot"] = replace(account, link=replace(account.link, token_id="gone"))
    world.units.token()
    world.three_commas.real = [listed(41)]
    view = await world.last()
    assert view.rows[0].account.id == "spot"
    assert view.rows[0].account.link.token_id == TOKEN


async def test_plans_of_living_trades_are_kept(world):
    world.units.token()
    world.three_commas.trades_by_status["active"] = [trade(121, plan={"stop_loss": {"price": "1900.5"}})]
    await world.check()
    assert world.units.plans.rows[121].plan == {"stop_loss": {"price": "1900.5"}}
    assert world.units.plans.rows[121].seen_at == NOW


async def test_every_use_of_a_token_is_logged_once(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    await world.check()
    assert [(use.key_id, use.purpose, use.trigger, use.result) for use in world.units.access_log.uses] == [
        (TOKEN, "check", "command", "ok")
    ]


# --- 3Commas' own key ------------------------------------------------------------------------------------------------


async def test_a_refused_load_is_broken_with_three_causes_in_the_order_to_test(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {
        "failed": [failed(118, error=SAME_TEXT, at=days_ago(17)), failed(117, error=SAME_TEXT, at=days_ago(3))],
        "active": [trade(121), trade(122, account_id=99)],
    }
    world.three_commas.active_deals = [
        deal(77, error="Invalid API keys"),
        deal(78),
        deal(79, error="Insufficient balance"),
    ]
    view = await world.last()
    row, finding = view.rows[0], findings(view)[Symptom.THREE_COMMAS_KEY_REFUSED]
    assert row.state is Sight.BROKEN
    assert finding.cause is Cause.AMBIGUOUS
    assert finding.causes == (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING)
    assert (finding.since.at, finding.since.source) == (days_ago(17), SinceSource.TRADE_ERROR)
    assert (row.standing.trades, row.standing.deals, row.standing.first_error_at) == (3, 1, days_ago(17))


async def test_since_counts_from_the_first_error_after_the_last_finished_trade(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {
        "failed": [failed(1, error=SAME_TEXT, at=days_ago(300)), failed(2, error=SAME_TEXT, at=days_ago(3))],
        "finished": [
            trade(3, status="finished", closed_at=days_ago(30)),
            trade(4, status="cancelled", closed_at=days_ago(1)),
        ],
    }
    view = await world.last()
    assert findings(view)[Symptom.THREE_COMMAS_KEY_REFUSED].since.at == days_ago(3)
    assert view.rows[0].standing.trades == 1


async def test_without_a_dated_error_since_is_when_we_first_saw_it(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    await world.check()
    world.clock.time += timedelta(hours=5)
    view = await world.last()
    since = findings(view)[Symptom.THREE_COMMAS_KEY_REFUSED].since
    assert (since.at, since.source) == (NOW, SinceSource.FIRST_SEEN)


async def test_if_finished_trades_cannot_be_read_no_trade_dates_the_trouble(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=days_ago(300))]}
    world.three_commas.errors["finished"] = ServiceDown("three_commas")
    view = await world.last()
    assert findings(view)[Symptom.THREE_COMMAS_KEY_REFUSED].since.source is SinceSource.FIRST_SEEN
    assert view.rows[0].standing.trades is None
    assert view.rows[0].standing.not_looked.error == "ServiceDown"


async def test_a_trade_of_unknown_age_names_no_cause(world):
    """Without the finished trades nobody knows whether the key worked since."""
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {"failed": [failed(error="IP not whitelisted", at=days_ago(300))]}
    world.three_commas.errors["finished"] = ServiceDown("three_commas")
    assert findings(await world.last())[Symptom.THREE_COMMAS_KEY_REFUSED].cause is Cause.AMBIGUOUS


async def test_what_dated_the_trouble_stays_when_3commas_forgets_the_trade(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=days_ago(17))]}
    await world.check()
    world.three_commas.trades_by_status = {}
    assert findings(await world.last())[Symptom.THREE_COMMAS_KEY_REFUSED].since.at == days_ago(17)


async def test_living_trades_of_a_healthy_account_do_not_stand_still(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.trades_by_status = {"active": [trade(121), trade(122)]}
    assert (await world.last()).rows[0].standing.trades == 0


async def test_a_trade_that_names_the_address_names_the_cause(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {"failed": [failed(error="IP address is not whitelisted", at=days_ago(2))]}
    finding = findings(await world.last())[Symptom.THREE_COMMAS_KEY_REFUSED]
    assert (finding.cause, finding.causes) == (Cause.IP_NOT_ALLOWED, ())


async def test_old_flags_are_overruled_by_a_load_that_works_and_that_is_said(world):
    world.units.token()
    world.three_commas.real = [listed(41, key_invalid=True, keys_state="expired")]
    view = await world.last()
    assert (view.rows[0].state, view.rows[0].three_commas.flags_bad) == (Sight.FINE, True)
    assert not view.findings


async def test_an_undecided_load_is_not_looked_and_solves_nothing(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    await world.check()
    world.three_commas.contacts[41] = Contact.UNDECIDED
    world.three_commas.said[41] = "System is under maintenance."
    view = await world.last()
    sight = view.rows[0].three_commas
    assert (sight.state, sight.not_looked.error, sight.not_looked.cause) == (
        Sight.NOT_LOOKED,
        "Undecided",
        Cause.EXCHANGE_DOWN,
    )
    assert Symptom.THREE_COMMAS_KEY_REFUSED in findings(view)
    assert world.units.issues.standing() == {Symptom.THREE_COMMAS_KEY_REFUSED, Symptom.THREE_COMMAS_STATE_UNKNOWN}


async def test_a_key_that_expires_soon_is_a_warning(world):
    world.units.token()
    world.three_commas.real = [listed(41, keys_state="expire_soon")]
    view = await world.last()
    assert view.rows[0].state is Sight.WARNING
    assert findings(view)[Symptom.THREE_COMMAS_KEY_EXPIRES].cause is Cause.EXPIRES_SOON


async def test_a_word_nobody_knows_is_a_warning_shown_as_it_is(world):
    world.units.token()
    world.three_commas.real = [listed(41, keys_state="frozen")]
    view = await world.last()
    assert findings(view)[Symptom.THREE_COMMAS_STATE_UNKNOWN].facts == {"keys_state": "frozen"}


async def test_a_missing_trading_right_is_seen_in_a_trades_text_alone(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.trades_by_status = {
        "failed": [failed(error="Not enough permissions for API keys", at=days_ago(2))]
    }
    view = await world.last()
    finding = findings(view)[Symptom.THREE_COMMAS_TRADING_REFUSED]
    assert (finding.cause, finding.severity, finding.facts["right"]) == (
        Cause.PERMISSION_MISSING,
        Severity.BROKEN,
        "spot",
    )
    assert (finding.facts["trade"], finding.since.at) == ("118", days_ago(2))
    assert view.rows[0].state is Sight.BROKEN


async def test_a_shared_answer_is_never_one_cause_where_only_reading_was_proven(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=days_ago(2))]}
    finding = findings(await world.last())[Symptom.THREE_COMMAS_TRADING_REFUSED]
    assert (finding.cause, finding.causes) == (Cause.AMBIGUOUS, (Cause.PERMISSION_MISSING, Cause.IP_NOT_ALLOWED))


OPENED_SINCE = {
    "trade": ([trade(130, created_at=days_ago(1), entered_amount=Decimal("0.4"))], []),
    "deal": ([], [replace(deal(), created_at=days_ago(1), bought_amount=Decimal(1))]),
}
NO_PROOF = {
    "made before the refusal": ([trade(130, created_at=days_ago(3), entered_amount=Decimal("0.4"))], []),
    "not entered": ([trade(130, created_at=days_ago(1), entered_amount=Decimal(0))], []),
    "its entry is unknown": ([trade(130, created_at=days_ago(1))], []),
    "took over what was there": (
        [trade(130, created_at=days_ago(1), entered_amount=Decimal("0.4"), plan={"skip_enter_step": True})],
        [],
    ),
    "on another account": ([trade(130, 42, created_at=days_ago(1), entered_amount=Decimal("0.4"))], []),
    "bought nothing": ([], [replace(deal(), created_at=days_ago(1), bought_amount=Decimal(0))]),
}


@pytest.mark.parametrize(("trades", "deals"), OPENED_SINCE.values(), ids=OPENED_SINCE)
async def test_a_refusal_is_history_once_something_newer_has_entered_there(world, trades, deals):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=days_ago(2))]}
    await world.check()
    assert world.units.issues.standing() == {Symptom.THREE_COMMAS_TRADING_REFUSED}
    world.three_commas.trades_by_status["active"], world.three_commas.active_deals = trades, deals
    view = await world.last()
    assert (view.rows[0].state, view.findings) == (Sight.FINE, ())
    assert world.units.issues.standing() == set()


@pytest.mark.parametrize(("trades", "deals"), NO_PROOF.values(), ids=NO_PROOF)
async def test_what_proves_no_newer_order_leaves_the_refusal_standing(world, trades, deals):
    world.units.token()
    world.three_commas.real = [listed(41), listed(42, "binance_futures")]
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=days_ago(2))], "active": trades}
    world.three_commas.active_deals = deals
    assert Symptom.THREE_COMMAS_TRADING_REFUSED in findings(await world.last())


async def test_what_entered_since_is_still_known_when_the_check_goes_on_later(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.trades_by_status = {
        "failed": [failed(error=SAME_TEXT, at=days_ago(2))],
        "active": [trade(130, created_at=days_ago(1), entered_amount=Decimal("0.4"))],
    }
    world.three_commas.errors_once["finished"] = TooManyRequests("three_commas", retry_after_s=300)
    first = await world.last()
    assert not first.complete
    assert not (await world.last(resume=json.loads(json.dumps(first.resume)))).findings


async def test_a_trade_that_entered_after_the_repair_proves_that_trading_works(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    await world.check()
    world.three_commas.contacts[41] = Contact.WORKS
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=days_ago(17))]}
    assert set(findings(await world.last())) == {Symptom.THREE_COMMAS_TRADING_UNPROVEN}
    world.clock.time += timedelta(hours=1)
    since = trade(130, created_at=world.clock.time, entered_amount=Decimal("0.4"))
    world.three_commas.trades_by_status["active"] = [since]
    assert not (await world.last()).findings


@pytest.mark.parametrize("error", ["Account has insufficient balance (-2010)", "-1022 Signature is not valid", "???"])
async def test_a_text_about_the_order_or_about_an_older_key_says_nothing_while_balances_load(world, error):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.trades_by_status = {"failed": [failed(error=error, at=days_ago(2))]}
    assert (await world.last()).rows[0].state is Sight.FINE


async def test_after_a_repair_trading_is_unproven_until_a_trade_goes_through(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=days_ago(17))]}
    await world.check()

    world.clock.time += timedelta(minutes=5)
    world.three_commas.contacts[41] = Contact.WORKS
    view = await world.last()
    assert view.rows[0].state is Sight.FINE
    assert set(findings(view)) == {Symptom.THREE_COMMAS_TRADING_UNPROVEN}
    assert findings(view)[Symptom.THREE_COMMAS_TRADING_UNPROVEN].since.at == NOW + timedelta(minutes=5)
    view = await world.last()
    assert set(findings(view)) == {Symptom.THREE_COMMAS_TRADING_UNPROVEN}, "the old error is explained by the old key"

    world.clock.time += timedelta(days=1)
    world.three_commas.trades_by_status["finished"] = [trade(130, status="finished", closed_at=world.clock.time)]
    assert not (await world.last()).findings
    assert world.units.issues.standing() == set()


async def test_a_trade_that_fails_after_the_repair_says_that_trading_is_refused(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    await world.check()
    world.three_commas.contacts[41] = Contact.WORKS
    await world.check()
    world.clock.time += timedelta(hours=1)
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=world.clock.time)]}
    await world.check()
    assert world.units.issues.standing() == {Symptom.THREE_COMMAS_TRADING_REFUSED}


async def test_a_told_symptom_ends_with_a_good_look_at_the_same_thing_and_not_before(world):
    world.units.token()
    world.units.account("spot", 41)
    told = [Symptom.TOLD_INVALID_API, Symptom.TOLD_CANNOT_TRADE]
    for symptom in told:
        subject = Subject(SubjectKind.ACCOUNT, "spot")
        finding = Finding(subject, symptom, Cause.UNKNOWN, Severity.BROKEN, Evidence.TOLD)
        await world.units.issues.raise_(TRADER, finding, NOW)
    world.three_commas.real = [listed(41)]
    world.three_commas.errors["load:41"] = AnswerLost("three_commas")
    assert set(findings(await world.last())) == set(told)
    world.three_commas.errors.clear()
    assert set(findings(await world.last())) == {Symptom.TOLD_CANNOT_TRADE}


async def test_what_an_earlier_look_knew_of_the_cause_outlives_a_look_that_saw_less(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {"failed": [failed(error="IP not whitelisted", at=days_ago(2))]}
    await world.check()
    world.three_commas.errors["failed"] = TimedOut("three_commas")
    assert findings(await world.last())[Symptom.THREE_COMMAS_KEY_REFUSED].cause is Cause.IP_NOT_ALLOWED


# --- what could not be seen ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [ServiceDown, TimedOut, AnswerLost, Surprise])
async def test_a_list_of_accounts_that_does_not_come_is_never_fine_and_asks_nothing_more(world, error):
    world.units.token()
    world.units.account("spot", 41)
    world.three_commas.errors["accounts"] = error("three_commas")
    view = await world.last()
    assert view.complete
    assert view.rows[0].three_commas.not_looked.error == error.__name__
    assert view.rows[0].standing.not_looked.error == error.__name__
    assert view.tokens[0].state is Sight.NOT_LOOKED
    assert world.three_commas.asked == ["accounts"]


async def test_one_account_that_does_not_answer_leaves_the_others_alone(world):
    world.units.token()
    world.three_commas.real = [listed(41), listed(42)]
    world.three_commas.errors["load:41"] = TimedOut("three_commas")
    view = await world.last()
    assert [row.state for row in view.rows] == [Sight.NOT_LOOKED, Sight.FINE]


async def test_not_looked_solves_nothing(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    await world.check()
    world.three_commas.errors["load:41"] = ServiceDown("three_commas")
    view = await world.last()
    assert view.rows[0].state is Sight.NOT_LOOKED
    assert Symptom.THREE_COMMAS_KEY_REFUSED in findings(view)


async def test_a_refused_token_is_about_the_token_and_leaves_the_accounts_unseen(world):
    world.units.token()
    world.units.account("spot", 41)
    world.three_commas.errors["accounts"] = TokenRefused("three_commas")
    view = await world.last()
    assert view.tokens[0].state is Sight.BROKEN
    assert view.rows[0].three_commas.not_looked.error == "TokenRefused"
    assert findings(view)[Symptom.TOKEN_REFUSED].subject.kind is SubjectKind.TOKEN
    assert world.units.access_log.uses[-1].result == "TokenRefused"
    world.three_commas.errors.clear()
    world.three_commas.real = [listed(41)]
    await world.check()
    assert world.units.issues.standing() == set()


async def test_a_plan_that_ended_says_so_and_proves_the_token(world):
    world.units.token()
    world.three_commas.errors["accounts"] = TokenRefused("three_commas")
    await world.check()
    world.three_commas.errors["accounts"] = PlanWithoutApi("three_commas")
    view = await world.last()
    assert set(findings(view)) == {Symptom.PLAN_WITHOUT_API}
    assert world.units.issues.standing() == {Symptom.PLAN_WITHOUT_API}


async def test_a_missing_right_hides_its_own_part_and_nothing_else(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.errors["deals"] = RightMissing("three_commas", "")
    view = await world.last()
    assert view.rows[0].state is Sight.FINE
    assert view.rows[0].standing.trades == 0
    assert view.rows[0].standing.deals is None
    assert view.rows[0].standing.not_looked.error == "RightMissing"
    assert findings(view)[Symptom.TOKEN_LACKS_RIGHT].facts == {"right": "BOTS_READ"}
    assert view.tokens[0].state is Sight.WARNING


# --- five requests a minute ------------------------------------------------------------------------------------------


async def test_after_a_rate_limit_it_says_until_when_and_goes_on_by_itself(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.errors_once["failed"] = TooManyRequests("three_commas", 300)
    views = await world.check(patience_s=600)
    assert NOW + timedelta(seconds=300) in [view.waiting_until for view in views]
    assert views[-1].complete
    assert world.clock.waited == [300]
    assert world.three_commas.asked.count("accounts") == world.three_commas.asked.count("load:41") == 1


async def test_beyond_its_patience_it_stops_and_a_later_run_does_not_ask_again_what_was_answered(world):
    world.units.token()
    world.three_commas.real = [listed(41), listed(42, "binance_futures")]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.errors_once["load:42"] = TooManyRequests("three_commas", 300)
    view = await world.last()
    assert not view.complete
    assert view.waiting_until == NOW + timedelta(seconds=300)
    assert [row.state for row in view.rows] == [Sight.BROKEN, Sight.NOT_LOOKED]
    assert view.rows[1].three_commas.not_looked.retry_at == view.waiting_until

    world.three_commas.asked.clear()
    world.clock.time = view.waiting_until
    later = await world.last(resume=json.loads(json.dumps(view.resume)))
    assert later.complete
    assert [row.state for row in later.rows] == [Sight.BROKEN, Sight.FINE]
    assert world.three_commas.asked == ["load:42", "failed", "active", "deals"]


async def test_everything_answered_survives_the_way_through_json(world):
    world.units.token()
    world.units.account("spot", 41)
    world.units.key(accounts=["spot"])
    world.three_commas.real = [listed(41, usd_amount=Decimal("12.50"))]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.trades_by_status = {"failed": [failed(error=SAME_TEXT, at=days_ago(17))]}
    world.three_commas.active_deals = [deal(error="Invalid API keys")]
    world.three_commas.errors_once["finished"] = TooManyRequests("three_commas", 300)
    view = await world.last()
    world.three_commas.asked.clear()
    world.exchange.asked.clear()
    later = await world.last(resume=json.loads(json.dumps(view.resume)))
    assert world.three_commas.asked == ["finished"]
    assert world.exchange.asked == []
    assert later.complete
    assert (later.rows[0].standing.trades, later.rows[0].standing.deals) == (1, 1)
    assert later.rows[0].reach == view.rows[0].reach
    assert later.keys[0].rights == view.keys[0].rights


async def test_a_repair_that_was_seen_meanwhile_is_not_undone_by_an_older_answer(world):
    world.units.token()
    world.units.account("spot", 41)
    world.three_commas.real = [listed(41)]
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.errors_once["failed"] = TooManyRequests("three_commas", 300)
    view = await world.last()
    world.clock.time += timedelta(minutes=2)
    world.three_commas.contacts[41] = Contact.WORKS
    await world.check()
    later = await world.last(resume=view.resume)
    assert later.rows[0].state is Sight.FINE
    assert world.units.issues.standing() == {Symptom.THREE_COMMAS_TRADING_UNPROVEN}


async def test_answers_of_yesterday_are_asked_again(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.errors_once["failed"] = TooManyRequests("three_commas", 300)
    view = await world.last()
    world.three_commas.asked.clear()
    world.clock.time += timedelta(days=1)
    await world.last(resume=view.resume)
    assert world.three_commas.asked[0] == "accounts"


async def test_it_does_not_run_ahead_of_the_smallest_plan(world):
    """Two live loads, two more, one alone, then the rest: a refusal meets one request, not ten."""
    world.units.token()
    world.three_commas.real = [listed(i) for i in range(1, 11)]
    world.three_commas.errors_once["load:5"] = TooManyRequests("three_commas", 300)
    view = await world.last()
    assert world.three_commas.asked == ["accounts", *(f"load:{i}" for i in range(1, 6))]
    assert [row.state for row in view.rows].count(Sight.FINE) == 4


# --- the bot's own keys ----------------------------------------------------------------------------------------------


async def test_a_key_asks_what_it_may_do_and_then_each_wallet_once(world):
    for name, market in (("spot", MarketType.SPOT), ("futures", MarketType.USDM), ("other", MarketType.SPOT)):
        world.units.account(name, market_type=market)
    world.units.key(accounts=["spot", "futures", "other"])
    view = await world.last()
    assert world.exchange.asked == ["rights", "spot", "usdm"]
    assert {row.state for row in view.rows} == {Sight.FINE}
    assert all(row.three_commas.state is Sight.NOT_ATTACHED for row in view.rows)
    assert world.units.keys.rows[KEY].rights == ("reading",)


async def test_a_refusal_of_the_bots_key_is_about_its_reach_and_never_about_the_account(world):
    world.units.token()
    world.units.account("spot", 41)
    world.units.key(accounts=["spot"])
    world.three_commas.real = [listed(41)]
    world.exchange.errors["rights"] = KeyRefused(
        "binance", (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING), code="-2015"
    )
    view = await world.last()
    row = view.rows[0]
    assert (row.state, row.reach[0].state) == (Sight.FINE, Sight.BROKEN)
    assert row.findings == ()
    finding = view.keys[0].findings[0]
    assert (finding.symptom, finding.severity, finding.subject.id) == (Symptom.KEY_REFUSED, Severity.BLIND, KEY)
    assert finding.causes == (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED)
    assert finding.facts == {"address": "203.0.113.7", "code": "-2015"}, "the address to put on the list"
    assert {use.key_id: use.result for use in world.units.access_log.uses} == {TOKEN: "ok", KEY: "KeyRefused"}


async def test_a_key_that_worked_from_another_address_is_tested_for_the_address_first(world):
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    await world.check()
    world.addresses = Addresses(("203.0.113.8",))
    world.exchange.errors["rights"] = KeyRefused("binance", (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED))
    finding = findings(await world.last())[Symptom.KEY_REFUSED]
    assert finding.causes == (Cause.IP_NOT_ALLOWED, Cause.KEY_UNKNOWN)


async def test_a_wallet_that_needs_another_right_is_not_looked_and_the_right_is_named(world):
    world.units.account("spot")
    world.units.account("futures", market_type=MarketType.USDM)
    world.units.key(accounts=["spot", "futures"])
    world.exchange.errors["usdm"] = KeyRefused(
        "binance", (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING), code="-2015"
    )
    view = await world.last()
    rows = {row.account.id: row for row in view.rows}
    spot, futures = rows["spot"], rows["futures"]
    assert (spot.reach[0].state, futures.reach[0].state) == (Sight.FINE, Sight.NOT_LOOKED)
    assert futures.reach[0].not_looked.right == "futures"
    assert findings(view)[Symptom.KEY_LACKS_RIGHT].facts == {"right": "futures", "markets": "usdm"}
    assert world.exchange.asked.count("rights") == 1


async def test_a_missing_right_is_over_only_after_its_wallet_was_seen(world):
    world.units.account("futures", market_type=MarketType.USDM)
    world.units.key(accounts=["futures"])
    world.exchange.errors["usdm"] = RightMissing("binance", "futures")
    await world.check()
    world.exchange.errors["usdm"] = TimedOut("binance")
    assert Symptom.KEY_LACKS_RIGHT in findings(await world.last())
    world.exchange.errors.clear()
    assert not (await world.last()).findings
    assert world.units.issues.standing() == set()


async def test_a_clock_of_ours_that_is_off_is_not_looked_and_no_finding(world):
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    world.exchange.errors["rights"] = KeyRefused("binance", (Cause.CLOCK_OFF,), code="-1021")
    view = await world.last()
    assert view.rows[0].reach[0].not_looked.cause is Cause.CLOCK_OFF
    assert view.keys[0].state is Sight.NOT_LOOKED
    assert not view.findings


@pytest.mark.parametrize("error", [ServiceDown, TimedOut, AnswerLost, Surprise])
async def test_a_venue_that_does_not_answer_is_not_looked(world, error):
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    world.exchange.errors["rights"] = error("binance")
    world.exchange.errors["spot"] = error("binance")
    view = await world.last()
    assert view.complete
    assert view.rows[0].reach[0].not_looked.error == error.__name__
    assert not view.findings


async def test_dangerous_and_careless_keys_are_warned_about_and_made_good(world):
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    world.exchange.told = KeyRights(
        reading=True, spot=True, withdrawals=True, ip_restricted=False, trading_expires_at=NOW + timedelta(days=3)
    )
    view = await world.last()
    assert set(findings(view)) == {Symptom.KEY_CAN_WITHDRAW, Symptom.KEY_WITHOUT_IP_LIST, Symptom.KEY_EXPIRES}
    assert view.keys[0].state is Sight.WARNING
    world.exchange.told = KeyRights(
        reading=True, withdrawals=False, ip_restricted=True, trading_expires_at=NOW + timedelta(days=60)
    )
    assert not (await world.last()).findings


async def test_reading_without_an_address_list_is_a_note_and_no_warning(world):
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    world.exchange.told = KeyRights(reading=True, spot=False, futures=False, withdrawals=False, ip_restricted=False)
    view = await world.last()
    assert findings(view)[Symptom.KEY_WITHOUT_IP_LIST].severity is Severity.NOTE
    assert view.keys[0].state is Sight.FINE


@pytest.mark.parametrize(("spot", "found"), [(False, set()), (True, {Symptom.KEY_WITHOUT_IP_LIST})])
async def test_an_address_list_that_cannot_be_kept_is_no_advice_to_a_key_that_only_reads(world, spot, found):
    """A key that may trade from anywhere stays a danger, whoever could help it."""
    world.addresses = Addresses()
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    world.exchange.told = KeyRights(reading=True, spot=spot, withdrawals=False, ip_restricted=False)
    assert set(findings(await world.last())) == found


async def test_a_fact_that_the_exchange_keeps_to_itself_solves_nothing(world):
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    world.exchange.told = KeyRights(reading=True, withdrawals=True)
    await world.check()
    world.exchange.told = KeyRights(reading=True)
    assert Symptom.KEY_CAN_WITHDRAW in findings(await world.last())


async def test_a_key_at_a_venue_that_we_cannot_read_is_not_looked(world):
    world.units.account("spot", venue="kraken")
    world.units.key(accounts=["spot"], venue="kraken")
    view = await world.last()
    assert (view.complete, view.rows[0].reach[0].state) == (True, Sight.NOT_LOOKED)


async def test_a_key_that_is_removed_during_the_check_ends_quietly(world):
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    del world.units.keys.secrets[KEY]
    view = await world.last()
    assert view.keys[0].not_looked.error == "KeyGone"


async def test_a_rate_limit_of_the_venue_is_waited_for_too(world):
    world.units.account("spot")
    world.units.key(accounts=["spot"])
    world.exchange.errors_once["spot"] = TooManyRequests("binance", 20)
    view = await world.last(patience_s=60)
    assert (view.complete, view.rows[0].reach[0].state) == (True, Sight.FINE)
    assert world.exchange.asked == ["rights", "spot", "spot"]


# --- the run itself --------------------------------------------------------------------------------------------------


async def test_leaving_early_stops_the_questions(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    access = Access(world.units, world.clock)
    run = CheckAccounts(world.units, access, world.three_commas, world.exchanges, world.clock)
    async with aclosing(run.run(TRADER, trigger="command")) as views:
        async for view in views:
            if view.rows:
                break
    assert "deals" not in world.three_commas.asked
    for _ in range(20):
        await asyncio.sleep(0)
    assert "deals" not in world.three_commas.asked


async def test_a_trader_who_leaves_during_the_check_leaves_nothing_behind(world):
    world.units.token()
    world.three_commas.real = [listed(41)]
    world.three_commas.trades_by_status["active"] = [trade(121, plan={"units": "1"})]
    access = Access(world.units, world.clock)
    run = CheckAccounts(world.units, access, world.three_commas, world.exchanges, world.clock)
    async for _ in run.run(TRADER, trigger="command"):
        await world.units.keys.remove(TOKEN)
        world.units.accounts.rows.clear()
    assert not world.units.accounts.rows
    assert not world.units.plans.rows


async def test_a_mistake_of_ours_is_not_hidden(world):
    world.units.token()

    async def broken(_: object) -> None:
        raise ZeroDivisionError

    world.three_commas.accounts = broken
    with pytest.raises(ZeroDivisionError):
        await world.check()
