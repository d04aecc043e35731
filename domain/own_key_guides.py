"""How a trader gives the bot access of its own: a key at an exchange, or a token at 3Commas. Reading is all it asks for."""

from domain.address_list import COPY_BUTTON, split_addresses
from domain.guides import RepairGuide, Rights, Step, Task, VenueGuide, When
from domain.ports import Addresses
from domain.values import KeyKind, MarketType

TOKENS = ("API",)
NEW_TOKEN = (*TOKENS, "New API access token")
TOKEN_RIGHTS = ("Accounts read", "SmartTrades read", "Bots read")


class NeedsFixedAddress(ValueError):
    """3Commas makes a token with a secret only together with an address list, and this bot has no address that stays."""


def own_key_guide(
    venue: VenueGuide,
    kind: KeyKind,
    addresses: Addresses,
    *,
    public_pem: str = "",
    task: Task = Task.NEW_KEY,
    right: str = "",
) -> RepairGuide:
    """A key for the bot at this exchange, or the repair of one. `right`: one that it needs beside reading, in the words of `KeyRights`.

    Raises ValueError where the exchange does not take a self-made pair, or its boxes for reading alone are not known.
    """
    if venue.reading_only is None:
        raise ValueError(f"the boxes for reading at {venue.venue} are not written down")
    if kind is not KeyKind.HMAC and not venue.create_with_public_key:
        raise ValueError(f"{venue.venue} takes no self-made key pair")
    writer = _OwnKey(venue, addresses, _with_right(venue, venue.reading_only, right))
    return RepairGuide(steps=tuple(writer.steps(kind, public_pem, task)), task=task, name=venue.name)


def token_guide(kind: KeyKind, addresses: Addresses, *, public_pem: str = "", replacing: bool = False) -> RepairGuide:
    """An API access token for the bot at 3Commas. Raises NeedsFixedAddress for a token with a secret where there is none.

    Source: https://help.3commas.io/en/articles/8097772 (the list is a must for system-generated tokens only)
    """
    self_made = kind is not KeyKind.HMAC
    if not self_made and not addresses.fixed:
        raise NeedsFixedAddress
    copies = split_addresses(addresses.fixed)
    values = {"count": len(addresses.fixed), "parts": len(copies)}
    steps = [
        Step(
            "token-create-self-made" if self_made else "token-create",
            path=(*NEW_TOKEN, "Self-generated" if self_made else "System-generated"),
            copies=_copyable(public_pem) if self_made else (),
        ),
        Step("token-rights", ticks=TOKEN_RIGHTS),
        Step("token-addresses", copies=copies, values=values) if copies else Step("token-no-addresses"),
        Step("token-send-key" if self_made else "token-send-both"),
    ]
    if replacing:
        steps.append(Step("token-delete-old", path=TOKENS, when=When.ONCE_IT_WORKS))
    return RepairGuide(steps=tuple(steps), name="3Commas")


class _OwnKey:
    def __init__(self, venue: VenueGuide, addresses: Addresses, rights: Rights) -> None:
        self._venue = venue
        self._addresses = addresses.fixed
        self._rights = rights

    def steps(self, kind: KeyKind, public_pem: str, task: Task) -> list[Step]:
        if task is not Task.NEW_KEY:
            change = self._allow() if task is Task.ADDRESSES else self._tick()
            return [
                self._step("own-edit-key", path=(*self._venue.key_page, *self._venue.edit)),
                change,
                self._step("own-done"),
            ]
        if kind is KeyKind.HMAC:
            create = self._step("own-create-key", path=(*self._venue.key_page, *self._venue.create))
            send = self._step("own-send-both")
        else:
            path = (*self._venue.key_page, *self._venue.create_with_public_key)
            create = self._step("own-create-self-made", path=path, copies=_copyable(public_pem))
            send = self._step("own-send-key")
        return [create, self._tick(), self._allow(), send]

    def _tick(self) -> Step:
        return self._step("own-rights", rights=self._rights)

    def _allow(self) -> Step:
        copies = split_addresses(self._addresses, self._venue.addresses.separator.text)
        return self._step("own-addresses", copies=copies) if copies else self._step("own-no-addresses")

    def _step(
        self, step: str, *, path: tuple[str, ...] = (), copies: tuple[str, ...] = (), rights: Rights | None = None
    ) -> Step:
        return Step(
            step,
            path=path,
            copies=copies,
            ticks=rights.tick if rights else (),
            leave_off=rights.leave_off if rights else (),
            words={"label": self._venue.addresses.label, "separator": self._venue.addresses.separator.value},
            values={"exchange": self._venue.name, "count": len(self._addresses), "parts": len(copies)},
        )


def _with_right(venue: VenueGuide, reading: Rights, right: str) -> Rights:
    """Some wallets are read with the right to trade there only; it is named then, and nothing more."""
    futures, spot = venue.rights.get(MarketType.USDM), venue.rights.get(MarketType.SPOT)
    if right != "futures" or futures is None or spot is None:
        return reading
    boxes = tuple(box for box in futures.tick if box not in spot.tick)
    return Rights((*reading.tick, *boxes), tuple(box for box in reading.leave_off if box not in boxes))


def _copyable(public_pem: str) -> tuple[str, ...]:
    """An Ed25519 half fits a copy button, an RSA one does not."""
    return (public_pem,) if 0 < len(public_pem) <= COPY_BUTTON else ()
