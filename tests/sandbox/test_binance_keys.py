"""The rules of the page "API Management", as a person and a story meet them."""

from decimal import Decimal
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from sandbox.exchanges.binance.api_management import read_addresses
from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.binance.errors import ApiManagementError
from sandbox.exchanges.binance.state import ExchangeAccount, Rights
from sandbox.world import World
from tests.sandbox.binance_house import PERSON, TRADING

ADDRESSES = [f"192.0.2.{last}" for last in range(1, 32)]


@pytest.fixture
def binance() -> BinanceEmulator:
    return BinanceEmulator(World(), symbols=60)


@pytest.fixture
def account(binance: BinanceEmulator) -> ExchangeAccount:
    return binance.add_account(PERSON, "Main account")


def public_pem(private: Ed25519PrivateKey) -> str:
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_a_system_generated_key_reads_only_and_is_64_letters_and_digits(
    binance: BinanceEmulator, account: ExchangeAccount
) -> None:
    fresh = binance.create_hmac_key(account.id, "3Commas")
    assert (len(fresh.key), len(fresh.secret), fresh.key.isalnum()) == (64, 64, True)
    (row,) = binance.keys_of(account.id)
    assert (row.rights, row.ips) == (Rights(), None)
    assert fresh.secret not in repr(row)


def test_trading_rights_need_addresses_first(binance: BinanceEmulator, account: ExchangeAccount) -> None:
    fresh = binance.create_hmac_key(account.id, "3Commas")
    with pytest.raises(ApiManagementError, match="trusted IPs"):
        binance.edit_rights(fresh.key, spot_and_margin_trading=True)
    binance.edit_ips(fresh.key, ADDRESSES[:2])
    binance.edit_rights(fresh.key, spot_and_margin_trading=True, futures=True)
    assert binance.key_row(fresh.key).rights == TRADING
    binance.edit_ips(fresh.key, None)
    assert binance.key_row(fresh.key).rights == Rights()


def test_a_self_generated_key_needs_addresses_only_where_the_switch_says_so(
    binance: BinanceEmulator, account: ExchangeAccount
) -> None:
    key = binance.create_public_key_key(account.id, "assistant", public_pem(Ed25519PrivateKey.generate()))
    with pytest.raises(ApiManagementError):
        binance.edit_rights(key, futures=True)
    binance.state.switches.asymmetric_needs_ip = False
    binance.edit_rights(key, futures=True)
    assert binance.key_row(key).rights.futures is True


def test_a_refused_save_changes_neither_boxes_nor_addresses(binance: BinanceEmulator, account: ExchangeAccount) -> None:
    fresh = binance.create_hmac_key(account.id, "3Commas", ips=ADDRESSES[:1])
    with pytest.raises(ApiManagementError):
        binance.edit_restrictions(fresh.key, TRADING, None)
    with pytest.raises(ApiManagementError):
        binance.edit_restrictions(fresh.key, TRADING, ["192.0.2.0/24"])
    row = binance.key_row(fresh.key)
    assert (row.rights, row.ips) == (Rights(), ADDRESSES[:1])


@pytest.mark.parametrize(
    ("addresses", "sentence"),
    [
        (["192.0.2.0/24"], "range"),
        (["192.0.2.256"], "not a valid"),
        (["example.invalid"], "not a valid"),
        ([], "at least one"),
        (ADDRESSES, "At most 30"),
    ],
)
def test_addresses_are_single_valid_and_at_most_thirty(
    binance: BinanceEmulator, account: ExchangeAccount, addresses: list[str], sentence: str
) -> None:
    fresh = binance.create_hmac_key(account.id, "3Commas")
    with pytest.raises(ApiManagementError, match=sentence):
        binance.edit_ips(fresh.key, addresses)
    binance.edit_ips(fresh.key, ADDRESSES[:30])


def test_pasted_addresses_may_be_separated_by_blanks_commas_and_lines() -> None:
    assert read_addresses(" 192.0.2.1, 192.0.2.2\n192.0.2.3;192.0.2.4 ") == ADDRESSES[:4]


def test_the_long_list_of_a_fast_connect_key_stays_when_only_boxes_change(
    binance: BinanceEmulator, account: ExchangeAccount
) -> None:
    fresh = binance.connect_third_party(PERSON, "3Commas", ADDRESSES)
    binance.edit_rights(fresh.key, futures=False)
    row = binance.key_row(fresh.key)
    assert (row.rights.futures, row.rights.spot_and_margin_trading, row.ips) == (False, True, ADDRESSES)


def test_saving_with_addresses_renews_lapsed_trading_rights(binance: BinanceEmulator, account: ExchangeAccount) -> None:
    fresh = binance.create_hmac_key(account.id, "3Commas", rights=TRADING, ips=ADDRESSES[:1])
    binance.key_row(fresh.key).trading_until = binance.world.clock.now()
    assert binance.rights_of(binance.key_row(fresh.key)) == Rights()
    binance.edit_rights(fresh.key, spot_and_margin_trading=True)
    assert binance.rights_of(binance.key_row(fresh.key)) == Rights(spot_and_margin_trading=True)


