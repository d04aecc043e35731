"""Pretend checks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.causes import Cause
from domain.check_view import (
    AccountRow,
    CheckView,
    KeyRow,
    KeySight,
    NotLooked,
    Sight,
    Standing,
    ThreeCommasSight,
    TokenRow,
)
from domain.findings import Finding, Severity, Since, SinceSource, Subject, SubjectKind, Symptom
from domain.records import AccountLink, ExchangeAccount, Key, KeyState
from domain.values import THREE_COMMAS, KeyKind, MarketType

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
MARCH = datetime(2026, 3, 3, 9, 12, tzinfo=UTC)
SPOT = ExchangeAccount("a1", "t1", "binance", MarketType.SPOT, "Binance spot", "binance", link=AccountLink("k1", 41))
FUTURES = ExchangeAccount(
    "a2", "t1", "binance", MarketType.USDM, "Binance futures", "binance_futures", link=AccountLink("k1", 42)
)
TOKEN = Key("k1", "t1", THREE_COMMAS, KeyKind.RSA, KeyState.LIVE, NOW, "3Commas", "9f3a")
KEY = Key("k2", "t1", "binance", KeyKind.ED25519, KeyState.LIVE, NOW, "Binance", "Xy7Q", rights=("reading",))
SHARED = (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING)


def _row(account: ExchangeAccount, state: Sight, findings: tuple[Finding, ...] = (), **more: object) -> AccountRow:
    return replace(AccountRow(account, ThreeCommasSight(state, looked_at=NOW), (), findings, looked_at=NOW), **more)  # type: ignore[arg-type]


def _view(
    *rows: AccountRow,
    complete: bool = True,
    tokens: tuple[TokenRow, ...] = (TokenRow(TOKEN, Sight.FINE),),
    keys: tuple[KeyRow, ...] = (),
) -> CheckView:
    return CheckView(rows, tokens, keys, complete, None, NOW)


def refused() -> Finding:
    return Finding(
        Subject(SubjectKind.ACCOUNT, "a1"),
        Symptom.THREE_COMMAS_KEY_REFUSED,
        Cause.AMBIGUOUS,
        Severity.BROKEN,
        causes=SHARED,
        since=Since(MARCH, SinceSource.TRADE_ERROR),
    )


def two_findings() -> CheckView:
    subject = Subject(SubjectKind.ACCOUNT, "a1")
    expires = Finding(subject, Symptom.THREE_COMMAS_KEY_EXPIRES, Cause.EXPIRES_SOON, Severity.WARNING)
    trading = Finding(
        subject,
        Symptom.THREE_COMMAS_TRADING_REFUSED,
        Cause.AMBIGUOUS,
        Severity.BROKEN,
        causes=SHARED,
        since=Since(MARCH, SinceSource.TRADE_ERROR),
        facts={"said": "Invalid API-key, IP, or permissions for action"},
    )
    return _view(_row(SPOT, Sight.BROKEN, (trading, expires), standing=Standing(1, 1, MARCH)))


def half_way() -> CheckView:
    return _view(_row(SPOT, Sight.BROKEN, (refused(),)), _row(FUTURES, Sight.LOOKING), complete=False)


def broken_spot() -> CheckView:
    return _view(_row(SPOT, Sight.BROKEN, (refused(),), standing=Standing(2, 0, MARCH)), _row(FUTURES, Sight.FINE))


def all_fine() -> CheckView:
    return _view(
        _row(SPOT, Sight.FINE, reach=(KeySight("k2", Sight.FINE),)),
        _row(FUTURES, Sight.FINE),
        keys=(KeyRow(KEY, Sight.FINE),),
        tokens=(TokenRow(TOKEN, Sight.FINE, paper_accounts=1),),
    )


def plan_ended() -> CheckView:
    why = NotLooked("PlanWithoutApi")
    finding = Finding(Subject(SubjectKind.TOKEN, "k1"), Symptom.PLAN_WITHOUT_API, Cause.PLAN_ENDED, Severity.BLIND)
    row = AccountRow(SPOT, ThreeCommasSight(Sight.NOT_LOOKED, why))
    return _view(row, tokens=(TokenRow(TOKEN, Sight.NOT_LOOKED, why, (finding,)),))


def waiting() -> CheckView:
    until = NOW + timedelta(minutes=5)
    return replace(
        _view(_row(SPOT, Sight.BROKEN, (refused(),)), _row(FUTURES, Sight.LOOKING), complete=False), waiting_until=until
    )


def bot_key_refused() -> CheckView:
    finding = Finding(
        Subject(SubjectKind.KEY, "k2"),
        Symptom.KEY_REFUSED,
        Cause.AMBIGUOUS,
        Severity.BLIND,
        causes=(Cause.IP_NOT_ALLOWED, Cause.KEY_UNKNOWN),
        facts={"address": "203.0.113.7"},
    )
    return _view(
        _row(SPOT, Sight.FINE, reach=(KeySight("k2", Sight.BROKEN),)),
        keys=(KeyRow(KEY, Sight.BROKEN, None, (finding,)),),
    )


def told_only() -> CheckView:
    """Nothing is connected; what stands there was told."""
    told = Finding(Subject(SubjectKind.ACCOUNT, "a1"), Symptom.TOLD_UPNL_FROZEN, Cause.UNKNOWN, Severity.BROKEN)
    row = AccountRow(replace(SPOT, link=None), ThreeCommasSight(Sight.NOT_ATTACHED), findings=(told,))
    return _view(row, tokens=())


def not_linked_yet() -> CheckView:
    """A key of the bot that no account of 3Commas is linked with."""
    alone = replace(SPOT, id="a3", link=None)
    reach = (KeySight("k2", Sight.FINE),)
    return _view(
        _row(SPOT, Sight.FINE),
        AccountRow(alone, ThreeCommasSight(Sight.NOT_ATTACHED), reach),
        keys=(KeyRow(KEY, Sight.FINE),),
    )


def broken_and_not_linked() -> CheckView:
    """A key of the bot that found its futures account and not its spot account."""
    return _view(
        _row(SPOT, Sight.BROKEN, (refused(),), standing=Standing(1, 0, MARCH)),
        _row(FUTURES, Sight.FINE, reach=(KeySight("k2", Sight.FINE),)),
        keys=(KeyRow(KEY, Sight.FINE),),
    )


def key_not_looked() -> CheckView:
    """The exchange does not answer the bot; 3Commas could look."""
    why = NotLooked("ServiceDown")
    return _view(
        _row(SPOT, Sight.FINE, reach=(KeySight("k2", Sight.NOT_LOOKED, why),)),
        keys=(KeyRow(KEY, Sight.NOT_LOOKED, why),),
    )
