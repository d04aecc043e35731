"""Fixtures for tests that talk to the whole bot. Everything else brings its own."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _little_garbage() -> Iterator[None]:
    """Each start of the bot collects garbage once; what the imports left behind need not be walked through each time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
