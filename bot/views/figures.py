"""Amounts and prices as a trader reads them: with all digits that the exchange wrote, without zeros that say nothing."""

from decimal import Decimal

from bot.texts import Html, say
from bot.texts.markup import foreign
from bot.texts.say import amount

_COIN_LENGTH = 20


def figure(value: Decimal) -> Html:
    """Exact; "4100.00000000" is 4,100."""
    text = format(value, "f")
    return Html(amount(Decimal(text.rstrip("0").rstrip(".") if "." in text else text)))


def coins(value: Decimal, asset: str) -> Html:
    """An amount with its coin, whose name is the exchange's word."""
    return say("figure-coins", amount=figure(value), asset=foreign(asset, _COIN_LENGTH))


def usd(value: Decimal) -> Html:
    """A worth in US dollars, to the cent."""
    return say("figure-usd", amount=Html(amount(value, 2)))
