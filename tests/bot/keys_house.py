"""A trader with keys in a real storage, and presses that go the way of the bot without Telegram."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from bot.buttons import ButtonData, Confirm, Open, Press
from bot.context import Context
from bot.flows.flow import Said
from bot.flows.remove_key import RemoveKey
from bot.flows.rename_key import RenameKey
from bot.flows.runner import Runner
from bot.handlers import taps
from bot.handlers.commanding import know
from bot.handlers.table import COMMANDS
from bot.handling import Handling
from bot.reply import Reply, from_json
from domain.causes import Cause
from domain.findings import Evidence, Finding, Severity, Subject, SubjectKind, Symptom
from domain.records import AccountLink, Conversation, ExchangeAccount, Key, KeyState, OutgoingState, Trader, Use
from domain.values import THREE_COMMAS, Credentials, KeyKind, MarketType, Secret
from storage.opening import Storage
from tests.storage.clock import StillClock


@dataclass
class KeysHouse:
    """One trader. Every action returns what the bot says to it."""

    storage: Storage
    clock: StillClock
    trader: Trader
    updates: int = 0

    @classmethod
    async def open(cls, storage: Storage, clock: StillClock, telegram_id: int) -> "KeysHouse":
        know(COMMANDS)
        async with storage.units.writing() as u:
            trader = await u.traders.meet(telegram_id, "en", clock.now())
            await u.commit()
        return cls(storage, clock, trader)

    # --- what is kept ------------------------------------------------------------------------------------------------

    async def key(self, key_id: str, service: str = "binance", *, state: KeyState = KeyState.LIVE, **known: Any) -> Key:
        about: dict[str, Any] = {"kind": KeyKind.ED25519, "label": "Binance", "tail": "Xy7Q", **known}
        key = Key(
            id=key_id, trader_id=self.trader.id, service=service, state=state, created_at=self.clock.now(), **about
        )
        async with self.storage.units.writing() as u:
            await u.keys.add(key, Credentials("pretend id", Secret("pretend secret"), key.kind))
            await u.commit()
        return key

    async def token(self, key_id: str = "k1") -> Key:
        return await self.key(key_id, THREE_COMMAS, kind=KeyKind.RSA, label="3Commas", tail="9f3a")

    async def account(
        self,
        account_id: str,
        name: str,
        *,
        token: str = "",
        venue: str = "binance",
        market: MarketType = MarketType.SPOT,
        keys: Sequence[str] = (),
    ) -> ExchangeAccount:
        link = AccountLink(token, 41) if token else None
        account = ExchangeAccount(
            account_id, self.trader.id, venue, market, name, link=link, created_at=self.clock.now()
        )
        async with self.storage.units.writing() as u:
            await u.accounts.put(account)
            for key_id in keys:
                await u.accounts.attach(account_id, key_id)
            await u.commit()
        return account

    async def told(self, account_id: str) -> None:
        finding = Finding(
            Subject(SubjectKind.ACCOUNT, account_id),
            Symptom.TOLD_INVALID_API,
            Cause.UNKNOWN,
            Severity.BROKEN,
            Evidence.TOLD,
        )
        async with self.storage.units.writing() as u:
            await u.issues.raise_(self.trader.id, finding, self.clock.now())
            await u.commit()

    async def used(self, key_id: str, purpose: str, trigger: str, result: str) -> None:
        async with self.storage.units.writing() as u:
            await u.access_log.add(self.trader.id, Use(key_id, self.clock.now(), purpose, trigger, result))
            await u.commit()

    async def remove(self, key_id: str) -> None:
        """Behind the bot's back, as the tidying does."""
        async with self.storage.units.writing() as u:
            await u.keys.remove(key_id)
            await u.commit()

    # --- what a trader does ------------------------------------------------------------------------------------------

    async def press(self, data: ButtonData) -> list[Reply]:
        return await self._carry_out(await self.prepare(data))

    async def command(self, name: str, subject: str = "") -> list[Reply]:
        return await self.press(Open(name, subject))

    async def types(self, text: str) -> list[Reply]:
        """An answer to the open question."""
        return await self._carry_out(await self.prepare_text(text))

    async def prepare(self, data: ButtonData) -> Handling:
        """A press up to the point where its one transaction begins."""
        return await self._read(lambda context: taps.press(context, data))

    async def prepare_text(self, text: str) -> Handling:
        """The same for an answer."""

        async def answer(context: Context) -> None:
            standing = await context.standing()
            assert standing is not None, "no question is open"
            await context.services.runner.answer(context.handling, standing, Said(text=text))

        return await self._read(answer)

    async def _read(self, act: Callable[[Context], Awaitable[None]]) -> Handling:
        self.updates += 1
        handling = Handling(self.updates, self.trader, self.clock)
        await act(self._context(handling))
        return handling

    async def _carry_out(self, handling: Handling) -> list[Reply]:
        async with self.storage.units.writing() as u:
            await handling.carry_out(u)
            await u.commit()
        async with self.storage.units.writing() as u:
            said = await u.outbox.waiting(self.trader.id)
            for outgoing in said:
                await u.outbox.finish(outgoing.id, OutgoingState.SENT)
            await u.commit()
        return [from_json(outgoing.body) for outgoing in said if "strip" not in outgoing.body]

    def _context(self, handling: Handling) -> Context:
        units = self.storage.units
        runner = Runner((RenameKey(units), RemoveKey(units)), units, self.clock)

        async def standing() -> Conversation | None:
            return await runner.standing(self.trader)

        services = SimpleNamespace(units=units, clock=self.clock, runner=runner)
        made = SimpleNamespace(services=services, handling=handling, trader=self.trader, standing=standing)
        return cast(Context, made)

    # --- what is there now -------------------------------------------------------------------------------------------

    async def keys(self) -> list[str]:
        async with self.storage.units.reading() as u:
            return [key.id for key in await u.keys.list(self.trader.id)]

    async def label(self, key_id: str) -> str:
        async with self.storage.units.reading() as u:
            key = await u.keys.get(key_id)
        assert key is not None
        return key.label

    async def accounts(self) -> set[str]:
        async with self.storage.units.reading() as u:
            return {account.id for account in await u.accounts.list(self.trader.id)}

    async def linked(self, key_id: str) -> list[str]:
        async with self.storage.units.reading() as u:
            return list(await u.accounts.accounts_of(key_id))


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def button(reply: Reply, label: str) -> ButtonData:
    """What the button of this label carries."""
    found = [b.data for row in reply.buttons for b in row if isinstance(b, Press) and b.label == label]
    assert found, f"{label!r} is not among {labels(reply)}"
    return found[0]


def confirmation(reply: Reply) -> Confirm:
    """The one button that decides."""
    found = [b.data for row in reply.buttons for b in row if isinstance(b, Press) and isinstance(b.data, Confirm)]
    assert len(found) == 1
    return found[0]
