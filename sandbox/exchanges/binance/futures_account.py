"""Account, balances and positions of /fapi. Shapes: https://developers.binance.com/docs/derivatives/usds-margined-futures"""

from collections import defaultdict
from dataclasses import dataclass

from sandbox.exchanges.binance.calls import Call, Json, amount
from sandbox.exchanges.binance.fills import USUAL_LEVERAGE, settings_of
from sandbox.exchanges.binance.futures_market import contracts
from sandbox.exchanges.binance.ledger import FuturesFigures, PositionFigures, futures_figures, position_figures
from sandbox.exchanges.binance.state import ZERO, Position
from sandbox.exchanges.binance.symbols import Symbol

MARGIN_COINS = ("USDT", "USDC", "BNB")
NOTHING = FuturesFigures(ZERO, ZERO)


@dataclass(frozen=True)
class _Row:
    """A position with its contract and figures."""

    position: Position
    symbol: Symbol
    figures: PositionFigures


def _figures(call: Call) -> dict[str, FuturesFigures]:
    """Every margin coin, also those without a balance."""
    found = futures_figures(call.account, call.books.listed, call.books.prices)
    return {coin: found.get(coin, NOTHING) for coin in dict.fromkeys((*MARGIN_COINS, *found))}


def _positions(call: Call) -> list[_Row]:
    owner, listed = call.account, call.books.listed.contracts
    name = call.parameters.symbol(listed)
    return [
        _Row(
            row,
            listed[row.symbol],
            position_figures(
                row, listed[row.symbol], call.books.prices, owner.usdm.get(listed[row.symbol].quote, ZERO)
            ),
        )
        for row in owner.positions
        if name in (None, row.symbol)
    ]


def account_v3(call: Call) -> Json:
    figures = _figures(call)
    return {
        **_totals(figures["USDT"]),
        "assets": [_asset(call, coin, row) for coin, row in figures.items()],
        "positions": [_account_position(row) for row in _positions(call)],
    }


def account_v2(call: Call) -> Json:
    """As v3, with the settings of the account, and of each position its entry price and leverage."""
    figures = _figures(call)
    return {
        "feeTier": 0,
        "feeBurn": True,
        "canTrade": True,
        "canDeposit": True,
        "canWithdraw": True,
        "updateTime": 0,
        "multiAssetsMargin": call.account.multi_assets_margin,
        "tradeGroupId": -1,
        **_totals(figures["USDT"]),
        "assets": [{**_asset(call, coin, row), "marginAvailable": True} for coin, row in figures.items()],
        "positions": [
            {
                **_account_position(row),
                "positionInitialMargin": amount(row.figures.initial_margin),
                "openOrderInitialMargin": "0",
                "leverage": str(row.position.leverage),
                "isolated": row.position.margin_type == "isolated",
                "entryPrice": amount(row.position.entry_price),
                "maxNotional": "20000000",
                "bidNotional": "0",
                "askNotional": "0",
            }
            for row in _positions(call)
        ],
    }


def _totals(row: FuturesFigures) -> dict[str, object]:
    return {
        "totalInitialMargin": amount(row.initial_margin),
        "totalMaintMargin": amount(row.maintenance_margin),
        "totalWalletBalance": amount(row.wallet),
        "totalUnrealizedProfit": amount(row.unrealized_profit),
        "totalMarginBalance": amount(row.margin_balance),
        "totalPositionInitialMargin": amount(row.position_margin),
        "totalOpenOrderInitialMargin": amount(row.order_margin),
        "totalCrossWalletBalance": amount(row.cross_wallet),
        "totalCrossUnPnl": amount(row.cross_unrealized_profit),
        "availableBalance": amount(row.available),
        "maxWithdrawAmount": amount(row.available),
    }


def _asset(call: Call, coin: str, row: FuturesFigures) -> dict[str, object]:
    return {
        "asset": coin,
        "walletBalance": amount(row.wallet),
        "unrealizedProfit": amount(row.unrealized_profit),
        "marginBalance": amount(row.margin_balance),
        "maintMargin": amount(row.maintenance_margin),
        "initialMargin": amount(row.initial_margin),
        "positionInitialMargin": amount(row.position_margin),
        "openOrderInitialMargin": amount(row.order_margin),
        "crossWalletBalance": amount(row.cross_wallet),
        "crossUnPnl": amount(row.cross_unrealized_profit),
        "availableBalance": amount(row.available),
        "maxWithdrawAmount": amount(row.available),
        "updateTime": call.server_ms if coin in call.account.usdm else 0,
    }


def _account_position(row: _Row) -> dict[str, object]:
    return {
        "symbol": row.position.symbol,
        "positionSide": row.position.side,
        "positionAmt": format(row.position.amount, "f"),
        "unrealizedProfit": amount(row.figures.unrealized_profit),
        "isolatedMargin": amount(row.figures.isolated_margin),
        "notional": amount(row.figures.notional),
        "isolatedWallet": amount(row.figures.isolated_wallet),
        "initialMargin": amount(row.figures.initial_margin),
        "maintMargin": amount(row.figures.maintenance_margin),
        "updateTime": int(row.position.updated.timestamp() * 1000),
    }


