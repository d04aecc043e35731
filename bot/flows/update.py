"""/update and every repair button: which account, main or sub, the steps, and how the end is noticed.

Where 3Commas can be asked, a watch looks until balances load again. Everything else is one question to the trader, and his answer
stays "you told me".
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.background import jobs
from bot.flows.choosing_account import ChoosingAccount, RepairTools
from bot.flows.flow import Said, Turn, again, ask, end, hand_over, remembering
from bot.flows.kept import account_in, account_out, moment_in
from bot.flows.repairing import Case, code_for, holder_of
from bot.handling import Effect, new_id
from bot.reply import Reply
from bot.texts import say
from bot.views import guides as guide_view
from bot.views import repairing as view
from domain.causes import Cause
from domain.errors import SupportError
from domain.findings import Evidence, Finding, Severity, Since, SinceSource, Subject, SubjectKind, Symptom
from domain.guides import Holder, ListSource, Task, Way
from domain.markets import MARKETS, MarketListing
from domain.meanings import Meanings
from domain.records import ExchangeAccount, Issue, Json, Repair, RepairState, Trader, UnitOfWork
from domain.repair_baseline import Sign
from domain.repair_watch import CouldNotLook, Noticed, stood_before, told_done
from domain.update_keys import choose_listing

FIRST_LOOK = timedelta(seconds=5)
NEEDS_REPAIR = (Severity.BROKEN, Severity.WARNING)


class Update(ChoosingAccount):
    name = "update"
    about = "update-about"

    def __init__(self, tools: RepairTools, meanings: Meanings) -> None:
        super().__init__(tools)
        self._meanings = meanings

    async def begin(self, trader: Trader, start: Json) -> Turn:
        """`start`: account (an id, or "look", "error"), told (a symptom), task, venue."""
        subject = str(start.get("account", ""))
        if subject == "look":
            return hand_over("look_by_hand", {})
        if subject == "error":
            return hand_over("error_text", {})
        told = {k: start[k] for k in ("told", "task", "said") if start.get(k)}
        account, key = await self.subject_of(trader, subject)
        if key is not None:
            return hand_over("own_key", {"key_id": key.id})
        if account is not None:
            return await self.with_account(trader, account, told)
        async with self._tools.units.reading() as u:
            accounts = await u.accounts.list(trader.id)
            issues = await u.issues.open(trader.id)
        if not accounts:
            return self.to_venue_question(told, str(start.get("venue", "")))
        broken = {i.finding.subject.id for i in issues if i.finding.severity in NEEDS_REPAIR}
        return ask(
            "which",
            {
                **told,
                "accounts": [account_out(a) for a in accounts],
                "broken": sorted(broken),
                "venue": start.get("venue", ""),
            },
        )

    # --- one account -------------------------------------------------------------------------------------------------

    async def with_account(
        self, trader: Trader, account: ExchangeAccount, told: Json, keep: tuple[Effect, ...] = ()
    ) -> Turn:
        """What stands on it decides: nothing to repair, or who holds the key, or the steps at once."""
        async with self._tools.units.reading() as u:
            issues = await u.issues.on(Subject(SubjectKind.ACCOUNT, account.id))
        memory: Json = {**told, "account": account_out(account)}
        effects = (*keep, *self._tell(trader, account, told))
        broken = [i for i in issues if i.finding.severity in NEEDS_REPAIR]
        if account.link is not None and not broken and not told:
            renewed = next((i for i in issues if i.finding.symptom is Symptom.THREE_COMMAS_TRADING_UNPROVEN), None)
            looked_fine = renewed is not None or not issues
            if looked_fine:
                at = renewed.finding.since.at.isoformat() if renewed is not None and renewed.finding.since else ""
                return ask("healthy", {**memory, "done_at": at}, effects=effects)
        memory["task"] = told.get("task") or _task(broken).value
        return await self._who_holds(trader, account, memory, effects)

    def _tell(self, trader: Trader, account: ExchangeAccount, told: Json) -> tuple[Effect, ...]:
        """Keep what the trader told as a finding of its own kind of evidence."""
        if not told.get("told"):
            return ()
        now = self._tools.clock.now()
        finding = Finding(
            Subject(SubjectKind.ACCOUNT, account.id),
            Symptom(told["told"]),
            Cause.UNKNOWN,
            Severity.BROKEN,
            Evidence.TOLD,
            since=Since(now, SinceSource.FIRST_SEEN),
            facts={"said": str(told["said"])[:300]} if told.get("said") else {},
        )

        async def raise_(u: UnitOfWork) -> None:
            await u.issues.raise_(trader.id, finding, now)

        return (raise_,)

    def ask_healthy(self, memory: Json) -> Reply:
        done_at = memory.get("done_at")
        return view.already_fine(account_in(memory["account"]), moment_in(done_at) if done_at else None)

    async def on_healthy(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice != "renew":
            return again(say("update-use-buttons"))
        return await self._who_holds(
            trader, account_in(memory["account"]), remembering(memory, task=Task.NEW_KEY.value), ()
        )

    async def _who_holds(
        self, trader: Trader, account: ExchangeAccount, memory: Json, effects: tuple[Effect, ...]
    ) -> Turn:
        if memory["task"] == Task.NEW_KEY.value and holder_of(account) is None:
            return ask("holder", memory, effects=effects)
        return await self._first_steps(trader, account, holder_of(account) or Holder.NOT_SURE, memory, effects)

    def ask_holder(self, memory: Json) -> Reply:
        return view.holder(account_in(memory["account"]))

    async def on_holder(self, trader: Trader, said: Said, memory: Json) -> Turn:
        choice = said.choice or view.WORDS.get(said.text.strip().lower(), "")
        if choice not in ("main", "sub", "not_sure"):
            return again(say("update-use-buttons"))
        account = account_in(memory["account"])
        effects: tuple[Effect, ...] = ()
        if choice != "not_sure":
            account = replace(account, is_sub=choice == "sub")
            effects = (_set_holder(account.id, choice == "sub"),)
        return await self._first_steps(trader, account, Holder(choice), memory, effects)

    # --- the steps ---------------------------------------------------------------------------------------------------

    async def _first_steps(
        self, trader: Trader, account: ExchangeAccount, holder: Holder, memory: Json, effects: tuple[Effect, ...]
    ) -> Turn:
        source, listing = await self._listing(code_for(account))
        subject = Subject(SubjectKind.ACCOUNT, account.id)
        async with self._tools.units.reading() as u:
            sign = Sign.of({issue.finding.symptom for issue in await u.issues.on(subject)})
        case = Case(
            account.id,
            account.name,
            code_for(account),
            holder,
            Task(memory["task"]),
            source=source,
            listing=listing,
            can_watch=account.link is not None and memory["task"] == Task.NEW_KEY.value,
            repair_id=new_id(),
            sign=sign,
        )
        now = self._tools.clock.now()

        async def begin(u: UnitOfWork) -> None:
            for other in await u.repairs.watching(trader.id):
                if other.subject == subject:
                    await u.repairs.move(
                        other.id, RepairState.WATCHING, replace(other, state=RepairState.GIVEN_UP, ended_at=now)
                    )
            baseline = (await stood_before(u, subject)).to_json()
            await u.repairs.put(
                Repair(
                    case.repair_id,
                    trader.id,
                    subject,
                    RepairState.WATCHING,
                    now,
                    {"baseline": baseline, "case": case.to_json()},
                )
            )

        watching = (jobs.look_again(case.repair_id, now + FIRST_LOOK),) if case.can_watch else ()
        return ask(
            "guide", {"case": case.to_json(), "account": account_out(account)}, effects=(*effects, begin), jobs=watching
        )

    async def _listing(self, market_code: str) -> tuple[ListSource, MarketListing | None]:
        """Today's entry if the public list can be read, else the shipped one without addresses."""
        live: Sequence[MarketListing] | None
        try:
            live = await self._tools.three_commas.market_list()
        except SupportError:
            live = None
        chosen = choose_listing(market_code, live, self._tools.snapshot)
        return chosen.source, chosen.listing

    def ask_guide(self, memory: Json) -> Reply:
        case = Case.from_json(memory["case"])
        return view.steps(
            case.guide(self._tools.venues),
            sign=case.sign if case.can_watch else None,
            compromised=case.compromised,
        )

    def question_again(self, step: str, memory: Json) -> Reply:
        """The steps stand above already; their buttons stay at hand."""
        whole = self.question(step, memory)
        return replace(whole, text=say("update-steps-above")) if step == "guide" else whole

    async def on_guide(self, trader: Trader, said: Said, memory: Json) -> Turn:
        case = Case.from_json(memory["case"])
        match said.choice:
            case "by_hand":
                return self._other_way(case, memory, way=Way.BY_HAND)
            case "fast":
                return self._other_way(case, memory, way=Way.FAST_CONNECT)
            case "compromised":
                return self._other_way(case, memory, compromised=True)
            case "new_key":
                return await self._who_holds(
                    trader, account_in(memory["account"]), {**memory, "task": Task.NEW_KEY.value}, ()
                )
            case "done":
                return await self._done(trader, case, memory)
        return self._typed(said, case)

    def _typed(self, said: Said, case: Case) -> Turn:
        """An error message is explained; for anything else the open question stays."""
        market = MARKETS.get(case.market_code)
        venue, kind = (market.venue, market.market_type) if market is not None else (None, None)
        if said.text and self._meanings.understand(said.text, venue=venue, market=kind):
            return hand_over("error_text", {"text": said.text[:1000], "account_id": case.account_id})
        return again(say("update-buttons-or-message"))

    def _other_way(self, case: Case, memory: Json, *, way: Way | None = None, compromised: bool | None = None) -> Turn:
        changed = replace(
            case,
            way=way if way is not None else case.way,
            compromised=case.compromised if compromised is None else compromised,
        )

        async def keep(u: UnitOfWork) -> None:
            repair = await u.repairs.get(case.repair_id)
            if repair is not None and repair.state is RepairState.WATCHING:
                await u.repairs.put(replace(repair, memory={**repair.memory, "case": changed.to_json()}))

        return ask("guide", remembering(memory, case=changed.to_json()), effects=(keep,))

    async def _done(self, trader: Trader, case: Case, memory: Json) -> Turn:
        """The trader says he is through: look now where that shows something, else ask him."""
        if not case.can_watch:
            return ask("shows", memory)
        async with self._tools.units.reading() as u:
            repair = await u.repairs.get(case.repair_id)
        if repair is None or repair.state is not RepairState.WATCHING:
            return ask("shows", memory)
        look = await self._tools.watch.look(repair, trigger="button")
        if isinstance(look, Noticed):
            afterwards = guide_view.afterwards(case.guide(self._tools.venues))
            seen = look

            async def keep(u: UnitOfWork) -> None:
                await self._tools.watch.keep(u, repair, seen)

            return end(view.noticed(case.account, look.changes, look.at, afterwards), effects=(keep,))
        if isinstance(look, CouldNotLook):
            return ask("shows", memory, view.could_not_look(look.why, account_in(memory["account"]).venue))
        if not look.baseline.works:
            return again(say("update-not-yet"))
        if case.sign is Sign.EXPIRY:
            return again(say("update-not-yet-expiry"))
        afterwards = guide_view.afterwards(case.guide(self._tools.venues))
        return end(view.cannot_tell(case.account, afterwards), effects=(self._over(repair),))

    def _over(self, repair: Repair) -> Effect:
        """The trader says that it is done, and nothing more can be seen."""
        ended = replace(repair, state=RepairState.TOLD, ended_at=self._tools.clock.now())

        async def keep(u: UnitOfWork) -> None:
            await u.repairs.move(repair.id, RepairState.WATCHING, ended)

        return keep

    # --- what the page shows -----------------------------------------------------------------------------------------

    def ask_shows(self, memory: Json) -> Reply:
        return view.what_shows(account_in(memory["account"]))

    async def on_shows(self, trader: Trader, said: Said, memory: Json) -> Turn:
        case = Case.from_json(memory["case"])
        match said.choice:
            case "loads":
                return end(
                    view.told_done(case.account, guide_view.afterwards(case.guide(self._tools.venues))),
                    effects=(self._told(trader, case),),
                )
            case "red":
                by_hand = replace(case, way=Way.BY_HAND, task=Task.NEW_KEY)
                return ask("guide", remembering(memory, case=by_hand.to_json()), Reply(say("update-still-red")))
            case "message":
                return hand_over("error_text", {"account_id": case.account_id})
        return self._typed(said, case)

    def _told(self, trader: Trader, case: Case) -> Effect:
        now = self._tools.clock.now()

        async def keep(u: UnitOfWork) -> None:
            await told_done(u, trader.id, case.account_id, now)
            repair = await u.repairs.get(case.repair_id)
            if repair is not None:
                await self._over(repair)(u)

        return keep


def _task(issues: Sequence[Issue]) -> Task:
    """What has to change. A refused load needs a new key; a trade that names its reason may need less."""
    causes = [(i.finding.symptom, i.finding.cause, i.finding.causes) for i in issues]
    if any(symptom is not Symptom.THREE_COMMAS_TRADING_REFUSED for symptom, _, _ in causes) or not causes:
        single = [cause for _, cause, _ in causes]
        return Task.ADDRESSES if single and all(c is Cause.IP_NOT_ALLOWED for c in single) else Task.NEW_KEY
    named = {several[0] if several else cause for _, cause, several in causes}
    if Cause.PERMISSION_MISSING in named:
        return Task.RIGHTS
    return Task.ADDRESSES if Cause.IP_NOT_ALLOWED in named else Task.NEW_KEY


def _set_holder(account_id: str, is_sub: bool) -> Effect:
    async def put(u: UnitOfWork) -> None:
        account = await u.accounts.get(account_id)
        if account is not None:
            await u.accounts.put(replace(account, is_sub=is_sub))

    return put
