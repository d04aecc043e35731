"""`make run`: the bot itself where a Telegram token is set, else the bot inside the sandbox."""

import argparse
import os
import sys

from bot.settings import SettingsError, read_settings


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--story", default="")
    parser.add_argument("--new", action="store_true")
    options = parser.parse_args(argv)
    try:
        settings = read_settings()
    except SettingsError as error:
        sys.exit(str(error))
    if settings.telegram_bot_token is not None:
        os.execv(sys.executable, [sys.executable, "-m", "bot"])
    around = [sys.executable, "-m", "sandbox"]
    if options.story:
        around += ["--story", options.story]
    if options.new:
        around += ["--new"]
    os.execv(sys.executable, [*around, "--", sys.executable, "-m", "bot"])


if __name__ == "__main__":
    main(sys.argv[1:])
