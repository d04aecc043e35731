"""Opening and closing what is remembered. `open_storage` is the one door; the bot's `app.py` calls it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from domain.values import Clock
from storage.database import Database, sqlite_path
from storage.errors import StorageError
from storage.jobs.board import JobBoard
from storage.jobs.loop import SqliteJobLoop
from storage.jobs.queue import JobState
from storage.migrations import migrate_file
from storage.tables import JobRow
from storage.transaction import Transaction
from storage.units import Units
from storage.vault.deployment import open_vault
from storage.vault.keys import KeyRing, new_key
from storage.vault.rotate import Rotation, rewrap_all
from storage.vault.status import VaultStatus, vault_status
from storage.vault.vault import Vault

DEFAULT_FILE = "reconnect.db"


class Storage:
    """An open database with its vault: units of work, the job loop, and what an operator asks for."""

    def __init__(self, database: Database, ring: KeyRing, vault: Vault, clock: Clock) -> None:
        board = JobBoard()
        self._database = database
        self._ring = ring
        self._vault = vault
        self.units = Units(database, vault, board)
        self.jobs = SqliteJobLoop(database, board, clock)

    def derive(self, purpose: str) -> bytes:
        """32 bytes from the deployment's secret, the same at every start and under every master key."""
        return self._vault.derive(purpose)

    async def scrub(self) -> None:
        """After /forget: what was deleted leaves the write-ahead log too. Raises storage.database.Busy."""
        await self._database.checkpoint()

    async def vault_status(self) -> VaultStatus:
        """For `doctor`: the master keys, what hangs on each, and whether everything opens."""
        async with self._database.reading() as connection:
            return await vault_status(Transaction(connection), self._ring, self._vault)

    async def failed_jobs(self) -> int:
        """How many jobs were given up; each stands in the log with an incident number. For `doctor`."""
        async with self._database.reading() as connection:
            found = await Transaction(connection).all(JobRow, state=JobState.FAILED)
        return len(found)

    async def rotate(self) -> Rotation:
        """Wrap every data key again under the first of ENCRYPTION_KEYS. May run beside the bot and be interrupted."""
        return await rewrap_all(self._database, self._ring, self._vault)

    async def close(self) -> None:
        await self._database.close()


async def open_storage(url: str, data_dir: Path, encryption_keys: str | None, clock: Clock) -> Storage:
    """Migrate, verify the master keys, open. An empty `url` means a file in `data_dir`.

    Raises DatabaseError and VaultError, whose texts are sentences for the person who starts the bot.
    """
    ring = KeyRing.parse(encryption_keys)
    path = sqlite_path(url) if url else data_dir / DEFAULT_FILE
    await asyncio.to_thread(migrate_file, path)
    database = Database(path)
    try:
        async with database.writing() as connection:
            transaction = Transaction(connection)
            vault = await open_vault(transaction, ring, clock)
            await transaction.commit()
    except BaseException:
        await database.close()
        raise
    return Storage(database, ring, vault, clock)


async def rotate(
    url: str, data_dir: Path, encryption_keys: str | None, clock: Clock, say: Callable[[str], object]
) -> int:
    """The process `python -m bot rotate`; returns its exit code. Raises what `open_storage` raises."""
    storage = await open_storage(url, data_dir, encryption_keys, clock)
    try:
        done = await storage.rotate()
    finally:
        await storage.close()
    if done.left:
        say(
            f"{done.rewrapped} data keys were sealed again under {done.kek_id}; {done.left} are left. Run it once more."
        )
        return 1
    say(f"Everything is sealed under the key {done.kek_id} now ({done.rewrapped} data keys were sealed again).")
    return 0


__all__ = ["Storage", "StorageError", "new_key", "open_storage", "rotate"]
