"""Where sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.spoken.core import words
from narrate.spoken.dividing.enumerations import item_starts
from narrate.spoken.dividing.full_stops import Following, full_stop_ends
from narrate.spoken.dividing.marks import SentenceMarks, endings_of
from narrate.spoken.dividing.surroundings import Brackets

_QUOTES = "\"“”»«›‹'’‘"
_STOP = re.compile(
    rf"(?:[.!?…](?:[.!?…]|\s[.!?…](?!\w))*|[。！？｡؟۔।])[{_QUOTES})\]]*"
    rf"(?:\[(?:[\w*†‡]{{1,4}}|[a-zA-Z.]{{1,8}} [a-z0-9]{{1,6}})\]|[¹²³⁰⁴-⁹])*|\n[^\S\n]*\n"
    rf"|[–—-]\s?[”“\"»«’‘‹›](?=\s)"
)
_DASHES = "–—-"
_ALWAYS = "\n。！？｡؟۔।"
_MARKS = f" \t\n\r\f\v\xa0.!?…)]{_QUOTES}"
_NEXT = re.compile(
    r"\s*(?:[\"„“”»«›‹'‘‚’(\[–—•*¿¡-]\s?){0,4}(?P<word>[^\W_]{0,40})(?P<after>['’.]?[^\W_]?)"
)
_SIGN = re.compile(r"\s*([€$£¥%‰§°&+=±×<>≈→])")
_EQUAL = tuple("=<>≈×→")
_YEARS = re.compile(r"\s?\((?:\*\s?|um\s|ca?\.\s)?\d{3,4}\b")
_LOWER_NAME = re.compile(r"[a-z]{1,8}[A-Z]")
_GLUED = re.compile(
    r"[A-ZÄÖÜ](?:[^\W\d_A-ZÄÖÜ]{1,30}|(?=\s))(?=[\s,;:!?\"“”»«)-]|['’][a-z]|\.(?![^\WA-ZÄÖÜ])|$)"
)
_UNFINISHED = re.compile(r"[^\W\d_A-ZÄÖÜ]{3}$|\d{3}$")
_SHORT_WORD = re.compile(r"(?<!\w)[^\W\d_][^\W\d_A-ZÄÖÜ]$")
_TOKEN = re.compile(r"\S{1,60}$")
_ADDRESS = re.compile(r"[/@\\_]|www\.|\w\.\w+\.\w")
_SUFFIXES = frozenset(
    words("com org net de at ch uk eu info gov edu txt pdf doc docx html js py exe jpg png")
)
_ITEM = re.compile(r"[\W_]*(?:\d{1,3}(?:\.\d{1,3}){0,3}|[^\W\d_]|[ivxIVX]{1,5})$")
_SOURCE = re.compile(
    r"\s\((?:(?:S|vgl|Vgl|ebd|Ebd|Abb|Tab|Kap|p|pp|cf|ibid|Ibid|Fig|ch|vol|Vol|Ch)\.|[Ss]iehe|[Ss]ee)\s?"
    r"[^()]{1,60}(?<![.!?…])\)(?=\s)"
)
_EMPTY_BRACKET = re.compile(r"[(\[][^\w()\[\]]{1,5}[)\]]$")
_SAYING = re.compile(r"\s+(?P<name>(?:[A-Z][^\W\d_]{0,30}\.?\s+){1,3})(?P<verb>[a-z]{3,12})\b")
_LAST_WORD = re.compile(r"([^\W\d_]{1,40})\W*$")
_TAIL = 60
_DOTS = 3


def sentences(text: str, marks: SentenceMarks) -> Iterator[str]:
    """The sentences of a text, in order, without white space around them.

    Marks without a word belong to the sentence that follows; at the end, to the one before.
    """
    parts: list[tuple[int, int]] = []
    start, seen = 0, 0
    said = False
    for end in (*_ends(text, marks), len(text)):
        said = said or not _only_marks(text[seen:end])
        seen = end
        if said:
            parts.append((start, end))
            start, said = end, False
    if parts:
        parts[-1] = (parts[-1][0], len(text))
    for begin, end in parts or [(0, len(text))]:
        if sentence := text[begin:end].strip():
            yield sentence


def _only_marks(text: str) -> bool:
    return not text.strip(_MARKS)


def _ends(text: str, marks: SentenceMarks) -> Iterator[int]:
    """Positions behind the sentences, ascending; seldom one twice, or at white space."""
    items = sorted(item_starts(text, marks), reverse=True)
    brackets = Brackets(text)
    start = 0
    for stop in _STOP.finditer(text):
        while items and items[-1] <= stop.start():
            start = max(start, items.pop())
            yield start
        if stop.start() >= start and _is_end(text, stop, start, marks, brackets):
            start = _behind_source(text, stop.end())
            yield start
    yield from (at for at in reversed(items) if at > start)


def _is_end(
    text: str, stop: re.Match[str], start: int, marks: SentenceMarks, brackets: Brackets
) -> bool:
    """Whether a sentence that begins at ``start`` ends with ``stop``."""
    opened, closed = brackets.around(stop.start())
    if stop.group()[0] in _ALWAYS or stop.end() >= len(text):
        return True
    if not text[stop.end()].isspace():
        return _glued(text, stop, marks)
    following = _following(text, _behind_source(text, stop.end()), marks)
    if following.word[:1].islower() and not _LOWER_NAME.match(following.word):
        return False
    if start <= opened and closed >= 0 and not _only_opening(text[start:opened]):
        return stop.end() > closed and following.starts
    if _is_no_sentence(text, stop, start) or _is_said_by(text, stop, marks):
        return False
    return _mark_ends(text, stop, start, following, marks)


def _mark_ends(
    text: str, stop: re.Match[str], start: int, following: Following, marks: SentenceMarks
) -> bool:
    """Whether a mark ends a sentence when a word that is not written small follows."""
    before = text[max(start, stop.start() - _TAIL) : stop.start() + 1]
    if stop.group()[0] in _DASHES:
        return following.starts
    if stop.group()[0] in "!?":
        if following.word in _EQUAL:
            return False
        return following.starts or not _is_name(before, stop, marks)
    if stop.group().rstrip(_QUOTES + ")]") == ".":
        return full_stop_ends(before, following, marks)
    return _dots_end(text, stop, marks, following.word)


def _behind_source(text: str, position: int) -> int:
    """The end of the source in brackets that belongs to the sentence before, or ``position``."""
    source = _SOURCE.match(text, position)
    return source.end() if source else position


def _following(text: str, position: int, marks: SentenceMarks) -> Following:
    found = _NEXT.match(text, position)
    word, after = found.group("word", "after") if found else ("", "")
    is_initial = len(word) == 1 and after.startswith(".")
    if word.isdigit():
        word += after[:1]
    if not word and (sign := _SIGN.match(text, position)):
        word = sign[1]
    return Following(word, word in marks.starters and not is_initial, is_initial)


def _only_opening(text: str) -> bool:
    return not text.strip("\"'„“”»«›‹‚‘’([ –—-•")


def _is_no_sentence(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether a mark stands in a bracket, behind the number of an item, or before years."""
    if _YEARS.match(text, stop.end()):
        return True
    if _EMPTY_BRACKET.search(text, max(start, stop.start() - 2), stop.end()):
        return True
    head = text[start : stop.start()] if stop.start() - start < _TAIL else ""
    return stop.group()[0] == "." and bool(_ITEM.match(head))


