"""What we replace in ccxt is still what ccxt uses, and a key lives in a copy and nowhere else."""

import asyncio
import copy
import gc
import logging
import weakref
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import ccxt
import pytest

from clients.exchanges.catalogue import QUIRKS
from clients.exchanges.client import Desk, Reader, lent, template
from clients.exchanges.venue_clock import VenueClock
from clients.limits import Budget, LocalLimiter, Scope
from clients.signing import Pairs
from clients.transport import Transport, VenueSession
from domain.causes import Cause
from domain.errors import KeyRefused, SupportError
from domain.markets import MARKETS
from domain.values import Credentials, KeyKind, MarketType, Secret
from tests.clients.exchange_house import ANY_KEY, Pretend, RunningClock, Scripted, pretend_binance, scripted_binance

NOT_IN_CCXT = {"binancetr"}
"""3Commas lists it; without ccxt we cannot read it."""


@pytest.fixture
async def binance() -> AsyncIterator[Scripted]:
    async with scripted_binance() as binance:
        yield binance


@pytest.fixture
async def house() -> AsyncIterator[Pretend]:
    async with pretend_binance() as house:
        yield house


class Noting(LocalLimiter):
    """Notes what is charged."""

    def __init__(self) -> None:
        super().__init__(RunningClock())
        self.charged: list[tuple[str, float]] = []

    async def admit(self, service: str, budgets, weight: float = 1.0) -> None:  # type: ignore[no-untyped-def]
        ((scope, _),) = budgets
        self.charged.append((scope[-1], weight))


def test_every_exchange_in_scope_exists_in_this_ccxt() -> None:
    """An upgrade of ccxt can remove exchanges."""
    in_scope = {market.venue for market in MARKETS.values()} | set(QUIRKS)
    assert in_scope - set(ccxt.exchanges) == NOT_IN_CCXT


@pytest.mark.parametrize("venue", QUIRKS)
def test_a_file_of_quirks_is_for_the_exchange_that_it_names(venue: str) -> None:
    quirks = QUIRKS[venue]
    assert quirks.venue == venue
    assert quirks.client({"session": None}).id == venue
    assert {weight.budget for weight in quirks.market_weights} <= set(quirks.budgets)


async def test_ccxt_still_uses_what_we_replace(binance: Scripted) -> None:
    """Session, throttle with its weights, clock, judgement, options, private keys: each leaves a trace in one call."""
    binance.says("/sapi/v1/account/apiRestrictions", '{"enableReading":true}')
    binance.says("/fapi/v3/account", '{"code":-2015,"msg":"no"}', status=401)
    limiter = Noting()
    quirks = QUIRKS["binance"]
    clock = VenueClock(binance.clock)
    async with Transport.open() as transport:
        reader = template(Desk(quirks, clock, limiter), VenueSession(transport, "binance", binance.server.origin))
        pair = await Pairs().pair(KeyKind.RSA)
        before = clock.milliseconds()
        with lent(reader, Credentials("k" * 64, pair.private_pem, KeyKind.RSA)) as client:
            client.options["recvWindow"] = 4321
            await client.sapi_get_account_apirestrictions({})
            with pytest.raises(KeyRefused):
                await client.fapiprivatev3_get_account({})
            assert client.ssl_context is False, "ccxt made a TLS context of its own"
            assert client.own_session is False
            with pytest.raises(ValueError, match="pss"):
                client.rsa("text", pair.private_pem.reveal(), "sha256", "pss")
        reader.session = None
    query = parse_qs(binance.server.arrived[0][1].split("?")[1])
    assert before <= int(query["timestamp"][0]) <= clock.milliseconds()
    assert query["recvWindow"] == ["4321"]
    assert binance.server.headers[0]["Host"] == "api.binance.com"
    assert binance.server.headers[1]["Host"] == "fapi.binance.com"
    assert limiter.charged == [("sapi", 1), ("fapi", 5)]


@pytest.mark.parametrize(
    ("api", "path", "cost", "budget", "amount"),
    [
        ("private", "account", 4, "spot", 20),
        ("public", "ticker/price", 0.8, "spot", 4),
        ("sapi", "account/apiRestrictions", 0.1, "sapi", 1),
        ("fapiPrivate", "openOrders", 40, "fapi", 40),
        ("fapiPrivateV3", "account", 1, "fapi", 5),
        ("dapiPrivate", "account", 5, "dapi", 5),
    ],
)
def test_a_cost_of_ccxt_is_a_weight_of_the_venue(api: str, path: str, cost: float, budget: str, amount: float) -> None:
    weight = QUIRKS["binance"].weight(api, path, cost)
    assert (weight.budget, weight.amount) == (budget, pytest.approx(amount))


