"""One positive number as people type it. What can be meant in more than one way is not read: the trader is asked once more."""

import re
from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum

_LONGEST = 60
MOST_DIGITS = 12
"""Before the point, and after it: more than any price or amount of a market has."""
_PLAIN = re.compile(r"(?P<whole>0|[1-9][0-9]*)?(?:[.,](?P<parts>[0-9]+))?")
_GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<sign>[ ',.])[0-9]{3}(?:(?P=sign)[0-9]{3})*)(?:(?!(?P=sign))[.,](?P<parts>[0-9]+))?"
)
_BLANK = re.compile("[\t\u00a0\u2009\u202f]")
"""All but the end of a line: what stands on two lines is two numbers."""
_SIGNS = "+-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d\uff0b\u00b1"


class Misread(StrEnum):
    """Why a text is not read as a number."""

    NOTHING = "nothing"
    """No figure is in it."""
    SIGNED = "signed"
    ZERO = "zero"
    PERCENT = "percent"
    WORDS = "words"
    """Letters that are no unit: "67k", "1e3", another coin."""
    UNCLEAR = "unclear"
    """Several numbers, or signs in between that belong to no number."""
    TOO_LONG = "too_long"
    EITHER = "either"
    """The point or comma may stand for thousands or for decimals, and nothing tells which."""


def read_number(text: str, *, near: Decimal | None = None, units: Collection[str] = ()) -> Decimal | Misread:
    """The number: "4100", "4,100.50", "4 100,50", "0,52 USDT".

    `units` may stand before or behind it, in any case. `near`: where a point or comma can mean both, the reading nearer to it counts.
    """
    written = _without_unit(_BLANK.sub(" ", text.replace("\u2019", "'")).strip(), units)
    if not re.search("[0-9]", written):
        return Misread.NOTHING
    if len(written) > _LONGEST:
        return Misread.TOO_LONG
    readings = [found for shape in (_GROUPED, _PLAIN) if (found := shape.fullmatch(written.removesuffix(".")))]
    if not readings:
        return _why_not(written)
    if any(len(found["parts"] or "") > MOST_DIGITS or len(_whole(found)) > MOST_DIGITS for found in readings):
        return Misread.TOO_LONG
    numbers = {Decimal(f"{_whole(found) or '0'}.{found['parts'] or ''}") for found in readings}
    if not all(numbers):
        return Misread.ZERO
    if len(numbers) == 1:
        return numbers.pop()
    return Misread.EITHER if near is None else min(numbers, key=lambda one: times_apart(one, near))


def times_apart(one: Decimal, other: Decimal) -> Decimal:
    """How many times the smaller the larger is; both above zero."""
    return max(one / other, other / one)


def _whole(found: re.Match[str]) -> str:
    return re.sub("[^0-9]", "", found["whole"] or "")


def _without_unit(written: str, units: Collection[str]) -> str:
    """A unit on one side alone goes; a full stop behind it too."""
    if not units:
        return written
    unit = "|".join(re.escape(one) for one in units)
    behind = re.fullmatch(rf"(?P<rest>.*[0-9.]) *(?:{unit})\.?", written, re.IGNORECASE)
    before = re.fullmatch(rf"(?:{unit}) *(?P<rest>[0-9.,].*)", written, re.IGNORECASE)
    found = behind or before
    return found["rest"] if found else written


def _why_not(written: str) -> Misread:
    if "%" in written or "percent" in written.casefold():
        return Misread.PERCENT
    if written[0] in _SIGNS:
        return Misread.SIGNED
    return Misread.WORDS if any(one.isalpha() for one in written) else Misread.UNCLEAR
