"""What a repair needs to remember between two messages, and the guide that follows from it. Plain values, no network."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.guides import Holder, ListSource, RepairGuide, Task, VenueGuide, Way
from domain.markets import MARKETS, MarketListing
from domain.records import ExchangeAccount, Json
from domain.repair_baseline import Sign
from domain.update_keys import ChosenListing, RepairCase, repair_guide


@dataclass(frozen=True, slots=True)
class Case:
    """One repair at 3Commas, as the conversation and the watch keep it."""

    account_id: str
    account: str
    market_code: str
    holder: Holder = Holder.NOT_SURE
    task: Task = Task.NEW_KEY
    way: Way | None = None
    compromised: bool = False
    futures_forbidden: bool = False
    source: ListSource = ListSource.NOWHERE
    listing: MarketListing | None = None
    can_watch: bool = False
    repair_id: str = ""
    sign: Sign = Sign.ANY

    def to_json(self) -> Json:
        listing = self.listing
        return {
            "account_id": self.account_id,
            "account": self.account,
            "market_code": self.market_code,
            "holder": self.holder.value,
            "task": self.task.value,
            "way": self.way.value if self.way else "",
            "compromised": self.compromised,
            "futures_forbidden": self.futures_forbidden,
            "source": self.source.value,
            "listing": None
            if listing is None
            else {
                "market_code": listing.market_code,
                "name": listing.name,
                "help_link": listing.help_link,
                "required_fields": list(listing.required_fields),
                "flows": sorted(listing.flows),
                "trusted_ips": list(listing.trusted_ips),
                "ips_input": listing.ips_input,
            },
            "can_watch": self.can_watch,
            "repair_id": self.repair_id,
            "sign": self.sign.value,
        }

    @classmethod
    def from_json(cls, kept: Json) -> "Case":
        row = kept["listing"]
        listing = None
        if row is not None:
            listing = MarketListing(
                row["market_code"],
                row["name"],
                row["help_link"],
                tuple(row["required_fields"]),
                frozenset(row["flows"]),
                tuple(row["trusted_ips"]),
                row["ips_input"],
            )
        return cls(
            kept["account_id"],
            kept["account"],
            kept["market_code"],
            Holder(kept["holder"]),
            Task(kept["task"]),
            Way(kept["way"]) if kept["way"] else None,
            kept["compromised"],
            kept["futures_forbidden"],
            ListSource(kept["source"]),
            listing,
            kept["can_watch"],
            kept["repair_id"],
            Sign(kept["sign"]),
        )

    def guide(self, venues: Mapping[str, VenueGuide]) -> RepairGuide:
        """The steps; `venues` are the guides by ccxt id."""
        market = MARKETS.get(self.market_code)
        venue = venues.get(market.venue) if market is not None else None
        asked = RepairCase(
            self.market_code,
            self.account,
            self.holder,
            self.task,
            self.way,
            self.compromised,
            self.futures_forbidden,
        )
        return repair_guide(asked, ChosenListing(self.source, self.listing), venue)


def holder_of(account: ExchangeAccount) -> Holder | None:
    """What is known of it; None if nobody said."""
    if account.is_sub is None:
        return None
    return Holder.SUB if account.is_sub else Holder.MAIN


def code_for(account: ExchangeAccount) -> str:
    """3Commas' market code of an account; guessed from venue and market type where 3Commas did not tell."""
    if account.market_code:
        return account.market_code
    for code, market in MARKETS.items():
        if (market.venue, market.market_type) == (account.venue, account.market_type):
            return code
    return account.venue
