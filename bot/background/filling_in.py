"""A message that fills in as answers arrive: every so often, and the newest even if nothing follows it for long."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, TypeVar

from domain.values import Clock

SHOW_EVERY_S = 1.0

V = TypeVar("V")


async def fill_in(views: AsyncGenerator[V, None], show: Callable[[V], Awaitable[None]], clock: Clock) -> V | None:
    """Show what comes, at most once in SHOW_EVERY_S. Returns the last, which may not have been shown; None if nothing came."""
    last: V | None = None
    unshown = False
    async with aclosing(views):
        coming = asyncio.ensure_future(_next(views))
        pause: asyncio.Future[None] | None = None
        try:
            while True:
                either: set[asyncio.Future[Any]] = {coming} if pause is None else {coming, pause}
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
                if coming.done():
                    view = coming.result()
                    if view is None:
                        return last
                    last, unshown = view, True
                    coming = asyncio.ensure_future(_next(views))
                if pause is not None and pause.done():
                    pause = None
                if pause is None and unshown and last is not None:
                    await show(last)
                    unshown = False
                    pause = asyncio.ensure_future(clock.wait(SHOW_EVERY_S))
        finally:
            ends: list[asyncio.Future[Any]] = [coming] if pause is None else [coming, pause]
            for end in ends:
                end.cancel()
            await asyncio.gather(*ends, return_exceptions=True)


async def _next(views: AsyncGenerator[V, None]) -> V | None:
    return await anext(views, None)
