"""Exchange accounts as JSON: the entity, its balance table, its pie chart."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from sandbox.three_commas.markets import market_of
from sandbox.three_commas.state import Account, CachedHolding
from sandbox.three_commas.text import iso, money, number

ZERO = Decimal(0)
Worth = Callable[[str], Decimal]


def usd_of(account: Account, worth: Worth) -> Decimal:
    """The account's holdings, as last loaded, at the prices of now."""
    return sum(((h.free + h.locked) * worth(h.asset) for h in account.holdings), ZERO)


def in_btc(usd: Decimal, worth: Worth) -> Decimal:
    btc = worth("BTC")
    return (usd / btc).quantize(Decimal("1e-8")) if btc else ZERO


def account_entity(account: Account, worth: Worth, *, extra_keys: bool) -> dict[str, Any]:
    """The documented fields. Number-likes are strings, one amount is a JSON number as in the original."""
    market = market_of(account.market_code)
    usd = usd_of(account, worth)
    nothing = number(ZERO)
    entity: dict[str, Any] = {
        "id": account.id,
        "name": account.name,
        "exchange_name": market.name,
        "market_code": account.market_code,
        "pretty_display_type": market.exchange,
        "market_icon": f"https://example.invalid/icons/{market.code}.png",
        "is_locked": account.is_locked,
        "lock_reason": account.lock_reason,
        "api_key_invalid": account.api_key_invalid,
        "api_keys_state": account.api_keys_state,
        "smart_trading_supported": True,
        "smart_selling_supported": True,
        "trading_supported": True,
        "stats_supported": True,
        "market_buy_supported": True,
        "market_sell_supported": True,
        "conditional_buy_supported": True,
        "bots_allowed": True,
        "bots_ttp_allowed": True,
        "bots_tsl_allowed": False,
        "gordon_bots_available": True,
        "multi_bots_allowed": True,
        "grid_bots_allowed": True,
        "hedge_mode_available": market.futures,
        "hedge_mode_enabled": False,
        "fast_convert_available": not market.futures,
        "deposit_enabled": not market.futures,
        "include_in_summary": account.include_in_summary,
        "available_include_in_summary": True,
        "supported_market_types": ["futures" if market.futures else "spot"],
        "available_for_trading": {},
        "autobalance_enabled": False,
        "auto_balance_period": 12,
        "auto_balance_portfolio_id": None,
        "auto_balance_currency_change_limit": None,
        "auto_balance_method": None,
        "auto_balance_error": None,
        "last_auto_balance": None,
        "customer_id": account.customer_id,
        "subaccount_name": account.subaccount_name,
        "btc_amount": number(in_btc(usd, worth)),
        "usd_amount": number(usd),
        "day_profit_btc": nothing,
        "day_profit_usd": nothing,
        "day_profit_btc_percentage": nothing,
        "day_profit_usd_percentage": nothing,
        "btc_profit": nothing,
        "usd_profit": nothing,
        "btc_profit_percentage": nothing,
        "usd_profit_percentage": nothing,
        "total_btc_profit": nothing,
        "total_usd_profit": nothing,
        "primary_display_currency_amount": money(usd),
        "primary_display_currency_profit": money(ZERO),
        "primary_display_currency_profit_percentage": money(ZERO),
        "day_profit_primary_display_currency": money(ZERO),
        "day_profit_primary_display_currency_percentage": money(ZERO),
        "total_primary_display_currency_profit": {"currency": "USD", "amount": 0},
        "created_at": iso(account.created_at),
        "updated_at": iso(account.updated_at),
    }
    if extra_keys:
        entity["widget_revision"] = 3
    return entity


def summary_entity(accounts: Iterable[Account], worth: Worth, *, extra_keys: bool) -> dict[str, Any]:
    """`accounts/summary`: everything that is included in the total, as one entity without id of its own."""
    counted = [account for account in accounts if account.include_in_summary]
    usd = sum((usd_of(account, worth) for account in counted), ZERO)
    entity: dict[str, Any] = {
        "id": "summary",
        "name": "Summary",
        "btc_amount": number(in_btc(usd, worth)),
        "usd_amount": number(usd),
        "primary_display_currency_amount": money(usd),
    }
    if extra_keys:
        entity["widget_revision"] = 3
    return entity


def table_rows(account: Account, worth: Worth) -> list[dict[str, Any]]:
    """`account_table_data`: documented as strings, sent as JSON numbers. `on_orders` is what open orders lock."""
    total = usd_of(account, worth)
    return [_table_row(account, holding, total, worth) for holding in account.holdings]


def _table_row(account: Account, holding: CachedHolding, total: Decimal, worth: Worth) -> dict[str, Any]:
    usd = (holding.free + holding.locked) * worth(holding.asset)
    return {
        "currency_code": holding.asset,
        "currency_name": holding.asset,
        "currency_icon": f"https://example.invalid/coins/{holding.asset.lower()}.png",
        "currency_slug": holding.asset.lower(),
        "percentage": as_number(usd / total * 100 if total else ZERO),
        "position": as_number(holding.free + holding.locked),
        "position_available": as_number(holding.free),
        "position_type": 0,
        "borrowed": 0,
        "on_orders": as_number(holding.locked),
        "on_orders_with_leverage": 0,
        "on_orders_long": 0,
        "on_orders_short": 0,
        "equity": as_number(holding.free + holding.locked),
        "current_price": as_number(in_btc(worth(holding.asset), worth)),
        "current_price_usd": as_number(worth(holding.asset)),
        "day_change_percent": 0,
        "day_change_percent_btc": 0,
        "day_change_percent_usd": 0,
        "btc_value": as_number(in_btc(usd, worth)),
        "usd_value": as_number(usd),
        "available_long": 0,
        "available_short": 0,
        "available_with_leverage_long": 0,
        "available_with_leverage_short": 0,
        "account_id": account.id,
        "is_wallet": False,
    }


def pie_rows(account: Account, worth: Worth) -> list[dict[str, Any]]:
    """`pie_chart_data`: shares of the total, without what is worth nothing."""
    total = usd_of(account, worth)
    rows = []
    for holding in account.holdings:
        amount = holding.free + holding.locked
        usd = amount * worth(holding.asset)
        if not usd:
            continue
        share = as_number((usd / total * 100).quantize(Decimal("0.01")))
        rows.append(
            {
                "code": holding.asset,
                "coinmarketcapid": "0",
                "name": holding.asset,
                "y": share,
                "percentage": share,
                "amount": as_number(amount),
                "btc_value": number(in_btc(usd, worth)),
                "usd_value": number(usd),
                "primary_display_currency": money(usd),
                "account_id": account.id,
            }
        )
    return rows


def as_number(value: Decimal) -> float:
    """The original sends binary floats here, exponents included; the sandbox keeps that on purpose."""
    return float(value)
