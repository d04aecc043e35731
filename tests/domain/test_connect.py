"""A token or a key, tried before it is stored."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.causes import Cause
from domain.connect import KeyAccepted, KeyTooPowerful, KeyWarning, TryKey, TryToken, reading_is_enough
from domain.errors import KeyRefused, PlanWithoutApi, RightMissing, ServiceDown, TimedOut, TokenRefused
from domain.ports import Balance, KeyRights
from domain.values import Credentials, MarketType, Secret
from tests.domain.fakes import NOW, READS_ONLY, FakeClock, FakeExchanges, FakeThreeCommas, listed

CREDENTIALS = Credentials("pretend", Secret("pretend"))


# --- tokens ----------------------------------------------------------------------------------------------------------


async def test_a_good_token_tells_what_it_sees_and_may():
    three_commas = FakeThreeCommas(real=[listed(41), listed(40, "paper_trading")])
    found = await TryToken(three_commas).run(CREDENTIALS)
    assert three_commas.asked == ["validate", "permissions", "accounts"]
    assert [account.id for account in found.accounts] == [41]
    assert (found.paper_accounts, found.missing_read_rights, found.may_write) == (1, (), False)


async def test_missing_and_superfluous_rights_are_told_old_spelling_included():
    three_commas = FakeThreeCommas(rights=frozenset({"ACCOUNTS_READ", "SMART_TRADE_READ", "BOTS_WRITE"}))
    found = await TryToken(three_commas).run(CREDENTIALS)
    assert (found.missing_read_rights, found.may_write) == (("BOTS_READ",), True)


async def test_where_3commas_does_not_tell_nothing_is_called_missing():
    found = await TryToken(FakeThreeCommas(rights=None)).run(CREDENTIALS)
    assert (found.permissions, found.missing_read_rights, found.may_write) == (None, (), False)


async def test_a_token_that_may_not_list_accounts_is_accepted_and_says_so():
    three_commas = FakeThreeCommas(rights=None, errors={"accounts": RightMissing("three_commas", "")})
    found = await TryToken(three_commas).run(CREDENTIALS)
    assert (found.accounts, found.missing_read_rights) == (None, ("ACCOUNTS_READ",))


@pytest.mark.parametrize(
    ("part", "error"),
    [
        ("validate", TokenRefused("three_commas")),
        ("validate", ServiceDown("three_commas")),
        ("accounts", PlanWithoutApi("three_commas")),
        ("accounts", TimedOut("three_commas")),
    ],
)
async def test_every_other_no_is_passed_on(part, error):
    with pytest.raises(type(error)):
        await TryToken(FakeThreeCommas(errors={part: error})).run(CREDENTIALS)


# --- keys ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def exchanges() -> FakeExchanges:
    return FakeExchanges()


async def attempt(exchanges: FakeExchanges):
    return await TryKey(exchanges, FakeClock()).run("binance", CREDENTIALS)


async def test_a_key_that_reads_is_accepted_with_what_it_shows(exchanges):
    held = Balance("USDT", Decimal(5), Decimal(0))
    exchanges.exchange.wallets[MarketType.SPOT] = [held]
    found = await attempt(exchanges)
    assert found == KeyAccepted(READS_ONLY, {MarketType.SPOT: (held,), MarketType.USDM: ()})
    assert found.markets_seen == (MarketType.SPOT, MarketType.USDM)


async def test_a_key_that_can_withdraw_is_refused_before_anything_else_is_asked(exchanges):
    exchanges.exchange.told = KeyRights(reading=True, withdrawals=True)
    assert await attempt(exchanges) == KeyTooPowerful(exchanges.exchange.told)
    assert exchanges.exchange.asked == ["rights"]


async def test_a_key_that_may_not_read_is_of_no_use(exchanges):
    exchanges.exchange.told = KeyRights(reading=False, spot=True)
    with pytest.raises(RightMissing) as caught:
        await attempt(exchanges)
    assert caught.value.right == "reading"


async def test_a_shared_refusal_leaves_key_and_address_in_the_order_to_test(exchanges):
    causes = (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING)
    exchanges.exchange.errors["rights"] = KeyRefused("binance", causes, code="-2015", address="203.0.113.7")
    with pytest.raises(KeyRefused) as caught:
        await attempt(exchanges)
    assert caught.value.causes == (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED)
    assert (caught.value.code, caught.value.address) == ("-2015", "203.0.113.7")


async def test_a_wallet_behind_another_right_is_not_seen_and_the_key_is_kept(exchanges):
    causes = (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING)
    exchanges.exchange.errors["usdm"] = KeyRefused("binance", causes)
    found = await attempt(exchanges)
    assert found.markets_seen == (MarketType.SPOT,)
    assert (found.not_seen[MarketType.USDM].error, found.not_seen[MarketType.USDM].right) == ("RightMissing", "futures")


async def test_a_wallet_that_does_not_answer_is_not_seen_and_never_empty(exchanges):
    exchanges.exchange.errors["spot"] = TimedOut("binance")
    found = await attempt(exchanges)
    assert MarketType.SPOT not in found.balances
    assert found.not_seen[MarketType.SPOT].error == "TimedOut"


async def test_a_venue_that_does_not_answer_is_passed_on(exchanges):
    exchanges.exchange.errors["rights"] = ServiceDown("binance")
    with pytest.raises(ServiceDown):
        await attempt(exchanges)


@pytest.mark.parametrize(
    ("rights", "warnings"),
    [
        (READS_ONLY, ()),
        (KeyRights(reading=True, ip_restricted=False), (KeyWarning.NO_IP_LIST,)),
        (KeyRights(reading=True, spot=True, ip_restricted=True), (KeyWarning.MORE_THAN_READING,)),
        (
            KeyRights(reading=True, futures=True, trading_expires_at=NOW + timedelta(days=14)),
            (KeyWarning.EXPIRES_SOON, KeyWarning.MORE_THAN_READING),
        ),
        (KeyRights(reading=True, trading_expires_at=NOW + timedelta(days=15)), ()),
        (KeyRights(), ()),
    ],
)
async def test_warnings_name_what_is_known_and_nothing_else(exchanges, rights, warnings):
    exchanges.exchange.told = rights
    assert (await attempt(exchanges)).warnings == warnings


def test_reading_is_enough_only_without_any_other_right():
    assert reading_is_enough(READS_ONLY)
    assert not reading_is_enough(KeyRights(reading=True, transfers=True))
    assert not reading_is_enough(KeyRights())
