"""What changed while the trader was away."""

from collections.abc import Sequence
from datetime import date

from bot.buttons import Button, Choose, Open, Press
from bot.reply import Reply
from bot.texts import Html, say
from bot.views.example import example, given
from domain.away import Fact

SHOWN_YEARS = 5
GENERAL = Fact("passwords-reset", date(2023, 10, 31), frozenset(), date(2026, 8, 26), ())
PRETEND = Fact("bybit-unified", date(2024, 12, 16), frozenset({"bybit"}), date(2026, 8, 26), ())


@example(given(2026))
def since_when(year: int) -> Reply:
    presses = [Press(str(y), Choose("away", "since", str(y))) for y in range(year, year - SHOWN_YEARS, -1)]
    rows: list[tuple[Button, ...]] = [
        tuple(presses),
        (Press(say("button-do-not-know"), Choose("away", "since", "unknown")),),
    ]
    return Reply(say("away-since-when"), tuple(rows))


@example(
    given([PRETEND], date(2024, 1, 1), venues_known=True),
    given([], date(2026, 11, 1), venues_known=True),
    given([GENERAL, PRETEND], None, venues_known=False),
)
def changed(facts: Sequence[Fact], since: date | None, *, venues_known: bool) -> Reply:
    """Where his exchanges are not known, what concerns one exchange alone is folded."""
    heading = say("away-heading", since=since, known="yes" if since else "no") if facts else say("away-nothing")
    folded = [] if venues_known else [fact for fact in facts if fact.venues]
    parts = [heading, *(_told(fact) for fact in facts if fact not in folded)]
    if folded:
        quoted = "\n\n".join([say("away-some-exchanges"), *(_told(fact) for fact in folded)])
        parts.append(Html(f"<blockquote expandable>{quoted}</blockquote>"))
    return Reply(
        Html("\n\n".join(parts)),
        (
            (
                Press(say("button-open-check"), Open("check"), "primary"),
                Press(say("button-open-update"), Open("update")),
            ),
        ),
    )


def _told(fact: Fact) -> Html:
    return Html(f"• {say(fact.what)}\n{say(fact.do)}")
