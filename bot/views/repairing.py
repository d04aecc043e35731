"""/update: which account, main or sub, the steps, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.buttons import Button, Choose, Open, Press
from bot.errors import service_name
from bot.reply import Reply
from bot.texts import Html, say
from bot.texts.markup import foreign
from bot.texts.say import moment
from bot.views import guides
from bot.views.causes import market_word
from bot.views.checking import account_name, why_not_seen
from bot.views.example import example, given
from bot.views.examples import checks
from bot.views.examples import guides as pretend
from domain.check_view import NotLooked
from domain.guides import RepairGuide, Task, Way, When
from domain.markets import MARKETS, VENUE_NAMES
from domain.records import ExchangeAccount
from domain.repair_baseline import Change, Sign
from domain.values import MarketType

COMMON = ("binance", "bybit", "okx", "kucoin", "gate", "bitget")


@example(given([checks.SPOT, checks.FUTURES], {"a1"}))
def which(accounts: Sequence[ExchangeAccount], broken: set[str]) -> Reply:
    """Those that need it first."""
    ordered = sorted(accounts, key=lambda a: a.id not in broken)
    rows: list[tuple[Button, ...]] = [
        (Press(account.name[:40], Choose("update", "which", account.id), "primary" if account.id in broken else ""),)
        for account in ordered[:12]
    ]
    rows.append((Press(say("button-another-account"), Choose("update", "which", "other")),))
    return Reply(say("update-which"), tuple(rows))


@example(given(all_venues=False), given(all_venues=True))
def venue(*, all_venues: bool) -> Reply:
    ids = tuple(VENUE_NAMES) if all_venues else COMMON
    presses = [Press(VENUE_NAMES[id_], Choose("update", "venue", id_)) for id_ in ids]
    rows: list[tuple[Button, ...]] = [tuple(presses[n : n + 2]) for n in range(0, len(presses), 2)]
    if not all_venues:
        rows.append((Press(say("button-another-exchange"), Choose("update", "venue", "more")),))
    return Reply(say("update-venue"), tuple(rows))


@example(given("binance"), given("kraken"))
def market(venue_id: str) -> Reply:
    kinds = sorted({m.market_type for m in MARKETS.values() if m.venue == venue_id}, key=list(MarketType).index)
    presses = [Press(Html(market_word(kind).capitalize()), Choose("update", "market", kind.value)) for kind in kinds]
    return Reply(say("update-market", venue=service_name(venue_id)), (tuple(presses),))


@example(given(checks.SPOT, checks.NOW), given(checks.SPOT, None))
def already_fine(account: ExchangeAccount, done_at: datetime | None) -> Reply:
    """An old button, or a wish to renew a key that works."""
    name = account_name(account)
    text = (
        say("update-done-before", name=name, at=moment(done_at, "full"))
        if done_at
        else say("update-not-broken", name=name)
    )
    return Reply(
        text,
        (
            (
                Press(say("button-renew-anyway"), Choose("update", "healthy", "renew")),
                Press(say("button-open-check"), Open("check")),
            ),
        ),
    )


@example(given(checks.SPOT))
def holder(account: ExchangeAccount) -> Reply:
    return Reply(
        say("update-holder", name=account_name(account), venue=service_name(account.venue)),
        (
            (
                Press(say("button-main"), Choose("update", "holder", "main")),
                Press(say("button-sub"), Choose("update", "holder", "sub")),
                Press(say("button-not-sure"), Choose("update", "holder", "not_sure")),
            ),
        ),
    )


@example(
    given(pretend.fast_connect(), sign=Sign.BALANCES, compromised=False),
    given(pretend.by_hand(), sign=Sign.EXPIRY, compromised=False),
    given(pretend.by_hand(), sign=Sign.ANY, compromised=False),
    given(pretend.sub_account(), sign=None, compromised=False),
)
def steps(guide: RepairGuide, *, sign: Sign | None, compromised: bool) -> Reply:
    """The guide with the buttons that change the way. `sign`: by what the bot will notice the end; None if by nothing."""
    heading = {
        Task.NEW_KEY: "update-heading",
        Task.ADDRESSES: "update-heading-addresses",
        Task.RIGHTS: "update-heading-rights",
    }
    fast = guide.way is Way.FAST_CONNECT
    reply = guides.steps_of(guide, say(heading[guide.task]))
    end = [say("update-press-done" if sign is None else f"update-watching-{sign.value}")]
    if guide.due(When.ONCE_IT_WORKS):
        end.append(say("update-delete-later"))
    rows: list[tuple[Button, ...]] = []
    if fast:
        rows.append(
            (
                Press(say("button-by-hand"), Choose("update", "guide", "by_hand")),
                Press(say("button-what-is-fast-connect"), Open("help", "fast-connect")),
            )
        )
    elif guide.can_fast_connect:
        rows.append((Press(say("button-fast-connect"), Choose("update", "guide", "fast")),))
    if guide.task is Task.NEW_KEY and not compromised:
        rows.append((Press(say("button-compromised"), Choose("update", "guide", "compromised")),))
    if guide.task is not Task.NEW_KEY:
        rows.append((Press(say("button-new-key-instead"), Choose("update", "guide", "new_key")),))
    rows.append((Press(say("button-done"), Choose("update", "guide", "done"), "primary"),))
    return Reply(guides.paragraphs(reply.text, Html(" ".join(end))), (*reply.buttons, *rows))


@example(given(checks.SPOT))
def what_shows(account: ExchangeAccount) -> Reply:
    return Reply(
        say("update-what-shows", name=account_name(account)),
        (
            (Press(say("button-shows-balances"), Choose("update", "shows", "loads")),),
            (Press(say("button-shows-red"), Choose("update", "shows", "red")),),
            (Press(say("button-shows-message"), Choose("update", "shows", "message")),),
        ),
    )


@example(
    given("Binance spot", (Change.BALANCES_LOAD,), checks.NOW, guides.afterwards(pretend.fast_connect())),
    given("Binance spot", (Change.EXPIRES_NO_MORE,), checks.NOW, None),
)
def noticed(account: str, changes: Sequence[Change], at: datetime, afterwards: Reply | None) -> Reply:
    """Unasked: what is seen now, what to do with the old key, and what is not proven."""
    sentences = [
        say(f"update-noticed-{change.value.replace('_', '-')}", name=foreign(account), at=moment(at, "clock"))
        for change in changes
    ]
    parts = [Html(" ".join(sentences))]
    if afterwards is not None and afterwards.text:
        parts.append(afterwards.text)
    if Change.BALANCES_LOAD in changes:
        parts.append(say("check-three-commas-trading-unproven"))
    check, orders = (
        Press(say("button-open-check"), Open("check"), "primary"),
        Press(say("button-open-orders"), Open("orders")),
    )
    return Reply(Html("\n\n".join(parts)), ((check, orders),))


@example(given("Binance", (Change.RIGHTS_CHANGED,), checks.NOW))
def noticed_own(service: str, changes: Sequence[Change], at: datetime) -> Reply:
    """The same for a key or token of the bot's own."""
    sentences = [
        say(f"update-own-{change.value.replace('_', '-')}", service=service_name(service), at=moment(at, "clock"))
        for change in changes
    ]
    return Reply(Html(" ".join(sentences)), ((Press(say("button-open-check"), Open("check"), "primary"),),))


