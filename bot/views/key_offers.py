"""Where the bot cannot read an exchange account: why, and the buttons to a key of its own or to a link that is missing."""

from collections.abc import Sequence

from bot.buttons import Button, Open, Press
from bot.errors import service_name
from bot.texts import Html, say
from bot.views.account_buttons import link_button
from bot.views.checking import account_name
from domain.looking.view import Source
from domain.records import ExchangeAccount, Key
from domain.values import THREE_COMMAS

READABLE = frozenset({"binance"})
"""Exchanges for which the bot can make a key."""
REFUSED = frozenset({"KeyRefused", "RightMissing", "TokenRefused", "PlanWithoutApi"})
"""Names of what looking again does not help against."""
MAX_LINKS = 2


def offer(sources: Sequence[Source], accounts: Sequence[ExchangeAccount]) -> list[Html]:
    """Once per exchange: a key, or linking the one that is there. `accounts`: those that no key of the bot reads."""
    said = []
    for venue in dict.fromkeys(account.venue for account in accounts):
        unlinked = [account for account in accounts if account.venue == venue and keys_for(sources, account)]
        if unlinked:
            names = Html(", ".join(account_name(account) for account in unlinked))
            said.append(say("key-offer-unlinked", venue=service_name(venue), names=names))
        else:
            key = "key-offer" if venue in READABLE else "key-offer-elsewhere"
            said.append(say(key, venue=service_name(venue)))
    return said


def link_buttons(sources: Sequence[Source], accounts: Sequence[ExchangeAccount]) -> list[tuple[Button, ...]]:
    """One row for each link that may be missing."""
    rows: list[tuple[Button, ...]] = []
    for account in accounts:
        for key in keys_for(sources, account)[:MAX_LINKS]:
            rows.append((link_button(account, key.id),))
    return rows


def make_buttons(sources: Sequence[Source], accounts: Sequence[ExchangeAccount]) -> list[Button]:
    """One for each exchange where the bot has no key yet and can make one."""
    keyless = [one.venue for one in accounts if one.venue in READABLE and not keys_for(sources, one)]
    return [Press(say("button-orders-make-key"), Open("connect", venue), "primary") for venue in dict.fromkeys(keyless)]


def connect_three_commas(sources: Sequence[Source], *, unseen: bool) -> list[tuple[Button, ...]]:
    """Where an account is not seen through 3Commas, and no token is there by which it could be."""
    if not unseen or any(source.key.service == THREE_COMMAS for source in sources):
        return []
    return [(Press(say("button-connect-three-commas"), Open("connect", "three_commas")),)]


def check_buttons(sources: Sequence[Source]) -> list[tuple[Button, ...]]:
    """To the check, which leads on to the repair, where a key or a token is refused or lacks a right."""
    refused = any(source.not_looked is not None and source.not_looked.error in REFUSED for source in sources)
    return [(Press(say("button-open-check"), Open("check"), "primary"),)] if refused else []


def keys_for(sources: Sequence[Source], account: ExchangeAccount) -> list[Key]:
    """Keys of the bot at this exchange that may belong to the account."""
    keys = [source.key for source in sources if source.key.service == account.venue]
    return [key for key in keys if key.id not in account.apart_from]
