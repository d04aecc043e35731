"""Repairing the bot's own key at an exchange: its rights, its address list, or a new one."""

from dataclasses import dataclass
from datetime import timedelta

from bot.background import jobs
from bot.flows.choosing_account import RepairTools
from bot.flows.flow import Flow, Said, Turn, again, ask, end, hand_over
from bot.handling import new_id
from bot.reply import Reply
from bot.texts import say
from bot.views import own_keys as view
from bot.views import repairing
from domain.causes import Cause
from domain.findings import Subject, SubjectKind, Symptom
from domain.guides import Task
from domain.own_key_guides import own_key_guide
from domain.ports import Addresses
from domain.records import Issue, Json, Repair, RepairState, Trader, UnitOfWork
from domain.repair_watch import Noticed, stood_before
from domain.values import THREE_COMMAS, KeyKind

FIRST_LOOK = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Need:
    task: Task
    right: str
    or_new: bool
    """It may as well be gone: a new key is offered beside the repair."""


class OwnKey(Flow):
    name = "own_key"
    about = "own-key-about"

    def __init__(self, tools: RepairTools, addresses: Addresses) -> None:
        self._tools = tools
        self._addresses = addresses

    async def begin(self, trader: Trader, start: Json) -> Turn:
        async with self._tools.units.reading() as u:
            key = await u.keys.get(str(start["key_id"]))
            issues = await u.issues.on(Subject(SubjectKind.KEY, str(start["key_id"])))
        if key is None or key.trader_id != trader.id:
            return hand_over("connect", {})
        if key.service == THREE_COMMAS:
            return hand_over("connect", {"service": THREE_COMMAS})
        need = _need(list(issues))
        if need is None:
            return hand_over("connect", {"service": key.service})
        if need.task is Task.ADDRESSES and not self._addresses.fixed:
            return end(view.no_address(key.service))
        subject = Subject(SubjectKind.KEY, key.id)
        now = self._tools.clock.now()
        repair_id = new_id()

        async def watch(u: UnitOfWork) -> None:
            baseline = (await stood_before(u, subject)).to_json()
            await u.repairs.put(
                Repair(
                    repair_id,
                    trader.id,
                    subject,
                    RepairState.WATCHING,
                    now,
                    {"baseline": baseline, "service": key.service},
                )
            )

        memory = {
            "repair_id": repair_id,
            "service": key.service,
            "task": need.task.value,
            "right": need.right,
            "or_new": need.or_new,
        }
        return ask("guide", memory, effects=(watch,), jobs=(jobs.look_again(repair_id, now + FIRST_LOOK),))

    def ask_guide(self, memory: Json) -> Reply:
        guide = own_key_guide(
            self._tools.venues[memory["service"]],
            KeyKind.HMAC,
            self._addresses,
            task=Task(memory["task"]),
            right=memory["right"],
        )
        return view.steps(guide, memory["service"], or_new=memory["or_new"])

    async def on_guide(self, trader: Trader, said: Said, memory: Json) -> Turn:
        if said.choice == "new":
            return hand_over("connect", {"service": memory["service"]})
        if said.choice != "done":
            return again(say("update-use-buttons"))
        async with self._tools.units.reading() as u:
            repair = await u.repairs.get(memory["repair_id"])
        if repair is None or repair.state is not RepairState.WATCHING:
            return end(view.look_again())
        look = await self._tools.watch.look(repair, trigger="button")
        if not isinstance(look, Noticed):
            return again(view.not_yet(memory["service"]))

        async def keep(u: UnitOfWork) -> None:
            await self._tools.watch.keep(u, repair, look)

        return end(repairing.noticed_own(memory["service"], look.changes, look.at), effects=(keep,))


def _need(issues: list[Issue]) -> _Need | None:
    """What has to change at the exchange; None where only a new key helps."""
    for finding in sorted((issue.finding for issue in issues), key=lambda f: f.symptom is Symptom.KEY_WITHOUT_IP_LIST):
        causes = finding.causes or (finding.cause,)
        right = finding.facts.get("right", "")
        match finding.symptom:
            case Symptom.KEY_LACKS_RIGHT | Symptom.KEY_CAN_WITHDRAW:
                return _Need(Task.RIGHTS, right, or_new=False)
            case Symptom.KEY_REFUSED if Cause.IP_NOT_ALLOWED in causes:
                return _Need(Task.ADDRESSES, "", or_new=len(causes) > 1)
            case Symptom.KEY_REFUSED if causes == (Cause.PERMISSION_MISSING,):
                return _Need(Task.RIGHTS, right, or_new=False)
            case Symptom.KEY_WITHOUT_IP_LIST:
                return _Need(Task.ADDRESSES, "", or_new=False)
    return None
