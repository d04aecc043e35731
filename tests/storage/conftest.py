"""A storage in a folder of its own, on a clock that stands still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.opening import Storage, new_key, open_storage
from tests.storage.clock import StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def master_key() -> str:
    return new_key()


@pytest.fixture
async def storage(tmp_path: Path, clock: StillClock, master_key: str) -> AsyncIterator[Storage]:
    opened = await open_storage("", tmp_path, master_key, clock)
    yield opened
    await opened.close()
