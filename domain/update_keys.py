"""How a trader gives 3Commas a working key for one exchange account: which way, which rights, which addresses, what to delete and when.

The golden rule behind it: the account at 3Commas is updated, never deleted and never added a second time, because its bots, SmartTrades
and history go with it. Source: https://help.3commas.io/en/articles/3166090
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.address_list import split_addresses
from domain.guides import (
    AddressRules,
    Holder,
    ListSource,
    NotFast,
    RepairGuide,
    Rights,
    Step,
    Task,
    VenueGuide,
    Way,
    When,
)
from domain.markets import MARKETS, MarketListing
from domain.values import MarketType

DEFAULT_FIELDS = ("api_key", "secret")
UNNAMED = "-somewhere"
"""Ending of the sentences for pages whose wording is not written down."""
FUTURES = frozenset({MarketType.USDM, MarketType.COINM})


@dataclass(frozen=True, slots=True)
class RepairCase:
    """What the trader told, or what a check found. `account` is the name of the exchange account; foreign text."""

    market_code: str
    account: str
    holder: Holder
    task: Task = Task.NEW_KEY
    way: Way | None = None
    """None: the better one of those that are possible."""
    compromised: bool = False
    """Somebody else may know the key: it goes first, whatever else is wrong."""
    futures_forbidden: bool = False
    """Futures are not allowed in this person's country; Fast Connect asks for them and fails."""


@dataclass(frozen=True, slots=True)
class ChosenListing:
    """The entry of the market list that a guide goes by. LIVE without an entry: 3Commas does not offer this market today."""

    source: ListSource
    listing: MarketListing | None


def choose_listing(
    market_code: str, live: Sequence[MarketListing] | None, snapshot: Mapping[str, MarketListing]
) -> ChosenListing:
    """Today's entry if the list could be read, else the shipped one. A live list that lacks the code is believed.

    `live` is None where the list could not be read.
    """
    if live is not None:
        for listing in live:
            if listing.market_code == market_code:
                return ChosenListing(ListSource.LIVE, listing)
        return ChosenListing(ListSource.LIVE, None)
    old = snapshot.get(market_code)
    return ChosenListing(ListSource.SNAPSHOT, old) if old else ChosenListing(ListSource.NOWHERE, None)


def repair_guide(case: RepairCase, chosen: ChosenListing, venue: VenueGuide | None) -> RepairGuide:
    """The steps for this case. `venue` is None for an exchange about whose key page nothing is written down."""
    task = Task.NEW_KEY if case.compromised else case.task
    why_not = _why_not_fast(case, chosen)
    can = why_not is None or (why_not is NotFast.LIST_NOT_READ and _offers_fast_connect(chosen))
    way = _way(case.way, task, can=can, preferred=why_not is None)
    market = MARKETS.get(case.market_code)
    writer = _Writer(case, chosen, venue, market.market_type if market else None)
    fast = way is Way.FAST_CONNECT
    return RepairGuide(
        steps=tuple(writer.fast_connect() if fast else writer.by_hand(task)),
        notes=tuple(writer.notes(task, fast=fast)),
        task=task,
        way=way,
        can_fast_connect=can and task is Task.NEW_KEY,
        why_not_fast=why_not if task is Task.NEW_KEY else None,
        list_source=chosen.source,
        name=writer.name,
        help_link=chosen.listing.help_link if chosen.listing else "",
    )


def _offers_fast_connect(chosen: ChosenListing) -> bool:
    return chosen.listing is not None and chosen.listing.has_fast_connect


def _why_not_fast(case: RepairCase, chosen: ChosenListing) -> NotFast | None:
    if chosen.source is ListSource.LIVE and not _offers_fast_connect(chosen):
        return NotFast.NOT_OFFERED
    if case.holder is Holder.SUB:
        return NotFast.SUB_ACCOUNT
    if case.holder is Holder.NOT_SURE:
        return NotFast.HOLDER_UNKNOWN
    if case.futures_forbidden:
        return NotFast.FUTURES_FORBIDDEN
    return None if chosen.source is ListSource.LIVE else NotFast.LIST_NOT_READ


def _way(wanted: Way | None, task: Task, *, can: bool, preferred: bool) -> Way:
    if task is not Task.NEW_KEY or not can or wanted is Way.BY_HAND:
        return Way.BY_HAND
    return Way.FAST_CONNECT if preferred or wanted is Way.FAST_CONNECT else Way.BY_HAND


