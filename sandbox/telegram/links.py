"""Which addresses Telegram takes as links, and what it makes tappable by itself in a text."""

import re
from collections.abc import Iterator

PLAIN_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}|\d{1,3}(?:\.\d{1,3}){3}")
TOP_LEVELS = "com|org|net|io|me|app|dev|info|biz|co|ai|xyz|eu|us|uk|de|fr|es|it|ru|ua|tr|cn|jp|br|in|pl|nl|ch|at|exchange|finance"

END = r"[^\s<>\"'.,;:!?)\]}]"  # a full stop or bracket behind an address is no part of it
ADDRESS = re.compile(
    rf"""(?:https?|ftp|tg)://[^\s<>"]+{END}                      # with a scheme
    |(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:{TOP_LEVELS})(?![\w@])    # or a host of a known kind
     (?:/[^\s<>"]*{END})?                                       # and its path""",
    re.I | re.X,
)
TAPPABLE = (
    ("url", ADDRESS),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])", re.I)),
    ("mention", re.compile(r"(?<![\w/])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)


def url_fault(url: str) -> str | None:
    """Why Telegram would not take it as a link, in its words; None if it would."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme.lower() == "tg":
        return None
    if separator and scheme.lower() not in ("http", "https", "ton"):
        return "Unsupported URL protocol"
    authority = re.split(r"[/?#]", rest if separator else url, maxsplit=1)[0]
    host, _, port = authority.rpartition("@")[2].partition(":")
    if not host:
        return "URL host is empty"
    if port and not port.isdigit():
        return "Wrong HTTP URL"
    return None if PLAIN_HOST.fullmatch(host) else "Wrong HTTP URL"


def checked_url(url: str) -> str | None:
    """The link as Telegram stores it (scheme and path completed), or None where it is none."""
    url = url.strip()
    if url_fault(url) is not None or " " in url:
        return None
    if "://" not in url:
        url = f"http://{url}"
    scheme, _, rest = url.partition("://")
    if scheme.lower() == "tg":
        return url
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    tail = rest[len(host) :]
    return f"{scheme.lower()}://{host.lower()}{tail if tail.startswith('/') else '/' + tail}"


def tappable(text: str) -> Iterator[tuple[str, int, int]]:
    """(type, begin, end) in code points of what the apps make tappable, addresses first."""
    for kind, pattern in TAPPABLE:
        for found in pattern.finditer(text):
            yield kind, found.start(), found.end()
