"""``lexicon.de.toml`` and ``lexicon.en.toml``: how words are read in this show.

One line a word; a table for what a line cannot say; several tables where voices differ::

    Xiaomi = "Schau-mi"
    "New York" = "Nju Jork"
    Zhipu = { say = "Dschipu", ipa = "ˈdʒiːpuː" }
    "Sora( Turbo)?" = { say = "Sohra", pattern = true }
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from narrate.errors import ShowError
from narrate.files import parse_toml, read_bytes
from narrate.model import LANGUAGES, digest, printable
from narrate.nearest import did_you_mean, nearest, suggestion
from narrate.project.tables import MAX_KIB, SCHEMA, Table, shown, without_schema
from narrate.spoken import CASES, EMPTY, Entry, Lexicon, ReadingError, make_lexicon

KEYS = ("say", "ipa", "case", "voices", "pattern")
"""Of an entry that is a table."""

_SYNTAX = (
    'Write one word a line: `Xiaomi = "Schau-mi"`. A word with anything but the letters A to Z, '
    'digits, - and _ stands in quotes: `"Müller" = "Mül-ler"`.'
)
_READING = 'Write `WORD = "READING"`, or `WORD = { say = "READING", ipa = "SOUNDS" }`.'


def lexicon_name(lang: str) -> str:
    """Name of a language's lexicon at the show's root."""
    return f"lexicon.{lang}.toml"


def load_lexicons(root: Path, voices: Collection[str]) -> Mapping[str, Lexicon]:
    """The lexicon of each language; empty where the show has none.

    Args:
        voices: Names of the show's voices.

    Raises:
        ShowError: A file cannot be read, or an entry cannot be used; names it.
    """
    return {lang: load_lexicon(root, lang, voices) for lang in LANGUAGES}


def load_lexicon(root: Path, lang: str, voices: Collection[str]) -> Lexicon:
    """The lexicon of one language, as :func:`load_lexicons`."""
    path = root / lexicon_name(lang)
    if not path.exists():
        return EMPTY
    return parse_lexicon(read_bytes(path, path.name, MAX_KIB), lang, voices)


def parse_lexicon(raw: bytes, lang: str, voices: Collection[str]) -> Lexicon:
    """A lexicon from the content of its file, as :func:`load_lexicons`."""
    name = lexicon_name(lang)
    content = parse_toml(raw, name, mend=_SYNTAX)
    if _is_schema("schema", content):
        content = without_schema(content, name)
    entries = list(_entries(content, name, voices))
    try:
        return make_lexicon(lang, entries)
    except ReadingError as error:
        word = printable(entries[error.index].written[:80])
        raise ShowError(error.what, where=f"{name}: “{word}”", mend=error.mend) from error


def lexicon_digest(lexicon: Lexicon) -> str:
    """Names what a lexicon says: equal when that is equal."""
    return digest(
        [
            [e.written, e.say, e.ipa, e.case, list(e.voices), e.is_pattern]
            for e in sorted(lexicon.entries, key=lambda entry: (entry.written, entry.voices))
        ]
    )


def _entries(values: Mapping[str, object], name: str, voices: Collection[str]) -> Iterator[Entry]:
    for word, value in values.items():
        where = f"{name}: “{printable(word[:80])}”"
        if isinstance(value, str):
            yield Entry(word, say=value.strip())
        elif isinstance(value, dict):
            yield _entry(word, value, where, voices)
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            yield from (_entry(word, one, where, voices) for one in value)
        else:
            raise ShowError(f"is {shown(value)}, not a reading", where=where, mend=_READING)


def _entry(word: str, values: Mapping[str, object], where: str, voices: Collection[str]) -> Entry:
    for key, value in values.items():
        if key not in KEYS:
            raise ShowError(
                f"there is no setting “{printable(key[:80])}”",
                where=where,
                mend=_misplaced(key, value),
            )
    table = Table(values, where)
    names = values.get("voices", [])
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise table.error("voices", f"is {shown(names)}", 'Write a list, such as ["thorsten-de"].')
    for one in names:
        if one not in voices:
            hint = f"{did_you_mean(one, voices)}`narrate voices` lists them all."
            raise table.error("voices", f"names “{printable(one)}”, which is no voice here", hint)
    return Entry(
        word,
        say=table.line("say"),
        ipa=table.line("ipa"),
        case=table.choice("case", CASES[0], CASES),
        voices=tuple(names),
        is_pattern=table.flag("pattern", default=False),
    )


def _misplaced(key: str, value: object) -> str:
    """What to do about an unknown key: TOML takes what stands below a table for a part of it."""
    if isinstance(value, (str, dict)) and not nearest(key, KEYS):
        return (
            "Is it a word? Words on lines of their own stand above the first [table], and a word "
            "with a full stop in it stands in quotes."
        )
    return suggestion(key, KEYS)


def with_entry(raw: bytes, entry: Entry) -> bytes:
    """The content of a lexicon's file with one more entry; comments and order stay.

    An entry of the same word and the same voices is replaced; words before tables stay there.

    Args:
        raw: Of a valid file; may be empty.
    """
    import tomlkit  # noqa: PLC0415 - only `narrate lexicon` writes

    document = tomlkit.parse(raw.decode("utf-8-sig"))
    key = _key_of(entry.written, document) or _normal(entry.written)
    if not raw.strip() and key != "schema":
        document["schema"] = SCHEMA
    known = _as_tables(document.unwrap().get(key))
    kept = [one for one in known if one.get("voices", []) != list(entry.voices)]
    settings = {
        "say": entry.say,
        "ipa": entry.ipa,
        "case": "" if entry.case == CASES[0] else entry.case,
        "voices": list(entry.voices),
    }
    kept.append({key: value for key, value in settings.items() if value})
    document[key] = _toml(kept)
    return tomlkit.dumps(document).encode()


def without_entry(raw: bytes, word: str) -> bytes | None:
    """The content of a lexicon's file without a word's entries; ``None`` where it has none."""
    import tomlkit  # noqa: PLC0415

    document = tomlkit.parse(raw.decode("utf-8-sig"))
    key = _key_of(word, document)
    if key is None:
        return None
    del document[key]
    return tomlkit.dumps(document).encode()


def _key_of(word: str, document: Mapping[str, object]) -> str | None:
    """The word as the file has it, perhaps with other spaces or accents made of two characters."""
    words = (key for key in document if not _is_schema(key, document))
    return next((key for key in words if _normal(key) == _normal(word)), None)


def _is_schema(key: str, content: Mapping[str, object]) -> bool:
    """Whether a key is the file's schema: no reading is a number."""
    return key == "schema" and isinstance(content.get(key), int)


def _normal(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).split())


def _as_tables(value: object) -> list[dict[str, object]]:
    if isinstance(value, str):
        return [{"say": value}]
    if isinstance(value, list):
        return [dict(one) for one in value]
    return [dict(value)] if isinstance(value, dict) else []


def _toml(entries: list[dict[str, object]]) -> Any:
    """Entries as they are shortest: a reading, a table on its line, or a list of these."""
    import tomlkit  # noqa: PLC0415

    if len(entries) == 1 and set(entries[0]) == {"say"}:
        return entries[0]["say"]
    tables = []
    for values in entries:
        table = tomlkit.inline_table()
        table.update(values)
        tables.append(table)
    if len(tables) == 1:
        return tables[0]
    array = tomlkit.array()
    array.extend(tables)
    return array.multiline(multiline=True)
