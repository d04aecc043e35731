"""How long the keys and secrets of each service are, and what they are made of."""

import re
from dataclasses import dataclass

from domain.values import THREE_COMMAS

PLAIN = re.compile(r"[A-Za-z0-9_-]+")
HEX = re.compile(r"[0-9a-fA-F]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """Bounds of a value in characters. `usual` is the length met in practice, where there is one."""

    shortest: int
    longest: int
    usual: int | None = None

    def holds(self, text: str) -> bool:
        if not self.shortest <= len(text) <= self.longest or not PLAIN.fullmatch(text):
            return False
        fixed = self.shortest == self.longest
        return fixed or (any(c.isdigit() for c in text) and any(c.isalpha() for c in text))


@dataclass(frozen=True, slots=True)
class Shapes:
    key: Shape
    secret: Shape


SHAPES: dict[str, Shapes] = {
    # Binance: 64 letters and digits each, not told apart by shape; another length is refused with -2014.
    # Source: Binance API documentation, examples of signed requests and error -2014.
    "binance": Shapes(Shape(64, 64, 64), Shape(64, 64, 64)),
    # 3Commas: hex, the secret longer than the key. No length is promised anywhere, so the bounds are wide.
    # Source: tokens made in the web app, as public clients of its API describe them.
    THREE_COMMAS: Shapes(Shape(12, 110, 64), Shape(12, 1024)),
}
"""By service name. A service that is missing here is not read."""
