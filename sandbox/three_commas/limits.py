"""Request budgets: fixed windows aligned to the clock, pauses after exceeding one, a ban for going on.

Counters live in memory only: a restart of the sandbox forgives, as a day's pause would.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sandbox.clock import Clock
from sandbox.three_commas.errors import banned, retry_later
from sandbox.three_commas.state import Behaviour, Plan

PLAN_PER_MINUTE: dict[Plan, int] = {"free": 0, "starter": 5, "pro": 50, "expert": 120}
FIRST_BAN = timedelta(minutes=2)
LONGEST_BAN = timedelta(days=3)


@dataclass(frozen=True)
class Budget:
    """`limit` requests per window of `seconds`; afterwards 429 for `pause_s`, or until the window ends."""

    name: str
    seconds: int
    limit: int
    pause_s: int | None = None


DEALS = Budget("deals", 60, 120, pause_s=60)
DEAL = Budget("deal", 60, 120, pause_s=60)
SMART_TRADES = Budget("smart_trades", 10, 40, pause_s=10)


class Limits:
    """Counts per token; bans per calling address."""

    def __init__(self, clock: Clock, behaviour: Behaviour) -> None:
        self._clock = clock
        self._behaviour = behaviour
        self._used: dict[tuple[str, str], tuple[int, int]] = {}
        self._paused_until: dict[tuple[str, str], float] = {}
        self._refused: Counter[str] = Counter()
        self._bans: Counter[str] = Counter()
        self._banned_until: dict[str, float] = {}

    def admit_address(self, address: str) -> None:
        """Raises PlainRefusal 418 while the address is banned."""
        if self._clock.now().timestamp() < self._banned_until.get(address, 0):
            raise banned()

    def admit(self, key: str, plan: Plan, address: str, special: Budget | None) -> None:
        """Count one request of a token. Raises the 429 of going too fast, or 418 for an address that goes on regardless."""
        budgets = [special] if special else []
        if self._behaviour.global_per_minute is not None:
            budgets.append(Budget("all", 60, self._behaviour.global_per_minute, pause_s=300))
        if self._behaviour.plan_limits and PLAN_PER_MINUTE[plan]:
            budgets.append(Budget("plan", 60, PLAN_PER_MINUTE[plan]))
        exceeded = [budget for budget in budgets if not self._take(key, budget)]
        if not exceeded:
            self._refused[address] = 0
            return
        self._refused[address] += 1
        if self._refused[address] > self._behaviour.refusals_before_ban:
            self._ban(address)
            raise banned()
        raise retry_later(self._behaviour.rate_refusal)

    def _take(self, key: str, budget: Budget) -> bool:
        now = self._clock.now().timestamp()
        slot = (key, budget.name)
        if now < self._paused_until.get(slot, 0):
            return False
        window = int(now // budget.seconds)
        last, used = self._used.get(slot, (window, 0))
        used = used + 1 if last == window else 1
        self._used[slot] = (window, used)
        if used <= budget.limit:
            return True
        if budget.pause_s is not None:
            self._paused_until[slot] = now + budget.pause_s
        return False

    def _ban(self, address: str) -> None:
        length = min(FIRST_BAN * 2 ** self._bans[address], LONGEST_BAN)
        self._bans[address] += 1
        self._refused[address] = 0
        self._banned_until[address] = (self._clock.now() + length).timestamp()
