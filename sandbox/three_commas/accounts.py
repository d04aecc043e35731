"""Exchange accounts: connecting, contacting the venue, replacing keys. Flags change at a contact and nowhere else."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sandbox.exchanges.venue import Holding, Venue, VenueDown, VenueRefused
from sandbox.three_commas.errors import (
    ApiError,
    Refused,
    already_connected,
    exchange_error,
    exchange_key_invalid,
    not_found,
    record_invalid,
)
from sandbox.three_commas.markets import market_of
from sandbox.three_commas.standstill import resume_trades, stop_trades
from sandbox.three_commas.state import Account, Behaviour, CachedHolding, KeysState, ThreeCommasState
from sandbox.world import World

SHORTEST_KEY = 5
SHORTEST_NAME = 2
KEY_DEAD = "API keys are no longer valid or incorrect."
KEY_DEAD_OR_FRESH = f"{KEY_DEAD} If you have just created this key, please wait 30 seconds and try again."
NOT_ENOUGH_RIGHTS = "Not enough permissions for API keys"
# Statuses and Binance codes that mean "this key will not do", as against "not now".
KEY_REFUSED_STATUSES = (401, 403)
KEY_REFUSED_CODES = (-1022, -2008, -2014, -2015)


class Accounts:
    def __init__(self, world: World, state: ThreeCommasState, venues: Mapping[str, Venue]) -> None:
        self._world = world
        self._state = state
        self._venues = venues
        self.after_contact: Callable[[int, Account], None] = _nothing
        """What follows a contact that went well: person and account."""

    def get(self, person: int, account_id: int) -> Account:
        """Raises ApiError 404."""
        for account in self._state.user(person).accounts:
            if account.id == account_id:
                return account
        raise not_found()

    def add(
        self,
        person: int,
        market_code: str,
        name: str,
        *,
        api_key: str = "",
        secret: str = "",
        account_id: int | None = None,
        holdings: Mapping[str, tuple[Decimal, Decimal]] | None = None,
        created_at: datetime | None = None,
        updated_at: datetime | None = None,
        subaccount_name: str | None = None,
        api_key_invalid: bool = False,
        api_keys_state: KeysState = "ok",
        is_locked: bool = False,
        lock_reason: str | None = None,
    ) -> Account:
        """An account as a story finds it, without asking the venue. `holdings` are free and locked per asset."""
        market = market_of(market_code)
        now = self._world.clock.now()
        venue = self._venues.get(market.venue)
        account = Account(
            id=account_id if account_id is not None else self._state.next_account_id,
            market_code=market_code,
            name=name,
            created_at=created_at or now,
            updated_at=updated_at or created_at or now,
            api_key=api_key,
            secret=secret,
            subaccount_name=subaccount_name,
            exchange_account=venue.account_of(api_key) if venue else None,
            api_key_invalid=api_key_invalid,
            api_keys_state=api_keys_state,
            is_locked=is_locked,
            lock_reason=lock_reason,
            error=KEY_DEAD if api_key_invalid else "",
            holdings=[CachedHolding(asset=a, free=f, locked=k) for a, (f, k) in (holdings or {}).items()],
            loaded_at=updated_at or created_at or now,
        )
        self._state.next_account_id = max(self._state.next_account_id, account.id + 1)
        self._state.user(person).accounts.append(account)
        self._world.changed()
        return account

    def rename(self, person: int, account_id: int, name: str) -> Account:
        account = self.get(person, account_id)
        if len(name) < SHORTEST_NAME:
            raise record_invalid(name=f"is too short (minimum is {SHORTEST_NAME} characters)")
        account.name = name
        self._touch(account)
        return account

    def include_in_summary(self, person: int, account_id: int, included: bool) -> None:
        """Whether the total counts this account."""
        account = self.get(person, account_id)
        account.include_in_summary = included
        self._touch(account)

    async def refresh(self, person: int, account_id: int) -> Account:
        """Load the balances anew. Raises ApiError 422 `invalid_api_key` or `unknown_market_api_error`."""
        account = self.get(person, account_id)
        if account.mode == "paper":
            return account
        try:
            holdings = await self._holdings(account.market_code, account.api_key, account.secret)
        except VenueRefused as refusal:
            if not key_is_refused(refusal):
                raise self._inconclusive(account, exchange_error(as_logged(refusal))) from None
            self.mark_dead(person, account)
            raise exchange_key_invalid() from None
        except VenueDown:
            raise self._inconclusive(account, exchange_error("The exchange does not answer")) from None
        self._mark_alive(person, account, holdings)
        return account

    async def update_key(
        self,
        person: int,
        account_id: int,
        *,
        key: str,
        secret: str,
        passphrase: str = "",
        customer_id: str | None = None,
    ) -> Account:
        """Replace the stored key after trying the new one at the venue; a refused key changes nothing.

        Raises ApiError with the sentence that the page shows.
        """
        account = self.get(person, account_id)
        given = {"api_key": key, "secret": secret, "passphrase": passphrase, "customer_id": customer_id or ""}
        for field in market_of(account.market_code).fields:
            if not given[field]:
                raise record_invalid(**{field: "is missing"})
        for field in ("api_key", "secret"):
            if len(given[field]) < SHORTEST_KEY:
                raise record_invalid(**{field: f"is too short (minimum is {SHORTEST_KEY} characters)"})
        holdings = await self._try_key(account.market_code, key, secret)
        exchange_account = self.venue_of(account.market_code).account_of(key)
        self._refuse_duplicate(account, exchange_account)
        account.api_key, account.secret = key, secret
        account.passphrase, account.customer_id = passphrase, customer_id
        account.connected_by = "form"
        account.exchange_account = exchange_account
        account.api_keys_state = "ok"
        self._mark_alive(person, account, holdings)
        return account

    async def fast_connect(self, person: int, account_id: int) -> Account:
        """Let the venue make a key of the person's main account and store it. Raises Refused."""
        account = self.get(person, account_id)
        market = market_of(account.market_code)
        if "fast_connect" not in market.flows:
            raise Refused(f"{market.name} is connected by hand; there is no Fast Connect for it.")
        if account.subaccount_name is not None:
            raise Refused(
                "Fast Connect works with the main account only. "
                "Connect a sub-account with a key made by hand inside the sub-account."
            )
        try:
            fresh = await self.venue_of(account.market_code).fast_connect(person, "3Commas", list(market.addresses))
        except VenueRefused as refusal:
            raise Refused(refusal.message) from None
        except VenueDown:
            raise Refused(f"{market.exchange} does not answer. Try again later.") from None
        await self.update_key(person, account_id, key=fresh.key, secret=fresh.secret)
        account.connected_by = "fast_connect"
        self._world.changed()
        return account

    async def may_trade(self, person: int, account: Account) -> str | None:
        """What the venue would say to an order of this account: None if it takes it, else the text of the refusal."""
        market = market_of(account.market_code)
        if account.mode == "paper":
            return None
        try:
            await self.venue_of(account.market_code).may_trade(
                account.api_key, account.secret, market.source_address, market.market
            )
        except VenueRefused as refusal:
            if await self._still_reads(account):
                return refusal.message
            self.mark_dead(person, account)
            return KEY_DEAD
        except VenueDown:
            return "The exchange does not answer"
        return None

    def venue_of(self, market_code: str) -> Venue:
        """Raises ApiError 422 where no emulator stands behind a market."""
        market = market_of(market_code)
        if market.venue not in self._venues:
            raise exchange_error(f"{market.name} is not emulated in this sandbox")
        return self._venues[market.venue]

    async def _holdings(self, market_code: str, key: str, secret: str) -> list[Holding]:
        market = market_of(market_code)
        return await self.venue_of(market_code).holdings(key, secret, market.source_address, market.market)

    async def _still_reads(self, account: Account) -> bool:
        try:
            await self._holdings(account.market_code, account.api_key, account.secret)
        except (VenueRefused, VenueDown):
            return False
        return True

    async def _try_key(self, market_code: str, key: str, secret: str) -> list[Holding]:
        """The balances that a new key shows. Raises ApiError."""
        try:
            return await self._holdings(market_code, key, secret)
        except VenueDown:
            raise exchange_error("The exchange does not answer") from None
        except VenueRefused as refusal:
            if not key_is_refused(refusal):
                raise exchange_error(as_logged(refusal)) from None
        market = market_of(market_code)
        try:
            # One text covers a wrong key, a wrong address and a missing right. A key that trades but does not read
            # is known and comes from an allowed address, so only the right to read is missing.
            await self.venue_of(market_code).may_trade(key, secret, market.source_address, market.market)
        except (VenueRefused, VenueDown):
            raise exchange_key_invalid(KEY_DEAD_OR_FRESH) from None
        raise record_invalid(api_key=NOT_ENOUGH_RIGHTS)

    def _refuse_duplicate(self, account: Account, exchange_account: str | None) -> None:
        """One market of one exchange account can be connected once, whoever's 3Commas it is."""
        if exchange_account is None:
            return
        for user in self._state.users.values():
            for other in user.accounts:
                same = (other.exchange_account, other.market_code) == (exchange_account, account.market_code)
                if same and other.id != account.id:
                    raise already_connected()

    def _mark_alive(self, person: int, account: Account, holdings: list[Holding]) -> None:
        account.api_key_invalid = False
        if account.api_keys_state == "expired":
            account.api_keys_state = "ok"
        account.is_locked, account.lock_reason, account.error = False, None, ""
        account.holdings = as_counted(holdings, self._state.behaviour)
        account.loaded_at = self._world.clock.now()
        resume_trades(self._state.user(person), account.id)
        self._touch(account)
        self.after_contact(person, account)

    def mark_dead(self, person: int, account: Account) -> None:
        """The venue refused the key: the flags say so, and what is open stands still."""
        account.api_key_invalid, account.api_keys_state, account.error = True, "expired", KEY_DEAD
        if self._state.behaviour.locks_invalid_accounts:
            account.is_locked, account.lock_reason = True, "invalid_api_key"
        stop_trades(self._state.user(person), account.id, self.worth)
        self._touch(account)

    def _inconclusive(self, account: Account, error: ApiError) -> ApiError:
        """The key is neither proven nor refused: the flags stay, the card says what happened."""
        account.error = error.sentence
        self._touch(account)
        return error

    def _touch(self, account: Account) -> None:
        account.updated_at = self._world.clock.now()
        self._world.changed()

    def worth(self, asset: str) -> Decimal:
        """USDT for one unit, by any venue that has a price; 0 for what nobody trades."""
        if asset == "USDT":
            return Decimal(1)
        for venue in self._venues.values():
            try:
                price = venue.price(asset)
            except KeyError:
                continue
            if price:
                return price
        return Decimal(0)


def as_counted(holdings: Iterable[Holding], behaviour: Behaviour) -> list[CachedHolding]:
    """What 3Commas remembers of a wallet."""
    cached = []
    for row in holdings:
        total = row.free + row.locked - (Decimal(0) if behaviour.futures_count_profit else row.unrealized_profit)
        free = min(row.free, total)
        cached.append(CachedHolding(asset=row.asset, free=free, locked=total - free))
    return cached


def _nothing(_person: int, _account: Account) -> None:
    """Nobody listens."""


def key_is_refused(refusal: VenueRefused) -> bool:
    """Whether the venue's answer is about the key; a busy or failing venue says nothing about it."""
    return refusal.status in KEY_REFUSED_STATUSES or refusal.code in KEY_REFUSED_CODES


def as_logged(refusal: VenueRefused) -> str:
    """A raw hash inside the description, as answers of the original were seen to carry one."""
    return f'{{"code"=>{refusal.code}, "msg"=>"{refusal.message}"}}'
