"""Watches for the end of a repair that a trader makes at 3Commas or at an exchange.

It says what it can see: balances that load again, flags, an expiry that is gone, rights and the address list of a key of the
bot's own. Everything else is asked of the trader and stays "you told me". Whether 3Commas' key may trade is proven by a trade.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.access import Access, KeyGone
from domain.causes import Cause
from domain.check_facts import KeyFacts, Loaded, TokenFacts
from domain.check_view import NotLooked
from domain.errors import (
    KeyRefused,
    PlanWithoutApi,
    RightMissing,
    SupportError,
    TokenRefused,
    TooManyRequests,
)
from domain.findings import Evidence, Finding, Severity, Since, SinceSource, Subject, SubjectKind, Symptom
from domain.judge_account import AccountJudge, flags_bad
from domain.judge_key import judge_key
from domain.look_exchange import LookAtExchange
from domain.ports import Addresses, Contact, Exchanges, LoadedBalances, ThreeCommas
from domain.records import ExchangeAccount, Issue, Key, Repair, RepairState, UnitOfWork, UnitsOfWork
from domain.repair_baseline import Baseline, Change, changes
from domain.trade_errors import classify
from domain.values import Clock
from domain.verdicts import OpenIssues, Verdict, by_subject, keep

PURPOSE = "repair watch"
"""What stands in the access log."""

_PACE = (
    (timedelta(minutes=2), timedelta(seconds=5)),
    (timedelta(minutes=10), timedelta(seconds=20)),
    (timedelta(minutes=30), timedelta(seconds=60)),
)
"""(until this age, so far apart)"""


def next_look(began_at: datetime, now: datetime, not_before: datetime | None = None) -> datetime | None:
    """When to look again; None: give up and leave a button. `not_before` is what a rate limit asks for."""
    age = now - began_at
    apart = next((apart for until, apart in _PACE if age < until), None)
    if apart is None:
        return None
    return max(now + apart, not_before) if not_before else now + apart


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something changed as it should. `verdict` is kept together with what is said about it."""

    changes: tuple[Change, ...]
    baseline: Baseline
    at: datetime
    verdict: Verdict = field(repr=False)


@dataclass(frozen=True, slots=True)
class Nothing:
    """As before. Put `baseline` into the memory of the repair for the next look."""

    baseline: Baseline


@dataclass(frozen=True, slots=True)
class CouldNotLook:
    """Says nothing about the repair."""

    why: NotLooked


Look = Noticed | Nothing | CouldNotLook


