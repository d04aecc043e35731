"""What a look decides about one subject, and how that is kept: a look solves only what it looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.findings import Finding, Since, SinceSource, Subject, Symptom
from domain.records import Issue, UnitOfWork

OpenIssues = Mapping[Symptom, Issue]
"""What stands on one subject."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`looked` are the symptoms that this look can tell; those of them that are not among `findings` are over."""

    subject: Subject
    findings: tuple[Finding, ...] = ()
    looked: frozenset[Symptom] = frozenset()
    rough: frozenset[Symptom] = field(default=frozenset())
    """Symptoms that are certain while their causes are not looked at yet: what an earlier look knew of these stays."""


def by_subject(issues: Sequence[Issue]) -> dict[Subject, OpenIssues]:
    """The open issues of a trader, sorted by what they stand on."""
    sorted_: dict[Subject, dict[Symptom, Issue]] = {}
    for issue in issues:
        sorted_.setdefault(issue.finding.subject, {})[issue.finding.symptom] = issue
    return dict(sorted_)


def standing_findings(verdict: Verdict, open_issues: OpenIssues, at: datetime) -> tuple[Finding, ...]:
    """What stands on the subject after this look, each with since when; worst first is up to the view."""
    kept = tuple(issue.finding for symptom, issue in open_issues.items() if symptom not in verdict.looked)
    return tuple(_complete(finding, verdict, open_issues, at) for finding in verdict.findings) + kept


async def keep(u: UnitOfWork, trader_id: str, verdict: Verdict, open_issues: OpenIssues, at: datetime) -> None:
    """Raise and solve in the caller's transaction, in which `open_issues` were read."""
    for finding in verdict.findings:
        complete = _complete(finding, verdict, open_issues, at)
        old = open_issues.get(finding.symptom)
        if old is None or old.finding != complete:
            await u.issues.raise_(trader_id, complete, at)
    over = verdict.looked - {finding.symptom for finding in verdict.findings}
    for symptom in over & open_issues.keys():
        await u.issues.solve(open_issues[symptom].id, at)


def _complete(finding: Finding, verdict: Verdict, open_issues: OpenIssues, at: datetime) -> Finding:
    old = open_issues.get(finding.symptom)
    if old is None:
        return finding if finding.since else replace(finding, since=Since(at, SinceSource.FIRST_SEEN))
    if finding.symptom in verdict.rough:
        return old.finding
    if finding.since is None:
        return replace(finding, since=old.finding.since or Since(old.first_seen_at, SinceSource.FIRST_SEEN))
    return finding
