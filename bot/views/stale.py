"""Answers to what cannot be taken as it stands: old buttons, unknown words."""

from bot.buttons import Open, Press
from bot.reply import Reply
from bot.texts import code, say
from bot.views.example import example, given

NEXT = (
    (Press(say("button-open-check"), Open("check")), Press(say("button-open-update"), Open("update"))),
    (Press(say("button-only-error"), Open("update", "error")), Press(say("button-open-help"), Open("help"))),
)


@example()
def unknown_button() -> Reply:
    return Reply(say("stale-button"), NEXT[:1])


@example(given("check"))
def goes_on_below(look: str) -> Reply:
    """Of an unfinished list whose command was sent again. `look` is that command."""
    return Reply(say("stale-list"), ((Press(say("button-look-again"), Open(look)),),))


@example()
def question_is_over() -> Reply:
    return Reply(say("stale-question"), NEXT[:1])


@example(given("portfolio"))
def unknown_command(name: str) -> Reply:
    return Reply(say("stale-command", name=code(f"/{name}", 40)), NEXT)


@example()
def not_understood() -> Reply:
    """Free text that is neither an answer nor an error text that we know."""
    return Reply(say("stale-words"), NEXT)
