"""Questions in a trader's own words, and the short answers that they find."""

import pytest

from knowledge.help_articles import answer_to, articles


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("What is Fast Connect?", "fast-connect"),
        ("fast connect", "fast-connect"),
        ("hi, is Fast Connect safe to use", "fast-connect"),
        ("which addresses do I paste??", "ip-list"),
        ("why do my trades stand still", "invalid-api"),
        ("My key leaked!", "leaked-key"),
        ("Fast Connect for sub-accounts", "sub-accounts"),
    ],
)
def test_a_question_finds_its_answer(question: str, article: str) -> None:
    found = answer_to(question, articles().values())
    assert found is not None
    assert found.id == article


@pytest.mark.parametrize("text", ["", "hello", "key", "where is my money", "what is it?", "thank you", "📈"])
def test_words_that_no_answer_is_about_find_none(text: str) -> None:
    assert answer_to(text, articles().values()) is None


def test_every_phrase_finds_an_answer_and_every_title_its_own() -> None:
    for article in articles().values():
        assert answer_to(article.title, articles().values()) == article
        assert all(answer_to(phrase, articles().values()) for phrase in article.also_asked_as)
