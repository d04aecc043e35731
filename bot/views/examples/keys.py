"""Pretend keys, and what they were used for."""

from dataclasses import replace
from datetime import timedelta

from bot.views.examples.checks import FUTURES, KEY, NOW, SPOT, TOKEN
from domain.records import ExchangeAccount, Key, KeyState, Use
from domain.values import KeyKind, MarketType

PUBLIC = "-----BEGIN PUBLIC KEY-----\nexample\n-----END PUBLIC KEY-----"
OLD = replace(KEY, made_at=NOW - timedelta(days=500), last_used_at=NOW - timedelta(minutes=3))
NAMED = replace(
    TOKEN,
    label="<b>@main</b> token",
    rights=("ACCOUNTS_READ", "SMART_TRADES_READ"),
    last_used_at=NOW,
    kind=KeyKind.HMAC,
)
UNSEEN = replace(KEY, id="k3", label="", rights=())
PAIR = Key("k4", "t1", "binance", KeyKind.ED25519, KeyState.PENDING, NOW, public_pem=PUBLIC)
HELD = Key("k5", "t1", "binance", KeyKind.HMAC, KeyState.PENDING, NOW, tail="Zz9K")
STAND_IN = ExchangeAccount("a3", "t1", "binance", MarketType.USDM, "Binance futures", created_at=NOW)
ACCOUNTS = (SPOT, FUTURES)
USES = (
    Use("k2", NOW, "check", "command", "ok"),
    *(Use("k2", NOW - timedelta(hours=1, seconds=20 * n), "repair watch", "watch", "KeyRefused") for n in range(14)),
    Use("k2", NOW - timedelta(hours=2), "link", "answer", "ok"),
    Use("k2", NOW - timedelta(hours=2, seconds=1), "link", "answer", "ok"),
    Use("k2", NOW - timedelta(hours=2, seconds=2), "link", "answer", "TimedOut"),
    Use("k2", NOW - timedelta(days=1), "connect", "button", "interrupted"),
)
