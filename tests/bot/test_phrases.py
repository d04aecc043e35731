"""Typed questions about the account: what leads to which look, and what is never taken for a question."""

import pytest

from domain.phrases import Asked, Phrases
from knowledge.error_messages import meanings
from knowledge.question_phrases import phrases

PHRASES: Phrases = phrases()

SURE = [
    ("why is my balance lower", Asked.FUNDS),
    ("Why is my balance lower than at Binance?", Asked.FUNDS),
    ("whyy is my ballance lower??", Asked.FUNDS),
    ("my balance is less than before", Asked.FUNDS),
    ("where is my money", Asked.FUNDS),
    ("half of my USDT is missing", Asked.FUNDS),
    ("part of my funds is locked", Asked.FUNDS),
    ("my upnl is frozen", Asked.CHECK),
    ("UPNL doesn\u2019t move", Asked.CHECK),
    ("the unrealised profit is stuck", Asked.CHECK),
    ("my PnL is not updating", Asked.CHECK),
    ("balances do not load", Asked.CHECK),
    ("it says invalid api", Asked.CHECK),
    ("3commas shows \u201cInvalid API\u201d", Asked.CHECK),
    ("why do I see invalid key", Asked.CHECK),
    ("my keys are not working", Asked.CHECK),
    ("my trade failed", Asked.TRADES),
    ("my trades have failed", Asked.TRADES),
    ("Smart trade faild", Asked.TRADES),
    ("a deal was canceled", Asked.TRADES),
    ("how do I recreate a trade", Asked.TRADES),
    ("my position has no stop", Asked.POSITIONS),
    ("who manages my position", Asked.POSITIONS),
    ("orphaned position", Asked.POSITIONS),
    ("leftover orders", Asked.ORDERS),
    ("whose order is that", Asked.ORDERS),
]


@pytest.mark.parametrize(("text", "look"), SURE)
def test_a_question_leads_to_its_look(text: str, look: Asked) -> None:
    found = PHRASES.understand(text)
    assert found is not None
    assert (found.looks, found.sure) == ((look,), True)


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("balance", (Asked.FUNDS, Asked.CHECK)),
        ("my money is locked in orders", (Asked.FUNDS, Asked.ORDERS)),
        ("what is a smart trade", (Asked.TRADES,)),
        ("orders", (Asked.ORDERS,)),
        ("did my trade leave an order or a position?", (Asked.TRADES, Asked.POSITIONS)),
    ],
)
def test_of_a_guess_the_closest_two_are_named(text: str, looks: tuple[Asked, ...]) -> None:
    found = PHRASES.understand(text)
    assert found is not None
    assert (found.looks, found.sure) == (looks, False)


@pytest.mark.parametrize(
    "text", ["", "hello", "thanks!", "frozen", "why", "\U0001f600", "I want to cancel my subscription", "x" * 5000]
)
def test_what_names_nothing_of_this_is_no_question(text: str) -> None:
    assert PHRASES.understand(text) is None


@pytest.mark.parametrize("row", meanings().rows, ids=lambda row: row.id)
def test_an_error_text_that_is_written_down_is_never_taken_for_a_telling_of_one(row) -> None:
    for text in (*row.texts, *row.codes):
        found = PHRASES.understand(text)
        assert found is None or not found.over_errors


@pytest.mark.parametrize(
    "text",
    ["it says Invalid API-key, IP, or permissions for action. (-2015)", "I get invalid api, code 1022", "Invalid API"],
)
def test_who_gives_the_code_or_the_bare_text_gets_it_explained(text: str) -> None:
    found = PHRASES.understand(text)
    assert found is None or not found.over_errors


def test_every_look_can_be_led_to() -> None:
    assert {row.look for row in PHRASES.rows} == set(Asked)


def test_a_word_that_is_written_a_little_otherwise_counts_and_a_short_one_does_not() -> None:
    assert PHRASES.understand("my positon has no stop") == PHRASES.understand("my position has no stop")
    assert PHRASES.understand("kez not working") is None
