"""What the answers to one credential mean for that credential: a token at 3Commas, or one of the bot's own keys.

Both are about the bot's reach and never about an exchange account: a key that is bound to other addresses refuses this bot
and works for whom it was made.
"""

from datetime import datetime, timedelta

from domain.causes import Cause
from domain.check_facts import (
    ACCOUNTS,
    ACTIVE,
    DEALS,
    FAILED,
    FINISHED,
    RIGHTS,
    KeyFacts,
    TokenFacts,
    balances_part,
)
from domain.check_view import KeySight, NotLooked, Sight
from domain.findings import Finding, Severity, Subject, SubjectKind, Symptom
from domain.ports import KeyRights
from domain.values import MarketType
from domain.verdicts import Verdict

EXPIRES_SOON = timedelta(days=14)

TOKEN_RIGHTS = {
    ACCOUNTS: "ACCOUNTS_READ",
    FAILED: "SMART_TRADES_READ",
    ACTIVE: "SMART_TRADES_READ",
    FINISHED: "SMART_TRADES_READ",
    DEALS: "BOTS_READ",
}
"""The permission that each part needs, as 3Commas' API reference names them."""

TOKEN_REFUSED = (Cause.KEY_UNKNOWN, Cause.KEY_EXPIRED, Cause.IP_NOT_ALLOWED)
"""3Commas answers 401 for all of them, and for a wrong signature, which a pair made by the bot cannot have."""


def judge_token(token_id: str, facts: TokenFacts) -> Verdict:
    subject = Subject(SubjectKind.TOKEN, token_id)
    if facts.refused == "TokenRefused":
        finding = Finding(subject, Symptom.TOKEN_REFUSED, Cause.AMBIGUOUS, Severity.BLIND, causes=TOKEN_REFUSED)
        return Verdict(subject, (finding,), frozenset({Symptom.TOKEN_REFUSED}))
    accepted = frozenset({Symptom.TOKEN_REFUSED, Symptom.PLAN_WITHOUT_API})
    if facts.refused == "PlanWithoutApi":
        finding = Finding(subject, Symptom.PLAN_WITHOUT_API, Cause.PLAN_ENDED, Severity.BLIND)
        return Verdict(subject, (finding,), accepted)
    answers = (facts.listed, facts.failed, facts.active, facts.deals)
    looked = accepted if any(answer is not None for answer in answers) else frozenset()
    lacking = sorted({TOKEN_RIGHTS[part] for part in TOKEN_RIGHTS if _lacks(facts.missed.get(part))})
    if lacking:
        finding = Finding(
            subject,
            Symptom.TOKEN_LACKS_RIGHT,
            Cause.PERMISSION_MISSING,
            Severity.BLIND,
            facts={"right": ", ".join(lacking)},
        )
        return Verdict(subject, (finding,), looked | {Symptom.TOKEN_LACKS_RIGHT})
    if all(answer is not None for answer in answers):
        looked |= {Symptom.TOKEN_LACKS_RIGHT}
    return Verdict(subject, (), looked)


def token_state(facts: TokenFacts, verdict: Verdict) -> tuple[Sight, NotLooked | None]:
    if facts.refused:
        return Sight.BROKEN, facts.stopped
    if facts.listed is None:
        why = facts.why_not(ACCOUNTS)
        return (Sight.NOT_LOOKED, why) if why else (Sight.LOOKING, None)
    if verdict.findings:
        return Sight.WARNING, None
    return (Sight.FINE if facts.over else Sight.LOOKING), None


