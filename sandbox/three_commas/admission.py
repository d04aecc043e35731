"""Who may make a request: token, signature, address, permission, plan and budget, in this order."""

from dataclasses import dataclass
from typing import NoReturn

from sandbox.three_commas.errors import (
    api_key_invalid,
    banned,
    not_authorized,
    not_in_plan,
    retry_later,
    signature_invalid,
)
from sandbox.three_commas.limits import Budget, Limits
from sandbox.three_commas.signature import is_signed
from sandbox.three_commas.state import Mode, Plan, ThreeCommasState, Token
from sandbox.three_commas.tokens import Tokens, allows

SIGNED_ONLY = ""
"""Permission of an endpoint that takes any valid token."""
PLANS_THAT_WRITE: tuple[Plan, ...] = ("expert",)


@dataclass(frozen=True)
class Knock:
    """What admission looks at of a request. `raw_path` is path and query exactly as sent."""

    raw_path: str
    body: bytes
    api_key: str
    signature: str
    forced_mode: str
    address: str


@dataclass(frozen=True)
class Admitted:
    """Whose token it is, which data set the request sees, and what the token may do."""

    person: int
    mode: Mode
    permissions: tuple[str, ...]


class Admission:
    def __init__(self, state: ThreeCommasState, tokens: Tokens, limits: Limits) -> None:
        self._state = state
        self._tokens = tokens
        self._limits = limits

    def admit(self, knock: Knock, permission: str, budget: Budget | None, *, plan_matters: bool = True) -> Admitted:
        """Raises ApiError or PlainRefusal."""
        self._limits.admit_address(knock.address)
        found = self._tokens.find(knock.api_key)
        if found is None:
            raise api_key_invalid()
        person, token = found
        if token.answers:
            self._answer_as_told(token, permission)
        if not is_signed(token, knock.raw_path, knock.body, knock.signature, self._state.behaviour.json_joins):
            raise signature_invalid()
        if not allows(token.ips, knock.address):
            told = self._state.behaviour.address_refusal
            raise signature_invalid() if told == "signature_invalid" else api_key_invalid()
        if permission not in (SIGNED_ONLY, *token.permissions):
            raise not_authorized()
        user = self._state.user(person)
        plan: Plan = "free" if user.plan_ended else user.plan
        kind = kind_of(permission)
        if plan_matters and (plan == "free" or (kind == "write" and plan not in PLANS_THAT_WRITE)):
            raise not_in_plan(kind)
        self._limits.admit(token.key, plan, knock.address, budget)
        return Admitted(person, self._mode(person, knock.forced_mode), tuple(token.permissions))

    def _mode(self, person: int, forced: str) -> Mode:
        if self._state.behaviour.forced_mode_honoured and forced == "real":
            return "real"
        if self._state.behaviour.forced_mode_honoured and forced == "paper":
            return "paper"
        return self._state.user(person).mode

    def _answer_as_told(self, token: Token, permission: str) -> NoReturn:
        match token.answers:
            case "signature_invalid":
                raise signature_invalid()
            case "forbidden":
                raise not_authorized()
            case "plan":
                raise not_in_plan(kind_of(permission))
            case "rate":
                raise retry_later(self._state.behaviour.rate_refusal)
            case "banned":
                raise banned()
            case _:
                raise api_key_invalid()


def kind_of(permission: str) -> str:
    """What a plan distinguishes: reading or writing. A POST that needs a read permission only is a read."""
    return "write" if permission.endswith("_WRITE") else "read"
