"""Loads the public market lists of one venue and hands them over in pieces: `python -m clients.exchanges.markets ID [ORIGIN]`.

A process of its own, because parsing thousands of markets stops an event loop for half a second, and a thread in the same process
stops it for a tenth. It is given no keys: its environment is empty and the lists are public.

Written to standard output: pickles of `(slot, {name: row})`, at most `PIECE` rows each, each preceded by its length in four bytes,
big-endian; the length 0 ends it. Without that end the lists are not whole, and the class of the error is on standard error.
"""

import asyncio
import gc
import os
import pickle
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from clients.exchanges.catalogue import QUIRKS
from clients.exchanges.foreign import FOREIGN
from clients.exchanges.quirks import Quirks
from clients.transport import MARKET_LIST_CAP, Transport, VenueSession

PIECE = 100
"""Rows: the reader unpickles a piece in about a millisecond."""
SLOTS = ("markets", "currencies", "baseCurrencies", "quoteCurrencies")
TIMEOUT_MS = 60_000
LENGTH_BYTES = 4


class Incomplete(ValueError):
    """The lists came, but not everything that must be in them."""


async def load(quirks: Quirks, origin: str | None) -> dict[str, dict[str, Any]]:
    """ccxt's tables by slot, each market's raw rest trimmed to what ccxt reads again: 10 MB instead of 80.

    Raises what ccxt and the transport raise, and Incomplete.
    """
    async with Transport.open() as transport:
        session = VenueSession(transport, quirks.venue, origin, MARKET_LIST_CAP)
        client = quirks.client({"session": session, "enableRateLimit": False, "timeout": TIMEOUT_MS})
        client.ssl_context = False  # the transport has one; ccxt makes another where it finds None
        client.options.update(quirks.options)
        try:
            await client.load_markets()
        finally:
            client.session = None
    tables: dict[str, dict[str, Any]] = {slot: dict(getattr(client, slot) or {}) for slot in SLOTS}
    if not quirks.complete(tables["markets"]):
        raise Incomplete(quirks.venue)
    for row in tables["markets"].values():
        row["info"] = {name: value for name, value in row["info"].items() if name in quirks.kept_info}
    for slot in SLOTS[1:]:
        for row in tables[slot].values():
            row["info"] = None
    return tables


def pieces(tables: dict[str, dict[str, Any]]) -> Iterator[bytes]:
    for slot, table in tables.items():
        rows = iter(table.items())
        while part := dict(islice(rows, PIECE)):
            yield pickle.dumps((slot, part), protocol=pickle.HIGHEST_PROTOCOL)


def hand_over(tables: dict[str, dict[str, Any]], out: BinaryIO) -> None:
    for piece in pieces(tables):
        out.write(len(piece).to_bytes(LENGTH_BYTES, "big") + piece)
    out.write(bytes(LENGTH_BYTES))
    out.flush()


def main(arguments: list[str]) -> int:
    venue, *origin = arguments
    os.nice(10)  # the bot's own process goes first where there are few cores
    gc.disable()  # the process ends before it would pay
    try:
        tables = asyncio.run(load(QUIRKS[venue], origin[0] if origin else None))
    except (*FOREIGN, Incomplete) as error:
        sys.stderr.write(f"market lists of {venue}: {type(error).__name__}\n")
        return 1
    hand_over(tables, sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
