"""Buttons about one exchange account, under its own name."""

from bot.buttons import Open, Press
from bot.texts import say
from bot.texts.markup import foreign
from domain.records import ExchangeAccount

MAX_NAME_ON_BUTTON = 30


def repair_button(account: ExchangeAccount, style: str = "") -> Press:
    return Press(
        say("button-repair", name=foreign(account.name, MAX_NAME_ON_BUTTON)), Open("update", account.id), style
    )


def link_button(account: ExchangeAccount, key_id: str) -> Press:
    """Says that this key of the bot belongs to the account."""
    label = say("button-keys-link", name=foreign(account.name, MAX_NAME_ON_BUTTON))
    return Press(label, Open("link", f"{account.id}.{key_id}"))
