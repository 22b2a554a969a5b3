"""What a drawn cover looks like: the title large, below it bars like those of a voice."""

from __future__ import annotations

import colorsys
import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import fontpkg_open_sans  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from narrate.model import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

_Colour = tuple[int, int, int]

# All lengths are parts of the cover's side.
_MARGIN = 0.085
_LABEL_TOP, _LABEL_SIZE = 0.085, 0.030
_TITLE_TOP, _TITLE_BOTTOM = 0.165, 0.600
_LARGEST, _SMALLEST, _STEP = 0.155, 0.034, 0.94
_LEADING = 1.16
_MOST_LETTERS = 300
_AUTHOR_SIZE, _AUTHOR_GAP = 0.042, 0.040
_BARS_MIDDLE, _BARS_HEIGHT, _BAR_COUNT = 0.815, 0.200, 33

_BOLD, _REGULAR, _SEMIBOLD = 760, 400, 600
_WHITE = (255, 255, 255)
_DARKEST_CONTRAST = 0.06
"""Relative luminance of the ground at most: white on it has a contrast above 9 to 1."""

_HUES = {"de": (-0.10, 0.04), "en": (0.46, 0.66)}
"""Part of the colour circle for each language: crimson to rust, and teal to blue."""
_ALL_HUES = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Palette:
    top: _Colour
    bottom: _Colour
    accent: _Colour
    pale: _Colour


def draw(title: str, author: str, lang: str, side: int) -> Image.Image:
    """A square picture of ``side`` pixels that depends on nothing but the arguments."""
    digest = hashlib.sha256(f"{title}\0{author}\0{lang}".encode("utf-8", "replace")).digest()
    palette = _palette(digest, _HUES.get(lang, _ALL_HUES))
    picture = _ground(palette, side)
    _draw_bars(picture, palette, digest)
    _draw_words(picture, palette, title, author, LANGUAGES.get(lang, ""))
    return picture


def _draw_words(
    picture: Image.Image, palette: _Palette, title: str, author: str, label: str
) -> None:
    side = picture.width
    canvas = ImageDraw.Draw(picture)
    left, width = round(_MARGIN * side), round((1 - 2 * _MARGIN) * side)
    if label:
        font = _font(_SEMIBOLD, round(_LABEL_SIZE * side))
        top = round(_LABEL_TOP * side)
        canvas.text((left, top), _fitted(label, font, width), palette.accent, font)
    height = round((_TITLE_BOTTOM - _TITLE_TOP) * side)
    if author:
        height -= round((_AUTHOR_GAP + _AUTHOR_SIZE * _LEADING) * side)
    lines, size = _set_title(" ".join(title.split()), width, height, side)
    font = _font(_BOLD, size)
    top = round(_TITLE_TOP * side)
    for line in lines:
        canvas.text((left, top), line, _WHITE, font)
        top += round(size * _LEADING)
    if author:
        font = _font(_REGULAR, round(_AUTHOR_SIZE * side))
        top += round(_AUTHOR_GAP * side)
        line = _fitted(" ".join(author.split()), font, width)
        canvas.text((left, top), line, palette.pale, font)


