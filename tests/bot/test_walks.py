"""Walks by hand: every page is reached, leads on, and says on whose word it stands."""

import pytest

from bot.buttons import MAX_BYTES, Open, Press, Show
from bot.handlers.table import COMMANDS
from bot.views import walks

STARTS = ("funds", "positions", "trades")


def test_every_page_is_reached_from_the_beginning_of_a_walk() -> None:
    reached, waiting = set(STARTS), list(STARTS)
    while waiting:
        for choice in walks.PAGES[waiting.pop()].choices:
            if isinstance(choice.to, str) and choice.to not in reached:
                reached.add(choice.to)
                waiting.append(choice.to)
    assert reached == set(walks.PAGES)


def test_every_choice_leads_to_a_page_or_to_a_command_that_there_is() -> None:
    commands = {command.name for command in COMMANDS}
    for _, choice in walks.ways():
        if isinstance(choice.to, str):
            assert choice.to in walks.PAGES
        else:
            assert isinstance(choice.to, Open)
            assert choice.to.command in commands


@pytest.mark.parametrize("page", walks.PAGES)
def test_no_page_is_an_end_without_a_way_on_and_what_an_answer_means_is_called_told(page: str) -> None:
    reply = walks.page(page)
    assert reply.buttons
    assert ("I have not seen it myself" in reply.text) is walks.PAGES[page].means
    for row in reply.buttons:
        for button in row:
            assert isinstance(button, Press)
            assert len(button.data.pack()) <= MAX_BYTES


@pytest.mark.parametrize("page", STARTS)
def test_the_first_page_offers_to_connect_instead(page: str) -> None:
    reply = walks.beginning(page, walks.page(page).text)
    assert [button.label for button in reply.buttons[-1]] == ["Connect 3Commas", "Connect Binance"]


@pytest.mark.parametrize("side", ["long", "short"])
def test_taking_over_by_hand_warns_of_a_second_position_before_anything_else(side: str) -> None:
    text = walks.page(f"positions-{side}").text
    assert text.startswith("<b>Taking over")
    assert "no entry order is sent, or a second position is opened" in text.split("</b>")[0]


def test_the_way_in_shows_a_page() -> None:
    button = walks.button("trades")
    assert isinstance(button, Press)
    assert button.data == Show("walk", "trades")
