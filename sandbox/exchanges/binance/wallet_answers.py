"""Answers of /sapi/v1. Shapes: https://developers.binance.com/docs/wallet and https://developers.binance.com/docs/margin_trading"""

from sandbox.exchanges.binance.access import effective_rights
from sandbox.exchanges.binance.calls import Call, Json, amount
from sandbox.exchanges.binance.ledger import spot_locks
from sandbox.exchanges.binance.state import ZERO
from sandbox.exchanges.binance.symbols import FIAT, Symbol


def system_status(_call: Call) -> Json:
    return {"status": 0, "msg": "normal"}


def api_restrictions(call: Call) -> Json:
    """What the key may do, and whether it is bound to addresses; the addresses themselves are never told."""
    key = call.key
    rights = effective_rights(key, call.books.state.switches, call.books.world.clock.now())
    answer: dict[str, object] = {
        "ipRestrict": key.ips is not None,
        "createTime": int(key.created.timestamp() * 1000),
        "enableReading": rights.reading,
        "enableWithdrawals": rights.withdrawals,
        "enableInternalTransfer": rights.internal_transfer,
        "enableMargin": rights.margin,
        "enableFutures": rights.futures,
        "permitsUniversalTransfer": rights.universal_transfer,
        "enableVanillaOptions": rights.vanilla_options,
        "enableFixApiTrade": False,
        "enableFixReadOnly": False,
        "enableSpotAndMarginTrading": rights.spot_and_margin_trading,
        "enablePortfolioMarginTrading": rights.portfolio_margin,
    }
    if key.trading_until is not None:
        answer["tradingAuthorityExpirationTime"] = int(key.trading_until.timestamp() * 1000)
    return answer


def account_status(_call: Call) -> Json:
    return {"data": "Normal"}


def trading_status(call: Call) -> Json:
    return {
        "data": {
            "isLocked": False,
            "plannedRecoverTime": 0,
            "triggerCondition": {"GCR": 150, "IFER": 150, "UFR": 300},
            "updateTime": call.server_ms,
        }
    }


def all_coins(call: Call) -> Json:
    owner = call.account
    locks = spot_locks(owner, call.books.listed)
    return [
        {
            "coin": asset.code,
            "depositAllEnable": True,
            "withdrawAllEnable": True,
            "name": asset.name,
            "free": amount(owner.spot.get(asset.code, ZERO) - locks.get(asset.code, ZERO)),
            "locked": amount(locks.get(asset.code, ZERO)),
            "freeze": "0",
            "withdrawing": "0",
            "ipoing": "0",
            "ipoable": "0",
            "storage": "0",
            "isLegalMoney": asset.code in FIAT,
            "trading": True,
            "networkList": [],
        }
        for asset in call.books.listed.assets.values()
    ]


def _margin_symbols(call: Call) -> list[Symbol]:
    return [row for row in call.books.listed.spot.values() if row.margin]


def cross_margin_pairs(call: Call) -> Json:
    return [
        {**_pair(row), "id": 351_637_150_141_315_861 + position} for position, row in enumerate(_margin_symbols(call))
    ]


def isolated_margin_pairs(call: Call) -> Json:
    return [_pair(row) for row in _margin_symbols(call)]


def _pair(row: Symbol) -> dict[str, object]:
    return {
        "symbol": row.name,
        "base": row.base,
        "quote": row.quote,
        "isMarginTrade": True,
        "isBuyAllowed": True,
        "isSellAllowed": True,
    }
