"""Every data file opens, every sentence that it names is there, and nothing that is written down goes unsaid."""

import re
from pathlib import Path

import pytest

from bot.texts import say, sentence_ids
from bot.texts.markup import escape
from domain.guides import Holder, ListSource, NotFast, RepairGuide, Task, VenueGuide, Way
from domain.markets import MARKETS, MarketListing
from domain.own_key_guides import own_key_guide, token_guide
from domain.pasted import Flaw
from domain.ports import Addresses
from domain.secrets_guard import Suspicion
from domain.update_keys import ChosenListing, RepairCase, repair_guide
from domain.values import KeyKind, MarketType
from knowledge.dated_facts import dated_facts
from knowledge.error_messages import meanings
from knowledge.files import FOLDER, BadKnowledge, read_toml
from knowledge.help_articles import articles
from knowledge.help_resources import help_resources
from knowledge.market_snapshot import market_snapshot
from knowledge.venue_guides import venue_guides

SENTENCES = sentence_ids()
LINK = re.compile(r"https://[\w./?=&%-]+")


def said(prefix: str) -> set[str]:
    return {key for key in SENTENCES if key.startswith(prefix)}


def spoken(guide: RepairGuide, tried: set[tuple[object, ...]]) -> set[str]:
    """Every sentence of the guide, said with what the guide gives it; raises if a figure is missing."""
    for step in (*guide.steps, *guide.notes):
        words = {name: escape(word) for name, word in step.own_words().items()}
        form = (step.sentence, *words.values(), *step.values.values())
        if form in tried:
            continue
        tried.add(form)
        text = say(step.sentence, fields=escape("API key"), **words, **step.values)
        assert "{" not in text
        assert "<b></b>" not in text
    return {step.sentence for step in (*guide.steps, *guide.notes)}


def all_guides() -> list[RepairGuide]:
    found = []
    one = Addresses(("203.0.113.7",))
    for code, listing in market_snapshot().items():
        venue = venue_guides().get(MARKETS[code].venue) if code in MARKETS else None
        long = MarketListing(
            code,
            listing.name,
            "",
            listing.required_fields,
            listing.flows,
            tuple(f"192.0.2.{n}" for n in range(40)) if "api_key" in listing.required_fields else (),
        )
        short = MarketListing(code, listing.name, "", listing.required_fields, listing.flows, ("192.0.2.1",))
        chosen = [
            ChosenListing(ListSource.LIVE, long),
            ChosenListing(ListSource.LIVE, short),
            ChosenListing(ListSource.LIVE, None),
            ChosenListing(ListSource.SNAPSHOT, listing),
            ChosenListing(ListSource.NOWHERE, None),
        ]
        found += [
            repair_guide(RepairCase(code, "Main", holder, task, way, compromised), entry, guide)
            for holder in Holder
            for task in Task
            for way in Way
            for compromised in (False, True)
            for entry in chosen
            for guide in {id(venue): venue, id(None): None}.values()
        ]
    for venue in venue_guides().values():
        if venue.reading_only:
            found += [
                own_key_guide(venue, kind, addresses, public_pem="x", task=task)
                for kind in (KeyKind.HMAC, KeyKind.ED25519)
                for addresses in (one, Addresses())
                for task in Task
            ]
    for kind, addresses in ((KeyKind.HMAC, one), (KeyKind.RSA, one), (KeyKind.RSA, Addresses())):
        found.append(token_guide(kind, addresses, public_pem="x", replacing=True))
    return found


def test_every_step_has_its_sentence_and_every_sentence_a_step() -> None:
    tried: set[tuple[object, ...]] = set()
    used = {sentence for guide in all_guides() for sentence in spoken(guide, tried)}
    used |= {f"guide-not-fast-{reason.value}" for reason in NotFast}
    fields = {f for listing in market_snapshot().values() for f in listing.required_fields}
    used |= {f"guide-field-{f.replace('_', '-')}" for f in fields}
    assert said("guide-") == used


def test_every_guide_fits_one_message() -> None:
    """4096 characters, with room for a heading and the market's name."""
    longest = 0
    for venue in venue_guides().values():
        code = next(code for code, market in MARKETS.items() if market.venue == venue.venue)
        listing = market_snapshot()[code]
        guide = repair_guide(
            RepairCase(code, "M" * 60, Holder.NOT_SURE), ChosenListing(ListSource.SNAPSHOT, listing), venue
        )
        steps = (*guide.steps, *guide.notes)
        texts = [say(s.sentence, fields=escape("API key, secret"), **s.own_words(), **s.values) for s in steps]
        longest = max(longest, sum(len(text) + 4 for text in texts))
    assert longest < 3600


