"""Repairing the bot's own key."""

from bot.buttons import Choose, Open, Press
from bot.errors import service_name
from bot.reply import Reply
from bot.texts import Html, say
from bot.views import guides
from bot.views.example import example, given
from bot.views.examples import guides as pretend
from domain.guides import RepairGuide


@example(given(pretend.by_hand(), "binance", or_new=True))
def steps(guide: RepairGuide, service: str, *, or_new: bool) -> Reply:
    reply = guides.steps_of(guide, say("own-key-heading", service=service_name(service)))
    rows = [(Press(say("button-done"), Choose("own_key", "guide", "done"), "primary"),)]
    if or_new:
        rows.append((Press(say("button-new-key-instead"), Choose("own_key", "guide", "new")),))
    return Reply(guides.paragraphs(reply.text, say("own-key-watching")), (*reply.buttons, *rows))


def not_yet(service: str) -> Html:
    return say("own-key-not-yet", service=service_name(service))


@example()
def look_again() -> Reply:
    return Reply(say("own-key-look-again"), ((Press(say("button-open-check"), Open("check"), "primary"),),))


@example(given("binance"))
def no_address(service: str) -> Reply:
    """An address list cannot be asked for by a bot that has no address which stays."""
    return Reply(
        say("own-key-no-address", service=service_name(service)),
        ((Press(say("button-open-check"), Open("check")), Press(say("button-open-keys"), Open("keys"))),),
    )
