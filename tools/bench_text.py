"""How fast and how right the spoken forms are.

    python tools/bench_text.py [--table FILE [--lang de]] [--megabytes 5]

Measures kilobytes of text a second of processor time on one core, for running text, for text full
of numbers, for nothing but digits and for one long line of 5 MB, and how the time grows from a
fifth of that line to all of it. Then counts the rows of the golden tables that come out as written,
by class and language: strictly, and without heeding case, punctuation, hyphens and spaces.

``--table`` compares a table of anybody's instead, said as ``narrate text -`` says lines: rows
``written<TAB>spoken``, ``class<TAB>written<TAB>spoken`` (``<self>``: as written, ``sil``: nothing)
or ``written → spoken``; rows that differ are listed. Empty lines and comments (``# …``) are passed
over. The language is in the name of the file or its folder (``dates.de.tsv``), or ``--lang``. The
last line of the output is one JSON object.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from narrate.cli.text_lines import say_lines
from narrate.spoken import speak_text, spoken_form

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "spoken"
LANGUAGES = ("de", "en")
LEAST_KB_PER_S = 100
_MAX_CHARS = 250
_KILOBYTE, _MEGABYTE = 1_000, 1_000_000
_SAMPLE = 60_000
_LONG = 2.0
_SOUP = "1.2,3-4/5:6 7 8.9 (10) 11% 12 345,67 am 3.4.2024 um 14:30, 5 km; 0,5 € "
_ROWS_OF_DIGITS = "4711 0815 1234567 98765432101234567 "
_NO_LETTER = re.compile(r"[\W_]+")
_COMMENT = re.compile(r"#(?:\s|$)")
_SPACED_ARROW, _ARROW = " → ", "→"
_SAME, _SILENT = "<self>", "sil"
_FIELDS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, and what the program makes of it."""

    kind: str
    written: str
    expected: str
    spoken: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it is right to the letter."""
        return self.spoken == self.expected

    @property
    def is_alike(self) -> bool:
        """Whether it sounds the same, as far as case, punctuation and spaces go."""
        return _heard(self.spoken) == _heard(self.expected)


def _heard(text: str) -> str:
    return _NO_LETTER.sub("", unicodedata.normalize("NFC", text).casefold())


def table(path: Path, lang: str) -> list[Row]:
    """The rows of a table, spoken; lines of another form are left out, and told."""
    lines = [line.rstrip("\r") for line in path.read_text(encoding="utf-8-sig").split("\n")]
    lines = [line for line in lines if line.strip() and not _COMMENT.match(line)]
    rows = [row for row in (_row(line, path.stem) for line in lines) if row]
    if len(rows) < len(lines):
        print(f"{path}: {len(lines) - len(rows)} lines have no tab and no arrow")
    said = io.BytesIO()
    say_lines(io.BytesIO("".join(f"{row.written}\n" for row in rows).encode()), said, lang)
    answers = said.getvalue().decode().split("\n")[:-1]
    return [replace(row, spoken=answer) for row, answer in zip(rows, answers, strict=True)]


def _row(line: str, kind: str) -> Row | None:
    fields = [field.strip() for field in line.split("\t")]
    if len(fields) >= _FIELDS:
        kind = f"{kind}/{fields.pop(0)}"
    if len(fields) == 1:
        arrow = _SPACED_ARROW if _SPACED_ARROW in line else _ARROW
        fields = [field.strip() for field in line.split(arrow, 1)]
    if len(fields) == 1:
        return None
    written, expected = fields[:2]
    return Row(kind, written, {_SAME: written, _SILENT: ""}.get(expected, expected))


def language_of(path: Path) -> str | None:
    """The language that a file or its folder is named after; None when it is not."""
    names = re.split(r"[^a-z]+", f"{path.parent.name} {path.name}".lower())
    return next((name for name in reversed(names) if name in LANGUAGES), None)


def long_texts(lang: str) -> Iterator[tuple[str, str]]:
    """Name and text of what is measured."""
    articles = [path.read_text(encoding="utf-8") for path in ROOT.glob(f"articles/**/*.{lang}.*")]
    paragraphs = [line for text in articles for line in text.splitlines() if len(line) > 80]  # noqa: PLR2004
    rows = [row for path in sorted((GOLDEN / lang).glob("*.txt"))
            for row in path.read_text(encoding="utf-8").splitlines()]  # fmt: skip
    dense = [row.partition(" → ")[0].rstrip(".") + "." for row in rows]
    yield "running text", _filled(" ".join(paragraphs) + " ", _SAMPLE)
    yield "golden rows", _filled(" ".join(dense) + " ", _SAMPLE)
    yield "numbers and marks", _filled(_SOUP, _SAMPLE)
    yield "rows of digits", _filled(_ROWS_OF_DIGITS, _SAMPLE)


def _filled(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def seconds(call: Callable[[], object]) -> float:
    """Processor time that a call takes; the better of two when that is not long."""
    spent = _once(call)
    return spent if spent > _LONG else min(spent, _once(call))


def _once(call: Callable[[], object]) -> float:
    begin = time.process_time()
    call()
    return time.process_time() - begin


def speeds(megabytes: float) -> dict[str, dict[str, float]]:
    """Kilobytes a second for each text and language, printed as they are known."""
    found: dict[str, dict[str, float]] = {}
    for lang in LANGUAGES:
        found[lang] = {}
        spoken_form("Am 3. 4. um 14:30 Uhr", lang)  # loads what is loaded once
        texts = dict(long_texts(lang))
        for name in ("running text", "golden rows"):
            spent = seconds(partial(speak_text, texts[name], lang, _MAX_CHARS))
            _note(found, lang, name, texts[name], spent)
        for name in ("numbers and marks", "rows of digits"):
            _note(found, lang, name, texts[name], seconds(partial(spoken_form, texts[name], lang)))
        line = _filled(texts["running text"], int(megabytes * _MEGABYTE))
        part = seconds(partial(spoken_form, line[: len(line) // 5], lang))
        whole = seconds(partial(spoken_form, line, lang))
        _note(found, lang, f"one line of {megabytes:g} MB", line, whole)
        found[lang]["five times the line takes"] = round(whole / part, 2)
        print(f"{lang}  five times as long a line takes {whole / part:.2f} times as long")
    return found


def _note(
    found: dict[str, dict[str, float]], lang: str, name: str, text: str, spent: float
) -> None:
    speed = len(text.encode()) / _KILOBYTE / spent
    found[lang][name] = round(speed, 1)
    slow = "" if speed >= LEAST_KB_PER_S else f"  less than {LEAST_KB_PER_S}"
    print(f"{lang}  {name:<24}{speed:10.0f} kB/s{slow}", flush=True)


def accuracy(files: Sequence[tuple[str, Path]], *, list_all: bool) -> dict[str, dict[str, int]]:
    """Rows right by class, printed; misses are listed where there are some."""
    found: dict[str, dict[str, int]] = {}
    misses: list[Row] = []
    for lang, path in files:
        rows = table(path, lang)
        for kind in dict.fromkeys(row.kind for row in rows):
            found[f"{lang}/{kind}"] = _count(lang, kind, [row for row in rows if row.kind == kind])
        misses += [row for row in rows if not row.is_right and (list_all or not row.is_alike)]
    for row in misses:
        mark = "alike" if row.is_alike else "wrong"
        print(f"\n{mark}: {row.written}\n  expected  {row.expected}\n  spoken    {row.spoken}")
    return found


def _count(lang: str, kind: str, rows: Sequence[Row]) -> dict[str, int]:
    right, alike = (sum(map(test, rows)) for test in (_is_right, _is_alike))
    share = 100 * right / len(rows)
    print(f"{lang}  {kind:<24}{right:6} of {len(rows):5} {share:6.1f} %   alike {alike:5}")
    return {"rows": len(rows), "right": right, "alike": alike}


def _is_right(row: Row) -> bool:
    return row.is_right


def _is_alike(row: Row) -> bool:
    return row.is_alike


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--table", type=Path, action="append", help="a table of anybody's")
    parser.add_argument("--lang", choices=LANGUAGES, help="the table's language")
    parser.add_argument("--megabytes", type=float, default=5, help="length of the one long line")
    parser.add_argument("--all", action="store_true", help="list rows that only look different too")
    options = parser.parse_args()
    if options.table:
        named = [(options.lang or language_of(path), path) for path in options.table]
        files = [(lang, path) for lang, path in named if lang]
        if nameless := [str(path) for lang, path in named if not lang]:
            parser.error(f"{nameless[0]}: in which language? Add --lang de or --lang en")
        if missing := [str(path) for _, path in files if not path.is_file()]:
            parser.error(f"{missing[0]}: no such file")
        print(json.dumps({"tables": accuracy(files, list_all=options.all)}))
        return
    measured = speeds(options.megabytes)
    files = [(lang, path) for lang in LANGUAGES for path in sorted((GOLDEN / lang).glob("*.txt"))]
    classes = accuracy(files, list_all=True)
    print(json.dumps({"kilobytes_per_second": measured, "classes": classes}))


if __name__ == "__main__":
    main()
