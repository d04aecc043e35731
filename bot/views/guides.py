"""A repair guide as one message: numbered steps, what to know, and buttons that copy."""

from bot.buttons import Button, Copy, Link
from bot.reply import Reply
from bot.texts import Html, say
from bot.texts.markup import escape
from bot.views.example import example, given
from bot.views.examples import guides as pretend
from domain.guides import NotFast, RepairGuide, Step, When

MAX_COPY_ROWS = 12
OWN_ADDRESSES = ("own-addresses", "token-addresses")
"""Steps with the bot's own addresses: few, so they are shown as well as copied."""


def step_text(step: Step, exchange: str = "") -> Html:
    """The sentence of one step with its figures; foreign text in it is escaped, labels of screens are ours."""
    ours = {name: escape(word) for name, word in step.own_words().items()}
    fields = ", ".join(say(f"guide-field-{name.replace('_', '-')}") for name in step.fields)
    values: dict[str, object] = {"exchange": escape(exchange), "parts": len(step.copies), **ours, **step.values}
    text = say(step.sentence, fields=Html(fields), **values)
    shown = step.copies[0] if step.id in OWN_ADDRESSES and len(step.copies) == 1 else ""
    return Html(f"{text} <code>{escape(shown)}</code>") if shown else text


def copy_buttons(steps: tuple[Step, ...]) -> list[tuple[Button, ...]]:
    """One row per text to copy, in order; several parts of one list are numbered."""
    rows: list[tuple[Button, ...]] = []
    for step in steps:
        for number, text in enumerate(step.copies, 1):
            key = "button-copy-part" if len(step.copies) > 1 else "button-copy"
            rows.append((Copy(say(key, what=say(f"copy-{_kind(step)}"), part=number, parts=len(step.copies)), text),))
    return rows[:MAX_COPY_ROWS]


def _kind(step: Step) -> str:
    if "address" not in step.id:
        return "public-half"
    return "address" if step.values.get("count") == 1 else "addresses"


def paragraphs(*parts: Html) -> Html:
    """One blank line between them; none after a folded quote, which stands apart by itself."""
    return Html("\n\n".join(parts).replace("</blockquote>\n\n", "</blockquote>\n"))


@example(given(pretend.fast_connect()), given(pretend.by_hand()), given(pretend.sub_account()))
def steps_of(guide: RepairGuide, heading: Html | None = None) -> Reply:
    """The steps of now; what is to be held back until it works is told then."""
    now = guide.due(When.NOW)
    parts: list[Html] = [] if heading is None else [heading]
    if guide.why_not_fast is not None and guide.why_not_fast is not NotFast.HOLDER_UNKNOWN:
        parts.append(say(f"guide-not-fast-{guide.why_not_fast.value}", exchange=escape(guide.name)))
    parts.append(Html("\n".join(f"{n}. {step_text(step, guide.name)}" for n, step in enumerate(now, 1))))
    if guide.notes:
        notes = "\n".join(f"• {step_text(note, guide.name)}" for note in guide.notes)
        parts.append(Html(f"<blockquote expandable>{notes}</blockquote>"))
    rows = copy_buttons(now)
    if guide.help_link:
        rows.append((Link(say("button-guide-link"), guide.help_link),))
    return Reply(paragraphs(*parts), tuple(rows))


@example(given(pretend.fast_connect()))
def afterwards(guide: RepairGuide) -> Reply:
    """What was held back until it works: which old key to delete."""
    later = guide.due(When.ONCE_IT_WORKS)
    return Reply(Html("\n".join(step_text(step, guide.name) for step in later)))
