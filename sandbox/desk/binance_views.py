"""What the desk's Binance page shows of an account, as JSON. Amounts are text, times are ISO 8601 in UTC."""

from decimal import Decimal

from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.binance.fills import position_of, settings_of
from sandbox.exchanges.binance.ledger import futures_figures, lock_of, order_margin, position_figures, spot_locks
from sandbox.exchanges.binance.state import ZERO, ApiKey, ExchangeAccount, FuturesOrder, SpotOrder

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
        "orders": _orders(binance, account),
        "prices": _prices(binance, account),
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


def _orders(binance: BinanceEmulator, account: ExchangeAccount) -> list[View]:
    return [
        *(_spot_order(binance, row) for row in account.spot_orders),
        *(_futures_order(binance, account, row) for row in account.usdm_orders),
    ]


def _spot_order(binance: BinanceEmulator, row: SpotOrder) -> View:
    asset, amount = lock_of(row, binance.listed.spot[row.symbol])
    return {
        **_order(row),
        "market": "Spot",
        "leg": None,
        "trigger": _text(row.stop_price) if row.stop_price else None,
        "locks": f"{_text(amount)} {asset}",
        "list": row.order_list_id if row.order_list_id != -1 else None,
    }


def _futures_order(binance: BinanceEmulator, account: ExchangeAccount, row: FuturesOrder) -> View:
    held = position_of(account, row.symbol, row.position_side)
    margin = order_margin(row, settings_of(held)[0])
    return {
        **_order(row),
        "market": "Futures",
        "leg": row.position_side.lower() if row.position_side != "BOTH" else None,
        "trigger": _text(row.trigger_price) if row.trigger_price is not None else None,
        "locks": f"{margin:.2f} {binance.listed.contracts[row.symbol].quote}" if margin else None,
        "list": None,
    }


def _order(row: SpotOrder | FuturesOrder) -> View:
    return {
        "id": row.order_id,
        "symbol": row.symbol,
        "side": row.side,
        "type": row.type,
        "price": _text(row.price) if row.price else None,
        "quantity": _text(row.quantity) if row.quantity else None,
        "filled": _text(row.executed),
        "placed": row.placed.isoformat(),
    }


def _prices(binance: BinanceEmulator, account: ExchangeAccount) -> list[View]:
    """Of everything that the account has something to do with."""
    listed = binance.listed
    assets = [
        *account.spot,
        *(listed.spot[row.symbol].base for row in account.spot_orders),
        *(listed.contracts[row.symbol].base for row in account.usdm_orders),
        *(listed.contracts[row.symbol].base for row in account.positions),
    ]
    found = ((asset, binance.price(asset)) for asset in dict.fromkeys(assets) if asset != "USDT")
    return [{"asset": asset, "price": _text(price)} for asset, price in found if price]


def _positions(binance: BinanceEmulator, account: ExchangeAccount) -> list[View]:
    views: list[View] = []
    for row in account.positions:
        symbol = binance.listed.contracts[row.symbol]
        figures = position_figures(row, symbol, binance.prices, account.usdm.get(symbol.quote, ZERO))
        views.append(
            {
                "symbol": row.symbol,
                "side": "Long" if row.amount > 0 else "Short",
                "hedged": row.side != "BOTH",
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
