"""Traders and their things, as tests need them."""

from datetime import datetime

from domain.causes import Cause
from domain.findings import Finding, Severity, Since, SinceSource, Subject, SubjectKind, Symptom
from domain.records import (
    AccountLink,
    Conversation,
    ExchangeAccount,
    Key,
    KeyState,
    Repair,
    RepairState,
    Screen,
    TradePlan,
    Trader,
    UnitOfWork,
    Use,
)
from domain.values import Credentials, KeyKind, MarketType, Secret
from storage.opening import Storage


async def meet(storage: Storage, telegram_id: int, at: datetime, language: str = "en") -> Trader:
    async with storage.units.writing() as u:
        trader = await u.traders.meet(telegram_id, language, at)
        await u.commit()
    return trader


def key(
    trader: Trader, at: datetime, key_id: str = "key-1", *, state: KeyState = KeyState.LIVE, text: str = "a label"
) -> Key:
    return Key(
        id=key_id,
        trader_id=trader.id,
        service="binance",
        kind=KeyKind.ED25519,
        state=state,
        created_at=at,
        label=text,
        tail="wxyz",
        rights=("reading", "spot"),
        made_at=at,
        public_pem="public half",
    )


def account(
    trader: Trader, at: datetime, account_id: str = "account-1", *, text: str = "My Binance"
) -> ExchangeAccount:
    return ExchangeAccount(
        id=account_id,
        trader_id=trader.id,
        venue="binance",
        market_type=MarketType.SPOT,
        name=text,
        market_code="binance",
        is_sub=False,
        link=AccountLink("key-1", 31_415),
        created_at=at,
    )


def finding(
    subject_id: str = "account-1", symptom: Symptom = Symptom.THREE_COMMAS_KEY_REFUSED, **facts: str
) -> Finding:
    return Finding(Subject(SubjectKind.ACCOUNT, subject_id), symptom, Cause.KEY_EXPIRED, Severity.BROKEN, facts=facts)


async def fill(u: UnitOfWork, trader: Trader, at: datetime, text: str, secret: str, name: str = "1") -> None:
    """One of everything, with `text` wherever something typed or told stands, and `secret` where a secret belongs."""
    key_id, account_id = f"key-{name}", f"account-{name}"
    subject = Subject(SubjectKind.ACCOUNT, account_id)
    await u.keys.add(key(trader, at, key_id, text=text), Credentials(text, Secret(secret), KeyKind.ED25519))
    await u.keys.remember(key_id, {"mode": text})
    await u.accounts.put(account(trader, at, account_id, text=text))
    await u.accounts.attach(account_id, key_id)
    await u.access_log.add(trader.id, Use(key_id, at, text, "command", "ok"))
    since = Since(at, SinceSource.FIRST_SEEN)
    told = Finding(
        subject,
        Symptom.TOLD_ERROR_TEXT,
        Cause.UNKNOWN,
        Severity.WARNING,
        since=since,
        causes=(Cause.NETWORK,),
        facts={"said": text},
    )
    await u.issues.raise_(trader.id, told, at)
    await u.repairs.put(Repair(f"repair-{name}", trader.id, subject, RepairState.WATCHING, at, {"before": text}))
    await u.plans.put(TradePlan(trader.id, 7, at, {"note": text}))
    await u.conversations.save(Conversation(trader.id, "connect", "secret", {"typed": text}, at), None)
    await u.outbox.put(trader.id, {"text": text}, at, screen=f"screen-{name}")
    await u.screens.put(Screen(f"screen-{name}", trader.id, 5, text, {"done": [text]}), at)
