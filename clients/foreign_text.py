"""Texts of other services, made safe to keep and to show: no control or direction characters, no keys, no signatures, no length."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 300
_CUT = "…"
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_QUERY = re.compile(r"(https?://[^\s?]+)\?\S*")
_KEY_LIKE = re.compile(r"(?=[A-Za-z+/_=-]*\d)(?=[\d+/_=-]*[A-Za-z])[A-Za-z0-9+/_=-]{32,}")
"""Hex, base64 and base64url of 32 characters and more, with letters and digits: keys, signatures, ids."""
_LINE_BREAKS = ("Zl", "Zp")


def name(text: object) -> str:
    """A name or a word of the service, at most 300 visible characters; empty if it is no text.

    Still foreign: whoever shows it escapes it.
    """
    if not isinstance(text, str):
        return ""
    words = " ".join("".join(c if _is_visible(c) else " " for c in text).split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + _CUT


def said(text: object, *, hide: Iterable[str] = ()) -> str:
    """What an error says: a `name` without anything that looks like a key. Empty for a whole page. `hide`: secrets of this request."""
    if not isinstance(text, str) or _PAGE.match(text):
        return ""
    for secret in hide:
        if secret:
            text = text.replace(secret, _CUT)
    return name(_KEY_LIKE.sub(_CUT, _QUERY.sub(r"\1", text)))


def _is_visible(character: str) -> bool:
    """Categories C are control, format (the bidirectional ones among them), surrogate, private and unassigned."""
    category = unicodedata.category(character)
    return category[0] != "C" and category not in _LINE_BREAKS
