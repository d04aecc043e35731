"""How often we may ask, and not before when.

A budget counts weights over a sliding window, so it holds for any alignment of the other side's own windows. Budgets stand on scopes: a
service from one egress address, one key at a service. A request charges all its budgets or none.

Nobody is left to wait in silence: up to `PATIENCE_S` a caller is held, beyond that TooManyRequests says when to come back.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Protocol
from weakref import WeakValueDictionary

from domain.errors import TooManyRequests
from domain.values import Clock

PATIENCE_S = 2.0
KEPT_SCOPES = 10_000
"""From here on, scopes at rest are forgotten."""

Scope = tuple[str, ...]


def at_address(service: str, egress: str = "") -> Scope:
    """All requests to a service from one of our addresses; "" where there is only one."""
    return (service, "address", egress)


def at_key(service: str, api_key: str) -> Scope:
    """All requests with one key. The key itself is not kept."""
    return (service, "key", blake2b(api_key.encode(errors="surrogatepass"), digest_size=16).hexdigest())


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `limit` (requests, or the service's own weights) in any `period_s` seconds."""

    limit: float
    period_s: float = 60.0


class Limiter(Protocol):
    """Admission to a service. One process keeps it in memory; several would share it."""

    async def admit(self, service: str, budgets: Sequence[tuple[Scope, Budget]], weight: float = 1.0) -> None:
        """Return as soon as every budget allows, and charge them. Raises TooManyRequests at once if that takes longer than
        `PATIENCE_S`; nothing is charged then."""
        ...

    def pause(self, scope: Scope, seconds: float) -> None:
        """Nothing is admitted on this scope for so long. A longer pause that stands already stays."""
        ...

    def narrow(self, scope: Scope, budget: Budget, seconds: float) -> None:
        """For so long this budget holds on the scope, whatever the caller says."""
        ...

    def observe(self, scope: Scope, used: float) -> None:
        """The service says how much of the window it counts as used. More than we counted is charged, less is ignored."""
        ...

    def not_before(self, scope: Scope) -> datetime | None:
        """The end of a pause; None if none stands."""
        ...


@dataclass(slots=True)
class _Window:
    spent: deque[tuple[datetime, float]] = field(default_factory=deque)
    paused_until: datetime | None = None
    narrowed: Budget | None = None
    narrowed_until: datetime | None = None
    period_s: float = 0.0

    def settle(self, now: datetime) -> None:
        """Forget what is over."""
        if self.paused_until is not None and self.paused_until <= now:
            self.paused_until = None
        if self.narrowed_until is not None and self.narrowed_until <= now:
            self.narrowed = self.narrowed_until = None
        oldest = now - timedelta(seconds=self.period_s)
        while self.spent and self.spent[0][0] <= oldest:
            self.spent.popleft()

    @property
    def is_at_rest(self) -> bool:
        return not self.spent and self.paused_until is None and self.narrowed is None

    def opens_at(self, now: datetime, budget: Budget, weight: float) -> datetime:
        """The first moment at which `weight` more fits; `now` if it does already."""
        budget = self.narrowed if self.narrowed is not None else budget
        self.period_s = max(self.period_s, budget.period_s)
        self.settle(now)
        period = timedelta(seconds=budget.period_s)
        counted = [(at, spent) for at, spent in self.spent if at > now - period]
        used = sum(spent for _, spent in counted)
        opens = now
        for at, spent in counted:
            if used + weight <= budget.limit:
                break
            used -= spent
            opens = at + period
        return max(opens, self.paused_until or now)


class LocalLimiter:
    """`Limiter` in the memory of this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._windows: dict[Scope, _Window] = {}

    async def admit(self, service: str, budgets: Sequence[tuple[Scope, Budget]], weight: float = 1.0) -> None:
        deadline = self._clock.now() + timedelta(seconds=PATIENCE_S)
        while True:
            now = self._clock.now()
            windows = [(self._window(scope), budget) for scope, budget in budgets]
            opens = max((window.opens_at(now, budget, weight) for window, budget in windows), default=now)
            if opens <= now:
                for window, _ in windows:
                    window.spent.append((now, weight))
                return
            if opens > deadline:
                raise TooManyRequests(service, (opens - now).total_seconds(), code="budget")
            await self._clock.wait((opens - now).total_seconds())

    def pause(self, scope: Scope, seconds: float) -> None:
        window = self._window(scope)
        until = self._clock.now() + timedelta(seconds=seconds)
        window.paused_until = max(until, window.paused_until or until)

    def narrow(self, scope: Scope, budget: Budget, seconds: float) -> None:
        window = self._window(scope)
        window.narrowed = budget
        window.narrowed_until = self._clock.now() + timedelta(seconds=seconds)

    def observe(self, scope: Scope, used: float) -> None:
        now = self._clock.now()
        window = self._window(scope)
        window.settle(now)
        missing = used - sum(spent for _, spent in window.spent)
        if missing > 0:
            window.spent.append((now, missing))

    def not_before(self, scope: Scope) -> datetime | None:
        window = self._windows.get(scope)
        if window is None:
            return None
        window.settle(self._clock.now())
        return window.paused_until

    def _window(self, scope: Scope) -> _Window:
        if scope not in self._windows and len(self._windows) >= KEPT_SCOPES:
            self._forget_those_at_rest()
        return self._windows.setdefault(scope, _Window())

    def _forget_those_at_rest(self) -> None:
        now = self._clock.now()
        for scope, window in list(self._windows.items()):
            window.settle(now)
            if window.is_at_rest:
                del self._windows[scope]


class InFlight:
    """At most `width` requests at once per scope. One instance per kind of request: ten reads, one write."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._gates: WeakValueDictionary[Scope, asyncio.Semaphore] = WeakValueDictionary()

    def gate(self, scope: Scope) -> asyncio.Semaphore:
        """Keep it while inside: a scope that nobody holds is forgotten."""
        gate = self._gates.get(scope)
        if gate is None:
            gate = self._gates[scope] = asyncio.Semaphore(self._width)
        return gate
