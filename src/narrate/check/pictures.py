"""Covers as directories ask for them, and what became of the user's own pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from narrate.check.findings import Finding, error, note, warning
from narrate.errors import NarrateError
from narrate.model import Show, megabytes

_MEND = "Use a JPEG, PNG or WebP picture of 1400 to 3000 pixels a side."
_NEARLY_SQUARE = 1.03


def picture_findings(where: str, data: bytes, mend: str) -> Iterator[Finding]:
    """What directories would refuse in a cover.

    Rules are Apple's: square, 1,400 to 3,000 pixels, JPEG or PNG in RGB without transparency; and
    below 512 KiB, which the podcast standards ask for.

    Args:
        data: The picture's file.
    """
    from narrate.cover import MAX_BYTES, SIDE, SMALLEST_SIDE, examine  # noqa: PLC0415 - Pillow

    picture = examine(data)
    if picture is None:
        yield error(where, "is no picture that can be read", mend)
        return
    size = f"{picture.width} x {picture.height} pixels"
    if picture.width != picture.height:
        yield error(where, f"is not square ({size})", mend)
    elif not SMALLEST_SIDE <= picture.width <= SIDE:
        yield error(where, f"has {size}; directories take 1400 to 3000 a side", mend)
    if picture.form not in {"JPEG", "PNG"}:
        yield error(where, f"is a {picture.form} picture", mend)
    if picture.mode != "RGB" or picture.is_transparent:
        what = "is transparent" if picture.is_transparent else f"has the colours {picture.mode}"
        yield error(where, f"{what}; directories take RGB without transparency", mend)
    if len(data) > MAX_BYTES:
        yield warning(where, f"has {len(data):,} bytes; 512 KiB are the most", mend)


def source_findings(show: Show) -> Iterator[Finding]:
    """What was done to the show's own pictures to make covers of them.

    A picture that cannot be a cover at all stops a build; here it is named as an error.
    """
    for name in dict.fromkeys(show.texts[lang].cover for lang in show.languages):
        if name:
            yield from _source_findings(f"narrate.toml: cover: {name}", show.root / name)


def _source_findings(where: str, path: Path) -> Iterator[Finding]:
    from narrate.cover import SMALLEST_SIDE, examine, refusal  # noqa: PLC0415 - Pillow

    try:
        data = path.read_bytes()
        refused: NarrateError | None = refusal(path)
    except OSError as problem:
        yield error(where, f"cannot be read: {(problem.strerror or '').lower()}", _MEND)
        return
    picture = examine(data)
    if refused is not None or picture is None:
        yield error(where, refused.what if refused else "the cover is no picture", _MEND)
        return
    short, long = sorted((picture.width, picture.height))
    size = f"{picture.width} x {picture.height} pixels"
    if long < SMALLEST_SIDE:
        yield warning(where, f"has {size} and was enlarged, which looks blurred", _MEND)
    if long > short * _NEARLY_SQUARE:
        yield note(
            where,
            f"is not square ({size}); it lies whole on a blurred ground",
            "Cut it square if you want it to fill the cover.",
        )
    if picture.is_transparent:
        yield note(where, "is transparent; what was seen through became white", "Give it a ground.")
    if picture.mode == "CMYK":
        what = "has colours for print (CMYK), which were converted"
        yield note(where, what, "Save it in RGB if its colours look wrong.")
    if len(data) > (10 << 20):
        what = f"has {megabytes(len(data))}; the cover was made smaller"
        yield note(where, what, "Nothing needs to be done.")
