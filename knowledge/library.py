"""One door to everything that is written down."""

from collections.abc import Mapping, Sequence

from domain.away import Fact
from domain.guides import VenueGuide
from domain.markets import MarketListing
from domain.meanings import Meanings
from domain.phrases import Phrases
from knowledge.dated_facts import dated_facts
from knowledge.error_messages import meanings
from knowledge.help_articles import Article, answer_to, articles
from knowledge.help_resources import HelpResource, help_resources
from knowledge.market_snapshot import market_snapshot
from knowledge.question_phrases import phrases
from knowledge.venue_guides import venue_guides


class Library:
    """Read at start, so that a fault in a file stops the start and not a conversation. Raises BadKnowledge."""

    def __init__(self) -> None:
        self.venues: Mapping[str, VenueGuide] = venue_guides()
        self.snapshot: Mapping[str, MarketListing] = market_snapshot()
        self.meanings: Meanings = meanings()
        self.phrases: Phrases = phrases()
        self.facts: Sequence[Fact] = dated_facts()
        self._articles = articles()
        self._resources = help_resources()

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def answer_to(self, question: str) -> Article | None:
        """The short answer to a question in somebody's own words, where one fits."""
        return answer_to(question, self._articles.values())

    def articles(self) -> Sequence[Article]:
        return tuple(self._articles.values())

    def resources(self) -> Sequence[HelpResource]:
        """In the order in which to show them."""
        return tuple(self._resources.values())
