"""python -m bot [doctor|new-key|rotate]: the processes of the product. Without a word: everything in one process."""

import asyncio
import signal
import sys

from telegram.error import InvalidToken, NetworkError

from bot.app import open_app
from bot.clock import SystemClock
from bot.doctor import examine
from bot.logs import log, set_up_logs
from bot.process import harden
from bot.settings import Settings, SettingsError, read_settings, without_effect
from storage.opening import StorageError, new_key, rotate

LATER = {"web", "worker", "migrate"}


async def run_bot(settings: Settings) -> int:
    """Polling, work and sending in one process, until SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    for name in without_effect():
        log.warning("a variable is set that has no effect in this version", variable=name)
    async with open_app(settings) as app:
        await app.introduce()
        log.info("Reconnect is running", telegram=settings.telegram_api_url)
        await app.run(stop)
    log.info("Reconnect has stopped")
    return 0


def main(argv: list[str]) -> int:
    what = argv[0] if argv else ""
    if what == "new-key":
        print(new_key())
        return 0
    if what in LATER or what not in ("", "doctor", "rotate"):
        known = "python -m bot, python -m bot doctor, python -m bot new-key, python -m bot rotate"
        print(f"There is no process {what!r} here. What runs: {known}.", file=sys.stderr)
        return 2
    try:
        settings = read_settings()
        set_up_logs(settings.log_format, settings.log_level)
        harden()
        if what == "doctor":
            return asyncio.run(examine(settings))
        if what == "rotate":
            keys = settings.encryption_keys.get_secret_value() if settings.encryption_keys is not None else None
            return asyncio.run(rotate(settings.storage_url, settings.data_dir, keys, SystemClock(), print))
        return asyncio.run(run_bot(settings))
    except (SettingsError, StorageError) as error:
        print(str(error), file=sys.stderr)
        return 1
    except InvalidToken:
        # Its own text holds the token.
        print("Telegram does not know this TELEGRAM_BOT_TOKEN. Ask BotFather for the current one.", file=sys.stderr)
        return 1
    except NetworkError:
        print("Telegram cannot be reached at TELEGRAM_API_URL. Is this machine online?", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
