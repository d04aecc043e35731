"""The one way to a credential: opens it, logs the use, one user of a key at a time, keeps what the venue made us remember."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from domain.errors import SupportError
from domain.records import UnitsOfWork, Use
from domain.values import Clock, Credentials, VenueState


class KeyGone(LookupError):
    """The key was removed, or never had a secret."""


@dataclass(slots=True)
class Opened:
    """Credentials in use. Do not keep it beyond the `async with`."""

    credentials: Credentials = field(repr=False)
    state: VenueState = field(repr=False)


class Access:
    """Opens keys. `purpose` and `trigger` stand in the log that the trader can read in /keys."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def open(self, key_id: str, *, purpose: str, trigger: str) -> AsyncIterator[Opened]:
        """Raises KeyGone. No transaction is open inside; one call chain per key at a time."""
        lock = self._locks.setdefault(key_id, asyncio.Lock())
        async with lock:
            async with self._units.reading() as u:
                key = await u.keys.get(key_id)
                opened = await u.keys.open(key_id)
            if key is None or opened is None:
                raise KeyGone(key_id)
            credentials, state = opened
            before = dict(state)
            in_use = Opened(credentials, state)
            result = "ok"
            try:
                yield in_use
            except SupportError as error:
                result = type(error).__name__
                raise
            except BaseException:
                result = "interrupted"
                raise
            finally:
                del in_use.credentials, credentials, opened
                await self._log(key.trader_id, Use(key_id, self._clock.now(), purpose, trigger, result), before, state)

    async def _log(self, trader_id: str, use: Use, before: VenueState, after: VenueState) -> None:
        async with self._units.writing() as u:
            if await u.keys.get(use.key_id) is None:
                return  # removed meanwhile: nothing to log under
            await u.access_log.add(trader_id, use)
            if after != before:
                await u.keys.remember(use.key_id, after)
            await u.commit()
