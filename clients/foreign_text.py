"""Texts of other services, made safe to keep and to show: no control or direction characters, no keys, no signatures, no length."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 300
_CUT = "…"
_MARKUP = re.compile(r"^\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_QUERY = re.compile(r"(https?://[^\s?]+)\?\S*")
_KEY_LIKE = re.compile(r"[A-Za-z0-9+/_=-]{32,}")
"""Keys, signatures and ids of 32 characters and more: hex, base64, base64url."""


def said(text: object, *, hide: Iterable[str] = ()) -> str:
    """`text` for a person, at most 300 characters; empty if it is no text or a page. `hide`: secrets of this request.

    Still foreign: whoever shows it escapes it.
    """
    if not isinstance(text, str) or _MARKUP.match(text):
        return ""
    for secret in hide:
        if secret:
            text = text.replace(secret, _CUT)
    text = _KEY_LIKE.sub(_CUT, _QUERY.sub(r"\1", text))
    # Categories C (control, format with the bidirectional ones, surrogates, private use) and the separators of lines.
    visible = "".join(
        " " if unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp") else c for c in text
    )
    words = " ".join(visible.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + _CUT