def _set_title(title: str, width: int, height: int, side: int) -> tuple[list[str], int]:
    """The lines and the largest size at which they fit; what is too long ends in an ellipsis."""
    words = _shortened(title).split()
    size, smallest = round(_LARGEST * side), round(_SMALLEST * side)
    while size > smallest:
        font = _font(_BOLD, size)
        if all(font.getlength(word) <= width for word in words):
            lines = _wrapped(words, font, width)
            if len(lines) * round(size * _LEADING) <= height:
                return _balanced(words, font, width, lines), size
        size = max(int(size * _STEP), smallest)
    font = _font(_BOLD, smallest)
    lines = _wrapped(list(_broken(words, font, width)), font, width)
    room = max(height // round(smallest * _LEADING), 1)
    if len(lines) > room:
        lines = [*lines[: room - 1], _fitted(f"{lines[room - 1]}…", font, width)]
    return lines, smallest


def _shortened(title: str) -> str:
    return title if len(title) <= _MOST_LETTERS else f"{title[:_MOST_LETTERS]}…"


def _balanced(
    words: list[str], font: ImageFont.FreeTypeFont, width: int, lines: list[str]
) -> list[str]:
    """The same number of lines in the narrowest column, so that no line is left short."""
    low, high, best = int(max(map(font.getlength, words), default=0)), width, lines
    while high - low > width // 100:
        middle = (low + high) // 2
        narrow = _wrapped(words, font, middle)
        if len(narrow) == len(lines):
            best, high = narrow, middle
        else:
            low = middle
    return best


def _wrapped(words: list[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than ``width``, or than the word they consist of."""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if lines[0] else lines[1:]


def _broken(words: list[str], font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """The words, those that are wider than ``width`` in pieces."""
    for word in words:
        piece = ""
        for letter in word:
            if piece and font.getlength(piece + letter) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _fitted(line: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """One line, cut with an ellipsis where it is too wide."""
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip(' …')}…"


def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    path = fontpkg_open_sans.ROOT / "files" / "OpenSans[wdth,wght].ttf"
    # The basic layout is the same everywhere; the other depends on libraries of the system.
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, 100])
    return font


def _ground(palette: _Palette, side: int) -> Image.Image:
    """Two colours that run into each other from top to bottom."""
    strip = Image.new("RGB", (1, 2))
    strip.putpixel((0, 0), palette.top)
    strip.putpixel((0, 1), palette.bottom)
    return strip.resize((side, side), Image.Resampling.BICUBIC, box=(0, 0.5, 1, 1.5))


def _draw_bars(picture: Image.Image, palette: _Palette, digest: bytes) -> None:
    """Rounded bars across the lower third, as high as the bytes of the digest say."""
    side = picture.width
    left, width = _MARGIN * side, (1 - 2 * _MARGIN) * side
    pitch = width / (_BAR_COUNT - 0.45)
    thick = round(pitch * 0.55)
    for number in range(_BAR_COUNT):
        part = number / (_BAR_COUNT - 1)
        swell = 0.35 + 0.65 * math.sin(math.pi * part) ** 2
        height = 0.12 + 0.88 * swell * digest[number % len(digest)] / 255
        tall = max(round(height * _BARS_HEIGHT * side), thick)
        place = (round(left + number * pitch), round(_BARS_MIDDLE * side - tall / 2))
        picture.paste(_mixed(palette.accent, palette.pale, part), place, _bar(thick, tall))


def _bar(width: int, height: int, oversampling: int = 4) -> Image.Image:
    """A mask with smooth round ends."""
    large = Image.new("L", (width * oversampling, height * oversampling))
    box = (0, 0, large.width - 1, large.height - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, large.width // 2, fill=255)
    return large.resize((width, height), Image.Resampling.BOX)


def _palette(digest: bytes, hues: tuple[float, float]) -> _Palette:
    start, end = hues
    hue = start + (end - start) * digest[0] / 256
    turn = 0.03 + 0.04 * digest[1] / 255
    return _Palette(
        top=_dark(hue, 0.30),
        bottom=_dark(hue + turn, 0.17),
        accent=_colour(hue + 2 * turn, 0.70, 0.85),
        pale=_colour(hue + turn, 0.86, 0.70),
    )


def _dark(hue: float, lightness: float) -> _Colour:
    """A colour that white letters stand out from."""
    while _luminance(colour := _colour(hue, lightness, 0.62)) > _DARKEST_CONTRAST:
        lightness -= 0.01
    return colour


def _colour(hue: float, lightness: float, saturation: float) -> _Colour:
    red, green, blue = colorsys.hls_to_rgb(hue % 1, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _mixed(one: _Colour, other: _Colour, part: float) -> _Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: _Colour) -> float:
    """Relative luminance (WCAG 2.2), 0 to 1."""
    linear = [
        value / 3294.6 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for value in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
