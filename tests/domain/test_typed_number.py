"""One number as people type it: read exactly, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.typed_number import MOST_DIGITS, Misread, read_number

D = Decimal
WRITINGS = {
    "plain": ("", "."),
    "comma for decimals": ("", ","),
    "english": (",", "."),
    "german": (".", ","),
    "french": ("\u202f", ","),
    "blanks": (" ", "."),
    "swiss": ("'", "."),
    "curly": ("\u2019", "."),
}


@pytest.mark.parametrize(
    ("text", "near", "number"),
    [
        ("4100", None, "4100"),
        (" 4100 ", None, "4100"),
        ("4,100", "4000", "4100"),
        ("4,100", "4", "4.1"),
        ("4.100", "4000", "4100"),
        ("4.100", "4", "4.1"),
        ("0,52", None, "0.52"),
        (".5", None, "0.5"),
        (",5", None, "0.5"),
        ("1,5", None, "1.5"),
        ("0,100", None, "0.1"),
        ("0.000123", None, "0.000123"),
        ("4,100.50", None, "4100.50"),
        ("4.100,50", None, "4100.50"),
        ("1,234,567", None, "1234567"),
        ("4100.", None, "4100"),
        ("4100usdt", None, "4100"),
        ("$ 4100.", None, "4100"),
        ("usdt 0.5", None, "0.5"),
        ("$.5", None, "0.5"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, near: str | None, number: str) -> None:
    assert read_number(text, near=None if near is None else D(near), units=("USDT", "$")) == D(number)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Misread.NOTHING),
        ("soon", Misread.NOTHING),
        ("-", Misread.NOTHING),
        ("USDT", Misread.NOTHING),
        ("٤٠", Misread.NOTHING),
        ("10²", Misread.UNCLEAR),
        ("-5", Misread.SIGNED),
        ("- 5", Misread.SIGNED),
        ("\u22125", Misread.SIGNED),
        ("+5", Misread.SIGNED),
        ("0", Misread.ZERO),
        ("0.00", Misread.ZERO),
        ("5%", Misread.PERCENT),
        ("-5 %", Misread.PERCENT),
        ("5 percent", Misread.PERCENT),
        ("1e3", Misread.WORDS),
        ("1E+3", Misread.WORDS),
        ("67k", Misread.WORDS),
        ("0x10", Misread.WORDS),
        ("at 4100", Misread.WORDS),
        ("4100 or 4200", Misread.WORDS),
        ("USDT 4100 USDT", Misread.WORDS),
        ("4100-4200", Misread.UNCLEAR),
        ("4100 4200", Misread.UNCLEAR),
        ("4100/2", Misread.UNCLEAR),
        ("1.2.3.4", Misread.UNCLEAR),
        ("1,2,3", Misread.UNCLEAR),
        ("1,23,456", Misread.UNCLEAR),
        ("4,100.500.000", Misread.UNCLEAR),
        ("1,000 000", Misread.UNCLEAR),
        ("4,100,50", Misread.UNCLEAR),
        ("4100\n4200", Misread.UNCLEAR),
        ("100\n200", Misread.UNCLEAR),
        ("100  200", Misread.UNCLEAR),
        ("4100?", Misread.UNCLEAR),
        ("~4100", Misread.UNCLEAR),
        ("007", Misread.UNCLEAR),
        ("1_000", Misread.UNCLEAR),
        ("4100..", Misread.UNCLEAR),
        ("9" * 13, Misread.TOO_LONG),
        ("9" * 27, Misread.TOO_LONG),
        ("0." + "1" * 13, Misread.TOO_LONG),
        ("5" * 5000, Misread.TOO_LONG),
        ("4,100", Misread.EITHER),
        ("4.100", Misread.EITHER),
    ],
)
def test_what_is_not_one_plain_number_is_not_read_and_the_reason_is_known(text: str, why: Misread) -> None:
    assert read_number(text, units=("USDT",)) is why


def test_a_name_that_is_no_unit_here_is_a_word() -> None:
    assert read_number("4100 USDT") is Misread.WORDS
    assert read_number("4100 BTC", units=("USDT",)) is Misread.WORDS


@pytest.mark.parametrize("name", WRITINGS)
@given(
    number=st.decimals(D("0.000000000001"), D("999999999999"), places=12, allow_nan=False),
    places=st.integers(0, 12),
    unit=st.sampled_from(["", "USDT", " USDT", " usdt"]),
)
def test_every_writing_of_a_number_is_read_as_that_number(name: str, number: D, places: int, unit: str) -> None:
    thousands, point = WRITINGS[name]
    rounded = f"{number:,.{places}f}"
    exact = D(rounded.replace(",", ""))
    if not 0 < exact < 10**MOST_DIGITS:
        return
    written = rounded.translate({ord(","): thousands, ord("."): point})
    assert read_number(written + unit, near=exact, units=("USDT",)) == exact


@given(
    text=st.text(alphabet="0123456789.,' -+eEkx%$()\u00a0\u202fUSDT/٣²½", max_size=30),
    near=st.sampled_from([None, D(150)]),
)
@example(text="1e3", near=D(150))
@example(text="-5", near=None)
def test_what_is_read_has_the_figures_that_were_typed_in_their_order_and_nothing_else(
    text: str, near: D | None
) -> None:
    """No sign, exponent or letter is lost on the way: what is left of the text without separators is the number."""
    found = read_number(text, near=near, units=("USDT", "$"))
    if isinstance(found, Misread):
        return
    assert found.is_finite()
    assert found > 0
    typed = "".join(one for one in text if one not in "USDT$.,' \u00a0\u202f")
    assert typed.isascii()
    assert typed.isdigit()
    assert f"{found:f}".replace(".", "").strip("0") == typed.strip("0")


@given(text=st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    found = read_number(text, units=("USDT", "$"))
    assert isinstance(found, Misread) or found > 0


@given(
    one=st.integers(1, 10**7),
    other=st.integers(1, 10**7),
    between=st.sampled_from(["-", "/", " - ", " or ", "\n", "  ", ";", ":", "x"]),
)
def test_two_numbers_are_never_read_as_one(one: int, other: int, between: str) -> None:
    found = read_number(f"{one}{between}{other}", near=D(one))
    assert isinstance(found, Misread)
