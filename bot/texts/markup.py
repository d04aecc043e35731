"""The one escaping type. Text of strangers (names, notes, errors of exchanges) reaches a message only through here.

Telegram makes `/word`, `@name`, `#x`, `$ABC` and `example.com` tappable even when escaped, so text that could is put into
<code>, where nothing is tappable. Source: Bot API, "Formatting options".
"""

import html
import re
import unicodedata

MAX_FOREIGN = 300
TAPPABLE = re.compile(r"[/@#$]|\w\.\w|https?:|tg:|\+\d|\d{5,}|(?:\d[ -]?){13}")
"""Commands, mentions, hashtags, cashtags, addresses, phone and card numbers, and whatever looks a little like one."""
BIDI_AND_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}


class Html(str):
    """Markup that is safe to send. Made by the functions here and by `say`; a plain `str` is escaped when it is put in."""

    __slots__ = ()

    def __add__(self, other: str) -> "Html":
        return Html(str.__add__(self, other if isinstance(other, Html) else escape(other)))


def clean(text: str, limit: int = MAX_FOREIGN) -> str:
    """Without control, bidi and invisible characters; runs of white space as one blank; cut at `limit`."""
    kept = "".join(
        " " if ch.isspace() else ch
        for ch in text
        if ch.isspace()
        or (unicodedata.category(ch) not in ("Cc", "Cf", "Cs", "Co", "Cn") and ch not in BIDI_AND_INVISIBLE)
    )
    folded = " ".join(kept.split())
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def escape(text: str) -> Html:
    """Our own plain text, escaped."""
    return Html(html.escape(text, quote=True))


def code(text: str, limit: int = MAX_FOREIGN) -> Html:
    """Foreign text as tap-to-copy code."""
    return Html(f"<code>{html.escape(clean(text, limit), quote=True)}</code>")


def pre(text: str) -> Html:
    """A block such as a public key, as it is."""
    return Html(f"<pre>{html.escape(text, quote=True)}</pre>")


def foreign(text: str, limit: int = MAX_FOREIGN) -> Html:
    """Foreign text in a sentence: plain where nothing in it can become tappable, else as code."""
    cleaned = clean(text, limit)
    if not cleaned:
        return Html("<code>?</code>")
    looks = unicodedata.normalize("NFKC", cleaned)  # a full-width dot is a dot to an app
    return code(cleaned, limit) if TAPPABLE.search(looks) else Html(html.escape(cleaned, quote=True))
