"""kill -9 in series: each moment many times, each time a little earlier or later."""

import asyncio
import random
import sys
import traceback

from tests.process.kills import KILLS, STORY
from tests.process.world import ProcessWorld

EACH = 20
AT_ONCE = 4


def run(each: int = EACH) -> list[tuple[str, str, str]]:
    """What was tried, how often, and what came of it. Failures are printed as they come."""
    return asyncio.run(_series(each))


async def _series(each: int) -> list[tuple[str, str, str]]:
    places = asyncio.Semaphore(AT_ONCE)

    async def went_on(name: str, number: int) -> bool:
        async with places:
            try:
                async with ProcessWorld.story(STORY, random.Random(f"{name} {number}")) as world:
                    await KILLS[name](world)
            except Exception:  # noqa: BLE001  # whatever it was: it is printed, counted, and the next one is tried
                print(f"{name}, kill {number}:\n{traceback.format_exc()}", file=sys.stderr, flush=True)
                return False
            return True

    rows = []
    for name in KILLS:
        good = await asyncio.gather(*(went_on(name, number) for number in range(each)))
        rows.append((f"kill -9 {name.replace('_', ' ')}", f"{each} kills", f"{good.count(False)} lost or doubled"))
    return rows
