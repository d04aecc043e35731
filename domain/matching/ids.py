"""Ids of 3Commas inside the client ids of orders."""

import re

SHORTEST_ID = 7
"""3Commas' ids of trades have seven digits and more; shorter numbers are in any id by chance."""
_ID = re.compile(rf"(?<!\d)\d{{{SHORTEST_ID},}}(?!\d)")
_UUID = re.compile(r"[0-9a-f]{32}")


def plain_id(text: str) -> str:
    """An id that is long enough to be recognised inside another one, else ""."""
    if text.isdecimal():
        return text if len(text) >= SHORTEST_ID else ""
    plain = text.replace("-", "").lower()
    return plain if _UUID.fullmatch(plain) else ""


def ids_in(client_id: str) -> list[str]:
    """All that may be an id of 3Commas."""
    found = _ID.findall(client_id) if len(client_id) >= SHORTEST_ID else []
    return found + _UUID.findall(client_id.replace("-", "").lower()) if len(client_id) >= 32 else found
