"""Connecting Binance: an Ed25519 pair made by the bot, or key and secret. A key that can withdraw is not taken."""

from bot.background import jobs
from bot.errors import words
from bot.flows.connecting import Connecting, Tools
from bot.flows.flow import Said, Turn, again, ask, end
from bot.reply import Reply
from bot.texts import Html, code, say
from bot.views import connecting as view
from bot.views.causes import cause_word, market_word, right_word
from bot.views.checking import why
from domain.causes import Cause
from domain.connect import KeyAccepted, KeyTooPowerful, KeyWarning, TryKey
from domain.errors import KeyRefused, RightMissing, SupportError
from domain.guides import VenueGuide
from domain.own_key_guides import own_key_guide
from domain.pasted import Flaw
from domain.ports import Addresses
from domain.records import Json, Key, KeyState, Trader, UnitOfWork
from domain.values import Credentials, KeyKind, MarketType

VENUE = "binance"


class ConnectBinance(Connecting):
    name = "connect_binance"
    about = "connect-exchange-about"
    service = VENUE
    pair_kind = KeyKind.ED25519
    look_alike = True

    def __init__(self, tools: Tools, try_key: TryKey, addresses: Addresses, guide: VenueGuide) -> None:
        super().__init__(tools)
        self._try_key = try_key
        self._addresses = addresses
        self._guide = guide

    async def begin(self, trader: Trader, start: Json) -> Turn:
        """A pair that waits for its key id is gone on with at once."""
        async with self._tools.units.reading() as u:
            keys = await u.keys.list(trader.id, VENUE)
        if any(key.state is KeyState.PENDING and key.public_pem for key in keys):
            return await self.with_pair(trader, {})
        return ask("way", {})

    def ask_way(self, memory: Json) -> Reply:
        return view.binance_way()

    async def on_way(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice == "pair":
            return await self.with_pair(trader, memory)
        if said.choice == "hmac":
            return ask("hmac_key", memory)
        return again(say("connect-press"))

    def ask_key(self, memory: Json) -> Reply:
        pem = memory["public_pem"]
        return view.binance_pair(own_key_guide(self._guide, KeyKind.ED25519, self._addresses, public_pem=pem), pem)

    def ask_hmac_key(self, memory: Json) -> Reply:
        return view.binance_hmac_key(own_key_guide(self._guide, KeyKind.HMAC, self._addresses))

    def ask_hmac_secret(self, memory: Json) -> Reply:
        return view.binance_hmac_secret()

    async def attempt(self, trader: Trader, credentials: Credentials, key: Key, memory: Json) -> Turn:
        tried = await self._try_key.run(VENUE, credentials)
        if isinstance(tried, KeyTooPowerful):
            return again(say("connect-binance-can-withdraw"))
        async with self._tools.units.reading() as u:
            keys = await u.keys.list(trader.id, VENUE)
        old = next((k for k in keys if k.state is KeyState.LIVE), None)
        kept_id = old.id if old is not None else key.id
        more = {"rights": tried.rights.names(), "made_at": tried.rights.made_at, "label": "Binance"}
        keep = self.keep(key, credentials, old, more)

        async def remember(u: UnitOfWork) -> None:
            await u.keys.remember(kept_id, tried.state)

        return end(
            view.binance_works(_sentences(tried, replaced=old is not None, fixed=bool(self._addresses.fixed))),
            effects=(keep, remember),
            jobs=(jobs.link(kept_id, may_ask=True),),
        )

    def refused(self, error: SupportError, memory: Json, doubt: Flaw | None) -> Html:
        if isinstance(error, KeyRefused):
            causes = "; ".join(f"({n}) {cause_word(c)}" for n, c in enumerate(error.causes, 1))
            told = error.said or error.code
            first = f"{say(doubt.sentence)}\n\n" if doubt is not None else ""
            refused = say(
                "connect-binance-refused",
                reason=Html("given" if told else "none"),
                said=code(told),
                known=Html("no" if error.causes == (Cause.UNKNOWN,) else "yes"),
                causes=Html(causes),
                address=self._my_address(error.address),
            )
            return Html(f"{first}{refused}\n\n{say('connect-binance-refused-lead')}")
        if isinstance(error, RightMissing):
            return say("connect-binance-may-not-read", right=right_word(error.right))
        return words(error) or say("error-unavailable", service=Html("Binance"))

    def _my_address(self, seen: str | None) -> Html:
        """As Binance saw it, else those that stay the same."""
        known = seen or ", ".join(self._addresses.fixed)
        return code(known) if known else say("connect-address-unknown")


def _sentences(tried: KeyAccepted, *, replaced: bool, fixed: bool) -> list[Html]:
    """What it can do, what it cannot, and what is worth knowing about it. `fixed`: whether the bot has an address for a list."""
    seen = " and ".join(market_word(market) for market in tried.markets_seen)
    found = [say("connect-binance-works", markets=Html(seen)) if seen else say("connect-binance-works-blind")]
    for market, reason in tried.not_seen.items():
        refused = reason.error in ("RightMissing", "KeyRefused")
        if market is MarketType.USDM and refused:
            found.append(say("connect-binance-futures-not-ticked"))
        else:
            found.append(say("connect-binance-market-not-read", market=Html(market.value), why=why(reason, VENUE)))
    if KeyWarning.MORE_THAN_READING in tried.warnings:
        more = [right_word(name) for name in tried.rights.names() if name != "reading"]
        found.append(say("connect-binance-may-trade", rights=Html(", ".join(more))))
    if KeyWarning.NO_IP_LIST in tried.warnings and fixed:
        found.append(say("connect-binance-no-ip-list"))
    if replaced:
        found.append(say("connect-binance-replaced"))
    return found
