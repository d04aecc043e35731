"""What the desk's Binance page shows of an account, as JSON. Amounts are text, times are ISO 8601 in UTC."""

from decimal import Decimal

from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.binance.ledger import futures_figures, position_figures, spot_locks
from sandbox.exchanges.binance.state import ZERO, ApiKey, ExchangeAccount

View = dict[str, object]


def _text(value: Decimal) -> str:
    """Without trailing zeros: 0.40 is 0.4."""
    return f"{value.normalize():f}"


def account_view(binance: BinanceEmulator, account: ExchangeAccount) -> View:
    """Keys, wallets, open orders and positions of one account."""
    return {
        "id": account.id,
        "uid": account.uid,
        "name": account.name,
        "sub": account.is_sub,
        "agreement_accepted": binance.main_of(account).agreement_accepted,
        "futures_open": account.futures_opened is not None,
        "keys": [_key(binance, row) for row in binance.keys_of(account.id)],
        "spot": _spot(binance, account),
        "futures": _futures(binance, account),
        "orders": _orders(account),
        "positions": _positions(binance, account),
    }


def _key(binance: BinanceEmulator, row: ApiKey) -> View:
    return {
        "key": row.key,
        "label": row.label,
        "kind": row.kind,
        "created": row.created.isoformat(),
        "trading_until": row.trading_until.isoformat() if row.trading_until is not None else None,
        "rights": binance.rights_of(row).model_dump(),
        "ips": row.ips,
    }


def _spot(binance: BinanceEmulator, account: ExchangeAccount) -> list[View]:
    locks = spot_locks(account, binance.listed)
    rows = [(asset, total, locks.get(asset, ZERO)) for asset, total in account.spot.items() if total]
    rows.sort(key=lambda row: row[1] * binance.price(row[0]), reverse=True)
    return [
        {
            "asset": asset,
            "free": _text(total - locked),
            "locked": _text(locked),
            "worth": f"{total * binance.price(asset):.2f}",
        }
        for asset, total, locked in rows
    ]


def _futures(binance: BinanceEmulator, account: ExchangeAccount) -> list[View]:
    figures = futures_figures(account, binance.listed, binance.prices)
    return [
        {
            "asset": coin,
            "wallet": f"{row.wallet:.2f}",
            "available": f"{row.available:.2f}",
            "margin": f"{row.initial_margin:.2f}",
            "profit": f"{row.unrealized_profit:+.2f}",
        }
        for coin, row in figures.items()
    ]


def _orders(account: ExchangeAccount) -> list[View]:
    spot: list[View] = [
        {
            "id": row.order_id,
            "market": "Spot",
            "symbol": row.symbol,
            "side": row.side,
            "type": row.type,
            "price": _text(row.price),
            "trigger": _text(row.stop_price) if row.stop_price else None,
            "quantity": _text(row.quantity),
            "filled": _text(row.executed),
            "placed": row.placed.isoformat(),
        }
        for row in account.spot_orders
    ]
    futures: list[View] = [
        {
            "id": row.order_id,
            "market": "Futures",
            "symbol": row.symbol,
            "side": row.side,
            "type": row.type,
            "price": _text(row.price) if row.price else None,
            "trigger": _text(row.trigger_price) if row.trigger_price is not None else None,
            "quantity": _text(row.quantity),
            "filled": _text(row.executed),
            "placed": row.placed.isoformat(),
        }
        for row in account.usdm_orders
    ]
    return spot + futures


def _positions(binance: BinanceEmulator, account: ExchangeAccount) -> list[View]:
    views: list[View] = []
    for row in account.positions:
        symbol = binance.listed.contracts[row.symbol]
        figures = position_figures(row, symbol, binance.prices, account.usdm.get(symbol.quote, ZERO))
        views.append(
            {
                "symbol": row.symbol,
                "side": "Long" if row.amount > 0 else "Short",
                "amount": _text(abs(row.amount)),
                "coin": symbol.base,
                "entry": _text(row.entry_price),
                "mark": _text(figures.mark_price),
                "leverage": row.leverage,
                "margin_type": row.margin_type,
                "profit": f"{figures.unrealized_profit:+.2f}",
            }
        )
    return views