class RepairWatch:
    """Looks once at what a trader is repairing. `Repair.memory["baseline"]` holds what stood before."""

    def __init__(
        self,
        units: UnitsOfWork,
        access: Access,
        three_commas: ThreeCommas,
        exchanges: Exchanges,
        clock: Clock,
        addresses: Addresses | None = None,
    ) -> None:
        self._units = units
        self._access = access
        self._three_commas = three_commas
        self._exchanges = exchanges
        self._clock = clock
        self._addresses = addresses or Addresses()

    async def look(self, repair: Repair, *, trigger: str = "watch") -> Look:
        """One look, network only: nothing is kept before `keep`."""
        before = Baseline.from_json(repair.memory.get("baseline", {}))
        of_account = repair.subject.kind is SubjectKind.ACCOUNT
        async with self._units.reading() as u:
            issues = await open_on(u, repair.subject)
            account = await u.accounts.get(repair.subject.id) if of_account else None
            if of_account and (account is None or account.link is None):
                return CouldNotLook(NotLooked("NotThere"))
            key = await u.keys.get(account.link.token_id if account and account.link else repair.subject.id)
            attached = (
                [] if of_account else [await u.accounts.get(i) for i in await u.accounts.accounts_of(repair.subject.id)]
            )
        if key is None:
            return CouldNotLook(NotLooked("KeyGone"))
        try:
            if account is not None:
                return await self._look_at_account(account, key, before, issues, trigger)
            if repair.subject.kind is SubjectKind.TOKEN:
                return await self._look_at_token(key, before, trigger)
            return await self._look_at_key(key, [one for one in attached if one], before, trigger)
        except KeyGone:
            return CouldNotLook(NotLooked("KeyGone"))
        except TooManyRequests as limit:
            retry_at = self._clock.now() + timedelta(seconds=limit.retry_after_s)
            return CouldNotLook(NotLooked("TooManyRequests", retry_at, Cause.RATE_LIMITED))
        except SupportError as error:
            right = error.right if isinstance(error, RightMissing) else ""
            return CouldNotLook(NotLooked(type(error).__name__, right=right))

    async def keep(self, u: UnitOfWork, repair: Repair, noticed: Noticed) -> bool:
        """End the repair and keep what was seen, in the caller's transaction; False if somebody was quicker."""
        ended = replace(repair, state=RepairState.NOTICED, ended_at=noticed.at)
        if not await u.repairs.move(repair.id, RepairState.WATCHING, ended):
            return False
        await keep(u, repair.trader_id, noticed.verdict, await open_on(u, repair.subject), noticed.at)
        return True

    async def _look_at_account(
        self, account: ExchangeAccount, token: Key, before: Baseline, issues: OpenIssues, trigger: str
    ) -> Look:
        assert account.link is not None
        async with self._access.open(token.id, purpose=PURPOSE, trigger=trigger) as opened:
            loaded = await self._three_commas.load_balances(opened.credentials, account.link.three_commas_id)
        if loaded.contact is Contact.UNDECIDED:
            return CouldNotLook(NotLooked("Undecided", cause=classify(account.venue, loaded.said).cause))
        now = self._clock.now()
        seen = _seen_at_3commas(loaded)
        found = changes(before, seen, of_account=True)
        facts = TokenFacts(loads={account.link.three_commas_id: Loaded(loaded.contact, now, loaded.said)})
        if loaded.account is not None:
            facts.listed = {account.link.three_commas_id: loaded.account}
        verdict = AccountJudge(account, facts, issues, now, renewed=bool(found)).judge().verdict
        return _outcome(found, before, seen, now, verdict)

    async def _look_at_token(self, token: Key, before: Baseline, trigger: str) -> Look:
        subject = Subject(SubjectKind.TOKEN, token.id)
        try:
            async with self._access.open(token.id, purpose=PURPOSE, trigger=trigger) as opened:
                await self._three_commas.validate(opened.credentials)
                rights = await self._three_commas.permissions(opened.credentials)
                if before.works is False:
                    with suppress(RightMissing):  # the token and the plan are good; the right shows among `rights`
                        await self._three_commas.accounts(opened.credentials)
        except (TokenRefused, PlanWithoutApi):
            return Nothing(before.after(Baseline(works=False)))
        seen = Baseline(works=True, rights=rights)
        verdict = Verdict(subject, looked=frozenset({Symptom.TOKEN_REFUSED, Symptom.PLAN_WITHOUT_API}))
        return _outcome(changes(before, seen, of_account=False), before, seen, self._clock.now(), verdict)

    async def _look_at_key(self, key: Key, accounts: list[ExchangeAccount], before: Baseline, trigger: str) -> Look:
        facts = KeyFacts()
        try:
            async with self._access.open(key.id, purpose=PURPOSE, trigger=trigger) as opened:
                look = LookAtExchange(
                    self._exchanges.of(key.service),
                    key,
                    opened.credentials,
                    opened.state,
                    facts,
                    self._clock,
                    self._addresses,
                    changed=lambda: None,
                )
                await look.walk(())
                if changes(before, _seen_at_exchange(facts), of_account=False):
                    await look.walk(sorted({account.market_type for account in accounts}))
        except KeyRefused:
            if not facts.refused:
                raise
        facts.over = True
        if facts.rights is None and not facts.refused:
            return CouldNotLook(facts.why_not("rights") or NotLooked("Unavailable"))
        now, seen = self._clock.now(), _seen_at_exchange(facts)
        verdict = judge_key(key.id, facts, now, listable=bool(self._addresses.fixed))
        return _outcome(changes(before, seen, of_account=False), before, seen, now, verdict)


async def stood_before(u: UnitOfWork, subject: Subject) -> Baseline:
    """What is known of it as a repair begins; costs no request."""
    issues = await open_on(u, subject)
    if subject.kind is SubjectKind.ACCOUNT:
        return Baseline.of_account(issues)
    key = await u.keys.get(subject.id)
    return Baseline() if key is None else Baseline.of_credential(key, issues)


async def told_done(u: UnitOfWork, trader_id: str, account_id: str, at: datetime) -> None:
    """The trader says that it is repaired, where nothing can be seen: what was told or seen in texts of trades is over,
    and trading is unproven. A refused load of balances is not taken back by words; only a look does that."""
    subject = Subject(SubjectKind.ACCOUNT, account_id)
    told = frozenset(symptom for symptom in Symptom if symptom.value.startswith("told_"))
    unproven = Finding(
        subject,
        Symptom.THREE_COMMAS_TRADING_UNPROVEN,
        Cause.UNKNOWN,
        Severity.NOTE,
        Evidence.TOLD,
        since=Since(at, SinceSource.FIRST_SEEN),
    )
    over = told | {Symptom.THREE_COMMAS_TRADING_REFUSED, Symptom.THREE_COMMAS_TRADING_UNPROVEN}
    await keep(u, trader_id, Verdict(subject, (unproven,), over), await open_on(u, subject), at)


async def open_on(u: UnitOfWork, subject: Subject) -> OpenIssues:
    issues: list[Issue] = list(await u.issues.on(subject))
    return by_subject(issues).get(subject, {})


def _outcome(
    found: tuple[Change, ...], before: Baseline, seen: Baseline, at: datetime, verdict: Verdict
) -> Noticed | Nothing:
    return Noticed(found, seen, at, verdict) if found else Nothing(before.after(seen))


def _seen_at_3commas(loaded: LoadedBalances) -> Baseline:
    if loaded.contact is Contact.KEY_REFUSED:
        return Baseline(works=False)
    account = loaded.account
    if account is None:
        return Baseline(works=True)
    return Baseline(works=True, flags_bad=flags_bad(account), keys_state=account.keys_state)


def _seen_at_exchange(facts: KeyFacts) -> Baseline:
    if facts.rights is None:
        return Baseline(works=False)
    return Baseline(works=True, rights=frozenset(facts.rights.names()), ip_restricted=facts.rights.ip_restricted)
