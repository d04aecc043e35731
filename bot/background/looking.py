"""The job that looks at something with all of a trader's credentials and fills in one message as answers arrive.

What /orders, /funds, /positions and /trades have in common: the same pace of edits, the same patience with a service that asks to
slow down, the same going on later, and a last snapshot that stays with its message so that pages and details can be turned to.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

from bot.background import jobs
from bot.background.broken_looks import or_apologise
from bot.background.filling_in import fill_in
from bot.logs import log
from bot.places import turned_to
from bot.reply import Reply, to_json
from bot.snapshots import Snapshots
from bot.texts import speaking
from bot.views.pages import Place
from bot.views.stale import goes_on_below
from domain.looking.view import Snapshot
from domain.records import Job, Json, Screen, UnitOfWork, UnitsOfWork
from domain.values import Clock

PATIENCE_S = 5.0
"""How long one run waits for a service that asks to slow down; longer waits become a job for later."""
GIVE_UP_AFTER = timedelta(hours=1)
GO_ON_AFTER = timedelta(seconds=30)
"""Where nobody says when to ask again."""

V = TypeVar("V", bound=Snapshot)
V_co = TypeVar("V_co", bound=Snapshot, covariant=True)


class Look(Protocol[V_co]):
    """A look of the domain: growing snapshots, the first at once from what is stored."""

    def run(
        self, trader_id: str, *, trigger: str, patience_s: float = 0, resume: Json | None = None
    ) -> AsyncGenerator[V_co, None]: ...


class LookJob(Generic[V]):
    """Subject: trader|screen (`jobs.look`). A kill in the middle starts the look over: it only reads.

    `draw` makes the reply of a snapshot at the page that the trader has turned to; `snapshots` keeps the last one in the memory of the
    screen. What a rate limit left open is kept per trader, so that the next look of this kind goes on from there in its own message.
    A look that goes on in the same message leaves there what is known until it knows more. `afterwards` puts what
    follows from a complete picture into the transaction of its last words; `beside` makes messages that go with a complete picture,
    before that transaction begins.
    """

    def __init__(
        self,
        kind: str,
        units: UnitsOfWork,
        clock: Clock,
        look: Look[V],
        draw: Callable[[V, Place], Reply],
        snapshots: Snapshots[V],
        afterwards: Callable[[UnitOfWork, V], Awaitable[None]] | None = None,
        beside: Callable[[V], Awaitable[tuple[Reply, ...]]] | None = None,
    ) -> None:
        self._kind = kind
        self._units = units
        self._clock = clock
        self._look = look
        self._draw = draw
        self._snapshots = snapshots
        self._afterwards = afterwards
        self._beside = beside

    async def __call__(self, job: Job) -> None:
        await or_apologise(self._run(job), job, self._units, self._clock)

    async def _run(self, job: Job) -> None:
        trader_id, _, screen_id = job.subject.partition("|")
        async with self._units.reading() as u:
            trader = await u.traders.get(trader_id)
            left = await u.screens.get(self._left_open(trader_id))
            shown = await self._snapshots.of(u, trader_id, screen_id)
        if trader is None:
            return
        memory = left.memory if left is not None else {}
        with speaking(trader.language):
            if job.not_before is not None and not job.attempts and memory.get("screen") != screen_id:
                await self._give_way(job, trader_id, screen_id)
                return
            run = self._look.run(
                trader_id, trigger="command", patience_s=PATIENCE_S, resume=memory.get("resume") or None
            )
            before = shown[1] if shown is not None else None
            last = await fill_in(run, partial(self._show, trader_id, screen_id, before), self._clock)
            if last is not None:
                await self._finish(job, trader_id, screen_id, last, memory)

    async def _give_way(self, job: Job, trader_id: str, screen_id: str) -> None:
        """A newer look has gone on with what this one had left open, in its own message; so this one does not keep its promise."""
        now = self._clock.now()
        async with self._units.writing() as u:
            shown = await u.screens.get(screen_id)
            if shown is not None:
                await u.screens.put(replace(shown, memory={}), now)
                await u.outbox.put(trader_id, to_json(goes_on_below(self._kind)), now, screen=screen_id)
                await u.jobs.put(jobs.send(trader_id))
            await u.jobs.finish(job.id)
            await u.commit()

    async def _show(self, trader_id: str, screen_id: str, before: V | None, view: V) -> None:
        """`before` is what the message shows since an earlier run. It stays, but for how far the look has come: each run asks the
        exchanges afresh, so its own pictures begin with less.
        """
        if before is not None:
            view = replace(before, progress=view.progress, at=view.at)
        async with self._units.writing() as u:
            reply = self._draw(view, await turned_to(u, screen_id))
            await u.outbox.put(trader_id, to_json(reply), self._clock.now(), screen=screen_id)
            await u.jobs.put(jobs.send(trader_id))
            await u.commit()

    async def _finish(self, job: Job, trader_id: str, screen_id: str, view: V, memory: Json) -> None:
        """The last snapshot, and when to go on if something is left to ask."""
        now = self._clock.now()
        began = datetime.fromisoformat(str(memory["began"])) if "began" in memory else now
        goes_on = not view.complete and now - began < GIVE_UP_AFTER
        if not view.complete and not goes_on:
            log.info("a look was given up; the service let nothing through for an hour", kind=self._kind)
        more = await self._beside(view) if view.complete and self._beside is not None else ()
        left: Json = {"resume": view.resume, "began": began.isoformat(), "screen": screen_id} if goes_on else {}
        async with self._units.writing() as u:
            shown = await u.screens.get(screen_id) or Screen(screen_id, trader_id, None)
            await u.screens.put(replace(shown, memory=self._snapshots.out(view)), now)
            drawn = self._draw(view, await turned_to(u, screen_id))
            await u.outbox.put(trader_id, to_json(drawn), now, screen=screen_id)
            for reply in more:
                await u.outbox.put(trader_id, to_json(reply), now)
            if left or memory:
                await u.screens.put(Screen(self._left_open(trader_id), trader_id, None, memory=left), now)
            await u.jobs.finish(job.id)
            if goes_on:
                later = view.waiting_until or now + GO_ON_AFTER
                await u.jobs.put(jobs.look(self._kind, trader_id, screen_id, later))
            elif view.complete and self._afterwards is not None:
                await self._afterwards(u, view)
            await u.jobs.put(jobs.send(trader_id))
            await u.commit()

    def _left_open(self, trader_id: str) -> str:
        """Where the answers of an unfinished look are kept; a screen without a message."""
        return f"{self._kind}-{trader_id}"
