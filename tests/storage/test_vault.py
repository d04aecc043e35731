"""Opening the vault, the life of data keys, and what the database shows of a trader."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col

from domain.records import KeyState, Trader
from domain.values import Credentials, KeyKind, Secret
from storage.opening import Storage, new_key, open_storage
from storage.tables import DeploymentRow, KeyRow, MasterKeyRow, TraderRow, UserKeyRow
from storage.transaction import Transaction
from storage.vault.errors import BadKeys, CannotOpen, DataKeyGone, MissingKey, WrongKey
from storage.vault.keys import KeyRing
from storage.vault.seal import context, unseal
from storage.vault.vault import CACHED_FOR, DataKey, Place, Vault, WrappedDataKey
from storage.vault.wrap import LocalWrapper
from tests.storage import reference_seal
from tests.storage.clock import StillClock
from tests.storage.people import key, meet
from tests.storage.raw import rows, write

CREDENTIALS = Credentials("api key", Secret("secret"), KeyKind.ED25519)


async def reopened(storage: Storage, folder: Path, keys: str | None, clock: StillClock) -> Storage:
    await storage.close()
    return await open_storage("", folder, keys, clock)


async def test_what_was_stored_opens_at_the_next_start(
    storage: Storage, tmp_path: Path, clock: StillClock, master_key: str
) -> None:
    trader = await meet(storage, 7, clock.now(), "de")
    derived = storage.derive("webhook")
    storage = await reopened(storage, tmp_path, master_key, clock)
    async with storage.units.reading() as u:
        assert await u.traders.by_telegram_id(7) == Trader(trader.id, 7, "de", created_at=clock.now())
    assert storage.derive("webhook") == derived != storage.derive("other")
    await storage.close()


async def test_another_key_under_a_known_id_stops_the_start(tmp_path: Path, clock: StillClock) -> None:
    await (await open_storage("", tmp_path, f"main:{new_key()}", clock)).close()
    with pytest.raises(WrongKey, match="main"):
        await open_storage("", tmp_path, f"main:{new_key()}", clock)


async def test_a_missing_key_stops_the_start_and_nothing_is_written(
    storage: Storage, tmp_path: Path, clock: StillClock, master_key: str
) -> None:
    old = KeyRing.parse(master_key).active.id
    with pytest.raises(MissingKey, match=old):
        await reopened(storage, tmp_path, new_key(), clock)
    storage = await open_storage("", tmp_path, master_key, clock)
    assert [row.id for row in await rows(storage, MasterKeyRow)] == [old]
    await storage.close()


async def test_no_key_at_all_is_refused_before_a_file_is_made(tmp_path: Path, clock: StillClock) -> None:
    with pytest.raises(BadKeys):
        await open_storage("", tmp_path / "data", None, clock)
    assert not (tmp_path / "data").exists()


async def test_a_data_key_is_forgotten_after_five_minutes(storage: Storage, clock: StillClock) -> None:
    trader = await meet(storage, 7, clock.now())
    await write(storage, UserKeyRow, {"wrapped": b"damaged"})
    clock.advance(CACHED_FOR.total_seconds() - 1)
    async with storage.units.reading() as u:
        assert await u.traders.get(trader.id) is not None
    clock.advance(1)
    async with storage.units.reading() as u:
        with pytest.raises(CannotOpen):
            await u.traders.get(trader.id)


async def test_old_data_keys_do_not_pile_up_in_memory(storage: Storage, clock: StillClock) -> None:
    for telegram_id in range(20):
        await meet(storage, telegram_id, clock.now())
        clock.advance(60)
    assert len(storage._vault._unwrapped) <= CACHED_FOR / timedelta(seconds=60)


async def test_each_credential_has_a_data_key_of_its_own(storage: Storage, clock: StillClock) -> None:
    trader = await meet(storage, 7, clock.now())
    async with storage.units.writing() as u:
        await u.keys.add(key(trader, clock.now(), "one"), CREDENTIALS)
        await u.keys.add(key(trader, clock.now(), "two"), CREDENTIALS)
        await u.commit()
    assert {row.key_id for row in await rows(storage, UserKeyRow)} == {None, "one", "two"}


@pytest.mark.parametrize("how", ["replace", "confirm", "remove"])
async def test_the_data_key_of_an_old_credential_is_gone_with_it(storage: Storage, clock: StillClock, how: str) -> None:
    """An old row that somebody puts back opens nothing (L3)."""
    trader = await meet(storage, 7, clock.now())
    mine = key(trader, clock.now(), state=KeyState.PENDING)
    async with storage.units.writing() as u:
        await u.keys.add(mine, CREDENTIALS)
        await u.commit()
    [before] = await rows(storage, KeyRow)
    async with storage.units.writing() as u:
        if how == "replace":
            await u.keys.replace(mine, CREDENTIALS)
        elif how == "confirm":
            await u.keys.confirm(mine, "id")
        else:
            await u.keys.remove(mine.id)
        await u.commit()
    data_keys = {row.dek_id: row.generation for row in await rows(storage, UserKeyRow)}
    assert before.dek_id not in data_keys
    if how == "remove":
        return
    assert max(data_keys.values()) == 2
    await write(storage, KeyRow, {"dek_id": before.dek_id, "secret": before.secret})
    async with storage.units.reading() as u:
        with pytest.raises(DataKeyGone):
            await u.keys.open(mine.id)


async def test_a_record_moved_to_another_traders_row_does_not_open(storage: Storage, clock: StillClock) -> None:
    ann, ben = [await meet(storage, number, clock.now()) for number in (1, 2)]
    sealed = {row.id: (row.revision, row.sealed) for row in await rows(storage, TraderRow)}
    revision, record = sealed[ann.id]
    await write(storage, TraderRow, {"revision": revision, "sealed": record}, col(TraderRow.id) == ben.id)
    async with storage.units.reading() as u:
        assert await u.traders.get(ann.id) == ann
        with pytest.raises(CannotOpen):
            await u.traders.get(ben.id)


async def test_an_older_language_put_back_without_its_revision_does_not_open(
    storage: Storage, clock: StillClock
) -> None:
    trader = await meet(storage, 1, clock.now(), "en")
    [before] = await rows(storage, TraderRow)
    async with storage.units.writing() as u:
        await u.traders.set_language(trader.id, "fr")
        await u.commit()
    await write(storage, TraderRow, {"sealed": before.sealed})
    async with storage.units.reading() as u:
        with pytest.raises(CannotOpen):
            await u.traders.get(trader.id)


async def test_a_telegram_id_is_found_by_a_keyed_hash_only(storage: Storage, clock: StillClock) -> None:
    await meet(storage, 7, clock.now())
    [row] = await rows(storage, TraderRow)
    assert row.lookup == storage._vault.lookup(7)
    assert row.lookup != storage._vault.lookup(8)
    [deployment] = await rows(storage, DeploymentRow)
    assert repr(storage._vault) == f"Vault({deployment.id})"


async def test_doctor_sees_that_everything_opens(storage: Storage, clock: StillClock, master_key: str) -> None:
    trader = await meet(storage, 7, clock.now())
    async with storage.units.writing() as u:
        await u.keys.add(key(trader, clock.now()), CREDENTIALS)
        await u.commit()
    status = await storage.vault_status()
    assert status.is_sound
    assert status.opened == 4
    assert [(one.id, one.state, one.needed_by) for one in status.keys] == [
        (KeyRing.parse(master_key).active.id, "active", 3)
    ]


async def test_doctor_names_what_does_not_open(storage: Storage, clock: StillClock) -> None:
    trader = await meet(storage, 7, clock.now())
    async with storage.units.writing() as u:
        await u.keys.add(key(trader, clock.now()), CREDENTIALS)
        await u.commit()
    await write(storage, KeyRow, {"secret": b"damaged"})
    assert (await storage.vault_status()).closed == ("key key-1",)
    await write(storage, UserKeyRow, {"wrapped": b"damaged"})
    status = await storage.vault_status()
    assert not status.is_sound
    assert len(status.closed) == 4
    assert status.closed[0].startswith("data key ")


async def test_without_its_data_key_a_trader_cannot_be_read(storage: Storage, clock: StillClock) -> None:
    trader = await meet(storage, 7, clock.now())
    async with storage._database.writing() as connection:
        transaction = Transaction(connection)
        await transaction.delete(UserKeyRow)
        await transaction.commit()
    clock.advance(CACHED_FOR.total_seconds())
    async with storage.units.reading() as u:
        with pytest.raises(DataKeyGone):
            await u.traders.get(trader.id)


async def test_a_wrapped_data_key_opens_in_its_own_row_and_deployment_only() -> None:
    wrapper = LocalWrapper(KeyRing.parse(f"a:{new_key()},b:{new_key()}"))
    vault = Vault(wrapper, "deployment", bytes(32), StillClock())
    key, kept = vault.new_data_key("ann", 1)
    assert vault.unwrap(kept) == key
    for moved in (
        replace(kept, trader_id="ben"),
        replace(kept, id="another"),
        replace(kept, generation=2),
        replace(kept, kek_id="b"),
    ):
        with pytest.raises(CannotOpen):
            vault.unwrap(moved)
    with pytest.raises(CannotOpen):
        Vault(wrapper, "another deployment", bytes(32), StillClock()).unwrap(kept)


async def test_a_record_of_another_deployment_does_not_open() -> None:
    wrapper = LocalWrapper(KeyRing.parse(new_key()))
    one, other = (Vault(wrapper, name, bytes(32), StillClock()) for name in ("one", "other"))
    key, _kept = one.new_data_key("ann", 1)
    place = Place("trader", "ann", "ann", "sealed")
    with pytest.raises(CannotOpen):
        other.open(key, place, 0, one.seal(key, place, 0, b"x"))


async def test_what_the_second_implementation_seals_opens_in_the_vault() -> None:
    """The context of records and of wrapped keys, part by part as they are specified (K2, K4)."""
    master = KeyRing.parse(f"kek:{new_key()}")
    vault = Vault(LocalWrapper(master), "deployment", bytes(32), StillClock())
    key = DataKey("dek", bytes(range(32)))
    bound_to = reference_seal.context(["dek", "deployment", "ann", "dek", 3, "kek"])
    wrapped = reference_seal.seal(master.active.material, bound_to, key.material, bytes(32))
    assert vault.unwrap(WrappedDataKey("dek", "ann", 3, "kek", wrapped)) == key
    bound_to = reference_seal.context([1, "screen", "deployment", "ann", "screen-1", "content", 7, "dek"])
    record = reference_seal.seal(key.material, bound_to, b"text", bytes(32))
    assert vault.open(key, Place("screen", "ann", "screen-1", "content"), 7, record) == b"text"


async def test_the_canary_and_the_deployments_secret_are_bound_to_it(storage: Storage, master_key: str) -> None:
    """As specified, again opened by nothing of ours but the master key (K7, K9)."""
    master = KeyRing.parse(master_key).active
    [deployment], [canary] = await rows(storage, DeploymentRow), await rows(storage, MasterKeyRow)
    for parts, record in (
        (["deployment", deployment.id, master.id], deployment.secret),
        (["canary", deployment.id, master.id], canary.canary),
    ):
        plaintext = unseal(master.material, context(parts), record)
        assert reference_seal.seal(master.material, reference_seal.context(parts), plaintext, record[1:33]) == record
