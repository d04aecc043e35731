"""/check: all exchange accounts side by side in one message that fills in."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.buttons import Open, Press
from bot.errors import service_name
from bot.reply import Reply
from bot.texts import Html, code, say
from bot.texts.say import moment
from bot.views import check_buttons
from bot.views.causes import cause_word, causes_in_order, right_word
from bot.views.example import example, given
from bot.views.examples import checks
from domain.check_view import AccountRow, CheckView, KeyRow, NotLooked, Sight, Standing, TokenRow
from domain.findings import Finding, Severity, SinceSource, Symptom
from domain.records import ExchangeAccount
from domain.values import THREE_COMMAS


def account_name(account: ExchangeAccount) -> Html:
    """The trader's own name for it, bold where nothing in it can become tappable."""
    return Html(f"<b>{say('account-name', name=account.name)}</b>")


@example()
def nothing_connected() -> Reply:
    """No token and no key: the same walk by hand."""
    return Reply(
        say("check-nothing-connected"),
        (
            (Press(say("button-look-by-hand"), Open("update", "look"), "primary"),),
            (Press(say("button-only-error"), Open("update", "error")),),
            (Press(say("button-connect-three-commas"), Open("connect", "three_commas")),),
        ),
    )


@example(given(2), given(0))
def beginning(accounts: int) -> Reply:
    """At once, before anything was asked."""
    return Reply(say("check-beginning", accounts=accounts))


@example(
    given(checks.half_way()),
    given(checks.broken_spot()),
    given(checks.all_fine()),
    given(checks.plan_ended()),
    given(checks.waiting()),
    given(checks.bot_key_refused()),
    given(checks.two_findings()),
    given(checks.told_only()),
    given(checks.not_linked_yet()),
    given(checks.broken_and_not_linked()),
    given(checks.key_not_looked()),
)
def result(view: CheckView) -> Reply:
    """One snapshot; the last one carries the buttons."""
    paragraphs: list[Html] = []
    paragraphs += [_token(row) for row in view.tokens if _worth_a_word(row)]
    paragraphs += [_account(row, view) for row in view.rows]
    paragraphs += [paragraph for row in view.keys if (paragraph := _key(row)) is not None]
    paper = sum(row.paper_accounts for row in view.tokens)
    if paper:
        paragraphs.append(say("check-paper-left-out", accounts=paper))
    if not view.rows and view.complete and _were_listed(view):
        paragraphs.append(say("check-no-accounts"))
    paragraphs.append(_footer(view))
    return Reply(Html("\n\n".join(paragraphs)), check_buttons.buttons(view))


def _were_listed(view: CheckView) -> bool:
    """Whether 3Commas was asked for the exchange accounts and answered."""
    return bool(view.tokens) and all(row.state in (Sight.FINE, Sight.WARNING) for row in view.tokens)


def _footer(view: CheckView) -> Html:
    if check_buttons.asked_nobody(view):
        return say("check-nothing-asked")
    if view.complete:
        return say("check-complete", at=moment(view.at, "full"))
    if view.waiting_until is not None:
        return say("check-waiting", until=moment(view.waiting_until, "clock"))
    return say("check-going-on")


# --- tokens and keys ---------------------------------------------------------------------------------------------


def _worth_a_word(row: TokenRow) -> bool:
    return row.state is not Sight.FINE and row.state is not Sight.LOOKING


def _token(row: TokenRow) -> Html:
    for finding in row.findings:
        if finding.symptom in (Symptom.TOKEN_REFUSED, Symptom.PLAN_WITHOUT_API, Symptom.TOKEN_LACKS_RIGHT):
            return say(f"check-{_key_of(finding.symptom)}", right=right_word(finding.facts.get("right", "")))
    return say("check-token-not-looked", why=why(row.not_looked, "three_commas"))


def _key(row: KeyRow) -> Html | None:
    """The bot's own key: what it reaches. Never mixed up with the key at 3Commas."""
    service = service_name(row.key.service)
    sentences = [_key_finding(finding, service) for finding in row.findings]
    if not sentences and row.state is Sight.NOT_LOOKED:
        sentences = [say("check-key-not-looked", service=service, why=why(row.not_looked, row.key.service))]
    if not sentences:
        return None
    return Html(f"<b>{say('check-my-key', service=service, tail=code(row.key.tail))}</b>\n" + "\n".join(sentences))