class _Writer:
    """Writes the steps of one case, by what is written down about the exchange or, where nothing is, in general words."""

    def __init__(
        self, case: RepairCase, chosen: ChosenListing, venue: VenueGuide | None, market_type: MarketType | None
    ) -> None:
        self._case = case
        self._chosen = chosen
        self._listing = chosen.listing
        self._venue = venue
        self._market_type = market_type
        self.name = chosen.listing.name if chosen.listing else (venue.name if venue else case.market_code)
        self._exchange = venue.name if venue else self.name
        self._rules = venue.addresses if venue else AddressRules()

    def fast_connect(self) -> list[Step]:
        return [
            *self._delete_first(),
            self._step("sign-in-main"),
            self._step("press-fast-connect"),
            self._step("refresh"),
            *self._delete_later(),
        ]

    def by_hand(self, task: Task) -> list[Step]:
        if "api_key" not in self._fields():
            return [self._step("enter-wallet", fields=self._fields()), self._step("refresh-edit")]
        if task is Task.ADDRESSES:
            return [self._edit_key(), self._addresses(), self._step("save-edit"), self._step("refresh-edit")]
        if task is Task.RIGHTS:
            return [self._edit_key(), self._rights(), self._step("save-edit"), self._step("refresh-edit")]
        return [
            *self._delete_first(),
            self._step("open-window"),
            *([self._step("switch-to-sub-account")] if self._case.holder is Holder.SUB else []),
            self._create_key(),
            self._addresses(),
            self._rights(),
            self._step("paste-at-three-commas", fields=self._fields()),
            self._step("refresh"),
            *self._delete_later(),
        ]

    def notes(self, task: Task, *, fast: bool) -> list[Step]:
        found = ["note-keep-the-account"] if task is Task.NEW_KEY else []
        if task is Task.NEW_KEY and self._case.holder is Holder.NOT_SURE:
            found.append("note-which-account")
        if self._chosen.source is not ListSource.LIVE:
            found.append("note-list-not-read")
        elif self._listing is None:
            found.append("note-not-in-list")
        if fast:
            found += [
                "note-fast-connect-stops",
                "note-identity",
                *(self._venue.fast_connect_notes if self._venue else ()),
            ]
            return [self._step(note) for note in found]
        if self._venue is None:
            found.append("note-page-unknown")
        if self._too_many_addresses():
            found.append("note-too-many-addresses")
        if self._venue is not None:
            found += self._venue.notes if task is Task.NEW_KEY else self._venue.edit_notes
            found += self._venue.market_notes.get(self._market_type, ()) if self._market_type else ()
            if task is Task.NEW_KEY and self._case.holder is not Holder.MAIN:
                found += self._venue.sub_account_notes
        return [self._step(note) for note in found]

    def _delete_first(self) -> list[Step]:
        return [self._on_page("delete-old-first", self._key_page())] if self._case.compromised else []

    def _delete_later(self) -> list[Step]:
        return [] if self._case.compromised else [self._on_page("delete-old", self._key_page(), When.ONCE_IT_WORKS)]

    def _create_key(self) -> Step:
        return self._on_page("create-key", (*self._venue.key_page, *self._venue.create) if self._venue else ())

    def _edit_key(self) -> Step:
        return self._on_page("edit-key", (*self._venue.key_page, *self._venue.edit) if self._venue else ())

    def _key_page(self) -> tuple[str, ...]:
        return self._venue.key_page if self._venue else ()

    def _on_page(self, step: str, path: tuple[str, ...], when: When = When.NOW) -> Step:
        return self._step(step if path else step + UNNAMED, path=path, when=when)

    def _addresses(self) -> Step:
        addresses = self._listing.trusted_ips if self._listing and self._chosen.source is ListSource.LIVE else ()
        suffix = "" if self._rules.label else UNNAMED
        if not addresses:
            return self._step("addresses-from-window" + suffix)
        copies = split_addresses(addresses, self._rules.separator.text)
        return self._step(("addresses" if len(copies) == 1 else "addresses-in-parts") + suffix, copies=copies)

    def _too_many_addresses(self) -> bool:
        count = len(self._listing.trusted_ips) if self._listing else 0
        return self._rules.limit is not None and count > self._rules.limit

    def _rights(self) -> Step:
        rights = self._venue.rights.get(self._market_type) if self._venue and self._market_type else None
        if rights is None:
            futures = self._market_type in FUTURES
            return self._step("rights-of-futures" if futures else "rights-of-spot")
        return self._step("rights", rights=rights)

    def _fields(self) -> tuple[str, ...]:
        return self._listing.required_fields if self._listing else DEFAULT_FIELDS

    def _step(
        self,
        step: str,
        *,
        path: tuple[str, ...] = (),
        when: When = When.NOW,
        copies: tuple[str, ...] = (),
        fields: tuple[str, ...] = (),
        rights: Rights | None = None,
    ) -> Step:
        """Every sentence may name the exchange, the account and the figures of the address list."""
        return Step(
            step,
            when=when,
            path=path,
            ticks=rights.tick if rights else (),
            leave_off=rights.leave_off if rights else (),
            fields=fields,
            copies=copies,
            link=self._listing.help_link if self._listing else "",
            words={"label": self._rules.label, "separator": self._rules.separator.value},
            values={
                "exchange": self._exchange,
                "account": self._case.account,
                "count": len(self._listing.trusted_ips) if self._listing else 0,
                "limit": self._rules.limit or 0,
                "parts": len(copies),
            },
        )
