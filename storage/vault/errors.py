"""What can go wrong in the vault. Messages name ids only: no key, no plaintext, no byte of a record.

VaultError
* BadKeys        ENCRYPTION_KEYS is missing or malformed
* WrongKey       a master key with a known id does not open what that id sealed
* MissingKey     something is sealed under a master key that ENCRYPTION_KEYS does not hold
* CannotOpen     a record is damaged, or was sealed for another place
* DataKeyGone    the data key of a record was deleted
"""

from storage.errors import StorageError


class VaultError(StorageError):
    """Base of everything the vault raises."""


class BadKeys(VaultError):
    """One sentence for the person who starts the bot; says which entry is wrong, never what it holds."""


class WrongKey(VaultError):
    """The key behind a known id has changed."""

    def __init__(self, kek_id: str) -> None:
        super().__init__(
            f"ENCRYPTION_KEYS: the key with the id {kek_id} is not the one that sealed this database under that id."
            " Put the original key back."
        )
        self.kek_id = kek_id


class MissingKey(VaultError):
    """A key that is still needed is not there."""

    def __init__(self, kek_id: str) -> None:
        super().__init__(
            f"ENCRYPTION_KEYS: the key with the id {kek_id} is missing, and stored data is still sealed under it."
            " Put it back, or run `python -m bot rotate` before taking it out."
        )
        self.kek_id = kek_id


class CannotOpen(VaultError):
    """Always the same, whatever the reason was: a reason would help a forger (K3)."""

    def __init__(self) -> None:
        super().__init__("a sealed record cannot be opened")


class DataKeyGone(VaultError):
    """There is no data key with this id."""

    def __init__(self, dek_id: str) -> None:
        super().__init__(f"the data key {dek_id} does not exist")
        self.dek_id = dek_id
