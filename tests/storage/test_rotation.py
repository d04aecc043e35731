"""Changing the master key, beside everything else."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from storage.opening import Storage, new_key, open_storage, rotate
from storage.tables import MasterKeyRow, UserKeyRow
from storage.vault.errors import MissingKey
from storage.vault.keys import KeyRing
from storage.vault.rotate import Rotation, rewrap_all
from tests.storage.clock import StillClock
from tests.storage.raw import rows

OLD, NEW = f"old:{new_key()}", f"new:{new_key()}"


async def traders_under_the_old_key(folder: Path, clock: StillClock, number: int) -> list[str]:
    storage = await open_storage("", folder, OLD, clock)
    async with storage.units.writing() as u:
        traders = [await u.traders.meet(telegram_id, "en", clock.now()) for telegram_id in range(number)]
        await u.commit()
    await storage.close()
    return [trader.id for trader in traders]


async def wrapped_under(storage: Storage) -> set[str]:
    return {row.kek_id for row in await rows(storage, UserKeyRow)}


async def test_a_key_is_changed_as_the_readme_says(tmp_path: Path, clock: StillClock) -> None:
    """Append, move to the front, rotate, take out: everything opens at each step."""
    trader_ids = await traders_under_the_old_key(tmp_path, clock, 3)
    for keys, states in (
        (f"{OLD},{NEW}", {"old": "active", "new": "decrypt_only"}),
        (f"{NEW},{OLD}", {"old": "decrypt_only", "new": "active"}),
    ):
        storage = await open_storage("", tmp_path, keys, clock)
        assert (await storage.vault_status()).is_sound
        assert {row.id: row.state for row in await rows(storage, MasterKeyRow)} == states
        assert await wrapped_under(storage) == {"old"}
        await storage.close()
    said: list[str] = []
    assert await rotate("", tmp_path, f"{NEW},{OLD}", clock, said.append) == 0
    assert said == ["Everything is sealed under the key new now (3 data keys were sealed again)."]
    storage = await open_storage("", tmp_path, NEW, clock)
    async with storage.units.reading() as u:
        assert [await u.traders.get(trader_id) is not None for trader_id in trader_ids] == [True] * 3
    assert {row.id: row.state for row in await rows(storage, MasterKeyRow)} == {"old": "disabled", "new": "active"}
    assert [(key.id, key.needed_by) for key in (await storage.vault_status()).keys] == [("old", 0), ("new", 4)]
    await storage.close()


async def test_a_key_cannot_be_taken_out_before_the_rotation(tmp_path: Path, clock: StillClock) -> None:
    await traders_under_the_old_key(tmp_path, clock, 1)
    with pytest.raises(MissingKey, match="old"):
        await open_storage("", tmp_path, NEW, clock)


async def test_rotating_twice_changes_nothing_the_second_time(tmp_path: Path, clock: StillClock) -> None:
    await traders_under_the_old_key(tmp_path, clock, 3)
    storage = await open_storage("", tmp_path, f"{NEW},{OLD}", clock)
    assert (await storage.rotate()).rewrapped == 3
    before = [row.wrapped for row in await rows(storage, UserKeyRow)]
    assert (await storage.rotate()).rewrapped == 0
    assert [row.wrapped for row in await rows(storage, UserKeyRow)] == before
    await storage.close()


async def test_a_rotation_that_leaves_something_says_so(
    tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def leave_some(_storage: Storage) -> Rotation:
        return Rotation("new", rewrapped=5, left=2)

    monkeypatch.setattr(Storage, "rotate", leave_some)
    said: list[str] = []
    assert await rotate("", tmp_path, NEW, clock, said.append) == 1
    assert said == ["5 data keys were sealed again under new; 2 are left. Run it once more."]


async def test_an_interrupted_rotation_is_taken_up_where_it_stopped(tmp_path: Path, clock: StillClock) -> None:
    """Cut off at many points while others read: no read fails, and nothing is left behind."""
    trader_ids = await traders_under_the_old_key(tmp_path, clock, 120)
    storage = await open_storage("", tmp_path, f"{NEW},{OLD}", clock)
    other = await open_storage("", tmp_path, f"{OLD},{NEW}", clock)
    ring = KeyRing.parse(f"{NEW},{OLD}")
    reads = 0
    for steps in range(1, 40, 3):
        rotation = asyncio.create_task(rewrap_all(storage._database, ring, storage._vault, batch=7))
        for _ in range(steps):
            async with other.units.reading() as u:
                reads += await u.traders.get(trader_ids[reads % 120]) is not None
            clock.advance(301)  # nothing is remembered: each read unwraps what stands there now
        rotation.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await rotation
    assert reads == sum(range(1, 40, 3))
    assert (await storage.rotate()).left == 0
    assert await wrapped_under(storage) == {"new"}
    assert (await storage.vault_status()).is_sound
    await other.close()
    await storage.close()
