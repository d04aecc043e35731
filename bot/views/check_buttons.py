"""What can be pressed under a check."""

from bot.buttons import Button, Open, Press
from bot.errors import service_name
from bot.texts import say
from bot.views.account_buttons import link_button, repair_button
from domain.check_view import AccountRow, CheckView, KeyRow, Sight
from domain.findings import Severity, Symptom
from domain.linking import LINKED_MARKETS
from domain.records import ExchangeAccount

MAX_REPAIR_BUTTONS = 6
MAX_LINK_BUTTONS = 4
NEEDS_REPAIR = (Severity.BROKEN, Severity.WARNING)

Row = tuple[Button, ...]


def buttons(view: CheckView) -> tuple[Row, ...]:
    """Nothing while answers are still coming in."""
    if not view.complete and view.waiting_until is None:
        return ()
    return (*_repairs(view), *_links(view), *_tokens(view), *_keys(view), *_last(view))


def asked_nobody(view: CheckView) -> bool:
    """No token and no key: what stands there was told by the trader."""
    return not view.tokens and not view.keys


def maybe_same(row: AccountRow, view: CheckView) -> list[ExchangeAccount]:
    """For an account that only a key of the bot reads: those at 3Commas that no key reads, and which it may well be."""
    if row.three_commas.state is not Sight.NOT_ATTACHED or not row.reach or row.findings:
        return []
    keys = {sight.key_id for sight in row.reach}
    return [
        other.account
        for other in view.rows
        if other.account.link is not None
        and not other.reach
        and (other.account.venue, other.account.market_type) == (row.account.venue, row.account.market_type)
        and keys.isdisjoint(other.account.apart_from)
    ]


def may_link(row: AccountRow, view: CheckView) -> list[str]:
    """For an account at 3Commas that no key of the bot reads: ids of keys that may belong to it and found no account of its kind yet."""
    if row.account.link is None or row.reach or row.account.market_type not in LINKED_MARKETS:
        return []
    kind = (row.account.venue, row.account.market_type)
    same = [
        other for other in view.rows if other is not row and (other.account.venue, other.account.market_type) == kind
    ]
    placed = {sight.key_id for other in same if other.account.link is not None for sight in other.reach}
    keys = [one.key.id for one in view.keys if one.key.service == row.account.venue and _is_good(one)]
    return [key_id for key_id in keys if key_id not in placed and key_id not in row.account.apart_from]


def _is_good(row: KeyRow) -> bool:
    """Whether a link would be of use: a key that is refused reads nothing."""
    return row.state is not Sight.BROKEN and not _is_gone(row)


def _repairs(view: CheckView) -> list[Row]:
    broken = [row.account for row in view.rows if any(f.severity in NEEDS_REPAIR for f in row.findings)]
    return [
        (repair_button(account, "" if number else "primary"),)
        for number, account in enumerate(broken[:MAX_REPAIR_BUTTONS])
    ]


def _links(view: CheckView) -> list[Row]:
    pairs = [(row.account, key_id) for row in view.rows for key_id in may_link(row, view)]
    return [(link_button(account, key_id),) for account, key_id in pairs[:MAX_LINK_BUTTONS]]


def _tokens(view: CheckView) -> list[Row]:
    if not view.tokens:
        return [(Press(say("button-connect-three-commas"), Open("connect", "three_commas")),)]
    rows: list[Row] = []
    for token in view.tokens:
        symptoms = {finding.symptom for finding in token.findings}
        if symptoms & {Symptom.TOKEN_REFUSED, Symptom.TOKEN_LACKS_RIGHT}:
            rows.append((Press(say("button-connect-again"), Open("connect", "three_commas")),))
        if Symptom.PLAN_WITHOUT_API in symptoms:
            rows.append((Press(say("button-look-by-hand"), Open("update", "look")),))
    return rows


def _keys(view: CheckView) -> list[Row]:
    return [(_key_button(row),) for row in view.keys if row.findings or _is_gone(row)]


def _key_button(row: KeyRow) -> Press:
    only_unsafe = {finding.symptom for finding in row.findings} == {Symptom.KEY_WITHOUT_IP_LIST}
    label = "button-safer-key" if only_unsafe else "button-repair-my-key"
    return Press(say(label, service=service_name(row.key.service)), Open("update", row.key.id))


def _is_gone(row: KeyRow) -> bool:
    return row.state is Sight.NOT_LOOKED and row.not_looked is not None and row.not_looked.error == "KeyGone"


def _last(view: CheckView) -> list[Row]:
    if asked_nobody(view):
        return [(Press(say("button-look-by-hand"), Open("update", "look")),)]
    last: list[Button] = [Press(say("button-look-again"), Open("check"))]
    if any(finding.severity is Severity.BROKEN for finding in view.findings):
        last.append(Press(say("button-what-means"), Open("help", "invalid-api")))
    return [tuple(last)]
