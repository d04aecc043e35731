"""Walks by hand: the trader opens a page, says what he sees, and is told what it means. For those who have connected nothing.

A walk is data: pages with a text and choices, each of which leads to another page or to something that the bot does. Buttons name pages,
so a walk can be left, come back to and gone through again at any time; nothing is kept of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.buttons import Button, ButtonData, Open, Press, Show
from bot.reply import Reply
from bot.texts import Html, say
from bot.views.example import example, given

WALK = "walk"
"""What Show buttons of this view name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` is a text key; `to` the id of a page, or what the button does."""

    label: str
    to: str | ButtonData


@dataclass(frozen=True, slots=True)
class Page:
    """`means`: it says what an answer means, so it stands on the trader's word alone."""

    choices: tuple[Choice, ...]
    means: bool = False


def _means(*choices: Choice) -> Page:
    return Page(choices, means=True)


_KEYS = Choice("button-open-update", Open("update"))
_ORDERS = Choice("button-walk-orders", Open("orders_by_hand"))
_ERROR = Choice("button-walk-message", Open("update", "error"))
_FUNDS = Choice("button-walk-again", "funds")
_POSITIONS = Choice("button-walk-next-position", "positions-compare")
_TRADES = Choice("button-walk-next-trade", "trades")

PAGES: Mapping[str, Page] = {
    "funds": Page(
        (
            Choice("button-walk-red", "funds-red"),
            Choice("button-walk-locked", "funds-orders"),
            Choice("button-walk-wallet", "funds-wallet"),
            Choice("button-walk-sub", "funds-sub"),
            Choice("button-walk-excluded", "funds-excluded"),
            Choice("button-walk-coin", "funds-coin"),
            Choice("button-walk-same", "funds-same"),
        )
    ),
    "funds-red": _means(_KEYS, _ERROR, _FUNDS),
    "funds-orders": _means(_ORDERS, _FUNDS),
    "funds-wallet": _means(_FUNDS),
    "funds-sub": _means(_FUNDS),
    "funds-excluded": _means(_FUNDS),
    "funds-coin": _means(_FUNDS),
    "funds-same": _means(_FUNDS),
    "positions": Page(
        (
            Choice("button-walk-some-positions", "positions-compare"),
            Choice("button-walk-no-positions", "positions-none"),
            Choice("button-walk-closed", "positions-closed"),
        )
    ),
    "positions-compare": Page(
        (
            Choice("button-walk-managed", "positions-managed"),
            Choice("button-walk-no-stop", "positions-no-stop"),
            Choice("button-walk-nobody", "positions-nobody"),
        )
    ),
    "positions-none": _means(Choice("button-walk-trades", "trades")),
    "positions-closed": _means(Choice("button-open-help", Open("help"))),
    "positions-managed": _means(_POSITIONS),
    "positions-no-stop": _means(_POSITIONS),
    "positions-nobody": _means(
        Choice("button-walk-long", "positions-long"), Choice("button-walk-short", "positions-short"), _POSITIONS
    ),
    "positions-long": Page((_POSITIONS, _TRADES)),
    "positions-short": Page((_POSITIONS, _TRADES)),
    "trades": Page(
        (
            Choice("button-walk-over", "trades-left"),
            Choice("button-walk-deal-over", "trades-deal-left"),
            Choice("button-walk-deal", "trades-deal"),
            _ERROR,
            Choice("button-walk-no-trades", "trades-none"),
        )
    ),
    "trades-left": Page(
        (
            Choice("button-walk-coins", "trades-coins"),
            Choice("button-walk-coins-locked", "trades-locked"),
            Choice("button-walk-position", "positions-nobody"),
            Choice("button-walk-sold", "trades-sold"),
            Choice("button-walk-nothing", "trades-gone"),
        )
    ),
    "trades-deal-left": Page(
        (
            Choice("button-walk-coins", "trades-coins"),
            Choice("button-walk-coins-locked", "trades-locked"),
            Choice("button-walk-position", "positions-nobody"),
            Choice("button-walk-sold", "trades-sold"),
            Choice("button-walk-nothing", "trades-deal-gone"),
        )
    ),
    "trades-coins": _means(_TRADES),
    "trades-locked": _means(_ORDERS, Choice("button-walk-coins-free", "trades-coins"), _TRADES),
    "trades-sold": _means(_TRADES),
    "trades-gone": _means(_TRADES),
    "trades-deal-gone": _means(_TRADES),
    "trades-deal": _means(_KEYS, _ERROR, _TRADES),
    "trades-none": _means(Choice("button-walk-funds", "funds"), Choice("button-walk-positions", "positions")),
}


@example(*(given(page) for page in PAGES))
def page(page: str) -> Reply:
    """One page of a walk. Raises KeyError for a page that there is not."""
    choices = PAGES[page].choices
    text = say(f"walk-{page}")
    if PAGES[page].means:
        text = Html(f"{text}\n\n{say('orders-by-hand-told')}")
    return Reply(text, tuple((Press(say(choice.label), _data(choice)),) for choice in choices))


@example(given("funds", say("funds-nothing-connected")))
def beginning(page_id: str, why: Html) -> Reply:
    """The first page of a walk, why it is walked by hand, and how to let the bot look instead."""
    connect = (
        Press(say("button-connect-three-commas"), Open("connect", "three_commas")),
        Press(say("button-connect-exchange"), Open("connect", "binance")),
    )
    return page(page_id).after(why).with_buttons(connect)


def button(page_id: str) -> Button:
    """The way into a walk."""
    return Press(say("button-orders-by-hand"), Show(WALK, page_id))


def ways() -> Iterator[tuple[str, Choice]]:
    """Every choice with the page that it stands on."""
    for name, one in PAGES.items():
        for choice in one.choices:
            yield name, choice


def _data(choice: Choice) -> ButtonData:
    return Show(WALK, choice.to) if isinstance(choice.to, str) else choice.to
