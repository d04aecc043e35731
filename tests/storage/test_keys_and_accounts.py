"""Keys, their secrets, the exchange accounts that they read, and the log of their use."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.access import Access, KeyGone
from domain.records import AccountLink, ExchangeAccount, KeyState, Trader, Use
from domain.values import THREE_COMMAS, Credentials, KeyKind, MarketType, Secret
from storage.opening import Storage
from tests.storage.clock import StillClock
from tests.storage.people import account, key, meet

CREDENTIALS = Credentials("api key", Secret("secret"), KeyKind.ED25519)


@pytest.fixture
async def ann(storage: Storage, clock: StillClock) -> Trader:
    return await meet(storage, 1, clock.now())


async def test_a_key_comes_back_as_it_was_given(storage: Storage, clock: StillClock, ann: Trader) -> None:
    mine = key(ann, clock.now())
    async with storage.units.writing() as u:
        await u.keys.add(mine, CREDENTIALS)
        await u.commit()
    async with storage.units.reading() as u:
        assert await u.keys.get(mine.id) == mine
        assert await u.keys.open(mine.id) == (CREDENTIALS, {})
        assert await u.keys.get("another") is None
        assert await u.keys.open("another") is None


async def test_keys_are_listed_by_age_and_by_service(storage: Storage, clock: StillClock, ann: Trader) -> None:
    ben = await meet(storage, 2, clock.now())
    young = replace(key(ann, clock.now() + timedelta(days=1), "young"), service=THREE_COMMAS)
    old = replace(key(ann, clock.now(), "old"), rights=(), made_at=None, public_pem="", label="", tail="")
    async with storage.units.writing() as u:
        for one in (young, old, key(ben, clock.now(), "of another")):
            await u.keys.add(one, CREDENTIALS)
        assert await u.keys.list(ann.id) == [old, young]
        assert await u.keys.list(ann.id, THREE_COMMAS) == [young]


async def test_what_is_known_about_a_key_changes_without_its_secret(
    storage: Storage, clock: StillClock, ann: Trader
) -> None:
    mine = key(ann, clock.now())
    changed = replace(mine, label="renamed", rights=("reading",), tail="0000", last_used_at=clock.now())
    async with storage.units.writing() as u:
        await u.keys.add(mine, CREDENTIALS)
        await u.keys.update(changed)
        assert await u.keys.get(mine.id) == changed
        assert await u.keys.open(mine.id) == (CREDENTIALS, {})


async def test_a_pair_becomes_live_when_its_key_id_comes_back(storage: Storage, clock: StillClock, ann: Trader) -> None:
    pair = key(ann, clock.now(), state=KeyState.PENDING)
    async with storage.units.writing() as u:
        await u.keys.add(pair, replace(CREDENTIALS, api_key=""))
        await u.keys.confirm(replace(pair, tail="y_id"), "key id")
        assert await u.keys.get(pair.id) == replace(pair, tail="y_id", state=KeyState.LIVE)
        assert await u.keys.open(pair.id) == (replace(CREDENTIALS, api_key="key id"), {})
        await u.keys.confirm(key(ann, clock.now(), "thrown away"), "key id")
        assert await u.keys.get("thrown away") is None


async def test_new_credentials_take_the_place_of_the_old(storage: Storage, clock: StillClock, ann: Trader) -> None:
    mine = key(ann, clock.now())
    fresh = Credentials("other", Secret("newer"), KeyKind.HMAC)
    async with storage.units.writing() as u:
        await u.keys.add(mine, CREDENTIALS)
        await u.keys.remember(mine.id, {"nonce": "5"})
        await u.keys.replace(replace(mine, kind=KeyKind.HMAC), fresh)
        assert await u.keys.open(mine.id) == (fresh, {})
        assert await u.keys.list(ann.id) == [replace(mine, kind=KeyKind.HMAC)]
        await u.keys.replace(key(ann, clock.now(), "removed"), fresh)
        assert await u.keys.get("removed") is None


async def test_what_a_venue_makes_us_remember_is_kept(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        await u.keys.add(key(ann, clock.now()), CREDENTIALS)
        for state in ({"nonce": "1"}, {"nonce": "2", "mode": "hedge"}):
            await u.keys.remember("key-1", state)
            assert await u.keys.open("key-1") == (CREDENTIALS, state)
        await u.keys.remember("removed", {})


async def test_pairs_whose_key_id_never_came_are_dropped(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        for name, hours, state in (
            ("stale", 25, KeyState.PENDING),
            ("fresh", 23, KeyState.PENDING),
            ("live", 99, KeyState.LIVE),
        ):
            await u.keys.add(key(ann, clock.now() - timedelta(hours=hours), name, state=state), CREDENTIALS)
        assert await u.keys.drop_stale_pairs(clock.now() - timedelta(hours=24)) == 1
        assert {one.id for one in await u.keys.list(ann.id)} == {"fresh", "live"}


async def test_an_exchange_account_comes_back_as_it_was_given(storage: Storage, clock: StillClock, ann: Trader) -> None:
    first = account(ann, clock.now())
    bare = ExchangeAccount("account-2", ann.id, "binance", MarketType.USDM, "Told", created_at=clock.now())
    async with storage.units.writing() as u:
        for one in (bare, first, replace(first, name="renamed", is_sub=True, link=AccountLink("token", 5))):
            await u.accounts.put(one)
        assert await u.accounts.get("account-1") == replace(
            first, name="renamed", is_sub=True, link=AccountLink("token", 5)
        )
        assert [one.id for one in await u.accounts.list(ann.id)] == ["account-1", "account-2"]
        assert await u.accounts.get("account-2") == bare
        await u.accounts.remove("account-1")
        assert await u.accounts.get("account-1") is None


async def test_keys_and_exchange_accounts_are_many_to_many(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        for number in ("1", "2"):
            await u.keys.add(key(ann, clock.now(), f"key-{number}"), CREDENTIALS)
            await u.accounts.put(account(ann, clock.now(), f"account-{number}"))
        for account_id, key_id in (
            ("account-1", "key-1"),
            ("account-1", "key-2"),
            ("account-2", "key-1"),
            ("account-1", "key-1"),
        ):
            await u.accounts.attach(account_id, key_id)
        await u.accounts.attach("removed", "key-1")
        assert await u.accounts.keys_of("account-1") == ["key-1", "key-2"]
        assert await u.accounts.accounts_of("key-1") == ["account-1", "account-2"]
        await u.accounts.detach("account-1", "key-2")
        assert await u.accounts.keys_of("account-1") == ["key-1"]
        await u.accounts.remove("account-1")
        assert await u.accounts.accounts_of("key-1") == ["account-2"]


async def test_removing_a_key_takes_its_log_its_attachments_and_its_links(
    storage: Storage, clock: StillClock, ann: Trader
) -> None:
    async with storage.units.writing() as u:
        await u.keys.add(key(ann, clock.now()), CREDENTIALS)
        await u.accounts.put(account(ann, clock.now()))
        await u.accounts.attach("account-1", "key-1")
        await u.access_log.add(ann.id, Use("key-1", clock.now(), "check", "command", "ok"))
        await u.keys.remove("key-1")
        await u.keys.remove("key-1")
        assert await u.keys.open("key-1") is None
        assert await u.accounts.keys_of("account-1") == []
        assert await u.access_log.of("key-1") == []
        assert await u.accounts.get("account-1") == replace(account(ann, clock.now()), link=None)


async def test_uses_are_logged_newest_first(storage: Storage, clock: StillClock, ann: Trader) -> None:
    uses = [Use("key-1", clock.now() + timedelta(seconds=n), f"purpose {n}", "watch", "ok") for n in range(5)]
    async with storage.units.writing() as u:
        await u.keys.add(key(ann, clock.now()), CREDENTIALS)
        for use in uses:
            await u.access_log.add(ann.id, use)
        assert await u.access_log.of("key-1", limit=3) == uses[:1:-1]
        found = await u.keys.get("key-1")
    assert found is not None
    assert found.last_used_at == uses[-1].at


async def test_the_domains_way_to_a_key_logs_its_use_and_keeps_the_venues_state(
    storage: Storage, clock: StillClock, ann: Trader
) -> None:
    async with storage.units.writing() as u:
        await u.keys.add(key(ann, clock.now()), CREDENTIALS)
        await u.commit()
    access = Access(storage.units, clock)
    async with access.open("key-1", purpose="check", trigger="command") as opened:
        assert opened.credentials == CREDENTIALS
        opened.state["nonce"] = "1"
    async with storage.units.reading() as u:
        assert await u.access_log.of("key-1") == [Use("key-1", clock.now(), "check", "command", "ok")]
        assert await u.keys.open("key-1") == (CREDENTIALS, {"nonce": "1"})
    with pytest.raises(KeyGone):
        async with access.open("removed", purpose="check", trigger="command"):
            pass
