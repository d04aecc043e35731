"""The kinds of background work, and how each is put. A job carries ids, never secrets, and may run twice."""

from datetime import datetime

from domain.records import Job

HANDLE = "handle"
"""Handle a stored update; subject: its id; in order per trader."""
SEND = "send"
"""Send what waits for a trader; subject: the trader; one at a time per trader."""
CHECK = "check"
"""Look at all exchange accounts of a trader and fill in a message; subject: trader|screen."""
ORDERS = "orders"
"""Collect all open orders of a trader and fill in a message; subject: trader|screen."""
FUNDS = "funds"
"""Look at all wallets of a trader and fill in a message; subject: trader|screen."""
POSITIONS = "positions"
"""Look at all open positions of a trader and fill in a message; subject: trader|screen."""
TRADES = "trades"
"""Look at all trades of a trader and fill in a message; subject: trader|screen."""
SET_UP = "set_up"
"""Read what a form needs that is filled in by hand; subject: trader|reading, the id of this reading in the conversation."""
WATCH_ORDER = "watch_order"
"""Look whether an order that is cancelled by hand is gone; subject: the repair."""
LOOK_AGAIN = "look_again"
"""Look whether a repair shows; subject: the repair."""
LINK = "link"
"""Find the exchange account of a key; subject: key|ask or key|quiet."""
TIDY = "tidy"
"""Drop what is too old (`bot/background/tidying.py`)."""


def send(trader_id: str, not_before: datetime | None = None) -> Job:
    """Jobs for the same trader that wait are one job."""
    if not_before is None:
        return Job(SEND, trader_id, order_key=f"send:{trader_id}", dedup_key=f"send:{trader_id}")
    return Job(SEND, trader_id, not_before=not_before, dedup_key=f"send-later:{trader_id}")


def handle(update_id: int, trader_id: str) -> Job:
    return Job(HANDLE, str(update_id), order_key=f"trader:{trader_id}")


def check(trader_id: str, screen: str, not_before: datetime | None = None) -> Job:
    return Job(CHECK, f"{trader_id}|{screen}", not_before=not_before, dedup_key=f"check:{trader_id}:{screen}")


def look(kind: str, trader_id: str, screen: str, not_before: datetime | None = None) -> Job:
    """A look that fills in a message (`bot/background/looking.py`)."""
    return Job(kind, f"{trader_id}|{screen}", not_before=not_before, dedup_key=f"{kind}:{trader_id}:{screen}")


def set_up(trader_id: str, reading: str, not_before: datetime | None = None) -> Job:
    return Job(SET_UP, f"{trader_id}|{reading}", not_before=not_before, dedup_key=f"{SET_UP}:{reading}")


def watch_order(repair_id: str, not_before: datetime) -> Job:
    return Job(WATCH_ORDER, repair_id, not_before=not_before, dedup_key=f"watch-order:{repair_id}")


def look_again(repair_id: str, not_before: datetime) -> Job:
    return Job(LOOK_AGAIN, repair_id, not_before=not_before, dedup_key=f"look:{repair_id}")


def tidy(not_before: datetime) -> Job:
    return Job(TIDY, "", not_before=not_before, dedup_key=TIDY)


def link(key_id: str, *, may_ask: bool) -> Job:
    manner = "ask" if may_ask else "quiet"
    return Job(LINK, f"{key_id}|{manner}", dedup_key=f"link:{key_id}:{manner}")
