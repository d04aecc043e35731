"""The walk without a token."""

from bot.buttons import Choose, Open, Press
from bot.reply import Reply
from bot.texts import say
from bot.views.example import example


@example()
def what_do_you_see() -> Reply:
    def press(key: str, choice: str) -> tuple[Press, ...]:
        return (Press(say(key), Choose("look_by_hand", "sees", choice)),)

    return Reply(
        say("by-hand-look"),
        (
            press("button-sees-red", "red"),
            press("button-sees-empty", "empty"),
            press("button-sees-frozen", "frozen"),
            press("button-sees-cannot", "cannot"),
            press("button-sees-message", "message"),
            press("button-sees-fine", "fine"),
        ),
    )


@example()
def looks_fine() -> Reply:
    return Reply(
        say("by-hand-fine"),
        ((Press(say("button-only-error"), Open("update", "error")), Press(say("button-open-help"), Open("help"))),),
    )
