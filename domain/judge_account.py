"""What 3Commas' answers mean for one exchange account: its own key there, and what stands still because of it.

3Commas' stored flags are as old as its last contact with the exchange, so a live load of balances decides. A right or an
address that only trading needs is seen in the text of a failed trade alone. Source: 3Commas' API reference on accounts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.causes import Cause
from domain.check_facts import ACCOUNTS, ACTIVE, DEALS, FAILED, FINISHED, Loaded, TokenFacts, load_part
from domain.check_view import NotLooked, Sight, Standing, ThreeCommasSight
from domain.findings import Finding, Severity, Since, SinceSource, Subject, SubjectKind, Symptom
from domain.ports import Contact, ThreeCommasAccount
from domain.records import ExchangeAccount
from domain.trade_errors import KEY_ADDRESS_OR_RIGHT, ErrorText, classify, trading_right
from domain.verdicts import OpenIssues, Verdict

SEEN_BY_A_LOAD = frozenset(
    {
        Symptom.THREE_COMMAS_KEY_REFUSED,
        Symptom.THREE_COMMAS_KEY_EXPIRES,
        Symptom.THREE_COMMAS_STATE_UNKNOWN,
        Symptom.NOT_LOOKED,
    }
)
TOLD_AND_SEEN_BY_A_LOAD = frozenset({Symptom.TOLD_INVALID_API, Symptom.TOLD_BALANCES_EMPTY})
"""What a trader may tell and a live load of balances shows for itself. A UPNL that stands still is not measured, and
whether a key may trade is shown by a trade alone."""

_STOPS_TRADING = frozenset(
    {Cause.PERMISSION_MISSING, Cause.IP_NOT_ALLOWED, Cause.ACCOUNT_RESTRICTED, Cause.REGION_BLOCKED}
)
"""Causes that trading may meet while balances load."""


@dataclass(frozen=True, slots=True)
class AccountJudgement:
    verdict: Verdict
    sight: ThreeCommasSight
    standing: Standing


@dataclass(frozen=True, slots=True)
class _KeyError:
    """A failed trade whose text is about the key."""

    at: datetime | None
    text: str
    trade_id: int
    meaning: ErrorText


class AccountJudge:
    """Judges one exchange account from what one token was answered. `open_issues` are those on the account.

    `renewed`: this look saw that 3Commas' key was changed. It is taken for changed too when a refusal is over.
    """

    def __init__(
        self,
        account: ExchangeAccount,
        facts: TokenFacts,
        open_issues: OpenIssues,
        now: datetime,
        *,
        renewed: bool = False,
    ) -> None:
        assert account.link is not None
        self._renewed = renewed or Symptom.THREE_COMMAS_KEY_REFUSED in open_issues
        self._id = account.link.three_commas_id
        self._account = account
        self._facts = facts
        self._open = open_issues
        self._now = now
        self._subject = Subject(SubjectKind.ACCOUNT, account.id)
        self._listed = (facts.listed or {}).get(self._id)
        self._load = facts.loads.get(self._id)
        self._errors = tuple(self._key_errors())

    def judge(self) -> AccountJudgement:
        gone = self._facts.listed is not None and self._listed is None
        verdict = self._gone() if gone else self._verdict()
        return AccountJudgement(verdict, self._sight(verdict, gone=gone), self._standing(verdict))

    # --- findings ---------------------------------------------------------------------------------------------------

    def _gone(self) -> Verdict:
        """3Commas lists it no longer: kept, since it may come back, and marked."""
        finding = self._finding(Symptom.NOT_LOOKED, Cause.NOT_LOOKED, Severity.BLIND, error="NotThere")
        return Verdict(self._subject, (finding,), frozenset({Symptom.NOT_LOOKED}))

    def _verdict(self) -> Verdict:
        load = self._load
        if load is None:
            came_back = frozenset({Symptom.NOT_LOOKED}) if self._listed is not None else frozenset()
            return Verdict(self._subject, looked=came_back)
        if load.contact is Contact.UNDECIDED:
            undecided = frozenset({Symptom.THREE_COMMAS_STATE_UNKNOWN, Symptom.NOT_LOOKED})
            return Verdict(self._subject, (self._undecided(load),), undecided)
        if load.contact is Contact.KEY_REFUSED:
            return self._refused(load)
        return self._works()

    def _undecided(self, load: Loaded) -> Finding:
        cause = classify(self._account.venue, load.said).cause
        return self._finding(Symptom.THREE_COMMAS_STATE_UNKNOWN, cause, Severity.BLIND, said=load.said)

    def _refused(self, load: Loaded) -> Verdict:
        causes, named = self._refused_causes()
        finding = Finding(
            self._subject,
            Symptom.THREE_COMMAS_KEY_REFUSED,
            causes[0] if len(causes) == 1 else Cause.AMBIGUOUS,
            Severity.BROKEN,
            causes=causes if len(causes) > 1 else (),
            since=self._first_error(),
            facts=_facts(**{"said": load.said, "keys_state": self._listed.keys_state if self._listed else "", **named}),
        )
        trading = {Symptom.THREE_COMMAS_TRADING_REFUSED, Symptom.THREE_COMMAS_TRADING_UNPROVEN}
        rough = frozenset() if self._errors_known() else frozenset({Symptom.THREE_COMMAS_KEY_REFUSED})
        return Verdict(self._subject, (finding,), SEEN_BY_A_LOAD | trading, rough)

    def _refused_causes(self) -> tuple[tuple[Cause, ...], dict[str, str]]:
        """One refusal stands for several faults, unless the text of a trade since then names one of them."""
        named = next((error for error in reversed(self._errors) if len(error.meaning.causes) == 1), None)
        if named is not None and self._errors_known():
            return named.meaning.causes, self._named(named)
        return KEY_ADDRESS_OR_RIGHT, {}

    def _works(self) -> Verdict:
        findings = list(self._state_findings(self._listed)) if self._listed is not None else []
        looked = SEEN_BY_A_LOAD | TOLD_AND_SEEN_BY_A_LOAD
        if self._renewed:
            since = Since(self._now, SinceSource.FIRST_SEEN)
            findings.append(self._finding(Symptom.THREE_COMMAS_TRADING_UNPROVEN, Cause.UNKNOWN, Severity.NOTE, since))
            looked |= {Symptom.THREE_COMMAS_TRADING_UNPROVEN, Symptom.THREE_COMMAS_TRADING_REFUSED}
            return Verdict(self._subject, tuple(findings), looked)
        if self._errors_known():
            looked |= {Symptom.THREE_COMMAS_TRADING_REFUSED}
            refused = self._trading_refused()
            if refused is not None:
                findings.append(refused)
            if refused is not None or self._proven():
                looked |= {Symptom.THREE_COMMAS_TRADING_UNPROVEN}
        return Verdict(self._subject, tuple(findings), looked)

    def _state_findings(self, listed: ThreeCommasAccount) -> Iterable[Finding]:
        """Balances load; what 3Commas' stored words say beside that."""
        if listed.keys_state == "expire_soon":
            yield self._finding(Symptom.THREE_COMMAS_KEY_EXPIRES, Cause.EXPIRES_SOON, Severity.WARNING)
        elif listed.keys_state not in ("", "ok", "expired"):
            yield self._finding(
                Symptom.THREE_COMMAS_STATE_UNKNOWN, Cause.UNKNOWN, Severity.WARNING, keys_state=listed.keys_state
            )
        elif listed.locked and listed.lock_reason != "invalid_api_key":
            yield self._finding(
                Symptom.THREE_COMMAS_STATE_UNKNOWN,
                Cause.UNKNOWN,
                Severity.WARNING,
                lock_reason=listed.lock_reason or "?",
            )

    def _trading_refused(self) -> Finding | None:
        """Key and address are good for reading just now; what is left of a shared answer is a right or a part of the list."""
        for error in reversed(self._errors):
            causes = tuple(cause for cause in error.meaning.causes if cause in _STOPS_TRADING)
            if causes:
                if len(error.meaning.causes) > 1:
                    causes = (Cause.PERMISSION_MISSING, *(c for c in causes if c is not Cause.PERMISSION_MISSING))
                return Finding(
                    self._subject,
                    Symptom.THREE_COMMAS_TRADING_REFUSED,
                    causes[0] if len(causes) == 1 else Cause.AMBIGUOUS,
                    Severity.BROKEN,
                    causes=causes if len(causes) > 1 else (),
                    since=self._first_error(),
                    facts=_facts(**self._named(error)),
                )
        return None

    def _finding(
        self, symptom: Symptom, cause: Cause, severity: Severity, since: Since | None = None, **facts: str
    ) -> Finding:
        return Finding(self._subject, symptom, cause, severity, since=since, facts=_facts(**facts))

    # --- errors of trades -------------------------------------------------------------------------------------------

    def _key_errors(self) -> Iterable[_KeyError]:
        """Those since the key last worked, oldest first."""
        good = self._last_good()
        errors = [
            _KeyError(error.at, error.text, error.trade_id, classify(self._account.venue, error.text))
            for error in self._facts.failed or ()
            if error.account_id == self._id and (good is None or (error.at is not None and error.at > good))
        ]
        dated = sorted((e for e in errors if e.at is not None and e.meaning.about_key), key=lambda e: e.at or self._now)
        return [e for e in errors if e.at is None and e.meaning.about_key] + dated

    def _last_good(self) -> datetime | None:
        """The last order that is known to have gone through, or the repair after which balances loaded again."""
        unproven = self._open.get(Symptom.THREE_COMMAS_TRADING_UNPROVEN)
        renewed = unproven.finding.since.at if unproven and unproven.finding.since else None
        return max((at for at in (renewed, self._traded()) if at is not None), default=None)

    def _traded(self) -> datetime | None:
        """When a trade was last seen to go through: closed by an order of its own, or made and entered."""
        finished, entered = (self._facts.finished or {}).get(self._id), self._facts.traded.get(self._id)
        return max((at for at in (finished, entered) if at is not None), default=None)

    def _errors_known(self) -> bool:
        """Whether failed trades, and the finished ones that put a date to them, were read."""
        dated = any(error.at is not None for error in self._errors)
        return self._facts.failed is not None and (self._facts.finished is not None or not dated)

    def _first_error(self) -> Since | None:
        at = next((error.at for error in self._errors if error.at is not None), None)
        return Since(at, SinceSource.TRADE_ERROR) if at is not None and self._facts.finished is not None else None

    def _proven(self) -> bool:
        """A trade went through after the repair."""
        unproven = self._open.get(Symptom.THREE_COMMAS_TRADING_UNPROVEN)
        traded = self._traded()
        since = unproven.finding.since if unproven else None
        return since is not None and traded is not None and traded > since.at

    def _named(self, error: _KeyError) -> dict[str, str]:
        meaning = error.meaning
        right = meaning.right
        if not right and Cause.PERMISSION_MISSING in meaning.causes:
            right = trading_right(self._account.market_type)
        return {
            "said": error.text,
            "code": meaning.code,
            "right": right,
            "trade": str(error.trade_id),
            "trade_at": error.at.isoformat() if error.at else "",
        }

    # --- what the row shows -----------------------------------------------------------------------------------------

    def _sight(self, verdict: Verdict, *, gone: bool) -> ThreeCommasSight:
        flags = self._listed is not None and flags_bad(self._listed)
        load, facts = self._load, self._facts
        if gone:
            return ThreeCommasSight(Sight.NOT_LOOKED, NotLooked("NotThere"))
        if load is None:
            why = facts.why_not(load_part(self._id), ACCOUNTS)
            return ThreeCommasSight(Sight.NOT_LOOKED if why else Sight.LOOKING, why, flags)
        if load.contact is Contact.UNDECIDED:
            cause = classify(self._account.venue, load.said).cause
            return ThreeCommasSight(Sight.NOT_LOOKED, NotLooked("Undecided", cause=cause), flags, load.at)
        severities = {finding.severity for finding in verdict.findings}
        for severity, state in ((Severity.BROKEN, Sight.BROKEN), (Severity.WARNING, Sight.WARNING)):
            if severity in severities:
                return ThreeCommasSight(state, None, flags, load.at)
        return ThreeCommasSight(Sight.FINE, None, flags, load.at)

    def _standing(self, verdict: Verdict) -> Standing:
        facts = self._facts
        broken = any(finding.severity is Severity.BROKEN for finding in verdict.findings)
        trades: int | None = None
        if self._errors_known() and facts.active is not None:
            trades = len(self._errors) + (facts.active.get(self._id, 0) if broken else 0)
        deals: int | None = None
        if facts.deals is not None:
            deals = len([deal for deal in facts.deals if deal.account_id == self._id and self._stuck(deal.text)])
        since = self._first_error()
        why = facts.why_not(FAILED, ACTIVE, DEALS, FINISHED) if trades is None or deals is None else None
        return Standing(trades, deals, since.at if since else None, why)

    def _stuck(self, text: str) -> bool:
        """A bot trade in error because of the key; a text that we do not know is counted, an order's own fault is not."""
        meaning = classify(self._account.venue, text)
        return meaning.about_key or not text


def flags_bad(account: ThreeCommasAccount) -> bool:
    """Whether 3Commas' stored flags say that its key does not work. They do not agree with each other, so any one will do."""
    return (
        account.key_invalid
        or account.keys_state == "expired"
        or (account.locked and account.lock_reason == "invalid_api_key")
    )


def _facts(**facts: str) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value}
