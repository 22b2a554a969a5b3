"""Covers as files: pictures of the user made safe and square, and JPEGs that are small enough."""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps

from narrate.cover.art import draw
from narrate.errors import NarrateError
from narrate.files import write_failure

MAX_BYTES = 512 * 1024 - 1
SIDE, SMALLEST_SIDE = 3000, 1400

_MIDDLE_SIDE = 2000
_LEAST_USABLE = 200
_MOST_PIXELS = 64_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITIES = (90, 80, 70)
_LAST_RESORTS = (50, 35, 20, 10)
_NEARLY_SQUARE = 1.03
_BACKGROUND_SIDE = 300
_MEND = "Use a JPEG, PNG or WebP picture of 1400 to 3000 pixels a side."


def draw_cover(title: str, author: str, destination: Path, *, lang: str = "") -> None:
    """Draw a cover from its words.

    Colours and shape come from a digest of the words. With ``lang`` the colours are warm or cool
    by language and the cover names it, so that two feeds with one title do not look alike.

    Args:
        lang: A key of :data:`narrate.model.LANGUAGES`, or empty.

    Raises:
        OutputError: ``destination`` cannot be written.
    """
    _save(draw(title, author, lang, SIDE), destination)


def prepare_cover(source: Path, destination: Path) -> None:
    """Make a square JPEG of a picture that the user brought.

    A picture that is not square is kept whole, over a blurred enlargement of itself. Transparent
    parts become white, the orientation of cameras is applied, all metadata is left out.

    Args:
        source: JPEG, PNG or WebP; not trusted.

    Raises:
        NarrateError: It is no such picture, damaged, too small or far too large.
        OutputError: ``destination`` cannot be written.
    """
    _save(_squared(_opened(source)), destination)


def refusal(source: Path) -> NarrateError | None:
    """Why :func:`prepare_cover` would refuse a picture, if it would."""
    try:
        _opened(source)
    except NarrateError as error:
        return error
    return None


def _opened(source: Path) -> Image.Image:
    """The picture in RGB and upright."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=_FORMATS) as picture:
                _check_size(source, *picture.size)
                return _rgb(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NarrateError(
            "the cover has too many pixels", where=str(source), mend=_MEND
        ) from error
    except FileNotFoundError as error:
        raise NarrateError("the cover does not exist", where=str(source), mend=_MEND) from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise NarrateError(
            "the cover is no picture that can be read", where=str(source), mend=_MEND
        ) from error


def _check_size(source: Path, width: int, height: int) -> None:
    if width * height > _MOST_PIXELS:
        raise NarrateError("the cover has too many pixels", where=str(source), mend=_MEND)
    if min(width, height) < _LEAST_USABLE:
        raise NarrateError(
            f"the cover is too small ({width} x {height} pixels)", where=str(source), mend=_MEND
        )


def _rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16-bit grey: convert() would cut it at 255
        picture = picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _squared(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    side = min(max(width, height, SMALLEST_SIDE), SIDE)
    if max(width, height) <= min(width, height) * _NEARLY_SQUARE:
        return ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
    small = ImageOps.fit(picture, (_BACKGROUND_SIDE, _BACKGROUND_SIDE))
    small = small.filter(ImageFilter.GaussianBlur(_BACKGROUND_SIDE / 25))
    square = small.point(lambda value: value * 0.7).resize((side, side), Image.Resampling.BICUBIC)
    whole = ImageOps.contain(picture, (side, side), Image.Resampling.LANCZOS)
    square.paste(whole, ((side - whole.width) // 2, (side - whole.height) // 2))
    return square


def _save(picture: Image.Image, destination: Path) -> None:
    data = _jpeg(picture)
    try:
        destination.write_bytes(data)
    except OSError as error:
        raise write_failure(destination, error) from error


def _jpeg(picture: Image.Image) -> bytes:
    """The first of some qualities, then of smaller sizes, that is small enough."""
    attempts = [(picture.width, quality) for quality in _QUALITIES]
    attempts += [(min(picture.width, _MIDDLE_SIDE), quality) for quality in _QUALITIES]
    attempts += [(SMALLEST_SIDE, quality) for quality in (*_QUALITIES, *_LAST_RESORTS)]
    data = b""
    for side, quality in dict.fromkeys(attempts):
        if side != picture.width:
            picture = picture.resize((side, side), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality, optimize=True)
        data = buffer.getvalue()
        if len(data) <= MAX_BYTES:
            break
    return data
