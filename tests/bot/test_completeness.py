"""Nothing is half there: every command has help, every error a sentence and a next step, every question a text, every view an example."""

import ast
import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

import domain
from bot.errors import ADVICE, reply_for, service_name
from bot.flows.flow import Flow
from bot.handlers.table import COMMANDS
from bot.reply import MAX_COPY, Reply, from_json, split, to_json
from bot.texts import say, sentence_ids
from bot.views import walks
from bot.views.checking import WHY
from bot.views.example import EXAMPLES
from bot.views.funds_reasons import WALLETS
from bot.views.key_uses import PURPOSES, RESULTS, TRIGGERS
from bot.views.order_words import ENDED, PARTS, WHO
from bot.views.orders_by_hand import MEANS
from bot.views.setting_up import KNOWN_TYPES
from domain.causes import Cause
from domain.findings import Symptom
from domain.guides import NotFast, Task
from domain.matching.verdict import Clue, Sureness
from domain.own_key_guides import NeedsFixedAddress
from domain.pasted import Flaw
from domain.phrases import Asked
from domain.repair_baseline import Change, Sign
from domain.secrets_guard import Suspicion
from domain.set_up.again import Step
from domain.set_up.values import Caution, Field, Origin, Tool, Unread
from domain.trade_errors import Group
from domain.trading import MarginMode, Purpose
from domain.typed_number import Misread
from domain.values import MarketType
from knowledge.dated_facts import dated_facts
from knowledge.error_messages import meanings
from knowledge.help_resources import help_resources
from knowledge.market_snapshot import market_snapshot
from sandbox.telegram.entities import TEXT_LIMIT, formatted
from tests.bot.inventory import an_error, examples, flows, modules, views
from tests.bot.sentences import BOT, calls, filled

BY_NAME = {command.name: command for command in COMMANDS}


def dashed(value: str) -> str:
    return value.replace("_", "-")


def guide_sentences() -> set[str]:
    """Held to the guides themselves by the tests of the data files."""
    return {key for key in sentence_ids() if key.startswith("guide-")}


SYMPTOMS = {dashed(symptom.value) for symptom in Symptom}
CHECKS = {"key", "addresses", "rights"}
HOLES: dict[str, set[str]] = {
    "c.name": {command.name for command in COMMANDS if command.in_menu},
    "advice.key": {advice.key for advice in ADVICE.values()},
    "advice.next": {advice.next for advice in ADVICE.values()},
    "command": {"connect", "check"},
    "doubt.sentence": {flaw.sentence for flaw in Flaw},
    "flaw.sentence": {flaw.sentence for flaw in Flaw},
    "suspicion.sentence": {kind.sentence for kind in Suspicion},
    "flow.about": {flow.about for flow in flows()},
    "fact.what": {fact.what for fact in dated_facts()},
    "fact.do": {fact.do for fact in dated_facts()},
    "one.what": {row.what for row in meanings().rows},
    "one.do": {row.do for row in meanings().rows},
    "resource.title": {resource.title for resource in help_resources().values()},
    "r.title": {r.title for r in help_resources().values() if f"{r.title}.do" in sentence_ids()},
    "cause.value.replace('_', '-')": {dashed(cause.value) for cause in Cause},
    "right": {"reading", "spot", "futures", "margin", "withdrawals", "transfers"},
    "market.value": {market.value for market in MarketType},
    "_key_of(finding.symptom)": SYMPTOMS,
    "_key_of(f.symptom)": SYMPTOMS,
    "WHY.get(reason.error, 'why-unknown')": {*WHY.values(), "why-unknown"},
    "task.value.replace('_', '-')": {dashed(task.value) for task in Task},
    "check": CHECKS,
    "step.sentence": guide_sentences(),
    "name.replace('_', '-')": {dashed(f) for row in market_snapshot().values() for f in row.required_fields},
    "_kind(step)": {"address", "addresses", "public-half"},
    "guide.why_not_fast.value": {reason.value for reason in NotFast},
    "words.get(logged)": {*PURPOSES.values(), *TRIGGERS.values(), *RESULTS.values()},
    "{key}-none": {"keys-linked", "keys-shows"},
    "what": {"link", "unlink"},
    "kind": {"token", "key"},
    "where": {"three-commas", "binance", "elsewhere"},
    "step.replace('_', '-')": {"key", "hmac-key", "hmac-secret"},
    "heading[guide.task]": {"update-heading", "update-heading-addresses", "update-heading-rights"},
    "change.value.replace('_', '-')": {dashed(change.value) for change in Change},
    "sign.value": {sign.value for sign in Sign},
    "account.market_type.value": {market.value for market in MarketType},
    "MEANS[where]": set(MEANS.values()),
    "_dashed(one)": {dashed(clue.value) for clue in Clue},
    "PARTS.get(part) or PARTS.get(kind, 'orders-part-other')": {*PARTS.values(), "orders-part-other"},
    "purpose.value.replace('_', '-')": {dashed(purpose.value) for purpose in Purpose},
    "verdict.sureness.name.lower()": {sureness.name.lower() for sureness in Sureness},
    "ended": {*ENDED, "other"},
    "word if word in WHO else 'api'": set(WHO),
    "WALLETS[one]": set(WALLETS.values()),
    "page": set(walks.PAGES),
    "choice.label": {choice.label for _, choice in walks.ways()},
    "position.margin_mode.value": {mode.value for mode in MarginMode},
    "told.group.value.replace('_', '-')": {dashed(group.value) for group in Group},
    "tool": {dashed(tool.value) for tool in Tool},
    "one.value.replace('_', '-')": {dashed(tool.value) for tool in Tool},
    "step.value": {one.value for one in Step},
    "one.field.value.replace('_', '-')": {dashed(name.value) for name in Field},
    "one.origin.value.replace('_', '-')": {dashed(one.value) for one in Origin} - {"tool", "ask"},
    "setup-type-{one.value}": set(KNOWN_TYPES),
    "setup-unread-{one.value}": {one.value for one in Unread},
    "caution.value.replace('_', '-')": {dashed(caution.value) for caution in Caution},
    "why.value.replace('_', '-')": {dashed(why.value) for why in Misread},
    "back": {"trades", "positions"},
    "look.value": {look.value for look in Asked},
}
"""What can stand in the hole of an f-string, or come out of an expression, where `say` is called."""


