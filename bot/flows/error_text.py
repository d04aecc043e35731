"""Somebody has only an error message: what it means, and for a text that several faults share, which of them it is.

What the trader answers is "told": it is never taken for something that was looked at.
"""

from collections.abc import Sequence

from bot.flows.flow import Flow, Said, Turn, again, ask, end, hand_over, remembering
from bot.reply import Reply
from bot.texts import say
from bot.views import error_texts as view
from domain.causes import Cause
from domain.findings import Symptom
from domain.guides import Task
from domain.meanings import Meaning, Meanings, Remedy, asks_for_market
from domain.records import ExchangeAccount, Json, Trader, UnitsOfWork
from domain.values import THREE_COMMAS, MarketType

CHECKS: dict[str, Task] = {"key": Task.NEW_KEY, "addresses": Task.ADDRESSES, "rights": Task.RIGHTS}
CHECK_OF: dict[Cause, str] = {
    Cause.KEY_UNKNOWN: "key",
    Cause.KEY_EXPIRED: "key",
    Cause.SECRET_WRONG: "key",
    Cause.PASSPHRASE_WRONG: "key",
    Cause.IP_NOT_ALLOWED: "addresses",
    Cause.PERMISSION_MISSING: "rights",
}
TASK_OF: dict[Remedy, Task] = {
    Remedy.NEW_KEY: Task.NEW_KEY,
    Remedy.ADDRESSES: Task.ADDRESSES,
    Remedy.RIGHTS: Task.RIGHTS,
}
MAX_MEANINGS = 3


class ErrorText(Flow):
    name = "error_text"
    about = "error-text-about"

    def __init__(self, units: UnitsOfWork, meanings: Meanings) -> None:
        self._units = units
        self._meanings = meanings

    async def begin(self, trader: Trader, start: Json) -> Turn:
        """`start`: text, account_id, both optional."""
        memory: Json = {"account_id": str(start.get("account_id", ""))}
        if start.get("text"):
            return await self._read(trader, str(start["text"]), memory)
        return ask("text", memory)

    def ask_text(self, memory: Json) -> Reply:
        return view.send_the_text()

    async def on_text(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if not said.text.strip():
            return again(say("error-text-send-words"))
        return await self._read(trader, said.text[:1000], memory, asked=True)

    async def _read(
        self, trader: Trader, text: str, memory: Json, market: MarketType | None = None, *, asked: bool = False
    ) -> Turn:
        """`asked`: the text answers the question for it, which stays open if the text is not known."""
        account = await self._account(trader, memory)
        found = self._meanings.understand(
            text, venue=account.venue if account else None, market=market or (account.market_type if account else None)
        )
        memory = remembering(memory, text=text)
        if not found:
            return again(say("error-text-unknown"), memory) if asked else ask("text", memory, view.unknown())
        if asks_for_market(found):
            return ask("market", memory)
        return self._explain(found, memory)

    def ask_market(self, memory: Json) -> Reply:
        return view.spot_or_futures()

    async def on_market(self, trader: Trader, said: Said, memory: Json) -> Turn:
        word = said.choice or said.text.strip().lower()
        if word not in ("spot", "usdm", "futures"):
            return again(say("update-use-buttons"))
        return await self._read(trader, memory["text"], memory, MarketType.SPOT if word == "spot" else MarketType.USDM)

    def _explain(self, found: Sequence[Meaning], memory: Json) -> Turn:
        first = found[0]
        told = view.meaning(found[:MAX_MEANINGS])
        venue = "" if first.origin == THREE_COMMAS else first.origin
        memory = {**memory, "venue": venue}
        match first.remedy:
            case Remedy.TELL_APART:
                checks = list(dict.fromkeys(CHECK_OF[c] for c in first.causes if c in CHECK_OF))
                memory = {**memory, "checks": checks or list(CHECKS), "fine": []}
                return ask("apart", memory) if len(found) == 1 else ask("apart", memory, told)
            case Remedy.NEW_KEY | Remedy.ADDRESSES | Remedy.RIGHTS:
                return ask("repair", {**memory, "task": TASK_OF[first.remedy].value}, told)
            case Remedy.TOKEN:
                return end(view.with_next(told, "connect"))
        return end(view.with_next(told, "check"))

    # --- one clear repair --------------------------------------------------------------------------------------------

    def ask_repair(self, memory: Json) -> Reply:
        return view.begin_repair(Task(memory["task"]))

    async def on_repair(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice == "yes":
            return self._to_repair(memory, Task(memory["task"]))
        if said.text:
            return await self._read(trader, said.text[:1000], memory)
        return again(say("update-use-buttons"))

    # --- several faults, one text ------------------------------------------------------------------------------------

    def ask_apart(self, memory: Json) -> Reply:
        return view.which_check(memory["checks"], memory["fine"])

    async def on_apart(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice in memory["checks"]:
            return ask("page", remembering(memory, check=said.choice))
        if said.text:
            return await self._read(trader, said.text[:1000], memory)
        return again(say("update-use-buttons"))

    def ask_page(self, memory: Json) -> Reply:
        return view.what_the_page_shows(memory["check"], memory["venue"])

    async def on_page(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice == "wrong":
            return self._to_repair(memory, CHECKS[memory["check"]])
        if said.choice == "unsure":
            return self._to_repair(memory, Task.NEW_KEY)
        if said.choice != "right":
            return again(say("update-use-buttons"))
        fine = [*memory["fine"], memory["check"]]
        left = [check for check in memory["checks"] if check not in fine]
        if not left:
            return ask("repair", {**memory, "task": Task.NEW_KEY.value}, Reply(say("error-text-all-right")))
        return ask("apart", remembering(memory, fine=fine))

    def _to_repair(self, memory: Json, task: Task) -> Turn:
        return hand_over(
            "update",
            {
                "account": memory.get("account_id", ""),
                "venue": memory["venue"],
                "told": Symptom.TOLD_ERROR_TEXT.value,
                "said": memory.get("text", ""),
                "task": task.value,
            },
        )

    async def _account(self, trader: Trader, memory: Json) -> ExchangeAccount | None:
        if not memory.get("account_id"):
            return None
        async with self._units.reading() as u:
            account = await u.accounts.get(memory["account_id"])
        return account if account is not None and account.trader_id == trader.id else None
