"""Which exchange account a key belongs to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import Access, KeyGone
from domain.errors import KeyRefused, ServiceDown, TokenRefused
from domain.linking import AskWhich, Candidate, LinkItself, LinkKey, NoCandidate, Worth, agree, choose, worth_of
from domain.ports import Balance, Contact
from domain.values import MarketType
from tests.domain.fakes import KEY, TRADER, FakeClock, FakeExchange, FakeExchanges, FakeThreeCommas, FakeUnits, listed

UNITS = FakeUnits()
ACCOUNTS = [UNITS.account(f"account-{i}", i) for i in range(4)]

HELD = Worth(Decimal(1000))


def candidates(*worth: int | str | None) -> list[Candidate]:
    return [Candidate(ACCOUNTS[i], None if value is None else Decimal(value)) for i, value in enumerate(worth)]


def test_one_that_holds_the_same_links_itself():
    assert choose(HELD, candidates(1009)) == LinkItself(ACCOUNTS[0])
    assert choose(HELD, candidates(500, 991)) == LinkItself(ACCOUNTS[1])


def test_without_any_account_there_is_no_candidate():
    assert choose(HELD, []) == NoCandidate()


def test_differing_balances_are_one_question():
    assert choose(HELD, candidates(1011)) == AskWhich((ACCOUNTS[0],))


def test_two_that_hold_the_same_are_asked_about_first():
    assert choose(HELD, candidates(5, 1000, 1001)) == AskWhich((ACCOUNTS[1], ACCOUNTS[2], ACCOUNTS[0]))


def test_one_that_could_not_be_loaded_may_be_the_right_one():
    assert choose(HELD, candidates(None, 1000)) == AskWhich((ACCOUNTS[1], ACCOUNTS[0]))


def test_empty_wallets_all_look_alike():
    assert choose(Worth(Decimal(0)), candidates(0)) == AskWhich((ACCOUNTS[0],))


@pytest.mark.parametrize(("profit", "told", "with_profit"), [
    (200, 1000, False),
    (200, 1200, True),
    (-200, 1000, False),
    (-200, 800, True),
    (5, 1005, False),
])  # fmt: skip
def test_3commas_may_count_the_profit_of_open_positions_or_not(profit, told, with_profit):
    found = choose(Worth(Decimal(1000), Decimal(profit)), candidates(told, 5))
    assert found == LinkItself(ACCOUNTS[0], with_profit=with_profit)


def test_one_that_agrees_with_the_profit_and_one_without_it_are_one_question():
    assert choose(Worth(Decimal(1000), Decimal(200)), candidates(5, 1000, 1200)) == AskWhich(
        (ACCOUNTS[1], ACCOUNTS[2], ACCOUNTS[0])
    )


@pytest.mark.parametrize("told", [1100, 1300, 800, 200])
def test_what_lies_between_or_beside_both_figures_is_a_question(told):
    assert choose(Worth(Decimal(1000), Decimal(200)), candidates(told)) == AskWhich((ACCOUNTS[0],))


def test_a_wallet_that_its_losses_have_eaten_links_by_what_it_holds_alone():
    gone = Worth(Decimal(1000), Decimal(-1000))
    assert choose(gone, candidates(0)) == AskWhich((ACCOUNTS[0],))
    assert choose(gone, candidates(1000)) == LinkItself(ACCOUNTS[0])


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
PROFITS = st.just(Decimal(0)) | st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(one=AMOUNTS, other=AMOUNTS)
def test_agreeing_is_mutual_and_within_one_per_cent(one, other):
    assert agree(one, other) == agree(other, one)
    if agree(one, other):
        assert min(one, other) >= max(one, other) * Decimal("0.99")
    assert agree(one, one) == (one > 0)


@given(held=AMOUNTS, profit=PROFITS, seen=st.lists(st.none() | AMOUNTS, max_size=4), data=st.data())
def test_it_links_itself_only_if_no_other_could_be_meant(held, profit, seen, data):
    figures = [figure for figure in (held, held + profit) if figure >= 0]
    seen = [*seen, data.draw(st.sampled_from(figures))][:4]
    found = choose(Worth(held, profit), candidates(*seen))
    same = [
        i
        for i, value in enumerate(seen)
        if value is not None and any(agree(figure, value) for figure in (held, held + profit))
    ]
    match found:
        case LinkItself(account, _):
            assert [ACCOUNTS[i] for i in same] == [account]
            assert None not in seen
        case AskWhich(accounts):
            assert {account.id for account in accounts} == {ACCOUNTS[i].id for i in range(len(seen))}
        case NoCandidate():
            assert not seen


async def test_worth_counts_free_and_locked_and_leaves_out_what_has_no_price():
    exchange = FakeExchange(worth={"ETH": Decimal(4000)})
    held = [
        Balance("ETH", Decimal("0.1"), Decimal("0.4")),
        Balance("USDT", Decimal(10), Decimal(0)),
        Balance("NONE", Decimal(5), Decimal(0)),
        Balance("ZERO", Decimal(0), Decimal(0)),
    ]
    assert await worth_of(exchange, held) == Worth(Decimal(2010))


async def test_profit_counts_in_the_coin_that_it_is_settled_in_even_if_nothing_else_of_it_is_there():
    exchange = FakeExchange(worth={"BTC": Decimal(60000)})
    held = [
        Balance("BTC", Decimal("0.1"), Decimal(0), Decimal("-0.01")),
        Balance("USDT", Decimal(0), Decimal(0), Decimal(250)),
        Balance("NONE", Decimal(0), Decimal(0), Decimal(9)),
    ]
    worth = await worth_of(exchange, held)
    assert (worth.held, worth.unrealised, worth.with_profit) == (6000, -350, 5650)


class World:
    def __init__(self) -> None:
        self.units = FakeUnits()
        self.units.token()
        self.units.account("spot", 41)
        self.units.account("futures", 42, market_type=MarketType.USDM)
        self.units.account("elsewhere", 43, venue="kraken")
        self.units.key()
        self.three_commas = FakeThreeCommas(real=[listed(i, usd_amount=Decimal(1000)) for i in (41, 42, 43)])
        self.exchanges = FakeExchanges()
        self.exchanges.exchange.wallets[MarketType.SPOT] = [Balance("USDT", Decimal(600), Decimal(404))]

    async def link(self, market=MarketType.SPOT, **options):
        access = Access(self.units, FakeClock())
        linking = LinkKey(self.units, access, self.three_commas, self.exchanges)
        return await linking.run(TRADER, KEY, market, trigger="button", **options)


@pytest.fixture
def world() -> World:
    return World()


async def test_only_accounts_of_that_venue_and_market_are_loaded(world):
    assert await world.link() == LinkItself(world.units.accounts.rows["spot"])
    assert world.three_commas.asked == ["load:41"]


async def test_balances_that_were_read_a_moment_ago_are_not_read_again(world):
    found = await world.link(balances=[Balance("USDT", Decimal(1), Decimal(0))])
    assert found == AskWhich((world.units.accounts.rows["spot"],))
    assert "spot" not in world.exchanges.exchange.asked


async def test_futures_with_an_open_position_link_by_the_margin_balance(world):
    world.exchanges.exchange.wallets[MarketType.USDM] = [Balance("USDT", Decimal(700), Decimal(90), Decimal(212))]
    found = await world.link(MarketType.USDM)
    assert found == LinkItself(world.units.accounts.rows["futures"], with_profit=True)


@pytest.mark.parametrize("error", [ServiceDown("three_commas"), TokenRefused("three_commas")])
async def test_what_3commas_cannot_load_is_asked_about(world, error):
    world.three_commas.errors["load:41"] = error
    assert await world.link() == AskWhich((world.units.accounts.rows["spot"],))


async def test_a_figure_from_before_a_refusal_is_stale(world):
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    assert await world.link() == AskWhich((world.units.accounts.rows["spot"],))


async def test_an_account_that_3commas_does_not_show_is_no_candidate(world):
    world.units.account("told")
    assert await world.link() == LinkItself(world.units.accounts.rows["spot"])


async def test_an_account_that_has_this_key_already_is_no_candidate(world):
    await world.units.accounts.attach("spot", KEY)
    assert await world.link() == NoCandidate()


async def test_a_refusal_of_the_key_is_passed_on(world):
    world.exchanges.exchange.errors["spot"] = KeyRefused("binance", ())
    with pytest.raises(KeyRefused):
        await world.link()


async def test_a_key_that_is_gone_is_said(world):
    await world.units.keys.remove(KEY)
    with pytest.raises(KeyGone):
        await world.link()