def said() -> set[str]:
    return {key for call in calls() for pattern in call.keys for key in filled(pattern, HOLES)}


# --- sentences ---------------------------------------------------------------------------------------------------


def test_every_sentence_that_the_code_says_exists() -> None:
    missing = {
        f"{call.place} {key}"
        for call in calls()
        for pattern in call.keys
        for key in filled(pattern, HOLES)
        if key not in sentence_ids()
    }
    assert not missing


def test_no_sentence_goes_unsaid() -> None:
    assert sorted(sentence_ids() - said()) == []


# --- commands ----------------------------------------------------------------------------------------------------


def test_every_command_in_the_menu_has_its_words_and_they_fit_telegram() -> None:
    for command in COMMANDS:
        assert command.name.isascii()
        assert 1 <= len(command.name) <= 32
        if command.in_menu:
            assert 1 <= len(say(f"command-{command.name}")) <= 256


def test_the_words_about_the_bot_fit_telegram() -> None:
    assert len(say("bot-description")) <= 512
    assert len(say("bot-short-description")) <= 120


def test_a_command_of_the_menu_is_named_once() -> None:
    assert len(BY_NAME) == len(COMMANDS)


# --- errors ------------------------------------------------------------------------------------------------------

INSIDE = {
    NeedsFixedAddress,  # a wrong call of ours: the flow offers a token with a secret only where there is an address
}
"""Exceptions of the domain that no trader can cause."""


def exceptions_of_the_domain() -> set[type[Exception]]:
    found: set[type[Exception]] = set()
    for module in modules(domain):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Exception) and kind.__module__.startswith("domain."):
                found.add(kind)
    return found


def test_every_error_of_the_domain_has_a_row_of_its_own() -> None:
    assert exceptions_of_the_domain() - INSIDE == set(ADVICE)


@pytest.mark.parametrize("kind", ADVICE, ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_and_a_next_step_that_is_a_command(kind: type[Exception]) -> None:
    reply = reply_for(an_error(kind))
    assert reply is not None
    assert reply.text
    (row,) = reply.buttons
    assert row[0].label
    assert ADVICE[kind].next in BY_NAME


def test_what_has_no_row_has_no_words() -> None:
    """It becomes an apology with an incident number."""
    assert reply_for(RuntimeError("secret")) is None


def test_a_service_is_named_as_a_trader_calls_it() -> None:
    assert (service_name("three_commas"), service_name("binance")) == ("3Commas", "Binance")


# --- conversations -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flow", flows(), ids=lambda flow: flow.name)
def test_every_step_has_a_question_and_every_question_a_step(flow: type[Flow]) -> None:
    asked = {name.removeprefix("ask_") for name in dir(flow) if name.startswith("ask_")}
    assert asked == set(flow.steps())
    assert say(flow.about)


def test_a_conversation_is_named_once_and_its_steps_fit_a_button() -> None:
    names = [flow.name for flow in flows()]
    assert len(set(names)) == len(names)
    for flow in flows():
        for step in flow.steps():
            assert len(f"c1:{flow.name}:{step}:".encode()) + 16 <= 64, "an id of ours has 16 characters"


# --- views -------------------------------------------------------------------------------------------------------


def test_every_view_has_an_example() -> None:
    assert not set(views()) - set(EXAMPLES)


def test_every_view_is_used() -> None:
    """An example alone is no use."""
    called = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for path in Path(BOT).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert not {name for name in views() if name.rpartition(".")[2] not in called}


@pytest.mark.parametrize(("name", "example"), examples(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_example_is_taken_by_telegram(name: str, example: Callable[[], Reply]) -> None:
    reply = example()
    assert isinstance(reply, Reply)
    for part in split(reply.text):
        visible, _ = formatted(part, "HTML", "", TEXT_LIMIT)
        assert visible, f"{name}: an empty message is refused"
    assert len(reply.buttons) <= 100
    for row in reply.buttons:
        assert 1 <= len(row) <= 8
    for button in (button for row in to_json(reply)["buttons"] for button in row):
        assert 1 <= len(button["label"]) <= 64
        assert len(button.get("data", "x").encode()) <= 64
        assert 1 <= len(button.get("copy", "x")) <= MAX_COPY
        assert button.get("url", "https://").startswith("https://")
    kept = from_json(to_json(reply))
    assert to_json(kept) == to_json(reply)
