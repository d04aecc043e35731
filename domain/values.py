"""Small values that every layer speaks: secrets that do not print, kinds of keys, market types."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

THREE_COMMAS = "three_commas"
"""The service name of a 3Commas token; every other service name is a ccxt exchange id."""


class Secret:
    """Text that does not print, compare by timing, or travel by accident. `reveal()` is the only way to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(...)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    __hash__ = None  # type: ignore[assignment]  # a secret is nobody's dictionary key

    def __reduce__(self) -> str:
        raise TypeError("a secret is not serialised")


class KeyKind(StrEnum):
    HMAC = "hmac"
    """Key and shared secret, both made by the service."""
    ED25519 = "ed25519"
    """Pair made by the bot; the service knows the public half."""
    RSA = "rsa"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signs a request. `secret` is the shared secret, or a PKCS#8 PEM private key for pairs."""

    api_key: str = field(repr=False)
    secret: Secret = field(repr=False)
    kind: KeyKind = KeyKind.HMAC


VenueState = dict[str, str]
"""What a venue makes us remember per key (account mode, last nonce); kept sealed beside the credential."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A pair that the bot made. `public_pem` is shown to the trader; `private_pem` is PKCS#8, unencrypted, `\\n` only."""

    kind: KeyKind
    public_pem: str
    private_pem: Secret = field(repr=False)


class MarketType(StrEnum):
    """The market types that 3Commas lists as accounts of their own."""

    SPOT = "spot"
    MARGIN = "margin"
    USDM = "usdm"
    """Linear futures, margined in a stablecoin (Binance USDⓈ-M)."""
    COINM = "coinm"
    """Inverse futures, margined in the coin."""


class Clock(Protocol):
    """The only source of time. Aware UTC."""

    def now(self) -> datetime: ...

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        """Return after `seconds` of this clock's time; a test's clock returns as soon as its time was moved on."""
        ...
