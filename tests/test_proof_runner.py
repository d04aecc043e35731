"""What `make proof` writes, and when it fails."""

import random
from datetime import UTC, datetime

import pytest

from bot.buttons import BadButton, unpack
from tests.proof.__main__ import BAD, PAGE, PARTS, main, markdown
from tests.proof.strangers import some_data

AT = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("result", "bad"),
    [
        ("0 accepted", False),
        ("10 equal", False),
        ("0 failed reads, 0 left behind, 0 unopened", False),
        ("0 lost or doubled", False),
        ("1 lost or doubled", True),
        ("0 failed reads, 3 left behind, 0 unopened", True),
        ("1,204 accepted", True),
        ("10 hits", True),
    ],
)
def test_anything_but_none_of_what_is_bad_fails(result: str, bad: bool) -> None:
    assert bool(BAD.search(result)) is bad


def test_the_page_says_when_and_keeps_one_row_per_experiment() -> None:
    page = markdown([("kills", [("kill -9 | somewhere", "20 kills", "0 lost")], 61.2)], AT)
    assert "24 November 2026, 09:05 UTC" in page
    assert "| kill -9 / somewhere | 20 kills | 0 lost |" in page
    assert "61 s." in page


def test_the_page_in_docs_tells_of_every_part_and_of_no_failure() -> None:
    page = PAGE.read_text("utf-8")
    assert [title for title in PARTS.values() if f"## {title}" not in page] == []
    assert not BAD.search(page)


def test_an_unknown_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cats"]) == 2
    assert "cats" in capsys.readouterr().err


def test_the_fuzz_reaches_both_sides_of_the_reader() -> None:
    chance, good = random.Random(1), 0
    for _ in range(2_000):
        try:
            good += unpack(some_data(chance)) is not None
        except BadButton:
            continue
    assert 20 < good < 1_900
