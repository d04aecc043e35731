"""What connecting 3Commas and connecting an exchange have in common: a pair made by the bot, or key and secret, tried before it is kept.

No secret ever lies in the conversation. A pair that waits for its key id, and a key and secret that could not be tried because the
service did not answer, lie in the vault as `pending` for 24 hours.
"""

from abc import abstractmethod
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from bot.buttons import Choose, Press
from bot.errors import words
from bot.flows.flow import Flow, Said, Turn, again, ask, remembering
from bot.handling import Effect, new_id
from bot.reply import Reply
from bot.texts import Html, say
from domain.access import Access, KeyGone
from domain.errors import KeyRefused, SupportError, Unavailable
from domain.pasted import Expecting, Field, Flaw, PastedPair, read_api_key, read_pair
from domain.ports import KeyMaker
from domain.records import Json, Key, KeyState, Trader, UnitOfWork, UnitsOfWork
from domain.values import Clock, Credentials, KeyKind, Secret

PURPOSE = "connect"


@dataclass(frozen=True, slots=True)
class Tools:
    """What a connecting flow works with."""

    units: UnitsOfWork
    clock: Clock
    access: Access
    key_maker: KeyMaker


class Connecting(Flow):
    """Steps: `key` (the id for our pair), `hmac_key`, `hmac_secret`, `retry`. Subclasses say how to try, keep and word it."""

    service: str
    pair_kind: KeyKind
    look_alike: ClassVar[bool] = False
    """Key and secret have one shape: any value may be the secret, so its message is always deleted."""
    secret_steps = frozenset({"hmac_secret"})
    key_steps = frozenset({"key", "hmac_key"})

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    # --- to be filled in ---------------------------------------------------------------------------------------------

    @abstractmethod
    async def attempt(self, trader: Trader, credentials: Credentials, key: Key, memory: Json) -> Turn:
        """Try it at the service and say what follows; raises SupportError if it is refused."""

    @abstractmethod
    def refused(self, error: SupportError, memory: Json, doubt: Flaw | None) -> Html:
        """Why it did not work, in the order to test."""

    # --- the pair ----------------------------------------------------------------------------------------------------

    async def with_pair(self, trader: Trader, memory: Json, *before: Reply) -> Turn:
        """Ask for the id of a pair: one that waits already, or a new one."""
        now = self._tools.clock.now()
        async with self._tools.units.reading() as u:
            keys = await u.keys.list(trader.id, self.service)
        for key in keys:
            if key.state is KeyState.PENDING and key.kind is self.pair_kind and key.public_pem:
                return ask("key", remembering(memory, key_id=key.id, public_pem=key.public_pem), *before)
        pair = await self._tools.key_maker.pair(self.pair_kind)
        fresh = Key(
            new_id(), trader.id, self.service, self.pair_kind, KeyState.PENDING, now, public_pem=pair.public_pem
        )
        held = Credentials("", pair.private_pem, self.pair_kind)

        async def keep(u: UnitOfWork) -> None:
            await u.keys.add(fresh, held)

        return ask("key", remembering(memory, key_id=fresh.id, public_pem=pair.public_pem), *before, effects=(keep,))

    async def on_key(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice == "hmac":
            return ask("hmac_key", memory)
        expecting = Expecting(self.service, Field.KEY, self.pair_kind, memory["public_pem"])
        read = read_api_key(said.text, expecting)
        if isinstance(read, Flaw):
            return again(flaw_words(read, said))
        try:
            async with self._tools.access.open(memory["key_id"], purpose=PURPOSE, trigger="answer") as opened:
                credentials = replace(opened.credentials, api_key=read.text)
                key = await self._key(memory["key_id"])
                return await self.attempt(trader, credentials, key, memory)
        except KeyGone:
            thrown_away = Reply(say("connect-pair-thrown-away"))
            return await self.with_pair(
                trader, {k: v for k, v in memory.items() if k not in ("key_id", "public_pem")}, thrown_away
            )
        except SupportError as error:
            return again(self.refused(error, memory, read.doubt))

    # --- key and secret ----------------------------------------------------------------------------------------------

    @abstractmethod
    def ask_hmac_key(self, memory: Json) -> Reply:
        """Where to make key and secret, and what to send first."""

    async def on_hmac_key(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice == "pair":
            return await self.with_pair(trader, memory)
        both = read_pair(said.text, self.service)
        if isinstance(both, PastedPair):
            return await self._try_secret(trader, both.api_key, both.secret, memory, said, both.doubt)
        read = read_api_key(said.text, Expecting(self.service, Field.KEY, KeyKind.HMAC))
        if isinstance(read, Flaw):
            return again(flaw_words(read, said))
        removed = () if said.removed is None else (Reply(removal_words(said), silent=True),)
        return ask("hmac_secret", remembering(memory, api_key=read.text), *removed)

    async def on_hmac_secret(self, trader: Trader, said: Said, memory: Json) -> Turn:
        expecting = Expecting(self.service, Field.SECRET, KeyKind.HMAC, given_key=memory["api_key"])
        read = read_api_key(said.text, expecting)
        if isinstance(read, Flaw):
            return again(flaw_words(read, said))
        return await self._try_secret(trader, memory["api_key"], Secret(read.text), memory, said, read.doubt)

    async def _try_secret(
        self, trader: Trader, api_key: str, secret: Secret, memory: Json, said: Said, doubt: Flaw | None
    ) -> Turn:
        credentials = Credentials(api_key, secret, KeyKind.HMAC)
        key = Key(
            new_id(),
            trader.id,
            self.service,
            KeyKind.HMAC,
            KeyState.PENDING,
            self._tools.clock.now(),
            tail=api_key[-4:],
        )
        removed = () if said.removed is None else (Reply(removal_words(said)),)
        try:
            turn = await self._either_way(trader, credentials, key, memory)
        except Unavailable as error:
            # The secret is shown once at the service and its message is deleted: it must not be lost to a passing fault.
            async def hold(u: UnitOfWork) -> None:
                await u.keys.add(key, credentials)

            why = Reply(words(error) or say("error-unavailable", service=Html("")))
            return ask("retry", remembering(memory, key_id=key.id), *removed, why, effects=(hold,))
        except SupportError as error:
            return again(_joined(removed, self.refused(error, memory, doubt)))
        return replace(turn, replies=(*removed, *turn.replies))

    async def _either_way(self, trader: Trader, credentials: Credentials, key: Key, memory: Json) -> Turn:
        """Where key and secret look alike, a refusal is tried the other way round before the trader is blamed."""
        try:
            return await self.attempt(trader, credentials, key, memory)
        except KeyRefused:
            if not self.look_alike:
                raise
            swapped = Credentials(credentials.secret.reveal(), Secret(credentials.api_key), KeyKind.HMAC)
            try:
                turn = await self.attempt(trader, swapped, replace(key, tail=swapped.api_key[-4:]), memory)
            except SupportError:
                turn = None
            if turn is None:
                raise
        return replace(turn, replies=(Reply(say("connect-were-swapped")), *turn.replies))

    def question_again(self, step: str, memory: Json) -> Reply:
        """The steps stand above already; the buttons that copy stay at hand."""
        whole = self.question(step, memory)
        if step not in ("key", "hmac_key", "hmac_secret"):
            return whole
        return replace(whole, text=say(f"connect-again-{step.replace('_', '-')}"), document=None)

    # --- once more ---------------------------------------------------------------------------------------------------

    def ask_retry(self, memory: Json) -> Reply:
        return Reply(
            say("connect-retry"), ((Press(say("button-try-again"), Choose(self.name, "retry", "again"), "primary"),),)
        )

    async def on_retry(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice != "again":
            return again(say("connect-retry-press"))
        try:
            async with self._tools.access.open(memory["key_id"], purpose=PURPOSE, trigger="button") as opened:
                return await self.attempt(trader, opened.credentials, await self._key(memory["key_id"]), memory)
        except KeyGone:
            return ask("hmac_key", memory, Reply(say("connect-held-too-long")))
        except SupportError as error:
            return again(self.refused(error, memory, None))

    # --- keeping -----------------------------------------------------------------------------------------------------

    def keep(self, key: Key, credentials: Credentials, old: Key | None, more: dict[str, Any]) -> Effect:
        """Keep it as live. Where the same service had a key already, that one is replaced and its name and links stay."""

        async def effect(u: UnitOfWork) -> None:
            live = replace(key, state=KeyState.LIVE, tail=credentials.api_key[-4:], **more)
            stored = await u.keys.get(key.id)
            if old is not None:
                if stored is not None:
                    await u.keys.remove(key.id)
                await u.keys.replace(
                    replace(live, id=old.id, label=old.label or live.label, created_at=self._tools.clock.now()),
                    credentials,
                )
            elif stored is None:
                await u.keys.add(live, credentials)
            else:
                await u.keys.confirm(replace(live, last_used_at=stored.last_used_at), credentials.api_key)

        return effect

    # --- small -------------------------------------------------------------------------------------------------------

    def holds_secret(self, step: str, text: str, memory: Json) -> bool:
        """At a key step: a secret, or key and secret at once."""
        if self.look_alike and step == "hmac_key":
            return True
        expecting = Expecting(
            self.service,
            Field.KEY,
            self.pair_kind if step == "key" else KeyKind.HMAC,
            memory.get("public_pem", "") if step == "key" else "",
        )
        read = read_api_key(text, expecting)
        return isinstance(read, Flaw) and read.shows_secret

    async def _key(self, key_id: str) -> Key:
        async with self._tools.units.reading() as u:
            key = await u.keys.get(key_id)
        if key is None:
            raise KeyGone(key_id)
        return key


def flaw_words(flaw: Flaw, said: Said) -> Html:
    """Why it cannot be taken, and what became of the message if it showed a secret."""
    text = say(flaw.sentence)
    return text if said.removed is None else Html(f"{text}\n\n{removal_words(said)}")


def removal_words(said: Said) -> Html:
    return say("secret-of-answer-removed" if said.removed else "secret-of-answer-stays")


def _joined(before: tuple[Reply, ...], text: Html) -> Html:
    return Html("\n\n".join([*(reply.text for reply in before), text]))
