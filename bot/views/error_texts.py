"""An error message in plain words, and the three checks of a text that stands for three faults."""

from collections.abc import Sequence

from bot.buttons import Button, Choose, Open, Press
from bot.errors import service_name
from bot.reply import Reply
from bot.texts import Html, say
from bot.views.example import example, given
from domain.causes import Cause
from domain.guides import Task
from domain.meanings import Meaning, Remedy, Side

SHARED = Meaning(
    "binance-key-address-or-right",
    "binance",
    Side.ANY,
    ("-2015",),
    ("invalid api-key, ip, or permissions",),
    Remedy.TELL_APART,
    (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING),
)


@example()
def send_the_text() -> Reply:
    return Reply(say("error-text-send"), asks=say("error-text-hint"))


@example()
def unknown() -> Reply:
    """Honest: nobody wrote this text down."""
    return Reply(say("error-text-unknown"))


@example()
def spot_or_futures() -> Reply:
    return Reply(
        say("error-text-market"),
        (
            (
                Press(say("button-spot"), Choose("error_text", "market", "spot")),
                Press(say("button-futures"), Choose("error_text", "market", "usdm")),
            ),
        ),
    )


@example(given([SHARED]))
def meaning(found: Sequence[Meaning]) -> Reply:
    parts = [Html(f"{say(one.what)}\n{say(one.do)}") for one in found]
    if len(parts) > 1:
        parts.insert(0, say("error-text-several"))
    return Reply(Html("\n\n".join(parts)))


@example(given(Reply(say("error-text-send")), "check"))
def with_next(reply: Reply, command: str) -> Reply:
    return reply.with_buttons(
        (Press(say(f"button-open-{command}"), Open(command)), Press(say("button-open-help"), Open("help")))
    )


@example(given(Task.NEW_KEY), given(Task.ADDRESSES), given(Task.RIGHTS))
def begin_repair(task: Task) -> Reply:
    return Reply(
        say(f"error-text-repair-{task.value.replace('_', '-')}"),
        ((Press(say("button-show-steps"), Choose("error_text", "repair", "yes"), "primary"),),),
    )


@example(given(["key", "addresses", "rights"], []), given(["key", "addresses", "rights"], ["key"]))
def which_check(checks: Sequence[str], fine: Sequence[str]) -> Reply:
    """In the order to test; those that were right go."""
    left = [check for check in checks if check not in fine]
    rows: list[tuple[Button, ...]] = [
        (
            Press(
                say(f"button-check-{check}"),
                Choose("error_text", "apart", check),
                "primary" if check == left[0] else "",
            ),
        )
        for check in left
    ]
    listed = Html("\n").join([Html(f"{n}. {say(f'error-text-fault-{check}')}") for n, check in enumerate(left, 1)])
    return Reply(say("error-text-apart", faults=Html(listed), first="no" if fine else "yes"), tuple(rows))


@example(given("key", "binance"), given("addresses", "binance"), given("rights", ""))
def what_the_page_shows(check: str, venue: str) -> Reply:
    where = service_name(venue) if venue else say("error-text-the-exchange")
    return Reply(
        say(f"error-text-page-{check}", venue=where),
        (
            (Press(say(f"button-page-{check}-right"), Choose("error_text", "page", "right")),),
            (Press(say(f"button-page-{check}-wrong"), Choose("error_text", "page", "wrong")),),
            (Press(say("button-not-sure"), Choose("error_text", "page", "unsure")),),
        ),
    )
