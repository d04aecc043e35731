"""Findings with a stable id over time."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from domain.causes import Cause
from domain.findings import Evidence, Finding, Severity, Since, SinceSource, Subject, SubjectKind, Symptom
from domain.records import Issue
from storage.tables import IssueRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import SealedFields, fresh_revision
from storage.vault.vault import Place

_STANDS = col(IssueRow.solved_at).is_(None)


class IssueStore:
    """Implements `domain.records.Issues`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def open(self, trader_id: str) -> Sequence[Issue]:
        return await self._issues(_STANDS, trader_id=trader_id)

    async def get(self, issue_id: str) -> Issue | None:
        found = await self._issues(id=issue_id)
        return found[0] if found else None

    async def raise_(self, trader_id: str, finding: Finding, at: datetime) -> Issue:
        kind, subject_id, symptom = finding.identity
        known = await self._transaction.first(
            IssueRow, _STANDS, trader_id=trader_id, subject_kind=kind, subject_id=subject_id, symptom=symptom
        )
        issue_id = secrets.token_hex(8) if known is None else known.id
        revision = fresh_revision()
        sealed = await self._fields.seal_json(_place(trader_id, issue_id), revision, _to_json(finding))
        if known is not None:
            values = {"revision": revision, "finding": sealed}
            await self._transaction.update(IssueRow, values, id=issue_id)
            return Issue(issue_id, trader_id, finding, known.first_seen_at)
        await self._transaction.add(
            IssueRow(
                id=issue_id,
                trader_id=trader_id,
                subject_kind=kind,
                subject_id=subject_id,
                symptom=symptom,
                first_seen_at=at,
                revision=revision,
                finding=sealed,
            )
        )
        return Issue(issue_id, trader_id, finding, at)

    async def solve(self, issue_id: str, at: datetime) -> bool:
        return await self._transaction.update(IssueRow, {"solved_at": at}, _STANDS, id=issue_id) == 1

    async def on(self, subject: Subject) -> Sequence[Issue]:
        return await self._issues(_STANDS, subject_kind=subject.kind, subject_id=subject.id)

    async def prune(self, before: datetime) -> int:
        solved = col(IssueRow.solved_at) < before
        return (await self._transaction.execute(delete(table_of(IssueRow)).where(solved))).rowcount

    async def _issues(self, *fixed: Any, **equal: Any) -> Sequence[Issue]:
        rows = await self._transaction.all(IssueRow, *fixed, order=("first_seen_at", "id"), **equal)
        return [await self._issue(row) for row in rows]

    async def _issue(self, row: IssueRow) -> Issue:
        sealed = await self._fields.open_json(_place(row.trader_id, row.id), row.revision, row.finding)
        finding = _from_json(Subject(SubjectKind(row.subject_kind), row.subject_id), Symptom(row.symptom), sealed)
        return Issue(row.id, row.trader_id, finding, row.first_seen_at, row.solved_at)


def _place(trader_id: str, issue_id: str) -> Place:
    return Place("issue", trader_id, issue_id, "finding")


def _to_json(finding: Finding) -> dict[str, Any]:
    """All but the identity, which stands in columns."""
    since = finding.since
    return {
        "cause": finding.cause,
        "severity": finding.severity,
        "evidence": finding.evidence,
        "causes": finding.causes,
        "since": {"at": since.at.isoformat(), "source": since.source} if since else None,
        "facts": dict(finding.facts),
    }


def _from_json(subject: Subject, symptom: Symptom, sealed: dict[str, Any]) -> Finding:
    since = sealed["since"]
    return Finding(
        subject=subject,
        symptom=symptom,
        cause=Cause(sealed["cause"]),
        severity=Severity(sealed["severity"]),
        evidence=Evidence(sealed["evidence"]),
        causes=tuple(Cause(cause) for cause in sealed["causes"]),
        since=Since(datetime.fromisoformat(since["at"]), SinceSource(since["source"])) if since else None,
        facts=sealed["facts"],
    )
