"""For how long things are kept, as the tidying holds it and the decision tells it."""

from pathlib import Path

from bot.background.tidying import SCREENS_KEPT
from storage.tables import Row
from tests.bot.inventory import flows

DECISION = Path(__file__).parents[2] / "docs" / "decisions" / "storage-lifetimes.md"


def test_the_message_of_an_open_question_is_found_as_long_as_its_conversation_lives() -> None:
    assert max(flow.lives for flow in flows()) <= SCREENS_KEPT


def test_every_table_has_a_told_lifetime() -> None:
    told = DECISION.read_text("utf-8")
    assert [table for table in Row.metadata.tables if f"`{table}`" not in told] == []
