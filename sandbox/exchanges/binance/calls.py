"""One admitted request, as the functions that answer it see it."""

import json
from dataclasses import dataclass
from decimal import Decimal

from sandbox.exchanges.binance.accounts import Accounts
from sandbox.exchanges.binance.parameters import Parameters
from sandbox.exchanges.binance.state import ApiKey, ExchangeAccount

Json = dict[str, object] | list[dict[str, object]]


@dataclass(frozen=True)
class Call:
    books: Accounts
    parameters: Parameters
    server_ms: int
    """Time of the exchange's own clock, in ms."""
    granted: tuple[ApiKey, ExchangeAccount] | None = None
    """Set wherever the route asks for a key."""

    @property
    def key(self) -> ApiKey:
        assert self.granted is not None
        return self.granted[0]

    @property
    def account(self) -> ExchangeAccount:
        assert self.granted is not None
        return self.granted[1]


def to_json(value: Json) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def amount(value: Decimal, places: int = 8) -> str:
    """Fixed point, as the exchange writes numbers."""
    return f"{value:.{places}f}"
