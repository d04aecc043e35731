"""Only what can apply is named."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.away import Fact, what_changed

CHECKED = date(2026, 1, 1)
OLD = Fact("old", date(2022, 12, 29), frozenset(), CHECKED, ())
BYBIT = Fact("bybit", date(2024, 12, 16), frozenset({"bybit"}), CHECKED, ())
ANY = Fact("any", None, frozenset(), CHECKED, ())
OKX = Fact("okx", None, frozenset({"okx"}), CHECKED, ())
FACTS = (ANY, OLD, OKX, BYBIT)


def ids(since: date | None, venues: list[str] | None) -> list[str]:
    return [fact.id for fact in what_changed(since, venues, FACTS)]


def test_what_happened_before_he_left_does_not_concern_him() -> None:
    assert ids(date(2025, 11, 1), ["bybit"]) == ["any"]
    assert ids(date(2024, 12, 1), ["bybit"]) == ["bybit", "any"]
    assert ids(date(2021, 1, 1), ["bybit"]) == ["bybit", "old", "any"]


def test_somebody_who_was_away_on_the_day_itself_is_told() -> None:
    assert "bybit" in ids(date(2024, 12, 16), ["bybit"])
    assert "bybit" not in ids(date(2024, 12, 17), ["bybit"])


def test_other_exchanges_are_left_out() -> None:
    assert ids(date(2021, 1, 1), ["binance"]) == ["old", "any"]


def test_what_is_not_known_rules_nothing_out() -> None:
    assert ids(None, None) == ["bybit", "old", "any", "okx"]
    assert ids(None, []) == ["bybit", "old", "any", "okx"]


@given(st.none() | st.dates(), st.none() | st.lists(st.sampled_from(["bybit", "okx", "binance"])))
def test_knowing_more_never_adds_a_fact(since: date | None, venues: list[str] | None) -> None:
    known = set(ids(since, venues))
    assert known <= set(ids(None, venues))
    assert known <= set(ids(since, None))
