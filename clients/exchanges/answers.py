"""A response of an exchange as it came, before anybody judged it, and what may be kept of its text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

SAID_AT_MOST = 300
"""Characters of foreign text that an error keeps."""

_SECRET_LIKE = re.compile(r"(?i)(?:signature|apikey|api-key|secret)=[^&\s]+|https?://\S+|[A-Za-z0-9+/_=-]{40,}")
"""Addresses (they carry signatures) and anything as long as a key, a signature or a token."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body. `parsed` is the body as JSON, None where it is none."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = field(default="", repr=False)
    parsed: object = field(default=None, repr=False)

    def value(self, name: str) -> str:
        """A field of the JSON object as text; empty where there is none."""
        if not isinstance(self.parsed, Mapping):
            return ""
        value = self.parsed.get(name)
        return "" if value is None else str(value)

    def header(self, name: str) -> str:
        """A header, whatever case it was sent in; empty where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == wanted), "")

    def retry_after_s(self, *, default: float) -> float:
        """Seconds of `Retry-After`, which exchanges send as a number of seconds."""
        text = self.header("Retry-After").strip()
        return float(text) if text.isascii() and text.isdigit() else default


def said(text: str) -> str:
    """Foreign text that can be kept: no control or direction characters, no keys, no addresses, short."""
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    return " ".join(_SECRET_LIKE.sub("…", plain).split())[:SAID_AT_MOST]


def utc(milliseconds: object) -> datetime | None:
    """A time as exchanges write it, whole milliseconds since 1970; None for nothing and for zero."""
    if not isinstance(milliseconds, int | str) or isinstance(milliseconds, bool):
        return None
    text = str(milliseconds)
    if not text.isascii() or not text.isdigit() or int(text) == 0 or len(text) > 14:
        return None
    return datetime.fromtimestamp(int(text) // 1000, UTC).replace(microsecond=int(text) % 1000 * 1000)
