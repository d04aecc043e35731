"""/forget."""

from bot.buttons import Choose, Confirm, Press
from bot.reply import Reply
from bot.texts import say
from bot.views.example import example, given


@example(given(2, 3))
def sure(keys: int, accounts: int) -> Reply:
    return Reply(
        say("forget-sure", keys=keys, accounts=accounts),
        ((Press(say("button-forget-continue"), Choose("forget", "sure", "yes")),),),
    )


@example(given("0123456789abcdef01234567"))
def really(nonce: str) -> Reply:
    return Reply(say("forget-really"), ((Press(say("button-forget-everything"), Confirm(nonce), "danger"),),))


@example()
def gone() -> Reply:
    return Reply(say("forget-gone"))
