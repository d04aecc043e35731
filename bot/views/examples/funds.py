"""Pretend wallets."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.views.examples.checks import FUTURES, KEY, NOW, SPOT, TOKEN
from bot.views.pages import short_key
from domain.causes import Cause
from domain.check_view import NotLooked, Sight
from domain.funds_view import AssetRow, FundsSource, FundsView, WalletRow
from domain.locked_funds import LockedAsset
from domain.looking.view import AccountSight, Progress, Source

SOURCES = (Source(TOKEN, Sight.FINE, paper_accounts=1), Source(KEY, Sight.FINE))
SIGHT = AccountSight((SPOT,), ("k2",), Sight.FINE, looked_at=NOW)
FUTURES_SIGHT = AccountSight((FUTURES,), ("k2",), Sight.FINE, looked_at=NOW)
WHY = NotLooked("TimedOut")


def coin(
    asset: str, free: str, locked: str = "0", price: str | None = "1", orders: int = 1, by_orders: str | None = None
) -> AssetRow:
    """`by_orders`: what the orders hold of the locked amount; all of it if it is not given."""
    held = Decimal(locked)
    lock = LockedAsset(
        asset, Decimal(by_orders or locked), None, tuple(f"{n}" for n in range(orders)), told=held or None
    )
    worth = None if price is None else Decimal(price)
    return AssetRow(asset, Decimal(free) + held, Decimal(free), held, worth, lock if held else None)


SPOT_WALLET = WalletRow(
    SIGHT,
    FundsSource.EXCHANGE,
    (
        coin("ETH", "0.5", "0.5", "2000"),
        coin("USDT", "1200", "800"),
        coin("SOL", "0", "10", "150", orders=3, by_orders="9"),
        coin("OLD", "40", price=None),
        coin("XRP", "1", price="0.5"),
    ),
    orders_read=True,
    three_commas_worth=Decimal(2200),
)
FUTURES_WALLET = WalletRow(
    FUTURES_SIGHT,
    FundsSource.EXCHANGE,
    (
        replace(
            coin("USDT", "844.14", "177.8", orders=1, by_orders="55"), total=Decimal(1000), unrealised=Decimal("21.94")
        ),
    ),
    orders_read=True,
    positions=1,
    three_commas_worth=Decimal(1000),
)


def _view(*wallets: WalletRow, complete: bool = True, **more: object) -> FundsView:
    return replace(FundsView(SOURCES, Progress(4, 4), complete, None, NOW, {}, wallets), **more)  # type: ignore[arg-type]  # fields of the view


def half_way() -> FundsView:
    """Balances are there before orders and prices."""
    early = tuple(replace(row, price=None, locks=None) for row in SPOT_WALLET.assets)
    unpriced = replace(SPOT_WALLET, assets=early, orders_read=False, priced=False)
    looking = WalletRow(replace(FUTURES_SIGHT, state=Sight.LOOKING), FundsSource.EXCHANGE, priced=False)
    return _view(unpriced, looking, complete=False)


def orders_unread() -> FundsView:
    unread = replace(SPOT_WALLET, assets=(replace(SPOT_WALLET.assets[0], locks=None),), orders_read=False)
    return _view(unread)


def locked() -> FundsView:
    return _view(SPOT_WALLET, FUTURES_WALLET)


def by_three_commas() -> FundsView:
    """Without a key of the bot."""
    spot = replace(SPOT_WALLET, sight=AccountSight((SPOT,), state=Sight.WARNING), source=FundsSource.THREE_COMMAS)
    okx = AccountSight((replace(SPOT, id="a3", venue="okx", name="OKX"),), state=Sight.FINE)
    return _view(
        spot,
        WalletRow(okx, FundsSource.THREE_COMMAS, (coin("BTC", "0.1", price="63000"),)),
        sources=SOURCES[:1],
    )


def not_read() -> FundsView:
    own = replace(SPOT, id="a4", link=None, is_sub=True, name="Binance sub")
    positions_alone = replace(FUTURES_WALLET, assets=(coin("USDT", "900", "100", orders=0, by_orders="0.0"),))
    return _view(
        replace(SPOT_WALLET, sight=replace(SIGHT, state=Sight.NOT_LOOKED, not_looked=WHY), assets=()),
        replace(positions_alone, three_commas_worth=None),
        WalletRow(
            AccountSight((own,), ("k2",), Sight.FINE),
            FundsSource.EXCHANGE,
            (coin("ETH", "1", "1", "2000", orders=0, by_orders="0.0"), coin("BNB", "2", price="600")),
            orders_read=True,
        ),
        sources=(Source(TOKEN, Sight.NOT_LOOKED, WHY), SOURCES[1]),
    )


def told_instead() -> FundsView:
    """The bot's own key is refused; 3Commas tells its table, of one account not even that."""
    refused = NotLooked("KeyRefused", cause=Cause.AMBIGUOUS)
    unread = replace(FUTURES_SIGHT, state=Sight.NOT_LOOKED, not_looked=WHY)
    return _view(
        WalletRow(SIGHT, FundsSource.THREE_COMMAS, SPOT_WALLET.assets, own_key=refused),
        WalletRow(unread, FundsSource.THREE_COMMAS, own_key=refused),
        sources=(Source(TOKEN, Sight.NOT_LOOKED, WHY), Source(KEY, Sight.NOT_LOOKED, refused)),
    )


def many() -> FundsView:
    coins = tuple(coin(f"C{n}", f"{100 - n}") for n in range(20))
    dust = tuple(coin(f"D{n}", "0.2") for n in range(3))
    uncounted = replace(coin("USDT", "900", "100"), locks=LockedAsset("USDT", Decimal(0), None, ("1", "2"), 2))
    return _view(
        replace(SPOT_WALLET, assets=coins + dust, three_commas_worth=Decimal(5000)),
        replace(FUTURES_WALLET, assets=(uncounted,), positions=None),
    )


def empty() -> FundsView:
    return _view(replace(SPOT_WALLET, assets=(), three_commas_worth=Decimal(0)))


def waiting() -> FundsView:
    return replace(orders_unread(), complete=False, waiting_until=NOW + timedelta(minutes=5))


EIGHTH = short_key(SPOT.id, "C7")