def balance(call: Call) -> Json:
    return [
        {
            "accountAlias": f"sg{call.account.uid:x}",
            "asset": coin,
            "balance": amount(row.wallet),
            "crossWalletBalance": amount(row.cross_wallet),
            "crossUnPnl": amount(row.cross_unrealized_profit),
            "availableBalance": amount(row.available),
            "maxWithdrawAmount": amount(row.available),
            "marginAvailable": True,
            "updateTime": call.server_ms if coin in call.account.usdm else 0,
        }
        for coin, row in _figures(call).items()
    ]


def position_risk_v3(call: Call) -> Json:
    """Open positions, and contracts that have nothing but open orders."""
    return [
        {
            **_risk(row),
            "initialMargin": amount(row.figures.initial_margin),
            "maintMargin": amount(row.figures.maintenance_margin),
            "positionInitialMargin": amount(row.figures.initial_margin),
            "openOrderInitialMargin": "0",
            "adl": 2,
            "bidNotional": "0",
            "askNotional": "0",
            "marginAsset": row.symbol.quote,
        }
        for row in [*_positions(call), *_only_ordered(call)]
    ]


def _only_ordered(call: Call) -> list[_Row]:
    """Empty positions of the contracts in which orders stand."""
    owner, listed = call.account, call.books.listed.contracts
    name = call.parameters.symbol(listed)
    held = {row.symbol for row in owner.positions}
    ordered = dict.fromkeys(row.symbol for row in owner.usdm_orders if row.symbol not in held)
    return [_empty(call, listed[symbol]) for symbol in ordered if name in (None, symbol)]


def _empty(call: Call, symbol: Symbol) -> _Row:
    position = Position(symbol=symbol.name, amount=ZERO, entry_price=ZERO, updated=call.books.world.clock.now())
    return _Row(position, symbol, PositionFigures(call.books.prices.of(symbol), ZERO, ZERO, ZERO, ZERO, ZERO))


def symbol_config(call: Call) -> Json:
    """Leverage and margin mode of each contract."""
    held = {row.symbol: row for row in call.account.positions}
    rows: list[dict[str, object]] = []
    for symbol in contracts(call):
        leverage, margin_type = settings_of(held.get(symbol.name))
        rows.append(
            {
                "symbol": symbol.name,
                "marginType": "CROSSED" if margin_type == "cross" else "ISOLATED",
                "isAutoAddMargin": False,
                "leverage": leverage,
                "maxNotionalValue": "20000000",
            }
        )
    return rows


def position_risk_v2(call: Call) -> Json:
    """Every contract, open or not, with leverage and margin type."""
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in _positions(call):
        settings = _risk_settings(row.position.leverage, row.position.margin_type)
        rows[row.position.symbol].append({**_risk(row), **settings})
    answer: list[dict[str, object]] = []
    for symbol in contracts(call):
        answer += rows.get(symbol.name) or [_flat(call, symbol)]
    return answer


def _risk(row: _Row) -> dict[str, object]:
    isolated = row.position.margin_type == "isolated"
    places = row.symbol.price_decimals
    return {
        "symbol": row.position.symbol,
        "positionSide": row.position.side,
        "positionAmt": format(row.position.amount, "f"),
        "entryPrice": format(row.position.entry_price, "f"),
        "breakEvenPrice": format(row.position.entry_price, "f"),
        "markPrice": amount(row.figures.mark_price),
        "unRealizedProfit": amount(row.figures.unrealized_profit),
        "liquidationPrice": amount(row.figures.liquidation_price, places) if row.figures.liquidation_price else "0",
        "isolatedMargin": amount(row.figures.isolated_margin) if isolated else "0",
        "notional": amount(row.figures.notional),
        "isolatedWallet": amount(row.figures.isolated_wallet) if isolated else "0",
        "updateTime": int(row.position.updated.timestamp() * 1000),
    }


def _risk_settings(leverage: int, margin_type: str) -> dict[str, object]:
    return {
        "leverage": str(leverage),
        "maxNotionalValue": "20000000",
        "marginType": margin_type,
        "isAutoAddMargin": "false",
        "isolated": margin_type == "isolated",
        "adlQuantile": 0,
    }


def _flat(call: Call, symbol: Symbol) -> dict[str, object]:
    nothing = amount(ZERO)
    return {
        "symbol": symbol.name,
        "positionSide": "BOTH",
        "positionAmt": amount(ZERO, symbol.amount_decimals),
        "entryPrice": "0.0",
        "breakEvenPrice": "0.0",
        "markPrice": amount(call.books.prices.of(symbol)),
        "unRealizedProfit": nothing,
        "liquidationPrice": "0",
        "isolatedMargin": nothing,
        "notional": "0",
        "isolatedWallet": "0",
        "updateTime": 0,
        **_risk_settings(USUAL_LEVERAGE, "cross"),
    }


def position_mode(call: Call) -> Json:
    return {"dualSidePosition": call.account.hedge_mode}


def multi_assets_mode(call: Call) -> Json:
    return {"multiAssetsMargin": call.account.multi_assets_margin}


def account_config(call: Call) -> Json:
    return {
        "feeTier": 0,
        "canTrade": True,
        "canDeposit": True,
        "canWithdraw": True,
        "dualSidePosition": call.account.hedge_mode,
        "updateTime": 0,
        "multiAssetsMargin": call.account.multi_assets_margin,
        "tradeGroupId": -1,
    }
