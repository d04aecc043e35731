"""Request weight per address and minute: used-weight headers, 429, and the ban (418) of who does not listen.

Limits: 6,000 a minute for /api, 12,000 for /sapi (https://developers.binance.com/docs/binance-spot-api-docs/rest-api/limits),
2,400 for /fapi and /dapi. Bans last two minutes to three days. The counters live as long as the process: a minute.
"""

from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.exchanges.binance.errors import Family, address_banned, too_much_weight

LIMITS: dict[Family, int] = {"api": 6000, "sapi": 12000, "fapi": 2400, "dapi": 2400}
HEADERS: dict[Family, tuple[str, ...]] = {
    "api": ("X-MBX-USED-WEIGHT", "X-MBX-USED-WEIGHT-1M"),
    "sapi": ("X-SAPI-USED-IP-WEIGHT-1M",),
    "fapi": ("X-MBX-USED-WEIGHT-1M",),
    "dapi": ("X-MBX-USED-WEIGHT-1M",),
}
PATIENCE = 10
"""Refusals in one minute before the address is banned. The real number is not published."""
FIRST_BAN_S = 120
LONGEST_BAN_S = 3 * 24 * 3600


@dataclass
class _Spending:
    """Of one address at one service, in one minute."""

    minute: int = 0
    used: int = 0
    refused: int = 0
    bans: int = 0
    banned_until: float = 0.0


class WeightBudget:
    """Counts what each address spends at each service."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._spent: dict[tuple[Family, str], _Spending] = {}

    def spend(self, family: Family, source_ip: str, weight: int) -> None:
        """Take `weight` from the minute of an address. Raises BinanceError with 429 or 418."""
        now = self._clock.now().timestamp()
        row = self._spent.setdefault((family, source_ip), _Spending())
        if now < row.banned_until:
            raise address_banned(int(row.banned_until * 1000), int(row.banned_until - now) + 1)
        if row.minute != int(now // 60):
            row.minute, row.used, row.refused = int(now // 60), 0, 0
        row.used += weight
        if row.used <= LIMITS[family]:
            return
        row.refused += 1
        if row.refused > PATIENCE:
            row.banned_until = now + min(FIRST_BAN_S * 2**row.bans, LONGEST_BAN_S)
            row.bans += 1
            raise address_banned(int(row.banned_until * 1000), int(row.banned_until - now) + 1)
        raise too_much_weight(family, source_ip, LIMITS[family], 60 - int(now % 60))

    def headers(self, family: Family, source_ip: str) -> dict[str, str]:
        """What the address has used in this minute, under the names of the original."""
        row = self._spent.get((family, source_ip), _Spending())
        return dict.fromkeys(HEADERS[family], str(row.used))
