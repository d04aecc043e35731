"""Accounts and moments as a conversation keeps them."""

from datetime import datetime

from domain.records import AccountLink, ExchangeAccount, Json
from domain.values import MarketType


def account_out(account: ExchangeAccount) -> Json:
    link = account.link
    return {
        "id": account.id,
        "trader_id": account.trader_id,
        "venue": account.venue,
        "market_type": account.market_type.value,
        "name": account.name,
        "market_code": account.market_code,
        "is_sub": account.is_sub,
        "link": None if link is None else [link.token_id, link.three_commas_id],
    }


def account_in(row: Json) -> ExchangeAccount:
    link = row["link"]
    return ExchangeAccount(
        row["id"],
        row["trader_id"],
        row["venue"],
        MarketType(row["market_type"]),
        row["name"],
        row["market_code"],
        row["is_sub"],
        None if link is None else AccountLink(link[0], link[1]),
    )


def moment_in(text: str) -> datetime:
    return datetime.fromisoformat(text)
