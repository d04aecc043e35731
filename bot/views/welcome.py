"""/start."""

from bot.buttons import Open, Press
from bot.reply import Reply
from bot.texts import say
from bot.views.example import example, given


@example()
def first_time() -> Reply:
    """Nothing is connected yet."""
    return Reply(
        say("start-first"),
        (
            (Press(say("button-connect-three-commas"), Open("connect", "three_commas"), "primary"),),
            (Press(say("button-connect-exchange"), Open("connect", "exchange")),),
            (Press(say("button-only-error"), Open("update", "error")),),
            (Press(say("button-away"), Open("away")),),
        ),
    )


@example(given(2), given(0))
def back_again(accounts: int) -> Reply:
    """Something is connected."""
    return Reply(
        say("start-again", accounts=accounts),
        (
            (Press(say("button-open-check"), Open("check"), "primary"),),
            (Press(say("button-open-update"), Open("update")), Press(say("button-open-keys"), Open("keys"))),
            (Press(say("button-away"), Open("away")),),
        ),
    )
