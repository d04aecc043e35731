"""A message with a secret that nobody asked for, or a file that may hold one."""

from bot.buttons import Open, Press
from bot.reply import Reply
from bot.texts import say
from bot.views.example import example, given
from domain.secrets_guard import Suspicion


@example(given(Suspicion.KEY_SHAPED, removed=True), given(Suspicion.SEED_PHRASE, removed=False))
def unasked(suspicion: Suspicion, *, removed: bool) -> Reply:
    """What it seemed to be, what became of it, and what to do if it was real."""
    told = say(
        "secret-removed" if removed else "secret-stays",
        what=say(suspicion.sentence),
        do=say(f"{suspicion.sentence}.do"),
    )
    return Reply(told, ((Press(say("button-how-delete-key"), Open("help", "leaked-key")),),))


@example()
def file_not_read() -> Reply:
    """Telegram did not hand out what may be a secret."""
    return Reply(say("file-not-read"), ((Press(say("button-how-delete-key"), Open("help", "leaked-key")),),))