def judge_key(key_id: str, facts: KeyFacts, now: datetime, *, listable: bool) -> Verdict:
    """`listable`: the bot has an address that stays, so that a list on its key can be kept."""
    subject = Subject(SubjectKind.KEY, key_id)
    if facts.refused:
        return Verdict(subject, (_refused(subject, facts),), frozenset({Symptom.KEY_REFUSED}))
    findings: list[Finding] = []
    looked: set[Symptom] = set()
    if facts.rights is not None:
        looked.add(Symptom.KEY_REFUSED)
        for symptom, finding in _rights_findings(subject, facts.rights, now, listable=listable):
            looked.add(symptom)
            if finding is not None:
                findings.append(finding)
    if facts.lacking:
        rights = sorted({right for right in facts.lacking.values() if right})
        markets = sorted(market.value for market in facts.lacking)
        findings.append(
            Finding(
                subject,
                Symptom.KEY_LACKS_RIGHT,
                Cause.PERMISSION_MISSING,
                Severity.BLIND,
                facts={"right": ", ".join(rights), "markets": ", ".join(markets)},
            )
        )
    if facts.lacking or (facts.over and not facts.missed and facts.waiting_until is None and facts.stopped is None):
        looked.add(Symptom.KEY_LACKS_RIGHT)
    return Verdict(subject, tuple(findings), frozenset(looked))


def key_state(facts: KeyFacts, verdict: Verdict) -> tuple[Sight, NotLooked | None]:
    if facts.refused:
        return Sight.BROKEN, None
    if facts.rights is None:
        why = facts.why_not(RIGHTS)
        return (Sight.NOT_LOOKED, why) if why else (Sight.LOOKING, None)
    if any(finding.severity is not Severity.NOTE for finding in verdict.findings):
        return Sight.WARNING, None
    return Sight.FINE, None


def reach(key_id: str, market: MarketType, facts: KeyFacts) -> KeySight:
    """What the key shows of one wallet."""
    if facts.refused:
        return KeySight(key_id, Sight.BROKEN)
    if market in facts.reached:
        return KeySight(key_id, Sight.FINE)
    if market in facts.lacking:
        why = NotLooked("RightMissing", cause=Cause.PERMISSION_MISSING, right=facts.lacking[market])
        return KeySight(key_id, Sight.NOT_LOOKED, why)
    reason = facts.why_not(balances_part(market))
    return KeySight(key_id, Sight.NOT_LOOKED if reason else Sight.LOOKING, reason)


def _lacks(why: NotLooked | None) -> bool:
    return why is not None and why.error == "RightMissing"


def _refused(subject: Subject, facts: KeyFacts) -> Finding:
    single = len(facts.refused) == 1
    told = {"address": facts.address or "", "code": facts.code}
    return Finding(
        subject,
        Symptom.KEY_REFUSED,
        facts.refused[0] if single else Cause.AMBIGUOUS,
        Severity.BLIND,
        causes=() if single else facts.refused,
        facts={name: value for name, value in told.items() if value},
    )


def _rights_findings(
    subject: Subject, rights: KeyRights, now: datetime, *, listable: bool
) -> list[tuple[Symptom, Finding | None]]:
    """What the exchange told; a fact that it keeps to itself decides nothing and is left out.

    A list that cannot be kept is no advice, unless the key may do more than read.
    """
    trades = any((rights.spot, rights.futures, rights.margin, rights.withdrawals))
    told: list[tuple[Symptom, Finding | None]] = []
    if rights.withdrawals is not None:
        finding = Finding(subject, Symptom.KEY_CAN_WITHDRAW, Cause.WITHDRAWAL_RIGHT, Severity.WARNING)
        told.append((finding.symptom, finding if rights.withdrawals else None))
    if rights.ip_restricted is not None:
        severity = Severity.WARNING if trades else Severity.NOTE
        finding = Finding(subject, Symptom.KEY_WITHOUT_IP_LIST, Cause.NO_IP_LIST, severity)
        told.append((finding.symptom, None if rights.ip_restricted or not (trades or listable) else finding))
    ends = rights.trading_expires_at
    soon = ends is not None and ends - now <= EXPIRES_SOON
    facts = {"until": ends.isoformat()} if ends else {}
    expires = Finding(subject, Symptom.KEY_EXPIRES, Cause.EXPIRES_SOON, Severity.WARNING, facts=facts)
    told.append((expires.symptom, expires if soon else None))
    return told
