"""Fixtures for tests that talk to the whole bot. Everything else brings its own."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings

# The same sample of every large space each time: a red test is a change of ours. `make proof` searches further.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def _little_garbage() -> Iterator[None]:
    """Each start of the bot collects garbage once; what the imports left behind need not be walked through each time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
