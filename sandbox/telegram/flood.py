"""Flood control: about one message a second per chat, short bursts pass, thirty a second overall.

Figures of https://core.telegram.org/bots/faq; only `retry_after` is a promise there, so all of them can be set.
"""

import math
import time
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.telegram.errors import too_many_requests

PRIVATE_PER_S = 1.0
GROUP_PER_S = 20 / 60
OVERALL_PER_S = 30.0
OVERALL_BURST = 90


@dataclass
class _Bucket:
    left: float
    world_s: float
    real_s: float


class Flood:
    """`burst` messages may be sent to a chat at once; None switches flood control off."""

    def __init__(self, clock: Clock) -> None:
        self.burst: int | None = 20
        self._clock = clock
        self._buckets: dict[int, _Bucket] = {}
        self._ordered: list[int | None] = []

    def next(self, retry_after: int, times: int = 1, after: int = 0) -> None:
        """Refuse the next sends or edits, wherever they go, with these seconds to wait; `after` of them are let through before."""
        self._ordered += [None] * after + [retry_after] * times

    def count(self, chat_id: int) -> None:
        """One message or edit for that chat. Raises Refused (429) with the seconds to wait."""
        refused = self._ordered.pop(0) if self._ordered else None
        if refused is not None:
            raise too_many_requests(refused)
        if self.burst is None:
            return
        chat = self._bucket(chat_id, self.burst, PRIVATE_PER_S if chat_id > 0 else GROUP_PER_S)
        overall = self._bucket(0, OVERALL_BURST, OVERALL_PER_S)
        for bucket, per_s in ((chat, PRIVATE_PER_S if chat_id > 0 else GROUP_PER_S), (overall, OVERALL_PER_S)):
            if bucket.left < 1:
                raise too_many_requests(max(1, math.ceil((1 - bucket.left) / per_s)))
        chat.left -= 1
        overall.left -= 1

    def _bucket(self, key: int, burst: int, per_s: float) -> _Bucket:
        """The bucket, filled up for the time that went by: real time, or the world's where that was moved on.

        A bot waits in real time, also in a test that froze the world.
        """
        world_s, real_s = self._clock.now().timestamp(), time.monotonic()
        bucket = self._buckets.setdefault(key, _Bucket(float(burst), world_s, real_s))
        gone = max(world_s - bucket.world_s, real_s - bucket.real_s, 0.0)
        bucket.left = min(float(burst), bucket.left + gone * per_s)
        bucket.world_s, bucket.real_s = world_s, real_s
        return bucket
