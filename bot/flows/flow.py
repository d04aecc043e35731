"""What a conversation is made of.

A flow has steps. For a step `x` it has `ask_x(memory)`, the question as a pure reply, and `on_x(trader, said, memory)`, which takes an
answer and says what comes next. A wrong answer asks the same step again with the reason. `memory` is JSON, kept sealed,
and never holds a secret.
"""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from bot.handling import Effect
from bot.reply import Reply
from bot.texts import Html
from domain.records import Job, Json, Trader


@dataclass(frozen=True, slots=True)
class Said:
    """What the trader did: typed text, or pressed a choice, or both empty for something else (a sticker, a voice message)."""

    text: str = field(default="", repr=False)
    choice: str = ""
    removed: bool | None = None
    """The message held a secret and was deleted (True), or could not be deleted (False); None: nothing to delete."""
    nonce: str = field(default="", repr=False)
    """Of a Confirm button."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes next. Made by `ask`, `again`, `end` and `hand_over`."""

    step: str | None = None
    memory: Json | None = None
    reason: Html | None = None
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    jobs: tuple[Job, ...] = ()
    flow: str = ""
    """Go on in this other flow, with `memory` to start from."""
    farewell: Reply | None = None
    """Everything of the trader is deleted, and this is the last that is said."""


def ask(step: str, memory: Json, *replies: Reply, effects: tuple[Effect, ...] = (), jobs: tuple[Job, ...] = ()) -> Turn:
    """The next question, after `replies`."""
    return Turn(step=step, memory=memory, replies=replies, effects=effects, jobs=jobs)


def again(reason: Html, memory: Json | None = None, *, effects: tuple[Effect, ...] = ()) -> Turn:
    """The same question once more, with the reason in front. Nothing is lost."""
    return Turn(reason=reason, memory=memory, effects=effects)


def end(*replies: Reply, effects: tuple[Effect, ...] = (), jobs: tuple[Job, ...] = ()) -> Turn:
    """The conversation is over."""
    return Turn(replies=replies, effects=effects, jobs=jobs)


def forget_everything(farewell: Reply) -> Turn:
    """The conversation is over, and so is everything else that is kept."""
    return Turn(farewell=farewell)


def hand_over(
    flow: str, start: Json, *replies: Reply, effects: tuple[Effect, ...] = (), jobs: tuple[Job, ...] = ()
) -> Turn:
    """The conversation goes on as another one."""
    return Turn(flow=flow, memory=start, replies=replies, effects=effects, jobs=jobs)


OnAnswer = Callable[[Trader, Said, Json], Awaitable[Turn]]


class Flow:
    """Base of all conversations. Subclasses name themselves, say what they are about, and have `begin`, `ask_…` and `on_…`."""

    name: ClassVar[str]
    about: ClassVar[str]
    """Key of the words that stand for it in "Still open: …"."""
    lives: ClassVar[timedelta] = timedelta(days=7)

    @abstractmethod
    async def begin(self, trader: Trader, start: Json) -> Turn:
        """The first turn. `start` says what it is about, where the button or command does."""

    async def answer(self, trader: Trader, step: str, said: Said, memory: Json) -> Turn:
        on: OnAnswer = getattr(self, f"on_{step}")
        return await on(trader, said, memory)

    def question(self, step: str, memory: Json) -> Reply:
        """What a step asks; pure."""
        asks: Callable[[Json], Reply] = getattr(self, f"ask_{step}")
        return asks(memory)

    def question_again(self, step: str, memory: Json) -> Reply:
        """What is asked below the reason why an answer could not be taken. Shorter where the question is long."""
        return self.question(step, memory)

    def stopped(self, step: str, memory: Json) -> Reply | None:
        """What a question turns into that is cancelled while something works on it; None: it only loses its buttons."""
        return None

    secret_steps: ClassVar[frozenset[str]] = frozenset()
    """Steps whose answer is a secret: the message is deleted before anything else."""
    key_steps: ClassVar[frozenset[str]] = frozenset()
    """Steps whose answer is the id of a key; something that looks like a secret is answered there."""

    def awaits_secret(self, step: str) -> bool:
        return step in self.secret_steps

    def takes_key(self, step: str) -> bool:
        return step in self.key_steps

    def holds_secret(self, step: str, text: str, memory: Json) -> bool:
        """Whether an answer to a key step shows a secret, so that its message is deleted."""
        return False

    @classmethod
    def steps(cls) -> tuple[str, ...]:
        return tuple(name.removeprefix("on_") for name in dir(cls) if name.startswith("on_"))


def remembering(memory: Json, **more: Any) -> Json:
    """The memory with more in it; a new object."""
    return {**memory, **more}
