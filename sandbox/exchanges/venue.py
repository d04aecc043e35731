"""What the pretend 3Commas needs from a venue: the same check, the same ledger, that HTTP callers meet."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


class VenueRefused(Exception):
    """The venue said no, with the status, code and message it would send over HTTP."""

    def __init__(self, status: int, code: int | str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class VenueDown(Exception):
    """The venue does not answer (maintenance, or a fault armed for everybody)."""


@dataclass(frozen=True)
class Holding:
    """One asset in one wallet."""

    asset: str
    free: Decimal
    locked: Decimal


@dataclass(frozen=True)
class FreshKey:
    """A key pair made by Fast Connect."""

    key: str
    secret: str


class Venue(Protocol):
    """A pretend exchange, as the pretend 3Commas calls it. `market` is "spot" or "usdm"."""

    code: str
    """ccxt id"""

    async def holdings(self, key: str, secret: str, source_ip: str, market: str) -> list[Holding]:
        """Balances read with that key from that address. Raises VenueRefused, VenueDown."""
        ...

    async def may_trade(self, key: str, secret: str, source_ip: str, market: str) -> None:
        """Raises VenueRefused as an order with that key from that address would."""
        ...

    def owner_of(self, key: str) -> int | None:
        """The person whose key this is."""
        ...

    def account_of(self, key: str) -> str | None:
        """The id of the exchange account (main or sub) that the key belongs to."""
        ...

    def price(self, asset: str) -> Decimal:
        """Worth of one unit in USDT."""
        ...

    async def fast_connect(self, person_id: int, label: str, trusted_ips: list[str]) -> FreshKey:
        """A fresh HMAC key of the person's main account: reading, spot, futures, these addresses. Old keys stay."""
        ...