def _is_name(before: str, stop: re.Match[str], marks: SentenceMarks) -> bool:
    """Whether an exclamation mark belongs to a name: “Yahoo!”."""
    last = _LAST_WORD.search(before)
    return bool(last and last[1] in marks.names and stop.group() == "!")


def _is_said_by(text: str, stop: re.Match[str], marks: SentenceMarks) -> bool:
    """Whether a quotation ends here and its speaker follows: “Go!” Mary said."""
    if stop.group()[-1] not in _QUOTES or stop.group().rstrip(_QUOTES) == ".":
        return False
    saying = _SAYING.match(text, stop.end())
    if not saying or saying["verb"] not in marks.sayings:
        return False
    name = saying["name"].split()[0]
    return name == "I" or name not in marks.starters


def _dots_end(text: str, stop: re.Match[str], marks: SentenceMarks, word: str) -> bool:
    """Whether an ellipsis ends a sentence when the capitalised ``word`` follows."""
    last = _LAST_WORD.search(text, max(0, stop.start() - _TAIL), stop.start())
    apart = text[stop.start() - 1 : stop.start()].isspace()
    if last and last[1].lower() in marks.open_words and len(stop.group()) <= _DOTS:
        return False
    return bool(word) and not (word == "I" and apart)


def _glued(text: str, stop: re.Match[str], marks: SentenceMarks) -> bool:
    """Whether a space was forgotten after a sentence: ``… Ende.Die …``."""
    word = _GLUED.match(text, stop.end())
    before = text[max(0, stop.start() - _TAIL) : stop.start()]
    if not word or stop.group()[-1] not in ".!?…":
        return False
    starts = word.group() in marks.starters
    if not _UNFINISHED.search(before) and not (starts and _SHORT_WORD.search(before)):
        return False
    token = _TOKEN.search(before)
    if word.group().lower() in _SUFFIXES or (token and _ADDRESS.search(token.group())):
        return False
    if before[-1].isdigit():
        return starts
    endings = endings_of(f"{before}.")
    if marks.never.longest(endings):
        return False
    return starts or not marks.maybe.longest(endings)
