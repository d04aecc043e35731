"""The page of all views: complete, self-contained, the same every time, and up to date."""

import re
from html.parser import HTMLParser

from bot.views.example import EXAMPLES
from tests.gallery import PAGE, page

VOID = {"meta", "input"}


class Balanced(HTMLParser):
    """Notes tags that are not closed in the order in which they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> in line {self.getpos()[0]}")


def test_the_page_in_docs_is_what_the_views_draw_now() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make gallery` and commit docs/gallery.html"


def test_every_example_of_every_view_is_on_it() -> None:
    drawn = page()
    assert drawn.count('<div class="message">') == sum(len(cases) for cases in EXAMPLES.values())
    assert drawn.count("<h3>") == len(EXAMPLES)


def test_it_needs_nothing_from_elsewhere() -> None:
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import|src=", page())


def test_its_markup_is_whole() -> None:
    parser = Balanced()
    parser.feed(page())
    assert (parser.faults, parser.open) == ([], [])