async def test_what_the_venue_counted_is_charged_where_it_is_more_than_ours(binance: Scripted) -> None:
    """Another program may share our address."""
    used = {"X-SAPI-USED-IP-WEIGHT-1M": "11999"}
    binance.says("/sapi/v1/account/apiRestrictions", '{"enableReading":true,"ipRestrict":false}', headers=used)
    await binance.binance.rights(ANY_KEY, {})
    await binance.binance.rights(ANY_KEY, {})
    with pytest.raises(SupportError):
        await binance.binance.rights(ANY_KEY, {})
    assert len(binance.paths) == 2


async def test_a_key_leaves_with_its_copy(house: Pretend) -> None:
    reader = house.venues._tables["binance"].client()
    key = house.hmac_key()
    with lent(reader, key) as client:
        await client.sapi_get_account_apirestrictions({})
        assert (client.apiKey, client.secret) == (key.api_key, key.secret.reveal())
    for holder in (client, reader):
        kept = str({name: value for name, value in holder.__dict__.items() if name != "desk"})
        assert key.api_key not in kept
        assert key.secret.reveal() not in kept
        assert "signature" not in kept
    with pytest.raises(RuntimeError), lent(reader, key) as client:
        raise RuntimeError
    assert client.apiKey == client.secret == ""
    assert client.session is None


async def test_copies_used_side_by_side_get_their_own_answers_and_change_nothing_behind_them(house: Pretend) -> None:
    reader = house.venues._tables["binance"].client()
    options, names = copy.deepcopy(reader.options), set(reader.__dict__)
    keys = [house.hmac_key(str(number)) for number in range(12)]
    wrong = Credentials(keys[0].api_key, Secret("w" * 64))

    async def look(credentials: Credentials) -> bool:
        try:
            await house.binance.balances(credentials, {}, MarketType.SPOT)
        except KeyRefused as error:
            return error.causes != (Cause.SECRET_WRONG,)
        return True

    looks = [*keys, wrong] * 6
    worked = await asyncio.gather(*(look(credentials) for credentials in looks))
    assert worked == [credentials is not wrong for credentials in looks]
    assert reader.options == options
    assert set(reader.__dict__) == names
    assert not reader.apiKey


async def test_a_copy_is_gone_as_soon_as_it_is_let_go(house: Pretend, caplog: pytest.LogCaptureFixture) -> None:
    """No cycle keeps it, and ccxt has nothing to complain about."""
    reader = house.venues._tables["binance"].client()
    gc.disable()
    try:
        with lent(reader, ANY_KEY) as client:
            gone = weakref.ref(client)
        del client
        assert gone() is None
    finally:
        gc.enable()
    assert caplog.text == ""


async def test_a_copy_shares_no_dictionary_of_options_with_its_source(house: Pretend) -> None:
    def dictionaries(value: object) -> list[object]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        found = [one for each in inner for one in dictionaries(each)]
        return [value, *found] if isinstance(value, dict | list) else found

    reader = house.venues._tables["binance"].client()
    with lent(reader, None) as client:
        assert client.options == reader.options
        shared = {id(one) for one in dictionaries(client.options)} & {id(one) for one in dictionaries(reader.options)}
    assert shared == set()


def test_ccxt_does_not_log_requests_even_where_everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert not logging.getLogger("ccxt.base.exchange").isEnabledFor(logging.DEBUG)


async def test_a_pause_is_for_all_budgets_of_the_venue() -> None:
    clock = RunningClock()
    limiter = LocalLimiter(clock)
    desk = Desk(QUIRKS["binance"], VenueClock(clock), limiter)
    desk.pause(40)
    scopes: list[Scope] = [desk.scope(budget) for budget in QUIRKS["binance"].budgets]
    assert all(limiter.not_before(scope) is not None for scope in scopes)
    await limiter.admit("other", [(("other", "address", ""), Budget(1))])


def test_the_mixture_stands_before_ccxts_own_methods() -> None:
    """The methods that we replace are found on ccxt's class under the same names."""
    replaced = ("nonce", "calculate_rate_limiter_cost", "throttle", "sign", "rsa", "handle_errors")
    assert all(name in Reader.__dict__ for name in replaced)
    assert all(callable(getattr(QUIRKS["binance"].client, name)) for name in replaced)
