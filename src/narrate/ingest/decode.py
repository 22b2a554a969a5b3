"""Bytes of an article become text, or a clear refusal."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from narrate.errors import ArticleError
from narrate.files import read_bytes

MAX_KIB = 32 * 1024
"""Longest article file that is read; a thick novel has 2 MB."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Characters that the Windows code pages of western and central Europe and ISO 8859-1 have at the
# same place: a file with no others reads the same in all of them, so no guess is involved.
_SURE = frozenset("äöüÄÖÜßéç§°´·«»÷\u00a0\u00ad„“”‚‘’‹›–—…€•©®±")
_INSIDE_WORD = re.compile(r"[^\W\d_][^\w\s’‘\u00ad·-][^\W\d_]")

_CONVERT = "Save it as UTF-8 (in the editor: Save with encoding → UTF-8)."


def read_text(path: Path, where: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file, with line feeds at the end of its lines and no byte order mark.

    UTF-8, and UTF-16 or UTF-32 with a byte order mark, are read. Without a mark, Windows-1252 is
    read only when no other single-byte encoding could be meant.

    Returns:
        The text and sentences of warning.

    Raises:
        ArticleError: The file cannot be read, is too long, or its encoding is invalid or unsure.
    """
    data = read_bytes(path, where, MAX_KIB, ArticleError, "Divide it into several articles.")
    text, warnings = decode(data, where)
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def decode(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """Text of ``data`` and sentences of warning; see :func:`read_text`."""
    encoding = "utf-8"
    for mark, name in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], name
            break
    warnings: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise _invalid(encoding.upper(), data, error, where) from error
        text, warnings = _decode_windows(data, error, where)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ArticleError(
            "there is a NUL character",
            where=f"{where}, line {line}",
            mend=f"The file is damaged or no text. {_CONVERT}",
        )
    return text, warnings


def _decode_windows(
    data: bytes, error: UnicodeDecodeError, where: str
) -> tuple[str, tuple[str, ...]]:
    damaged = _invalid("UTF-8", data, error, where)
    if not data.decode("utf-8", "ignore").isascii():
        raise damaged from error  # it is UTF-8, with a defect
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise damaged from error
    if not {c for c in text if not c.isascii()} <= _SURE or _INSIDE_WORD.search(_high(text)):
        raise damaged from error
    return text, (f"the file is not UTF-8; it was read as Windows-1252. {_CONVERT}",)


def _high(text: str) -> str:
    """Each character beyond ASCII with its neighbours, so that ASCII alone decides nothing."""
    return " ".join(re.findall(r".?[^\x00-\x7f]+.?", text))


def _invalid(encoding: str, data: bytes, error: UnicodeDecodeError, where: str) -> ArticleError:
    line = data.count(b"\n", 0, error.start) + 1
    value = data[error.start]
    return ArticleError(
        f"this is not valid {encoding} (byte 0x{value:02X} at position {error.start})",
        where=f"{where}, line {line}",
        mend=_CONVERT,
    )
