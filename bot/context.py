"""What handlers get beside the update: typed, without string keys."""

from dataclasses import dataclass, field
from typing import Any

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.handling import Handling, current
from bot.services import Services
from domain.records import Conversation, Trader


@dataclass
class BotData:
    """Filled once by app.py."""

    services: Services = field(init=False)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], BotData]):
    """A handler's way to everything; one per update."""

    _standing: Conversation | None = None
    _looked = False

    @property
    def services(self) -> Services:
        return self.bot_data.services

    @property
    def handling(self) -> Handling:
        return current.get()

    @property
    def trader(self) -> Trader:
        return self.handling.trader

    async def standing(self) -> Conversation | None:
        """The open conversation of this trader, read once per update: whoever moves it compares its version anyway."""
        if not self._looked:
            self._standing, self._looked = await self.services.runner.standing(self.trader), True
        return self._standing


CONTEXT_TYPES = ContextTypes(context=Context, bot_data=BotData)
OurApplication = Application[Any, Context, Any, Any, BotData, None]
