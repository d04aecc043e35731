"""Connecting 3Commas: an RSA pair made by the bot; key and secret only where the bot has addresses to put on the list."""

from bot.background import jobs
from bot.errors import words
from bot.flows.connecting import Connecting, Tools
from bot.flows.flow import Turn, end
from bot.reply import Reply
from bot.texts import Html, code, say
from bot.views import connecting as view
from domain.connect import TokenAccepted, TryToken
from domain.errors import NotThere, PlanWithoutApi, RightMissing, SupportError, Surprise, TokenRefused
from domain.known_accounts import keep_listed
from domain.own_key_guides import token_guide
from domain.pasted import Flaw
from domain.ports import Addresses
from domain.records import Json, Key, KeyState, Trader, UnitOfWork
from domain.values import THREE_COMMAS, Credentials, KeyKind


class ConnectThreeCommas(Connecting):
    name = "connect_three_commas"
    about = "connect-three-commas-about"
    service = THREE_COMMAS
    pair_kind = KeyKind.RSA

    def __init__(self, tools: Tools, try_token: TryToken, addresses: Addresses) -> None:
        super().__init__(tools)
        self._try_token = try_token
        self._addresses = addresses

    async def begin(self, trader: Trader, start: Json) -> Turn:
        return await self.with_pair(trader, {})

    def ask_key(self, memory: Json) -> Reply:
        guide = token_guide(KeyKind.RSA, self._addresses, public_pem=memory["public_pem"])
        return view.three_commas_pair(guide, memory["public_pem"], can_have_secret=bool(self._addresses.fixed))

    def ask_hmac_key(self, memory: Json) -> Reply:
        return view.three_commas_hmac_key(token_guide(KeyKind.HMAC, self._addresses))

    def ask_hmac_secret(self, memory: Json) -> Reply:
        return view.three_commas_hmac_secret()

    async def attempt(self, trader: Trader, credentials: Credentials, key: Key, memory: Json) -> Turn:
        async with self._tools.units.reading() as u:
            keys = [k for k in await u.keys.list(trader.id) if k.state is KeyState.LIVE]
        old = next((k for k in keys if k.service == THREE_COMMAS), None)
        try:
            accepted: TokenAccepted | None = await self._try_token.run(credentials)
        except PlanWithoutApi:
            # The token itself is right: kept, so that nothing has to be repeated once the plan is renewed.
            accepted = None
        rights = tuple(sorted(accepted.permissions or ())) if accepted is not None else ()
        effect = self.keep(key, credentials, old, {"rights": rights, "label": "3Commas"})
        if accepted is None:
            return end(view.three_commas_without_plan(), effects=(effect,))
        reply = view.three_commas_works(
            None if accepted.accounts is None else len(accepted.accounts),
            writes=None if accepted.permissions is None else accepted.may_write,
            missing=accepted.missing_read_rights,
        )
        now, token_id, listed = self._tools.clock.now(), old.id if old is not None else key.id, accepted.accounts or ()

        async def know(u: UnitOfWork) -> None:
            await keep_listed(u, trader.id, token_id, listed, now, live_tokens={token_id})

        # A key that was connected before finds its exchange account now.
        links = tuple(jobs.link(k.id, may_ask=True) for k in keys if k.service != THREE_COMMAS)
        return end(reply, effects=(effect, know), jobs=links)

    def refused(self, error: SupportError, memory: Json, doubt: Flaw | None) -> Html:
        if isinstance(error, RightMissing) and error.right:
            return say("connect-three-commas-no-right", right=view.token_right(error.right))
        if isinstance(error, TokenRefused):
            first = f"{say(doubt.sentence)}\n\n" if doubt is not None else ""
            listed = code(", ".join(self._addresses.fixed)) if self._addresses.fixed else Html("none")
            kind = "hmac" if "api_key" in memory else "pair"
            return Html(first + say("connect-three-commas-refused", kind=Html(kind), addresses=listed))
        if isinstance(error, NotThere):
            error = Surprise(THREE_COMMAS, code=error.code)  # nothing was named that could be gone
        return words(error) or say("error-unavailable", service=Html("3Commas"))
