"""Reading files that anybody may have written."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from narrate.errors import NarrateError, ShowError
from narrate.model import one_line

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_BLOCK = 1 << 20
_MIB_IN_KIB = 1024
_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)")
_EXAMPLE = 'Texts stand in quotes, one setting a line: `title = "My show"`.'


def read_bytes(
    path: Path, name: str, most_kib: int, kind: type[NarrateError] = ShowError, mend: str = ""
) -> bytes:
    """The content of a file of bounded length.

    Args:
        name: What messages call the file.
        most_kib: Longest file that is read, in KiB.
        kind: Error to raise.
        mend: What to do about a longer one.

    Raises:
        NarrateError: Of ``kind``; it cannot be read or is too long.
    """
    most = most_kib * 1024
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise read_failure(name, error, kind) from error
    if len(content) > most:
        size = f"{most_kib} KB" if most_kib < _MIB_IN_KIB else f"{most_kib // _MIB_IN_KIB} MB"
        raise kind(f"the file is longer than {size}", where=name, mend=mend)
    return content


def parse_toml(
    raw: bytes, name: str, kind: type[NarrateError] = ShowError, mend: str = _EXAMPLE
) -> dict[str, object]:
    """The content of a TOML file.

    Args:
        name: What messages call the file.
        kind: Error to raise.
        mend: What to do about a file that is no TOML.

    Raises:
        NarrateError: Of ``kind``; it is not UTF-8 or not TOML.
    """
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise kind(
            "this is not UTF-8 text",
            where=f"{name}, line {line}",
            mend="Save the file with the encoding UTF-8.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), name, kind, mend) from error
    except (RecursionError, ValueError) as error:
        # Deep nesting, and whole numbers of thousands of digits.
        raise kind("this is not sensible TOML", where=name, mend=mend) from error


def _syntax_error(message: str, name: str, kind: type[NarrateError], mend: str) -> NarrateError:
    place = _PLACE.search(message)
    where = f"{name}, line {place[1]}, column {place[2]}" if place else name
    what = one_line(_PLACE.sub("", message)).rstrip(".")
    return kind(f"this is not TOML: {what}", where=where, mend=mend)


def read_failure(name: str, error: OSError, kind: type[NarrateError] = ShowError) -> NarrateError:
    """What to tell a person about a file that could not be read.

    Args:
        name: What messages call the file.
        kind: Of the error.
    """
    reason = (error.strerror or "unknown reason").lower()
    return kind(
        f"cannot be read: {reason}", where=name, mend="Check the file's owner and permissions."
    )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, read in blocks."""
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            sha.update(block)
    return sha.hexdigest()


def is_inside(path: Path, folder: Path) -> bool:
    """Whether ``path``, links followed, lies in ``folder``."""
    return path.resolve().is_relative_to(folder.resolve())
