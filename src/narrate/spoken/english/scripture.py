"""English verses of the Bible: ``Matt. 5:3``, ``1 Cor. 13:4–7``."""

from __future__ import annotations

import re

from narrate.spoken.core import Rule, words
from narrate.spoken.english import numbers

_BOOKS = words(
    "Genesis Exodus Leviticus Numbers Deuteronomy Joshua Judges Ruth Samuel Kings Chronicles "
    "Ezra Nehemiah Esther Job Psalm Psalms Proverbs Ecclesiastes Isaiah Jeremiah Lamentations "
    "Ezekiel Daniel Hosea Joel Amos Obadiah Jonah Micah Nahum Habakkuk Zephaniah Haggai "
    "Zechariah Malachi Matthew Mark Luke John Acts Romans Corinthians "
    "Galatians Ephesians Philippians Colossians Thessalonians Timothy Titus Philemon Hebrews "
    "James Peter Jude Revelation"
)
SHORT_BOOKS = {
    "Gen": "Genesis", "Ex": "Exodus", "Exod": "Exodus", "Lev": "Leviticus", "Num": "Numbers",
    "Deut": "Deuteronomy", "Josh": "Joshua", "Judg": "Judges", "Sam": "Samuel", "Kgs": "Kings",
    "Chr": "Chronicles", "Neh": "Nehemiah", "Ps": "Psalm", "Pss": "Psalms", "Prov": "Proverbs",
    "Eccl": "Ecclesiastes", "Isa": "Isaiah", "Jer": "Jeremiah", "Lam": "Lamentations",
    "Ezek": "Ezekiel", "Dan": "Daniel", "Hos": "Hosea", "Mic": "Micah", "Zech": "Zechariah",
    "Mal": "Malachi", "Mt": "Matthew", "Matt": "Matthew", "Mk": "Mark", "Lk": "Luke",
    "Jn": "John", "Rom": "Romans", "Cor": "Corinthians", "Gal": "Galatians", "Eph": "Ephesians",
    "Phil": "Philippians", "Col": "Colossians", "Thess": "Thessalonians", "Tim": "Timothy",
    "Tit": "Titus", "Heb": "Hebrews", "Jas": "James", "Pet": "Peter", "Rev": "Revelation",
}  # fmt: skip
"""Abbreviated books, without their full stops."""
_ORDER = {"1": "First ", "2": "Second ", "3": "Third ", None: ""}
_ORDERED = frozenset(words("Samuel Kings Chronicles Corinthians Thessalonians Timothy Peter John"))
_BOOK = "|".join(sorted({*_BOOKS, *SHORT_BOOKS}, key=len, reverse=True))


def _verse(match: re.Match[str]) -> str:
    order, name, chapter, first, last = match.groups()
    book = SHORT_BOOKS.get(name, name)
    if order and book not in _ORDERED:
        return match.group()
    said = f"{_ORDER[order]}{book} {numbers.number(chapter)} {numbers.number(first)}"
    return said + (f" to {numbers.number(last)}" if last else "")


VERSE_RULES = (
    Rule("verses", re.compile(
        rf"(?<![\w.,:])(?:([123])\s)?\b({_BOOK})\.?\s(\d{{1,3}}):(\d{{1,3}})"
        r"(?:[–-](\d{1,3}))?(?![\w:]|[.,–-]\d)"), _verse, ":"),
    Rule("psalms", re.compile(r"(?<!\w)Ps\.(?=\s\d)"), lambda _: "Psalm", "P"),
)  # fmt: skip
