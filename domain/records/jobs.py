"""Background work: what is to be done, and the loop that does it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Job:
    """Work to do later or elsewhere. Carries ids, never secrets; may run twice.

    Jobs of one `order_key` run one after the other, in the order they were put; different ones side by side.
    A delayed job carries no order key. `dedup_key`: a job that waits with the same key makes a second one void.
    """

    kind: str
    subject: str
    order_key: str | None = None
    not_before: datetime | None = None
    dedup_key: str | None = None
    id: int = 0
    attempts: int = 0
    """How often it failed before; a job that is tried again has a `not_before` without having been planned for later."""


class Jobs(Protocol):
    async def put(self, job: Job) -> None:
        """In the caller's transaction; it may start as soon as that commits."""
        ...

    async def finish(self, job_id: int) -> None:
        """In the transaction of its effects, so that it does not run again; the loop does it otherwise."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that failed for good and were due last before then; returns how many."""
        ...


JobHandler = Callable[[Job], Awaitable[None]]
GivenUp = Callable[[Job, str], Awaitable[None]]
"""Gets a job that failed for good, and the incident number under which the log has it."""


class JobLoop(Protocol):
    """Runs jobs until told to stop. Implemented in `storage/jobs`."""

    async def run(self, handlers: Mapping[str, JobHandler], given_up: GivenUp | None = None) -> None:
        """Until `drain` was called and what had begun is finished. `given_up` is called before a job that failed for good is put
        aside, so it may be called twice around a crash.
        """
        ...

    def drain(self) -> None:
        """Take no new job; finish what was begun."""
        ...

    async def idle(self) -> None:
        """Return once nothing runs and nothing is due (for tests and benchmarks)."""
        ...
