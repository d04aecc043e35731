"""Drops what is too old to keep. For how long each thing is kept, and why: docs/decisions/storage-lifetimes.md."""

from datetime import timedelta

from bot.background import jobs
from bot.logs import log
from domain.records import Job, UnitsOfWork
from domain.values import Clock

EVERY = timedelta(hours=1)
UPDATES_KEPT = timedelta(hours=48)
"""Ids of handled updates and blank rows of sent messages; Telegram repeats an update for a day at most."""
PAIRS_KEPT = timedelta(hours=24)
"""A pair of which the key id never came back."""
SCREENS_KEPT = timedelta(days=7)
"""Counted from when the message was last written. No shorter than a conversation lives, whose question is such a message."""
PAST_KEPT = timedelta(days=30)
"""What is over: repairs, solved issues, jobs that failed for good."""


class TidyJob:
    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def __call__(self, job: Job) -> None:
        now = self._clock.now()
        async with self._units.writing() as u:
            dropped = {
                "updates": await u.inbox.prune(now - UPDATES_KEPT),
                "sent": await u.outbox.prune(now - UPDATES_KEPT),
                "pairs": await u.keys.drop_stale_pairs(now - PAIRS_KEPT),
                "screens": await u.screens.prune(now - SCREENS_KEPT),
                "conversations": await u.conversations.prune(now),
                "repairs": await u.repairs.prune(now - PAST_KEPT),
                "issues": await u.issues.prune(now - PAST_KEPT),
                "failed_jobs": await u.jobs.prune(now - PAST_KEPT),
            }
            await u.jobs.finish(job.id)
            await u.jobs.put(jobs.tidy(now + EVERY))
            await u.commit()
        if any(dropped.values()):
            log.info("tidied", **dropped)
