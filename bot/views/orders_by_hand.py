"""Open orders without a key: what to open, what to compare, and what the answer means."""

from collections.abc import Mapping

from bot.buttons import Choose, Open, Press
from bot.reply import Reply
from bot.texts import Html, say
from bot.views.example import example, given

FLOW = "orders_by_hand"
MEANS: Mapping[str, str] = {
    "active": "orders-by-hand-active",
    "simple": "orders-by-hand-simple",
    "history": "orders-by-hand-history",
    "nowhere": "orders-by-hand-nowhere",
}
"""What it means where the trader found the order at 3Commas."""
_CONNECT = (
    (Press(say("button-connect-exchange"), Open("connect", "binance")), Press(say("button-open-help"), Open("help"))),
)


def _press(key: str, step: str, choice: str) -> tuple[Press, ...]:
    return (Press(say(key), Choose(FLOW, step, choice)),)


@example()
def what_do_you_see() -> Reply:
    return Reply(
        say("orders-by-hand-look"),
        (
            _press("button-orders-sees-some", "sees", "some"),
            _press("button-orders-sees-none", "sees", "none"),
            _press("button-orders-sees-closed", "sees", "closed"),
        ),
    )


@example()
def where_is_it() -> Reply:
    return Reply(
        say("orders-by-hand-compare"),
        (
            _press("button-orders-hand-active", "where", "active"),
            _press("button-orders-hand-simple", "where", "simple"),
            _press("button-orders-hand-history", "where", "history"),
            _press("button-orders-hand-nowhere", "where", "nowhere"),
        ),
    )


@example(*(given(where) for where in MEANS))
def it_means(where: str) -> Reply:
    """By the trader's words alone."""
    means = say(MEANS[where])
    return Reply(Html(f"{means}\n\n{say('orders-by-hand-told')}"))


@example()
def another() -> Reply:
    return Reply(
        say("orders-by-hand-next"),
        (
            _press("button-orders-hand-next", "another", "next"),
            _press("button-orders-hand-through", "another", "through"),
        ),
    )


@example()
def none_there() -> Reply:
    return Reply(say("orders-by-hand-none"), _CONNECT)


@example()
def cannot_sign_in() -> Reply:
    return Reply(say("orders-by-hand-closed"), _CONNECT)


@example()
def through() -> Reply:
    return Reply(say("orders-by-hand-through"), _CONNECT)
