"""A look that breaks is told in the message that it fills in; "looking" must not stand there for ever."""

from collections.abc import Awaitable

from bot.background import jobs
from bot.errors import new_incident, sorry
from bot.logs import log, where
from bot.texts import speaking
from domain.records import Job, UnitsOfWork
from domain.values import Clock


async def or_apologise(look: Awaitable[None], job: Job, units: UnitsOfWork, clock: Clock) -> None:
    """Carry out the job, whose subject is trader|screen. Services that fail are answers; this is for defects of our own."""
    try:
        await look
    except Exception as error:  # noqa: BLE001  # whatever it was: it stands in the log, and the trader can press again
        incident = new_incident()
        log.error("a look broke", kind=job.kind, incident=incident, where=where(error))
        trader_id, _, screen_id = job.subject.partition("|")
        async with units.writing() as u:
            trader = await u.traders.get(trader_id)
            if trader is not None:
                with speaking(trader.language):
                    await u.outbox.put(trader_id, sorry(incident), clock.now(), screen=screen_id)
                await u.jobs.put(jobs.send(trader_id))
            await u.jobs.finish(job.id)
            await u.commit()
