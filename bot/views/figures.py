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


def signed(value: Decimal, places: int) -> Html:
    """Rounded, with its sign: +3.1."""
    rounded = round(value, places)
    written = Html(amount(rounded, 2)) if places == 2 else figure(rounded)
    return Html(f"+{written}") if rounded > 0 else written


def signed_coins(value: Decimal, asset: str) -> Html:
    """A profit or loss: to the cent, and what is less than one unit with all that can matter of it."""
    gained = signed(value, 2 if abs(value) >= 1 else 8)
    return say("figure-coins", amount=gained, asset=foreign(asset, _COIN_LENGTH))


def usd(value: Decimal) -> Html:
    """A worth in US dollars, to the cent."""
    return say("figure-usd", amount=Html(amount(value, 2)))
