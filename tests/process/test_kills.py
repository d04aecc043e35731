"""kill -9 at the moments that matter: nothing is lost, nothing happens twice."""

import pytest

from tests.process.kills import KILLS, STORY
from tests.process.world import ProcessWorld

pytestmark = pytest.mark.process


@pytest.mark.parametrize("kill", KILLS)
async def test_after_a_kill_everything_goes_on(kill: str) -> None:
    async with ProcessWorld.story(STORY) as world:
        await KILLS[kill](world)
