"""What the benchmarks rest on. Their figures are printed, never asserted."""

import asyncio
import importlib
import time
from datetime import timedelta

from benchmarks.__main__ import NAMES, main
from benchmarks.orders_look import Meter
from benchmarks.orders_look import _figures as figures_of_look
from benchmarks.reply_latency import _figures
from benchmarks.skipping_clock import SkippingClock
from benchmarks.tables import table
from benchmarks.telegram_process import FIRST_PERSON, TEXTS, Plan


def test_every_benchmark_can_be_run_alone() -> None:
    assert all(callable(importlib.import_module(f"benchmarks.{name}").run) for name in NAMES)
    assert main(["cats"]) == 2


def test_updates_come_at_their_rate_and_not_twice() -> None:
    plan = Plan(update_id=100, per_s=10, count=30, traders=3)
    plan.began -= 1.05
    assert [update["update_id"] for update in plan.due(0)] == list(range(100, 111))
    assert [update["update_id"] for update in plan.due(109)] == [109, 110]
    plan.began -= 60
    assert len(plan.due(0)) == 30
    assert plan.next_in_s(130) is None


def test_every_trader_sends_the_whole_mix() -> None:
    plan = Plan(update_id=0, per_s=1, count=50, traders=5, began=-1_000.0)
    said: dict[int, list[str]] = {}
    for update in plan.due(0):
        part = update.get("message") or update["callback_query"]
        said.setdefault(part["from"]["id"], []).append(part.get("text", "a tap"))
    assert set(said) == set(range(FIRST_PERSON, FIRST_PERSON + 5))
    assert all(sorted(words) == sorted((*TEXTS, "a tap") * 2) for words in said.values())


def test_the_99th_percentile_is_the_one_that_99_of_100_are_not_above() -> None:
    figures = _figures([float(ms) for ms in range(1, 101)], cpu_s=1.0, count=101)
    assert (figures.p99, figures.worst, figures.unanswered) == (99.0, 100.0, 1)


async def test_waiting_is_left_out_of_the_time_that_passes_and_other_clocks_hear_of_it() -> None:
    jumps: list[float] = []

    async def jump(seconds: float) -> None:
        jumps.append(seconds)

    clock = SkippingClock(lambda: False, jump)
    began, real = clock.now(), time.monotonic()
    async with clock.skipping():
        await asyncio.gather(clock.wait(3600), clock.wait(600))
    passed = clock.now() - began
    assert time.monotonic() - real < 60
    assert timedelta(hours=1) <= passed < timedelta(hours=1, minutes=1)
    assert sum(jumps) <= passed.total_seconds()
    assert len(jumps) == 2


async def test_nothing_is_left_out_while_an_answer_is_under_way() -> None:
    async def jump(_seconds: float) -> None:
        answered.set()  # it would have been asked

    answered = asyncio.Event()
    busy = True
    clock = SkippingClock(lambda: busy, jump)
    async with clock.skipping():
        waiting = asyncio.create_task(clock.wait(3600))
        await asyncio.sleep(0)
        for _ in range(5):
            await clock.wait(0.02)
        assert not answered.is_set()
        busy = False
        await waiting
    assert answered.is_set()


def test_the_floor_of_a_look_is_what_its_calls_need_at_fifty_a_minute() -> None:
    clock = SkippingClock(lambda: False, asyncio.sleep)
    began = clock.now()
    meter = Meter(clock.now)
    meter.asked_at = [began + timedelta(seconds=second) for second in range(101)]
    figures = figures_of_look(meter, began, began + timedelta(seconds=130), 1.01)
    assert (figures.calls, figures.most, figures.floor_s) == (101, 60, 120.0)
    assert (figures.complete_s, round(figures.cpu_ms)) == (130.0, 10)


def test_a_table_keeps_its_columns_apart() -> None:
    lines = table("Title", ("what", "ms"), [("short", "1.0"), ("a longer one", "100.0")], "Goal.").splitlines()
    assert lines[0] == "Title"
    assert (
        len({line.rindex(end) + len(end) for line, end in zip(lines[2:6], ("ms", "-", "1.0", "100.0"), strict=True)})
        == 1
    )