def test_a_pasted_private_key_half_a_key_and_another_algorithm_are_refused(
    binance: BinanceEmulator, account: ExchangeAccount
) -> None:
    private = Ed25519PrivateKey.generate()
    secret_pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    curve_pem = generate_ec(SECP256R1()).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for pasted, sentence in (
        (secret_pem, "private key"),
        (public_pem(private)[:60], "not valid"),
        ("", "not valid"),
        (curve_pem.decode(), "Only Ed25519"),
    ):
        with pytest.raises(ApiManagementError, match=sentence):
            binance.create_public_key_key(account.id, "assistant", pasted)
    assert binance.keys_of(account.id) == []


def test_labels_are_unique_in_an_account_and_free_again_after_deletion(
    binance: BinanceEmulator, account: ExchangeAccount
) -> None:
    fresh = binance.create_hmac_key(account.id, "3Commas")
    with pytest.raises(ApiManagementError, match="label"):
        binance.create_hmac_key(account.id, " 3Commas ")
    with pytest.raises(ApiManagementError, match="label"):
        binance.create_hmac_key(account.id, "  ")
    binance.delete_key(fresh.key)
    binance.create_hmac_key(account.id, "3Commas")
    with pytest.raises(ApiManagementError, match="does not exist"):
        binance.delete_key(fresh.key)


def test_the_user_agreement_comes_before_the_first_key_of_the_main_account_and_its_sub_accounts(
    binance: BinanceEmulator,
) -> None:
    main = binance.add_account(PERSON, "Main account", agreement_accepted=False)
    sub = binance.add_account(PERSON, "Bots", main=main.id)
    for account in (main, sub):
        with pytest.raises(ApiManagementError, match="agreement"):
            binance.create_hmac_key(account.id, "3Commas")
    binance.accept_agreement(sub.id)
    for account in (main, sub):
        binance.create_hmac_key(account.id, "3Commas")


def test_a_key_older_than_the_futures_account_never_gets_futures(binance: BinanceEmulator) -> None:
    account = binance.add_account(PERSON, "Main account", futures=False)
    old = binance.create_hmac_key(account.id, "old", ips=ADDRESSES[:1])
    with pytest.raises(ApiManagementError, match="Open a futures account"):
        binance.edit_rights(old.key, futures=True)
    binance.world.clock.advance(60)
    binance.open_futures(account.id)
    with pytest.raises(ApiManagementError, match="created before"):
        binance.edit_rights(old.key, futures=True)
    binance.create_hmac_key(account.id, "new", rights=TRADING, ips=ADDRESSES[:1])


def test_orders_lock_what_they_need_and_no_more_than_there_is(
    binance: BinanceEmulator, account: ExchangeAccount
) -> None:
    binance.put_balance(account.id, "ETH", Decimal(1))
    order_id = binance.put_order(account.id, "ETHUSDT", "SELL", Decimal("0.7"), Decimal(4000), executed=Decimal("0.1"))
    with pytest.raises(ValueError, match="too little ETH"):
        binance.put_order(account.id, "ETHUSDT", "SELL", Decimal("0.5"), Decimal(4000))
    with pytest.raises(ValueError, match="lock more ETH"):
        binance.put_balance(account.id, "ETH", Decimal("0.5"))
    with pytest.raises(ValueError, match="not listed"):
        binance.put_order(account.id, "NOPEUSDT", "SELL", Decimal(1), Decimal(1))
    binance.remove_order(account.id, binance.put_order(account.id, "ETHUSDT", "SELL", Decimal("0.4"), Decimal(4000)))
    binance.remove_order(account.id, order_id)
    binance.put_balance(account.id, "ETH", Decimal("0.5"))


def test_both_orders_of_an_oco_lock_once(binance: BinanceEmulator, account: ExchangeAccount) -> None:
    binance.put_balance(account.id, "ETH", Decimal(1))
    for price, stop in ((Decimal(4000), None), (Decimal(2900), Decimal(3000))):
        binance.put_order(
            account.id, "ETHUSDT", "SELL", Decimal(1), price, type="STOP_LOSS_LIMIT" if stop else "LIMIT_MAKER",
            stop_price=stop, order_list_id=5,
        )  # fmt: skip
    assert len(binance.account(account.id).spot_orders) == 2


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    world = World(tmp_path)
    binance = BinanceEmulator(world, symbols=60)
    account = binance.add_account(PERSON, "Main account")
    binance.put_balance(account.id, "ETH", Decimal("1.5"))
    binance.put_order(account.id, "ETHUSDT", "SELL", Decimal("0.4"), Decimal(4100))
    binance.put_position(account.id, "BTCUSDT", Decimal("-0.05"), Decimal(61200))
    binance.set_price("ETH", Decimal("3275.5"))
    binance.create_hmac_key(account.id, "3Commas", rights=TRADING, ips=ADDRESSES[:2])
    world.save()
    assert BinanceEmulator(World(tmp_path)).state == binance.state
