"""What an author says of an article, checked and merged from all places.

The keys are the same in front matter (YAML) and ``KEY.toml``. What differs between the languages
stands in a table of that language::

    author = "Ada Muster"

    [de]
    title = "Zum Beispiel"

    [en]
    title = "For Example"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import PurePosixPath

from narrate.errors import ArticleError
from narrate.ingest.language import language_code
from narrate.model import LANGUAGES, one_line, url_problem
from narrate.nearest import nearest

_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CLOSE = 0.8
_LONGEST_SHOWN = 60
_MOST = 99_999
# Keys that other programs use and that only look like misspelled ones of ours.
_FOREIGN = frozenset(
    (
        *("subtitle", "update", "updated", "updates", "links", "dates", "titles", "authors"),
        *("keys", "linktitle", "covers", "voices"),
    )
)
_COMMON_ONLY = ("key", "lang")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article; None where nothing is said."""

    title: str | None = None
    author: str | None = None
    published: date | None = None
    summary: str | None = None
    link: str | None = None
    cover: str | None = None
    voice: str | None = None
    draft: bool | None = None
    key: str | None = None
    lang: str | None = None
    season: int | None = None
    episode: int | None = None

    def over(self, other: Metadata) -> Metadata:
        """This, with what it does not say taken from ``other``."""
        known = {f.name: getattr(self, f.name) for f in fields(self)}
        return replace(other, **{name: v for name, v in known.items() if v is not None})


@dataclass(frozen=True, slots=True)
class Source:
    """Metadata of one place.

    Attributes:
        common: For both languages.
        by_language: What the tables ``de`` and ``en`` say.
        warnings: Sentences for the author.
    """

    common: Metadata
    by_language: Mapping[str, Metadata]
    warnings: tuple[str, ...] = ()

    def for_language(self, lang: str) -> Metadata:
        """What holds for the article in ``lang``."""
        return self.by_language.get(lang, Metadata()).over(self.common)


def read_fields(raw: Mapping[str, object], where: str, *, ours: bool) -> Source:
    """Check metadata.

    Args:
        raw: As loaded.
        where: File, for messages.
        ours: Whether the file is narrate's alone: then foreign keys are warned about, too, and
            warnings name it. Those about front matter need not, since they are the article's.

    Raises:
        ArticleError: A value has the wrong type or form.
    """
    tables: dict[str, Metadata] = {}
    place = (where,) if ours else ()
    warnings = _unknown(raw, (*_NAMES, *LANGUAGES), place, ours=ours)
    for lang in LANGUAGES:
        table = raw.get(lang)
        if table is None:
            continue
        if not isinstance(table, Mapping):
            raise _wrong(lang, "a table of values for that language", table, where)
        named = {str(key): value for key, value in table.items()}
        known = tuple(name for name in _NAMES if name not in _COMMON_ONLY)
        warnings += _unknown(named, known, (*place, lang), ours=ours)
        tables[lang] = replace(_metadata(named, f"{where}, {lang}"), key=None, lang=None)
    return Source(_metadata(raw, where), tables, tuple(warnings))


_NAMES = (
    *("title", "author", "date", "summary", "link", "cover", "voice", "draft", "key"),
    *("lang", "language", "season", "episode"),
)


def _unknown(
    raw: Mapping[str, object], known: tuple[str, ...], place: tuple[str, ...], *, ours: bool
) -> list[str]:
    """Warnings about keys that are probably misspelled."""
    warnings = []
    where = ", ".join(place) + ": " if place else ""
    for name in raw:
        if name in known or name.lower() in _FOREIGN:
            continue
        if near := nearest(name, known, _CLOSE):
            warnings.append(f"{where}unknown key “{name}”; did you mean “{near}”?")
        elif ours:
            warnings.append(f"{where}unknown key “{name}” is ignored")
    return warnings


def _metadata(raw: Mapping[str, object], where: str) -> Metadata:
    lang = "language" if raw.get("lang") is None else "lang"
    return Metadata(
        title=_line(raw, "title", where),
        author=_line(raw, "author", where),
        published=_date(raw, where),
        summary=_line(raw, "summary", where),
        link=_link(raw, where),
        cover=_cover(raw, where),
        voice=_line(raw, "voice", where),
        draft=_draft(raw, where),
        key=_key(raw, where),
        lang=_lang(raw, lang, where),
        season=_number(raw, "season", where),
        episode=_number(raw, "episode", where),
    )


def _wrong(name: str, expected: str, value: object, where: str) -> ArticleError:
    shown = repr(value)
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN]}…"
    return ArticleError(f"“{name}” is {shown}", where=where, mend=f"Expected: {expected}.")


def _line(raw: Mapping[str, object], name: str, where: str) -> str | None:
    value = raw.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong(name, f'text, in quotes: {name}: "…"', value, where)
    return one_line(value) or None


def _date(raw: Mapping[str, object], where: str) -> date | None:
    value = raw.get("date")
    if value is None or isinstance(value, date):  # a datetime is a date
        return value
    if isinstance(value, str) and _DATE.match(value.strip()):
        text = re.sub(r"[zZ]$", "+00:00", value.strip())
        with suppress(ValueError):
            return (
                date.fromisoformat(text)
                if len(text) == len("2026-01-31")
                else datetime.fromisoformat(text)
            )
    raise _wrong("date", "2026-01-31, or with a time 2026-01-31T06:00", value, where)


def _link(raw: Mapping[str, object], where: str) -> str | None:
    text = _line(raw, "link", where)
    if text is not None and (problem := url_problem(text)):
        mend = "Expected: an address such as https://example.org/article."
        raise ArticleError(f"“link” {problem}", where=where, mend=mend)
    return text


def _cover(raw: Mapping[str, object], where: str) -> str | None:
    text = _line(raw, "cover", where)
    if text is None:
        return None
    if "\\" in text or ":" in text or PurePosixPath(text).is_absolute():
        raise _wrong("cover", "a file beside the article, such as cover.jpg", text, where)
    return text


def _draft(raw: Mapping[str, object], where: str) -> bool | None:
    value = raw.get("draft")
    if value is None or isinstance(value, bool):
        return value
    raise _wrong("draft", "true or false", value, where)


def _number(raw: Mapping[str, object], name: str, where: str) -> int | None:
    value = raw.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST:
        raise _wrong(name, f"a whole number from 1 to {_MOST}, without quotes", value, where)
    return value


def _key(raw: Mapping[str, object], where: str) -> str | None:
    text = _line(raw, "key", where)
    if text is not None and (not _KEY.fullmatch(text) or text.endswith(".")):
        raise _wrong("key", "letters A-Z, digits, “.”, “_”, “-”; no “.” at its ends", text, where)
    return text


def _lang(raw: Mapping[str, object], name: str, where: str) -> str | None:
    text = _line(raw, name, where)
    if text is None:
        return None
    code = language_code(text)
    if not code:
        raise _wrong(name, " or ".join(LANGUAGES), text, where)
    return code
