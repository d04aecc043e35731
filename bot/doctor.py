"""python -m bot doctor: is everything that the bot needs there, and do the keys open what is stored?"""

import contextlib

from telegram.error import TelegramError

from bot.app import telegram_application
from bot.clock import SystemClock
from bot.settings import Settings, without_effect
from clients.limits import LocalLimiter
from clients.three_commas.client import ThreeCommasClient
from clients.transport import Transport
from domain.errors import SupportError
from storage.opening import StorageError, open_storage


class Findings:
    """Prints one line per thing examined; remembers whether anything is wrong."""

    def __init__(self) -> None:
        self.wrong = False

    def fine(self, what: str) -> None:
        print(f"ok     {what}")

    def note(self, what: str) -> None:
        print(f"note   {what}")

    def bad(self, what: str) -> None:
        self.wrong = True
        print(f"wrong  {what}")


async def examine(settings: Settings) -> int:
    """0 if everything is fine, else 1."""
    found = Findings()
    for name in without_effect():
        found.note(f"{name} is set and has no effect in this version.")
    await _storage(settings, found)
    async with Transport.open() as transport:
        await _telegram(settings, transport, found)
        await _three_commas(settings, transport, found)
    return 1 if found.wrong else 0


async def _storage(settings: Settings, found: Findings) -> None:
    keys = settings.encryption_keys.get_secret_value() if settings.encryption_keys is not None else None
    if keys is None:
        found.bad("ENCRYPTION_KEYS is missing. `python -m bot new-key` prints one.")
        return
    try:
        storage = await open_storage(settings.storage_url, settings.data_dir, keys, SystemClock())
    except StorageError as error:
        found.bad(str(error))
        return
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(storage.close)
        status = await storage.vault_status()
        for key in status.keys:
            found.fine(f"master key {key.id} ({key.state.value}): {key.needed_by} data keys are sealed under it.")
        if status.is_sound:
            found.fine(f"the keys open what is stored ({status.opened} records).")
        for name in status.closed:
            found.bad(f"{name} does not open.")
        failed = await storage.failed_jobs()
        if failed:
            found.bad(f"{failed} jobs were given up. The log names each with an incident number.")


async def _telegram(settings: Settings, transport: Transport, found: Findings) -> None:
    if settings.telegram_bot_token is None:
        found.bad("TELEGRAM_BOT_TOKEN is missing. BotFather gives you one.")
        return
    application, _ = telegram_application(settings, transport)
    try:
        me = await application.bot.get_me()
    except TelegramError as error:
        found.bad(f"Telegram does not accept the token, or cannot be reached ({type(error).__name__}).")
        return
    found.fine(f"Telegram knows the bot as @{me.username}.")


async def _three_commas(settings: Settings, transport: Transport, found: Findings) -> None:
    clock = SystemClock()
    client = ThreeCommasClient(transport, LocalLimiter(clock), clock, origin=settings.threecommas_api_url)
    try:
        markets = await client.market_list()
    except SupportError as error:
        found.bad(f"3Commas' market list could not be read ({type(error).__name__}).")
        return
    found.fine(f"3Commas answers: {len(markets)} markets on its list.")