def _key_finding(finding: Finding, service: Html) -> Html:
    return say(
        f"check-{_key_of(finding.symptom)}",
        service=service,
        causes=causes_in_order(finding),
        right=right_word(finding.facts.get("right", "")),
        address=code(finding.facts.get("address", "") or "?"),
        until=_day(finding.facts.get("until", "")),
        why=Html(cause_word(finding.cause)),
    )


# --- accounts ----------------------------------------------------------------------------------------------------


def _account(row: AccountRow, view: CheckView) -> Html:
    name = account_name(row.account)
    sight = row.three_commas
    if sight.state is Sight.NOT_ATTACHED:
        same = check_buttons.maybe_same(row, view)
        return _without_three_commas(row, name) if not same else _maybe_same(row, name, same)
    told = [f for f in row.findings if f.symptom.value.startswith("told_")]
    seen = [f for f in row.findings if f not in told and f.severity is not Severity.NOTE]
    notes = [f for f in row.findings if f not in told and f.severity is Severity.NOTE]
    sentences: list[Html]
    if sight.state is Sight.LOOKING:
        sentences = [say("check-row-looking", name=name)]
    elif sight.state is Sight.NOT_LOOKED:
        later = (
            view.waiting_until is not None and sight.not_looked is not None and sight.not_looked.retry_at is not None
        )
        key = "check-row-not-yet" if later else "check-row-not-looked"
        sentences = [say(key, name=name, why=why_not_seen(sight.not_looked, row.account.venue))]
        if sight.flags_bad:
            sentences.append(say("check-row-flags-bad"))
    elif seen:
        found = [_finding(finding, row) for finding in seen]
        sentences = [Html(f"{name}: {found[0]}") if len(found) == 1 else _listed(name, found)]
    else:
        sentences = [say("check-row-flags-old" if sight.flags_bad else "check-row-fine", name=name)]
    if sight.looked_at is not None and sight.state is not Sight.NOT_LOOKED:
        sentences += [say(f"check-{_key_of(f.symptom)}") for f in notes]
    broken = sight.state is not Sight.NOT_LOOKED and any(f.severity is Severity.BROKEN for f in seen)
    loads = all(f.symptom is Symptom.THREE_COMMAS_TRADING_REFUSED for f in seen if f.severity is Severity.BROKEN)
    if broken and loads:
        sentences.append(say("check-standing-trading"))
    else:
        sentences += _standing(row.standing, broken=broken)
    if sight.state is not Sight.NOT_LOOKED:
        sentences += [causes_in_order(f) for f in seen if f.symptom in NAMES_CAUSES]
    sentences += [say("check-told", what=say(f"check-{_key_of(f.symptom)}")) for f in told]
    sentences += _reach(row) or _unlinked(row, view)
    return Html(("\n" if seen else " ").join(sentence.rstrip("\n") for sentence in sentences))


def _without_three_commas(row: AccountRow, name: Html) -> Html:
    told = [say(f"check-{_key_of(f.symptom)}") for f in row.findings if f.symptom.value.startswith("told_")]
    sentences = [say("check-row-not-attached", name=name)]
    sentences += [say("check-told", what=what) for what in told]
    if any(f.symptom is Symptom.THREE_COMMAS_TRADING_UNPROVEN for f in row.findings):
        sentences.append(say("check-told", what=say("check-told-repaired")))
    return Html(" ".join([*sentences, *_reach(row)]))


def _maybe_same(row: AccountRow, name: Html, same: list[ExchangeAccount]) -> Html:
    names = Html(", ".join(account_name(account) for account in same))
    reads = say("check-reach-reads")
    return Html(" ".join([say("check-row-maybe-same", name=name, same=names), *(r for r in _reach(row) if r != reads)]))


def _listed(name: Html, found: list[Html]) -> Html:
    """Several findings on one account: its name once, then one line each."""
    return Html("\n".join([f"{name}:", *(f"• {sentence}" for sentence in found), ""]))


