"""The database as somebody sees it who got hold of the file: rows, not values."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from storage.opening import DEFAULT_FILE, Storage
from storage.tables import Row
from storage.transaction import Transaction

R = TypeVar("R", bound=Row)


async def rows(storage: Storage, table: type[R], *where: Any) -> list[R]:
    async with storage._database.reading() as connection:
        return await Transaction(connection).all(table, *where)


async def write(storage: Storage, table: type[Row], values: Mapping[str, Any], *where: Any) -> None:
    """Past every store."""
    async with storage._database.writing() as connection:
        transaction = Transaction(connection)
        await transaction.update(table, values, *where)
        await transaction.commit()


def files(folder: Path) -> bytes:
    """The database and its write-ahead log, byte by byte."""
    return b"".join((folder / f"{DEFAULT_FILE}{end}").read_bytes() for end in ("", "-wal"))