@example(given("Binance spot", guides.afterwards(pretend.fast_connect())))
def cannot_tell(account: str, afterwards: Reply) -> Reply:
    """The key worked before the repair as well, so a look cannot say whether a new one is used now."""
    parts = [say("update-cannot-tell", name=foreign(account)), *([afterwards.text] if afterwards.text else [])]
    return Reply(Html("\n\n".join(parts)), ((Press(say("button-open-check"), Open("check")),),))


@example(given("Binance spot", guides.afterwards(pretend.fast_connect())))
def told_done(account: str, afterwards: Reply | None) -> Reply:
    """The trader says that balances load: never more than that."""
    parts = [say("update-told-done", name=foreign(account))]
    if afterwards is not None and afterwards.text:
        parts.append(afterwards.text)
    return Reply(Html("\n\n".join(parts)), ((Press(say("button-open-check"), Open("check")),),))


@example(given("Binance spot", "r1"))
def gave_up(account: str, subject: str) -> Reply:
    return Reply(
        say("update-gave-up", name=foreign(account)),
        (
            (
                Press(say("button-look-again"), Open("check"), "primary"),
                Press(say("button-repair-again"), Open("update", subject)),
            ),
        ),
    )


@example(given(NotLooked("ServiceDown"), "binance"), given(NotLooked("Undecided"), "binance"))
def could_not_look(reason: NotLooked, venue: str) -> Reply:
    """`venue`: where 3Commas was to load balances."""
    return Reply(say("update-could-not-look", why=why_not_seen(reason, venue)))


WORDS: Mapping[str, str] = {
    "main": "main",
    "main account": "main",
    "sub": "sub",
    "sub-account": "sub",
    "subaccount": "sub",
    "not sure": "not_sure",
}
"""Typed answers that mean a button."""
