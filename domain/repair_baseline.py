"""What stood before a repair, and what a later look says has changed. Plain values, so that every pair can be tested."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.findings import Symptom
from domain.records import Json, Key
from domain.verdicts import OpenIssues


class Change(StrEnum):
    """For the better, or as wished; a change for the worse is a step of the repair (the old key is deleted first)."""

    BALANCES_LOAD = "balances_load"
    """3Commas was refused and is no longer (HTTP 422, then 201). Proves reading; trading is proven by a trade alone."""
    FLAGS_CLEARED = "flags_cleared"
    EXPIRES_NO_MORE = "expires_no_more"
    """The state of 3Commas' key went from `expire_soon` to `ok`."""
    ACCEPTED = "accepted"
    """The exchange or 3Commas takes the bot's own key or token again."""
    RIGHTS_CHANGED = "rights_changed"
    IP_LIST_SET = "ip_list_set"
    IP_LIST_REMOVED = "ip_list_removed"


class Sign(StrEnum):
    """By what a look at 3Commas shows that the repair of an exchange account is done."""

    BALANCES = "balances"
    """Its key is refused now; balances will load."""
    EXPIRY = "expiry"
    """Its key works and expires soon; that note will go."""
    ANY = "any"
    """Nothing is known to be wrong, so a key that is replaced may show nothing at all."""

    @classmethod
    def of(cls, symptoms: Collection[Symptom]) -> "Sign":
        """From what stands on the account before the repair."""
        if Symptom.THREE_COMMAS_KEY_REFUSED in symptoms:
            return cls.BALANCES
        return cls.EXPIRY if Symptom.THREE_COMMAS_KEY_EXPIRES in symptoms else cls.ANY


@dataclass(frozen=True, slots=True)
class Baseline:
    """How one thing looked. None: not known. Which fields are used depends on what is being repaired."""

    works: bool | None = None
    flags_bad: bool | None = None
    keys_state: str | None = None
    rights: frozenset[str] | None = None
    ip_restricted: bool | None = None

    def to_json(self) -> Json:
        """For the memory of a repair."""
        return {
            "works": self.works,
            "flags_bad": self.flags_bad,
            "keys_state": self.keys_state,
            "rights": None if self.rights is None else sorted(self.rights),
            "ip_restricted": self.ip_restricted,
        }

    @classmethod
    def from_json(cls, kept: Json) -> "Baseline":
        rights = kept.get("rights")
        return cls(
            works=kept.get("works"),
            flags_bad=kept.get("flags_bad"),
            keys_state=kept.get("keys_state"),
            rights=None if rights is None else frozenset(rights),
            ip_restricted=kept.get("ip_restricted"),
        )

    @classmethod
    def of_account(cls, open_issues: OpenIssues) -> "Baseline":
        """From what stands on an exchange account; what no look has decided is learned by the first one."""
        return cls(
            works=False if Symptom.THREE_COMMAS_KEY_REFUSED in open_issues else None,
            keys_state="expire_soon" if Symptom.THREE_COMMAS_KEY_EXPIRES in open_issues else None,
        )

    @classmethod
    def of_credential(cls, key: Key, open_issues: OpenIssues) -> "Baseline":
        """From what is stored of one of the bot's own keys or tokens."""
        refused = {Symptom.KEY_REFUSED, Symptom.TOKEN_REFUSED, Symptom.PLAN_WITHOUT_API} & open_issues.keys()
        return cls(
            works=False if refused else None,
            rights=frozenset(key.rights) if key.rights else None,
            ip_restricted=False if Symptom.KEY_WITHOUT_IP_LIST in open_issues else None,
        )

    def after(self, seen: "Baseline") -> "Baseline":
        """What the next look is compared with, if this one noticed nothing: unknown fields are learned, a worse state is
        kept in mind so that its end is noticed."""
        return replace(
            self,
            works=False if seen.works is False else _first_known(self.works, seen.works),
            flags_bad=True if seen.flags_bad else _first_known(self.flags_bad, seen.flags_bad),
            keys_state=self.keys_state if self.keys_state is not None else seen.keys_state,
            rights=self.rights if self.rights is not None else seen.rights,
            ip_restricted=_first_known(self.ip_restricted, seen.ip_restricted),
        )


def changes(before: Baseline, seen: Baseline, *, of_account: bool) -> tuple[Change, ...]:
    """What is different and was known on both sides. Nothing counts while the thing is refused."""
    if seen.works is False:
        return ()
    found: list[Change] = []
    if before.works is False and seen.works:
        found.append(Change.BALANCES_LOAD if of_account else Change.ACCEPTED)
    if before.flags_bad and seen.flags_bad is False:
        found.append(Change.FLAGS_CLEARED)
    if before.keys_state == "expire_soon" and seen.keys_state == "ok":
        found.append(Change.EXPIRES_NO_MORE)
    if before.rights is not None and seen.rights is not None and before.rights != seen.rights:
        found.append(Change.RIGHTS_CHANGED)
    if before.ip_restricted is False and seen.ip_restricted:
        found.append(Change.IP_LIST_SET)
    if before.ip_restricted and seen.ip_restricted is False:
        found.append(Change.IP_LIST_REMOVED)
    return tuple(found)


def _first_known(one: bool | None, other: bool | None) -> bool | None:
    return other if one is None else one
