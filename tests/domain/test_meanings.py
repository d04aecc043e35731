"""Matching: any writing of a code, any punctuation of a sentence, the most specific first, and nothing for what nobody wrote down."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.causes import Cause
from domain.meanings import Meaning, Meanings, Remedy, Side, asks_for_market
from domain.values import MarketType


def row(meaning_id: str, *, codes: tuple[str, ...] = (), texts: tuple[str, ...] = (), **more: object) -> Meaning:
    filled: dict[str, object] = {"origin": "binance", "side": Side.ANY, "remedy": Remedy.NEW_KEY, **more}
    return Meaning(meaning_id, codes=codes, texts=texts, **filled)  # type: ignore[arg-type]  # named fields of the test


BOOK = Meanings(
    [
        row("three", codes=("-2015",), texts=("invalid api-key, ip, or permissions",), causes=(Cause.KEY_UNKNOWN,)),
        row("badge", texts=("invalid api",), origin="three_commas"),
        row("filter", codes=("-1013",), texts=("filter failure",)),
        row("filter-price", texts=("price_filter",), refines="filter"),
        row("agreement", codes=("-4046",), side=Side.SPOT),
        row("margin", codes=("-4046",), texts=("no need to change margin type",), side=Side.FUTURES),
        row("bybit", codes=("10003",), origin="bybit"),
        row("gate", texts=("forbidden",), origin="gate", named_only=True),
    ],
    [("binance", "binance"), ("bybit", "bybit"), ("gate.io", "gate")],
)


def ids(text: str, **known: object) -> list[str]:
    return [m.id for m in BOOK.understand(text, **known)]  # type: ignore[arg-type]  # venue or market


@pytest.mark.parametrize(
    "text",
    [
        "-2015",
        "(-2015)",
        "(−2015)",
        "– 2015",
        "code: -2015",
        "Code 2015",
        "error=-2015!",
        "2015",
        '{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}',
        "binance {“code”:-2015}",
        "INVALID API KEY IP OR PERMISSIONS",
        "Invalid API key,\n IP or\u200b permissions",
    ],
)
def test_a_code_and_its_sentence_are_found_in_any_writing(text: str) -> None:
    assert ids(text) == ["three"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "in 2015 I began",
        "BTC-2015",
        "12-2015",
        "-20155",
        "-2015.50 USDT",
        "I own 10003 DOGE",
        "forbidden",
        "code",
    ],
)
def test_what_nobody_wrote_down_means_nothing(text: str) -> None:
    assert ids(text) == []


def test_a_fragment_inside_a_longer_one_is_left_out() -> None:
    assert ids("Invalid API-key, IP, or permissions") == ["three"]
    assert ids("Invalid API") == ["badge"]


def test_a_fragment_is_whole_words_only() -> None:
    assert ids("invalid apiary") == []


def test_a_finer_message_replaces_the_general_one() -> None:
    assert ids("-1013 Filter failure: PRICE_FILTER") == ["filter-price"]
    assert ids("-1013 Filter failure: SOMETHING_NEW") == ["filter"]


def test_the_longer_fragment_comes_first() -> None:
    assert ids("invalid api … no need to change margin type") == ["margin", "badge"]


def test_two_faults_in_one_text_are_both_named() -> None:
    assert set(ids("first -2015, then -1013")) == {"three", "filter"}


def test_a_code_that_means_two_things_is_asked_about() -> None:
    both = BOOK.understand("-4046")
    assert {m.id for m in both} == {"agreement", "margin"}
    assert asks_for_market(both)
    assert not asks_for_market(BOOK.understand("-2015"))


@pytest.mark.parametrize(
    ("market", "expected"),
    [
        (MarketType.SPOT, "agreement"),
        (MarketType.MARGIN, "agreement"),
        (MarketType.USDM, "margin"),
        (MarketType.COINM, "margin"),
    ],
)
def test_a_known_market_decides(market: MarketType, expected: str) -> None:
    assert ids("-4046", market=market) == [expected]


def test_a_number_without_a_sign_needs_a_word_or_its_exchange_beside_it() -> None:
    assert ids("error 10003") == ["bybit"]
    assert ids("[10003]") == ["bybit"]
    assert ids("Bybit says 10003") == ["bybit"]
    assert ids("it said 10003", venue="bybit") == ["bybit"]


def test_a_known_exchange_keeps_the_others_out() -> None:
    assert ids("-2015", venue="bybit") == []
    assert ids("Bybit: -2015") == []
    assert ids("Forbidden", venue="gate") == ["gate"]
    assert ids("gate.io said Forbidden") == ["gate"]


@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    BOOK.understand(text)


@pytest.mark.parametrize("text", ["-" * 100_000, "code " * 20_000, "9" * 100_000, "{" * 100_000, "code     " * 10_000])
def test_a_long_text_does_not_hold_up_everybody_else(text: str) -> None:
    began = time.process_time()
    BOOK.understand(text)
    assert time.process_time() - began < 1
