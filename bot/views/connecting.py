"""/connect: what to make, where to paste, what came of it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.buttons import Choose, Open, Press
from bot.reply import Document, Reply
from bot.texts import Html, say
from bot.texts.markup import pre
from bot.views import guides
from bot.views.example import example, given
from bot.views.examples import guides as pretend
from domain.guides import RepairGuide
from domain.own_key_guides import token_guide
from domain.ports import Addresses
from domain.values import KeyKind

PUBLIC_EXAMPLE = (
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAexampleexampleexampleexampleexample=\n-----END PUBLIC KEY-----"
)


@example()
def which() -> Reply:
    return Reply(
        say("connect-which"),
        (
            (
                Press(say("button-connect-plain-three-commas"), Choose("connect", "which", "three_commas"), "primary"),
                Press(say("button-connect-binance"), Choose("connect", "which", "binance")),
            ),
        ),
    )


@example(
    given(token_guide(KeyKind.RSA, Addresses(), public_pem=PUBLIC_EXAMPLE), PUBLIC_EXAMPLE, can_have_secret=False),
    given(
        token_guide(KeyKind.RSA, Addresses(("203.0.113.7",)), public_pem=PUBLIC_EXAMPLE),
        PUBLIC_EXAMPLE,
        can_have_secret=True,
    ),
)
def three_commas_pair(guide: RepairGuide, public_pem: str, *, can_have_secret: bool) -> Reply:
    reply = _with_steps("connect-three-commas-pair", guide, public_pem)
    reply = replace(
        reply,
        document=Document("reconnect-public-key.pem", public_pem.encode()),
        asks=say("connect-three-commas-hint-key"),
    )
    if can_have_secret:
        reply = reply.with_buttons((Press(say("button-have-secret"), Choose("connect_three_commas", "key", "hmac")),))
    return reply


@example(given(token_guide(KeyKind.HMAC, Addresses(("203.0.113.7", "203.0.113.8")))))
def three_commas_hmac_key(guide: RepairGuide) -> Reply:
    reply = _with_steps("connect-three-commas-hmac-key", guide, "")
    return replace(reply, asks=say("connect-three-commas-hint-key")).with_buttons(
        (Press(say("button-make-pair"), Choose("connect_three_commas", "hmac_key", "pair")),)
    )


@example()
def three_commas_hmac_secret() -> Reply:
    return Reply(say("connect-three-commas-hmac-secret"), asks=say("connect-three-commas-hint-secret"))


@example(
    given(2, writes=False),
    given(0, writes=True, missing=("BOTS_READ",)),
    given(None, writes=None, missing=("ACCOUNTS_READ",)),
)
def three_commas_works(accounts: int | None, *, writes: bool | None, missing: Sequence[str] = ()) -> Reply:
    """`accounts`: how many it shows, None if it may not list them. `writes`: whether it may do more than read, None if 3Commas
    does not tell."""
    told = {True: "yes", False: "no", None: "unknown"}[writes]
    shown = Html("unseen") if accounts is None else accounts
    parts = [say("connect-three-commas-works", writes=Html(told), accounts=shown)]
    if missing:
        parts.append(
            say("connect-three-commas-rights-missing", rights=Html(", ".join(token_right(r) for r in missing)))
        )
    if writes:
        parts.append(say("connect-three-commas-may-write"))
    return Reply(Html("\n\n".join(parts)), ((Press(say("button-check-them"), Open("check"), "primary"),),))


@example()
def three_commas_without_plan() -> Reply:
    return Reply(
        say("connect-three-commas-plan"),
        (
            (Press(say("button-look-by-hand"), Open("update", "look"), "primary"),),
            (Press(say("button-connect-exchange"), Open("connect", "binance")),),
        ),
    )


def token_right(name: str) -> Html:
    """As 3Commas' page names it: ACCOUNTS_READ is "Accounts read"."""
    return Html(f"<b>{name.replace('_', ' ').capitalize().replace('Smart trades', 'SmartTrades')}</b>")


@example()
def binance_way() -> Reply:
    return Reply(
        say("connect-binance-way"),
        (
            (Press(say("button-make-pair"), Choose("connect_binance", "way", "pair"), "primary"),),
            (Press(say("button-have-secret"), Choose("connect_binance", "way", "hmac")),),
        ),
    )


@example(given(pretend.own_pair(PUBLIC_EXAMPLE), PUBLIC_EXAMPLE))
def binance_pair(guide: RepairGuide, public_pem: str) -> Reply:
    reply = _with_steps("connect-binance-pair", guide, public_pem)
    return replace(reply, asks=say("connect-binance-hint-key")).with_buttons(
        (Press(say("button-have-secret"), Choose("connect_binance", "key", "hmac")),)
    )


@example(given(pretend.own_key()))
def binance_hmac_key(guide: RepairGuide) -> Reply:
    reply = _with_steps("connect-binance-hmac-key", guide, "")
    return replace(reply, asks=say("connect-binance-hint-key")).with_buttons(
        (Press(say("button-make-pair"), Choose("connect_binance", "hmac_key", "pair")),)
    )


@example()
def binance_hmac_secret() -> Reply:
    return Reply(say("connect-binance-hmac-secret"), asks=say("connect-binance-hint-secret"))


@example(given([say("connect-binance-works", markets=Html("spot"))]))
def binance_works(sentences: Sequence[Html]) -> Reply:
    return Reply(
        Html("\n\n".join(sentences)),
        (
            (Press(say("button-open-check"), Open("check"), "primary"), Press(say("button-open-keys"), Open("keys"))),
            (Press(say("button-open-orders"), Open("orders")),),
        ),
    )


def _with_steps(heading: str, guide: RepairGuide, public_pem: str) -> Reply:
    """Heading, numbered steps, and the public half as a block that a tap copies."""
    reply = guides.steps_of(guide, say(heading))
    if public_pem:
        reply = replace(reply, text=guides.paragraphs(reply.text, pre(public_pem.strip())))
    return reply