def _finding(finding: Finding, row: AccountRow) -> Html:
    facts = finding.facts
    return say(
        f"check-{_key_of(finding.symptom)}",
        since=_since(finding, row),
        right=right_word(facts.get("right", "")),
        said=code(facts.get("said", "") or facts.get("keys_state", "") or facts.get("lock_reason", "") or "?"),
        venue=service_name(row.account.venue),
    )


def _since(finding: Finding, row: AccountRow) -> Html:
    """What was seen, and since when, with its source."""
    if finding.since is None:
        return say("check-since-now")
    if finding.since.source is SinceSource.TRADE_ERROR:
        return say("check-since-trade", at=moment(finding.since.at, "day"))
    looked = row.looked_at or finding.since.at
    if looked - finding.since.at < timedelta(minutes=10):
        return say("check-since-now")
    return say("check-since-first-seen", at=moment(finding.since.at, "day"))


def _standing(standing: Standing, *, broken: bool) -> list[Html]:
    """What follows from it, as far as it was seen."""
    trades, deals = standing.trades or 0, standing.deals or 0
    if not broken:
        return []
    said: list[Html] = []
    if trades or deals:
        said.append(say("check-standing", trades=trades, deals=deals, both="yes" if trades and deals else "no"))
    if standing.not_looked is not None:
        kind = "deals" if standing.trades is not None else "trades" if standing.deals is not None else "both"
        said.append(say("check-standing-not-looked", kind=Html(kind), why=why(standing.not_looked, THREE_COMMAS)))
    elif not said and standing.trades is not None and standing.deals is not None:
        said.append(say("check-standing-none"))
    return said


def _reach(row: AccountRow) -> list[Html]:
    """What the bot's own keys see here; a fact about the bot, not about the account."""
    states = {sight.state for sight in row.reach}
    if Sight.FINE in states or Sight.WARNING in states:
        return [say("check-reach-reads")]
    if not states or Sight.LOOKING in states:
        return []
    if Sight.BROKEN in states:
        return [say("check-reach-refused")]
    reason = next((sight.not_looked for sight in row.reach if sight.not_looked is not None), None)
    return [say("check-reach-not-looked", why=why(reason, row.account.venue))]


def _unlinked(row: AccountRow, view: CheckView) -> list[Html]:
    """A key of the bot may belong here, and a button says so. Once, where a row of the key's own asks the same."""
    if not check_buttons.may_link(row, view) or any(
        row.account in check_buttons.maybe_same(one, view) for one in view.rows
    ):
        return []
    ended = view.complete or view.waiting_until is not None
    return [say("check-reach-unlinked", venue=service_name(row.account.venue))] if ended else []


# --- words -------------------------------------------------------------------------------------------------------


def _key_of(symptom: Symptom) -> str:
    return symptom.value.replace("_", "-")


def _day(iso: str) -> Html:
    return moment(datetime.fromisoformat(iso).astimezone(UTC), "day") if iso else Html("?")


NAMES_CAUSES = frozenset({Symptom.THREE_COMMAS_KEY_REFUSED, Symptom.THREE_COMMAS_TRADING_REFUSED})
"""Findings whose causes are told after what follows from them."""

WHY: Mapping[str, str] = {
    "TokenRefused": "why-token-refused",
    "PlanWithoutApi": "why-plan",
    "RightMissing": "why-right",
    "TooManyRequests": "why-slow",
    "Undecided": "why-undecided",
    "NotThere": "why-gone",
    "KeyGone": "why-key-gone",
    "KeyRefused": "why-key-refused",
    "TimedOut": "why-no-answer",
    "ServiceDown": "why-down",
    "AnswerLost": "why-broken-answer",
    "Surprise": "why-surprise",
}


def why(reason: NotLooked | None, service: str) -> Html:
    if reason is None:
        return say("why-unknown", service=service_name(service))
    return say(
        WHY.get(reason.error, "why-unknown"),
        service=service_name(service),
        right=right_word(reason.right),
        cause=cause_word(reason.cause),
    )


def why_not_seen(reason: NotLooked | None, venue: str) -> Html:
    """Why 3Commas showed nothing of an account. Only what 3Commas heard from the exchange is the exchange's."""
    undecided = reason is not None and reason.error == "Undecided"
    return why(reason, venue if undecided else THREE_COMMAS)
