"""Fixtures of the bot's own tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from storage.opening import Storage, new_key, open_storage
from tests.bot.keys_house import KeysHouse
from tests.storage.clock import StillClock


@pytest.fixture(scope="module")
async def storage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Storage]:
    """One for the tests of a module, since its migrations take longer than a test; each trader is forgotten afterwards."""
    opened = await open_storage("", tmp_path_factory.mktemp("storage"), new_key(), StillClock())
    yield opened
    await opened.close()


@pytest.fixture
async def house(storage: Storage) -> AsyncIterator[KeysHouse]:
    async with _lives_in(storage, 7) as trader:
        yield trader


@pytest.fixture
async def stranger(storage: Storage) -> AsyncIterator[KeysHouse]:
    """Somebody else who talks to the same bot."""
    async with _lives_in(storage, 8) as trader:
        yield trader


@asynccontextmanager
async def _lives_in(storage: Storage, telegram_id: int) -> AsyncIterator[KeysHouse]:
    house = await KeysHouse.open(storage, StillClock(), telegram_id)
    yield house
    async with storage.units.writing() as u:
        await u.traders.forget(house.trader.id)
        await u.commit()
