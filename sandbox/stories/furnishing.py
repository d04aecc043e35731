"""What stories are furnished with: people and prices, exchange accounts, the keys that 3Commas holds, and its rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.exchanges.binance.state import ZERO, ApiKey, ExchangeAccount, Market, Rights
from sandbox.exchanges.venue import FreshKey
from sandbox.stories.figures import ALEX, FUTURES, FUTURES_RIGHTS, KIM, PRICES, SPOT, TRADE_RIGHTS
from sandbox.three_commas.accounts import as_counted
from sandbox.three_commas.builders import smart_trade
from sandbox.three_commas.markets import BINANCE_ADDRESSES, market_of
from sandbox.three_commas.standstill import stop_trades
from sandbox.three_commas.state import Account, KeysState, Plan, Stop, Target

if TYPE_CHECKING:
    from sandbox.house import House

HOLDINGS = {"ETH": Decimal("0.5"), "USDT": Decimal("800")}
"""1,800 USDT worth: what Alex has on spot where the story names no other figures."""
MARGIN = Decimal("500")
"""USDT on futures, likewise."""
KEY_AGE = timedelta(days=600)


def begin(house: "House", plan: Plan, *, ended: bool = False) -> None:
    """People, prices, Alex's plan, and Kim with all that is hers."""
    house.world.state.people = [ALEX, KIM]
    for asset, worth in PRICES.items():
        house.binance.set_price(asset, worth)
    house.three_commas.set_plan(ALEX.id, plan, ended=ended)
    furnish_kim(house)


def furnish_kim(house: "House") -> None:
    """Free plan, one account with a dead key, nothing that the bot could use."""
    house.three_commas.set_plan(KIM.id, "free")
    gone = house.world.clock.now() - timedelta(days=120)
    account = exchange_account(house, KIM.id, "Kim", {"USDT": Decimal("320")})
    key = key_for_3commas(house, account, "3commas", age=timedelta(days=800))
    lose_key(house, key, gone)
    row(house, KIM.id, "binance", "My Binance", key, seen=gone, dead=True)


def exchange_account(
    house: "House",
    person: int,
    name: str,
    spot: Mapping[str, Decimal],
    margin: Decimal = ZERO,
    *,
    main: ExchangeAccount | None = None,
) -> ExchangeAccount:
    """An account at Binance with its wallets; `margin` is USDT on futures. With `main`, a sub-account of that one."""
    account = house.binance.add_account(person, name, main=main.id if main is not None else None)
    for asset, total in spot.items():
        house.binance.put_balance(account.id, asset, total)
    if margin:
        house.binance.put_balance(account.id, "USDT", margin, "usdm")
    return account


def key_for_3commas(
    house: "House",
    account: ExchangeAccount,
    label: str,
    *,
    rights: Rights = TRADE_RIGHTS,
    addresses: tuple[str, ...] = BINANCE_ADDRESSES,
    age: timedelta = KEY_AGE,
) -> FreshKey:
    """A key made by hand, bound to 3Commas' addresses."""
    created = house.world.clock.now() - age
    return house.binance.create_hmac_key(account.id, label, rights=rights, ips=list(addresses), created=created)


def unbound_key_for_3commas(
    house: "House", account: ExchangeAccount, label: str, *, trading_until: datetime
) -> FreshKey:
    """A key of the time when trading needed no address list. Its trading rights lapse; reading stays."""
    fresh = house.binance.create_hmac_key(account.id, f"{label} (new)")
    made = house.binance.key_row(fresh.key)
    house.binance.state.keys.remove(made)
    house.binance.put_key(
        ApiKey.model_validate(
            {
                **made.model_dump(),
                "label": label,
                "rights": FUTURES_RIGHTS.model_dump(),
                "created": house.world.clock.now() - KEY_AGE,
                "trading_until": trading_until,
            }
        )
    )
    return fresh


def lose_key(house: "House", key: FreshKey, at: datetime) -> None:
    """The key is deleted at Binance; 3Commas goes on with what it has stored."""
    house.binance.key_row(key.key).deleted = at
    house.world.changed()


