"""What is free and what is locked, per coin, as bars: readable on a phone, by day and by night."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
WIDTH = 1080
MARGIN = 48
ROW = 132
HEAD = 96
MOST_ROWS = 8
# One ground for both themes: dark enough beside white, light enough beside black; contrast of every text on it is above 7 to 1.
GROUND, TEXT, MUTED, FREE, LOCKED, TRACK = "#1f2a36", "#f2f5f8", "#b9c6d2", "#56b98a", "#f0b45b", "#2c3a49"


@dataclass(frozen=True, slots=True)
class Bar:
    """One coin. Worth in USD; `amount` and `locked_amount` as they are written."""

    asset: str
    free_usd: Decimal
    locked_usd: Decimal
    worth: str
    locked_worth: str
    """Empty where nothing is locked."""


@dataclass(frozen=True, slots=True)
class Legend:
    """The words of the picture, in the reader's language."""

    free: str
    locked: str


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size)


def draw_funds(bars: Sequence[Bar], legend: Legend) -> bytes:
    """A PNG, 1080 pixels wide, of at most eight coins, the largest first. Raises ValueError without any."""
    if not bars:
        raise ValueError("nothing to draw")
    shown = sorted(bars, key=lambda bar: bar.free_usd + bar.locked_usd, reverse=True)[:MOST_ROWS]
    height = HEAD + ROW * len(shown) + MARGIN
    image = Image.new("RGB", (WIDTH, height), GROUND)
    draw = ImageDraw.Draw(image)
    _legend(draw, legend)
    largest = max(bar.free_usd + bar.locked_usd for bar in shown) or Decimal(1)
    for number, bar in enumerate(shown):
        _row(draw, bar, HEAD + ROW * number, largest)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _legend(draw: ImageDraw.ImageDraw, legend: Legend) -> None:
    x = MARGIN
    for colour, word in ((FREE, legend.free), (LOCKED, legend.locked)):
        draw.rounded_rectangle((x, 36, x + 34, 70), 8, fill=colour)
        draw.text((x + 48, 53), word, font=_font(34), fill=MUTED, anchor="lm")
        x += 48 + round(draw.textlength(word, font=_font(34))) + 56


def _row(draw: ImageDraw.ImageDraw, bar: Bar, top: int, largest: Decimal) -> None:
    room = WIDTH - 2 * MARGIN
    draw.text((MARGIN, top + 26), bar.asset[:10], font=_font(44, bold=True), fill=TEXT, anchor="lm")
    draw.text((WIDTH - MARGIN, top + 26), bar.worth, font=_font(42), fill=TEXT, anchor="rm")
    if bar.locked_worth:
        width = draw.textlength(bar.worth, font=_font(42))
        draw.text((WIDTH - MARGIN - width - 32, top + 28), bar.locked_worth, font=_font(34), fill=LOCKED, anchor="rm")
    y, thick = top + 64, 34
    draw.rounded_rectangle((MARGIN, y, WIDTH - MARGIN, y + thick), 12, fill=TRACK)
    free = round(room * bar.free_usd / largest)
    locked = round(room * bar.locked_usd / largest)
    if bar.free_usd > 0:
        free = max(free, 8)
        draw.rounded_rectangle((MARGIN, y, MARGIN + free, y + thick), min(12, free // 2), fill=FREE)
    if bar.locked_usd > 0:
        locked = max(locked, 8)
        left = min(MARGIN + free, WIDTH - MARGIN - locked)
        draw.rounded_rectangle((left, y, left + locked, y + thick), min(12, locked // 2), fill=LOCKED)
