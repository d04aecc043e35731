"""An answer, whole and within its cap."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SIGNED_CAP = 4 * 1024 * 1024
"""Bytes, for everything but public market lists."""

MARKET_LIST_CAP = 64 * 1024 * 1024
"""Bytes. Binance's public list alone is above 10 MB."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names case-insensitive) and the decompressed body. Prints nothing but the status."""

    status: int
    reason: str
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    async def read(self) -> bytes:
        """As aiohttp's response has it; ccxt expects a coroutine."""
        return self.content

    async def text(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """As aiohttp's response has it; ccxt expects a coroutine."""
        return self.content.decode(encoding, errors)