def test_every_market_that_3commas_offers_has_a_written_guide_with_its_rights() -> None:
    guides = venue_guides()
    without_boxes = {"binancetr"}
    for market in MARKETS.values():
        assert market.venue in guides
        assert market.market_type in guides[market.venue].rights or market.venue in without_boxes


@pytest.mark.parametrize("guide", venue_guides().values(), ids=lambda guide: guide.venue)
def test_no_guide_ticks_what_it_leaves_off_or_lets_money_leave(guide: VenueGuide) -> None:
    for rights in guide.rights.values():
        assert not set(rights.tick) & set(rights.leave_off)
        assert not [tick for tick in rights.tick if re.search("withdraw", tick, re.IGNORECASE)]
    assert all(source.startswith("https://") for source in guide.sources)
    assert guide.sources


def test_binance_is_written_down_in_full() -> None:
    guide = venue_guides()["binance"]
    assert set(guide.rights) == set(MarketType)
    assert guide.addresses.limit == 30
    assert guide.create_with_public_key[-1] == "Self-generated"
    assert guide.reading_only is not None
    assert guide.reading_only.tick == ("Enable Reading",)


def test_the_shipped_list_has_every_known_market_and_no_address() -> None:
    snapshot = market_snapshot()
    assert MARKETS.keys() <= snapshot.keys()
    assert not [listing for listing in snapshot.values() if listing.trusted_ips]


def test_every_fact_has_both_sentences_and_every_sentence_a_fact() -> None:
    about_facts = {key for key in said("away-") if key.endswith((".what", ".do"))}
    assert about_facts == {key for fact in dated_facts() for key in (fact.what, fact.do)}


def test_every_fact_names_exchanges_that_exist() -> None:
    venues = {market.venue for market in MARKETS.values()}
    assert all(fact.venues <= venues for fact in dated_facts())


def test_every_resource_has_a_title_and_every_title_a_resource() -> None:
    titles = {key for key in said("resource-") if "." not in key}
    assert titles == {resource.title for resource in help_resources().values()}


@pytest.mark.parametrize("resource", help_resources().values(), ids=lambda resource: resource.id)
def test_every_resource_opens_a_page_of_3commas(resource) -> None:  # type: ignore[no-untyped-def]  # a parametrised value
    assert re.match(r"https://(help|app)\.3commas\.io", resource.link)


@pytest.mark.parametrize("article", articles().values(), ids=lambda article: article.id)
def test_every_article_is_whole(article) -> None:  # type: ignore[no-untyped-def]  # a parametrised value
    assert article.title
    assert article.also_asked_as
    assert article.sources
    assert article.paragraphs()
    assert all(len(paragraph) < 1000 for paragraph in article.paragraphs())
    assert len(article.body) < 4000, "it has to fit one message"
    known = {row.id for row in meanings().rows}
    assert set(article.codes) <= known
    for target in re.findall(r"\]\(([^)]+)\)", article.body):
        assert target.startswith("https://") or (FOLDER / "articles" / target).is_file(), target


def test_every_flaw_and_every_suspicion_has_its_sentence() -> None:
    assert said("pasted-") == {flaw.sentence for flaw in Flaw}
    assert said("guard-") == {key for kind in Suspicion for key in (kind.sentence, f"{kind.sentence}.do")}


def test_a_mistyped_field_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "some.toml"
    file.write_text('name = "x"\nnmae = "y"\n')
    table = read_toml(file)
    assert table.text("name") == "x"
    with pytest.raises(BadKnowledge, match="nmae"):
        table.done()


def test_a_field_of_the_wrong_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "some.toml"
    file.write_text('name = 1\nnames = [1]\nlimit = "3"\n')
    table = read_toml(file)
    for read in (lambda: table.text("name"), lambda: table.texts("names"), lambda: table.number("limit")):
        with pytest.raises(BadKnowledge):
            read()


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("name = ")
    with pytest.raises(BadKnowledge, match=r"broken\.toml"):
        read_toml(file)
