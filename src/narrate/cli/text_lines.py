"""Lines of standard input, each said or divided into sentences as it comes."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from narrate.spoken import Lexicon

_LINE_ENDS = str.maketrans(dict.fromkeys("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))
"""Other programs may end a line at any of these; what is printed on one line has none."""


def say_lines(
    source: BinaryIO, target: BinaryIO, lang: str, lexicon: Lexicon | None = None
) -> None:
    """Write the spoken form of each line on a line of its own, at once.

    Only a line feed ends a line, with or without a carriage return before it. Bytes that are no
    UTF-8 are replaced.

    Args:
        lang: ``de`` or ``en``.
        lexicon: The user's readings; none without one.
    """
    from narrate.spoken import EMPTY, sentences, spoken_form  # noqa: PLC0415

    known = lexicon or EMPTY

    def say(line: str) -> str:
        found = sentences(line, lang)
        said = (spoken_form(sentence, lang, lexicon=known).spoken for sentence in found)
        return " ".join(part for part in said if part)

    _convert(source, target, lambda line: say(line) + "\n")


def split_lines(source: BinaryIO, target: BinaryIO, lang: str) -> None:
    """Write the sentences of each line, one a line as they are written, and an empty line.

    Lines are read as :func:`say_lines` reads them.
    """
    from narrate.spoken import sentences  # noqa: PLC0415

    def split(line: str) -> str:
        found = (sentence.translate(_LINE_ENDS).strip() for sentence in sentences(line, lang))
        return "".join(f"{sentence}\n" for sentence in found if sentence) + "\n"

    _convert(source, target, split)


def _convert(source: BinaryIO, target: BinaryIO, convert: Callable[[str], str]) -> None:
    for line in _lines(source):
        target.write(convert(line).encode())
        target.flush()  # whoever waits for an answer gets it before asking again


def _lines(source: BinaryIO) -> Iterator[str]:
    first = True
    for raw in source:
        data = raw.removeprefix(codecs.BOM_UTF8) if first else raw
        first = False
        yield data.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
