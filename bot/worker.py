"""Background work: which job is handled by what, and how a process takes it up and lets go of it."""

import asyncio
from collections.abc import Mapping

from bot.background import jobs
from bot.background.checking import CheckJob
from bot.background.linking import LinkJob
from bot.background.order_watch import WatchOrderJob
from bot.background.repairs import LookAgainJob
from bot.background.tidying import TidyJob
from bot.inbox import Handler
from bot.outbox import Sender
from domain.records import JobHandler, JobLoop, UnitsOfWork
from domain.values import Clock

DRAIN_S = 18.0
"""What was begun has this long; the process is promised to end within 20 s of SIGTERM."""


def handlers(
    handle: Handler,
    send: Sender,
    check: CheckJob,
    look_again: LookAgainJob,
    link: LinkJob,
    tidy: TidyJob,
    watch_order: WatchOrderJob,
    looks: Mapping[str, JobHandler],
) -> Mapping[str, JobHandler]:
    return {
        jobs.HANDLE: handle,
        jobs.SEND: send,
        jobs.CHECK: check,
        jobs.LOOK_AGAIN: look_again,
        jobs.LINK: link,
        jobs.TIDY: tidy,
        jobs.WATCH_ORDER: watch_order,
        **looks,
    }


async def take_up(units: UnitsOfWork, clock: Clock) -> None:
    """What a stop left behind: texts that wait, and the tidying that goes on for ever."""
    async with units.writing() as u:
        for trader_id in await u.outbox.traders_waiting():
            await u.jobs.put(jobs.send(trader_id))
        await u.jobs.put(jobs.tidy(clock.now()))
        await u.commit()


async def drain(loop: JobLoop, running: asyncio.Task[None]) -> None:
    """No new job; what was begun is finished, or cancelled and taken up at the next start."""
    loop.drain()
    _done, late = await asyncio.wait({running}, timeout=DRAIN_S)
    for task in late:
        task.cancel()
    await asyncio.gather(running, return_exceptions=True)
