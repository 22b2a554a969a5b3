"""What the page may ask for, read and checked before anything is done."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from narrate.errors import UsageError
from narrate.files import typed
from narrate.model import LANGUAGES, is_key
from narrate.project.takes import MAX_TAKE

_LONGEST_TEXT = 5_000
_LONGEST_S = 1e7
_HIGHEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Build:
    """``narrate build``: whatever is new or changed.

    Attributes:
        key: Of one article; empty for all.
    """

    key: str = ""


@dataclass(frozen=True, slots=True)
class Regenerate:
    """``narrate regenerate``: a chapter by its number, or the sentence heard at a time.

    Attributes:
        chapter_id: What the page takes the chapter to be.
        at: Seconds in the finished episode.
        take: ``None`` for a new one.
        voice: For the whole chapter.
    """

    key: str
    lang: str
    chapter: int | None = None
    chapter_id: str = ""
    at: float | None = None
    take: int | None = None
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Listen:
    """``narrate takes --listen``: a take of the sentence heard at a time."""

    key: str
    lang: str
    at: float
    take: int


@dataclass(frozen=True, slots=True)
class Say:
    """``narrate say``."""

    text: str
    lang: str
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Teach:
    """``narrate lexicon add``.

    Attributes:
        keep: Whether it is written; else it is only heard.
    """

    word: str
    lang: str
    reading: str = ""
    ipa: str = ""
    case: str = ""
    voice: str = ""
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Forget:
    """``narrate lexicon remove``."""

    word: str
    lang: str


Order = Build | Regenerate | Listen | Say | Teach | Forget

_KINDS: Mapping[str, type[Order]] = {
    "build": Build,
    "regenerate": Regenerate,
    "listen": Listen,
    "say": Say,
    "teach": Teach,
    "forget": Forget,
}


def read_order(kind: str, body: bytes) -> Order:
    """What the page asks for.

    Raises:
        UsageError: Nobody knows what that is.
    """
    try:
        content = json.loads(body)
        json.dumps(content, ensure_ascii=False).encode("utf-8")  # no halves of characters
        order: Order = typed(_KINDS[kind], content)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(
            "this is nothing that the studio can do", mend="Load the page anew."
        ) from None
    _check(order)
    return order


def _check(order: Order) -> None:
    """Refuse what no page asks for.

    Raises:
        UsageError: A value is out of its range.
    """
    known = asdict(order)
    at, take, chapter = known.get("at"), known.get("take"), known.get("chapter")
    sound = (
        (not known.get("key") or is_key(known["key"]))
        and known.get("lang", "de") in LANGUAGES
        and (at is None or (math.isfinite(at) and 0 <= at < _LONGEST_S))
        and (take is None or 0 <= take <= MAX_TAKE)
        and (chapter is None or 1 <= chapter <= _HIGHEST)
        and all(len(text) <= _LONGEST_TEXT for text in known.values() if isinstance(text, str))
    )
    if isinstance(order, Regenerate):
        sound = sound and (order.at is None) != (order.chapter is None) and bool(order.key)
    if not sound:
        raise UsageError(
            "the studio cannot do this: a value is out of its range", mend="Load the page anew."
        )
