"""How completely and when both sides were read: without all of it nothing is called left over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SLACK = timedelta(seconds=120)
"""Clocks of two services and the way of an order from one to the other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of an exchange account and of 3Commas. All times aware UTC."""

    expected_at: datetime
    """When the first part of 3Commas' answers was asked for: what was placed later may be missing in them."""
    linked: bool = True
    """The exchange account is linked to a 3Commas account."""
    unread: tuple[str, ...] = ()
    """Names of parts that could not be read."""

    @property
    def complete(self) -> bool:
        return self.linked and not self.unread
