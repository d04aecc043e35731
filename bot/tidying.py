"""Drops what is too old to keep: ids of handled updates and blank rows of sent messages after 48 h, pairs whose key id never came after 24 h."""

from datetime import timedelta

from bot import jobs
from bot.logs import log
from domain.records import Job, UnitsOfWork
from domain.values import Clock

EVERY = timedelta(hours=1)
UPDATES_KEPT = timedelta(hours=48)
PAIRS_KEPT = timedelta(hours=24)


class TidyJob:
    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def __call__(self, job: Job) -> None:
        now = self._clock.now()
        async with self._units.writing() as u:
            updates = await u.inbox.prune(now - UPDATES_KEPT)
            sent = await u.outbox.prune(now - UPDATES_KEPT)
            pairs = await u.keys.drop_stale_pairs(now - PAIRS_KEPT)
            await u.jobs.finish(job.id)
            await u.jobs.put(jobs.tidy(now + EVERY))
            await u.commit()
        if updates or sent or pairs:
            log.info("tidied", updates=updates, sent=sent, pairs=pairs)
