"""What is said to a typed question about the account: which look answers it, or which two may."""

from collections.abc import Sequence

from bot.buttons import Open, Press
from bot.reply import Reply
from bot.texts import say
from bot.views.example import example, given
from domain.phrases import Asked


@example(*(given(look) for look in Asked))
def leads_to(look: Asked) -> Reply:
    """Before the look itself."""
    return Reply(say(f"question-{look.value}"), silent=True)


@example(given((Asked.FUNDS, Asked.ORDERS)), given((Asked.TRADES,)))
def which(looks: Sequence[Asked]) -> Reply:
    """Not sure: the closest, and how to be understood."""
    rows = [(Press(say(f"button-open-{look.value}"), Open(look.value)),) for look in looks]
    last = (Press(say("button-only-error"), Open("update", "error")), Press(say("button-open-help"), Open("help")))
    return Reply(say("question-which", looks=len(looks)), (*rows, last))