def row(
    house: "House",
    person: int,
    market_code: str,
    name: str,
    key: FreshKey,
    *,
    account_id: int | None = None,
    seen: datetime | None = None,
    dead: bool = False,
    state: KeysState = "ok",
    subaccount_name: str | None = None,
) -> Account:
    """A row of My Portfolio as the last contact left it: at `seen`, with the balances that were there.

    `dead` means that the contact was refused: the flags say so, and what was open stands still once trades are added
    and `stand_still` was called.
    """
    now = house.world.clock.now()
    exchange_account_id = house.binance.account_of(key.key)
    if exchange_account_id is None:
        raise ValueError("the key belongs to no account at Binance")
    return house.three_commas.add_account(
        person,
        market_code,
        name,
        api_key=key.key,
        secret=key.secret,
        account_id=account_id,
        holdings=wallet(house, exchange_account_id, market_code),
        created_at=now - KEY_AGE,
        updated_at=seen or now - timedelta(days=1),
        subaccount_name=subaccount_name,
        api_key_invalid=dead,
        api_keys_state="expired" if dead else state,
    )


def wallet(house: "House", account_id: str, market_code: str) -> dict[str, tuple[Decimal, Decimal]]:
    """Free and locked per asset, as a load of balances would find them now."""
    market: Market = "usdm" if market_of(market_code).futures else "spot"
    held = house.binance.wallet(house.binance.account(account_id), market)
    return {row.asset: (row.free, row.locked) for row in as_counted(held, house.three_commas.behaviour)}


def stand_still(house: "House", person: int, account_id: int) -> None:
    """What the first refused contact does to open trades and deals of an account."""
    stop_trades(house.three_commas.user(person), account_id, house.three_commas.worth)
    house.world.changed()


def alex_at_binance(house: "House") -> ExchangeAccount:
    """Alex's main account with the usual figures."""
    return exchange_account(house, ALEX.id, "Alex", HOLDINGS, MARGIN)


def row_spot(
    house: "House", key: FreshKey, *, seen: datetime | None = None, dead: bool = False, state: KeysState = "ok"
) -> Account:
    """Alex's row "Binance spot"."""
    return row(house, ALEX.id, "binance", "Binance spot", key, account_id=SPOT, seen=seen, dead=dead, state=state)


def row_futures(house: "House", key: FreshKey, *, state: KeysState = "ok") -> Account:
    """Alex's row "Binance futures", whose key works."""
    return row(house, ALEX.id, "binance_futures", "Binance futures", key, account_id=FUTURES, state=state)


def working_futures(house: "House", account: ExchangeAccount) -> None:
    """A key with futures rights, and the row that uses it."""
    row_futures(house, key_for_3commas(house, account, "3commas futures", rights=FUTURES_RIGHTS))


def open_trade(house: "House", trade_id: int, created_at: datetime) -> None:
    """Alex holds 0.5 ETH on spot, bought at 1,800; take profit at 2,600, stop at 1,600: both watched by 3Commas."""
    house.three_commas.add_smart_trade(
        ALEX.id,
        smart_trade(
            trade_id=trade_id,
            account_id=SPOT,
            pair="USDT_ETH",
            units=Decimal("0.5"),
            entry=Decimal("1800"),
            created_at=created_at,
            targets=[Target(price=Decimal("2600"), order_type="market")],
            stop=Stop(trigger=Decimal("1600")),
        ),
    )


def failed_trade(house: "House", trade_id: int, error: str, at: datetime) -> None:
    """A spot trade of Alex for 0.1 ETH that Binance or 3Commas refused to open."""
    house.three_commas.add_smart_trade(
        ALEX.id,
        smart_trade(
            trade_id=trade_id,
            account_id=SPOT,
            pair="USDT_ETH",
            units=Decimal("0.1"),
            entry=Decimal("1950"),
            entered=ZERO,
            created_at=at - timedelta(minutes=1),
            status="failed",
            targets=[Target(price=Decimal("2200"))],
            error=error,
            closed_at=at,
        ),
    )
