"""/privacy."""

from bot.background.tidying import PAST_KEPT, SCREENS_KEPT
from bot.buttons import Open, Press
from bot.reply import Reply
from bot.texts import say
from bot.views.example import example


@example()
def what_is_kept() -> Reply:
    return Reply(
        say("privacy", days=SCREENS_KEPT.days, freed=PAST_KEPT.days),
        ((Press(say("button-open-keys"), Open("keys")), Press(say("button-open-forget"), Open("forget"))),),
    )
