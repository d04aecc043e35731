"""A message with a secret that nobody asked for."""

from bot.buttons import Open, Press
from bot.reply import Reply
from bot.texts import say
from bot.views.example import example, given


@example(given(removed=True), given(removed=False))
def unasked(*, removed: bool) -> Reply:
    return Reply(
        say("secret-removed" if removed else "secret-stays"),
        ((Press(say("button-how-delete-key"), Open("help", "leaked-key")),),),
    )
