"""Cuts an address list into parts that a copy button holds."""

from collections.abc import Sequence

COPY_BUTTON = 256
"""Characters of a copy button. Source: Bot API, CopyTextButton."""


def split_addresses(addresses: Sequence[str], separator: str = " ", limit: int = COPY_BUTTON) -> tuple[str, ...]:
    """The addresses in order, in as few parts as hold at most `limit` characters each; no address is cut.

    Raises ValueError for an address that is longer than a part.
    """
    parts: list[str] = []
    for address in addresses:
        if len(address) > limit:
            raise ValueError("an address is longer than a part")
        if parts and len(parts[-1]) + len(separator) + len(address) <= limit:
            parts[-1] += separator + address
        else:
            parts.append(address)
    return tuple(parts)
