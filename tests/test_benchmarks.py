"""What the benchmarks rest on. Their figures are printed, never asserted."""

import importlib

from benchmarks.__main__ import NAMES, main
from benchmarks.reply_latency import _figures
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


def test_a_table_keeps_its_columns_apart() -> None:
    lines = table("Title", ("what", "ms"), [("short", "1.0"), ("a longer one", "100.0")], "Goal.").splitlines()
    assert lines[0] == "Title"
    assert (
        len({line.rindex(end) + len(end) for line, end in zip(lines[2:6], ("ms", "-", "1.0", "100.0"), strict=True)})
        == 1
    )
