"""Causes, rights and market types in words."""

from bot.texts import Html, code, say
from domain.causes import Cause
from domain.findings import Finding
from domain.values import MarketType

RIGHTS = {"reading", "spot", "futures", "margin", "withdrawals", "transfers"}


def cause_word(cause: Cause) -> Html:
    """As a part of a sentence: "the key was deleted or mistyped"."""
    return say(f"cause-{cause.value.replace('_', '-')}")


def causes_in_order(finding: Finding) -> Html:
    """One cause, or several in the order in which to test them."""
    causes = finding.causes or ((finding.cause,) if finding.cause not in (Cause.AMBIGUOUS, Cause.UNKNOWN) else ())
    if not causes:
        return say("causes-unknown")
    if len(causes) == 1:
        return say("causes-one", cause=cause_word(causes[0]))
    listed = Html("\n".join(f"{n}. {cause_word(c)}" for n, c in enumerate(causes, 1)))
    return say("causes-several", listed=listed)


def right_word(right: str) -> Html:
    """A right as the page names it, or as 3Commas writes it."""
    if not right:
        return say("right-some")
    return say(f"right-{right}") if right in RIGHTS else code(right)


def market_word(market: MarketType) -> Html:
    return say(f"market-{market.value}")
