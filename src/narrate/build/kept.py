"""What older software made is kept as long as the user's half of it is as it was.

A line of the last build stands for today's where text, language, what is asked for in it, and the
voice's settings and files are the same. Where today's rules divide a paragraph otherwise, one whose
text is the same keeps its sentences as they were divided, and so do its parts around an edited one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from narrate.build import software
from narrate.build.record import Origin, ScriptRecord, SpokenLine
from narrate.build.sounds import known_sounds
from narrate.build.workspace import Workspace
from narrate.model import Script, Utterance, Voice

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance of today, and what older software made of it.

    Attributes:
        before: The line that may be kept; ``None`` where nothing stands for it.
        redivided: Whether today's rules would divide its paragraph otherwise: ``utterance`` then
            says what ``before`` says.
    """

    utterance: Utterance
    before: SpokenLine | None = None
    redivided: bool = False


def with_kept(
    space: Workspace, script: Script, before: ScriptRecord, voice_of: Callable[[str], Voice]
) -> list[list[Line]]:
    """The lines of each chapter, with those of the last build that may stand for them.

    Args:
        script: As today's rules divide the article.
        before: What is heard in the finished episode.
        voice_of: The voice of a chapter, by its id.
    """
    origins = [software.origin(space, voice_of(chapter.id)) for chapter in script.chapters]
    if not any(_is_of_older(line, one) for line in before.lines for one in origins):
        return [[Line(line) for line in chapter.utterances] for chapter in script.chapters]
    matcher = _Matcher(before)
    chapters = []
    for chapter, origin in zip(script.chapters, origins, strict=True):
        found: list[_Found] = []
        for group in _groups(chapter.utterances):
            found += matcher.group(group, chapter.id, origin)
        same = before.pauses == software.pauses(space)
        chapters.append(
            [
                _line(one, after, before, origin, same_pauses=same)
                for one, after in zip(found, [*found[1:], None], strict=True)
            ]
        )
    return chapters


def is_older(made: Origin | None, today: Origin) -> bool:
    """Whether other software than today's made a line, of the same voice as far as is known."""
    return made is not None and (made.engine != today.engine or made.rules != today.rules)


class EarlierTakes:
    """Takes that were heard before, found by their text."""

    def __init__(self, before: ScriptRecord) -> None:
        self._by_text: dict[str, list[SpokenLine]] = {}
        for line in before.earlier:
            self._by_text.setdefault(_normal(line.text), []).append(line)

    def of(self, utterance: Utterance, origin: Origin) -> tuple[SpokenLine, ...]:
        """Those of a sentence that older software made, as far as they may be kept."""
        found = self._by_text.get(_normal(utterance.text), ()) if self._by_text else ()
        return tuple(
            line
            for line in found
            if is_older(line.origin, origin) and _fits(line, utterance, origin)
        )


def is_same_voice(made: Origin, today: Origin) -> bool:
    """Whether the user's half of a voice is as it was."""
    return made.settings == today.settings and made.files == today.files


def spoken_today(space: Workspace, utterance: Utterance, voice: Voice) -> Utterance:
    """What today's rules say for a sentence that they would not divide so."""
    from narrate.spoken import EMPTY, spoken_form  # noqa: PLC0415 - asked for after an upgrade

    engine = space.engine(voice)
    lexicon = space.lexicons.get(utterance.lang, EMPTY).for_voice(voice.name)
    said = spoken_form(utterance.text, utterance.lang, lexicon=lexicon)
    if not said.spoken or len(said.spoken) > engine.max_chars(voice):
        return utterance
    known, _ = known_sounds(said.sounds, voice, engine)
    sounds = tuple(sound for sound in said.sounds if sound in known)
    return replace(utterance, spoken=said.spoken, sounds=sounds, unspoken=said.unspoken)


@dataclass(frozen=True, slots=True)
class _Found:
    """An utterance and the number of the line that stands for it, if one does."""

    utterance: Utterance
    at: int | None = None
    redivided: bool = False


class _Matcher:
    """The lines of the last build, found by their text."""

    def __init__(self, before: ScriptRecord) -> None:
        self._before = before
        self._lines = before.lines
        self._group_of: dict[int, int] = {}
        self._by_text: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_paragraph: dict[tuple[str, str], list[list[int]]] = {}
        self._last = -2
        numbered = enumerate(before.lines)
        groups = groupby(numbered, lambda pair: (pair[1].chapter, pair[1].paragraph, pair[1].kind))
        for number, (place, pairs) in enumerate(groups):
            numbers = [at for at, _ in pairs]
            text = _squeezed(self._lines[at].text for at in numbers)
            self._by_paragraph.setdefault((text, place[2]), []).append(numbers)
            for at in numbers:
                self._group_of[at] = number
                words = self._lines[at].text.split()
                self._by_text.setdefault(" ".join(words), []).append(at)
                self._by_word.setdefault(words[0] if words else "", []).append(at)

    def group(self, utterances: Sequence[Utterance], chapter: str, origin: Origin) -> list[_Found]:
        """One paragraph or heading of today with what stands for its sentences."""
        text = _squeezed(one.text for one in utterances)
        for numbers in self._nearest(
            self._by_paragraph.get((text, utterances[0].kind.value), []), chapter, lambda n: n[0]
        ):
            if found := self._as_a_whole(utterances, numbers, origin):
                self._last = numbers[-1]
                return found
        return self._one_by_one(utterances, chapter, origin)

    def _as_a_whole(
        self, utterances: Sequence[Utterance], numbers: Sequence[int], origin: Origin
    ) -> list[_Found]:
        """A run of sentences by lines with the same text; empty where they do not fit."""
        lines = [self._lines[at] for at in numbers]
        if [_normal(one.text) for one in utterances] == [_normal(line.text) for line in lines]:
            return [
                _Found(one, at if _fits(self._lines[at], one, origin) else None)
                for one, at in zip(utterances, numbers, strict=True)
            ]
        asked = dict.fromkeys(ask for line in lines for ask in line.asks)
        if list(asked) != list(dict.fromkeys(ask for one in utterances for ask in one.asks)):
            return []
        first, last = utterances[0], utterances[-1]
        if not all(
            _is_of_older(line, origin) and _fits(line, replace(first, asks=line.asks), origin)
            for line in lines
        ):
            return []
        return [
            _Found(_redivided(line, last if at == numbers[-1] else first), at, redivided=True)
            for line, at in zip(lines, numbers, strict=True)
        ]

    def _one_by_one(
        self, utterances: Sequence[Utterance], chapter: str, origin: Origin
    ) -> list[_Found]:
        found: list[_Found] = []
        done = 0
        while done < len(utterances):
            rest = utterances[done:]
            run = self._alone(rest[0], chapter, origin) or self._run(rest, chapter, origin)
            found += run[0] if run else [_Found(rest[0])]
            done += run[1] if run else 1
        return found

    def _alone(
        self, utterance: Utterance, chapter: str, origin: Origin
    ) -> tuple[list[_Found], int] | None:
        """A sentence that a line says just so."""
        numbers = self._by_text.get(_normal(utterance.text), [])
        for at in self._nearest(numbers, chapter, lambda at: at):
            if _fits(self._lines[at], utterance, origin):
                self._last = at
                return [_Found(utterance, at)], 1
        return None

    def _run(
        self, utterances: Sequence[Utterance], chapter: str, origin: Origin
    ) -> tuple[list[_Found], int] | None:
        """The first sentences of a paragraph, where lines that were divided otherwise say them."""
        words = utterances[0].text.split()
        for start in self._nearest(
            self._by_word.get(words[0] if words else "", []), chapter, lambda at: at
        ):
            ends = self._common_end(utterances, start)
            if ends is None:
                continue
            count, end = ends
            found = self._as_a_whole(utterances[:count], range(start, end), origin)
            if found:
                self._last = end - 1
                return found, count
        return None

    def _common_end(self, utterances: Sequence[Utterance], start: int) -> tuple[int, int] | None:
        """Where today's division and that of the lines from ``start`` meet, on the same text.

        Returns:
            Number of utterances, and the line behind the last.
        """
        count, end = 1, start + 1
        ours, theirs = _squeezed([utterances[0].text]), _squeezed([self._lines[start].text])
        while ours != theirs:
            if theirs.startswith(ours) and count < len(utterances):
                ours += _squeezed([utterances[count].text])
                count += 1
            elif ours.startswith(theirs) and self._group_of.get(end) == self._group_of[start]:
                theirs += _squeezed([self._lines[end].text])
                end += 1
            else:
                return None
        return count, end

    def _nearest(self, places: Iterable[T], chapter: str, first: Callable[[T], int]) -> list[T]:
        """Places, the one behind the last match first, then those of the same chapter."""

        def far(place: T) -> tuple[bool, bool]:
            line = self._lines[first(place)]
            chapters = self._before.chapters
            known = 0 < line.chapter <= len(chapters)
            own = known and chapters[line.chapter - 1].id == chapter
            return first(place) != self._last + 1, not own

        return sorted(places, key=far)


def _groups(utterances: Sequence[Utterance]) -> Iterable[list[Utterance]]:
    return (list(group) for _, group in groupby(utterances, lambda u: (u.paragraph, u.kind)))


def _is_of_older(line: SpokenLine, origin: Origin) -> bool:
    """Whether older software made a line, or made it a line."""
    return line.redivided or is_older(line.origin, origin)


def _fits(line: SpokenLine, utterance: Utterance, origin: Origin) -> bool:
    """Whether the user's half of a line is that of an utterance with its text."""
    return (
        line.origin is not None
        and is_same_voice(line.origin, origin)
        and (line.lang, line.asks, line.kind)
        == (utterance.lang, utterance.asks, utterance.kind.value)
    )


def _redivided(line: SpokenLine, place: Utterance) -> Utterance:
    """An utterance as a line has it, with the pause and the place of one of today."""
    return replace(
        place, text=line.text, spoken=line.spoken, asks=line.asks, unspoken=(), sounds=()
    )


def _line(
    found: _Found,
    after: _Found | None,
    before: ScriptRecord,
    origin: Origin,
    *,
    same_pauses: bool,
) -> Line:
    """A matched utterance; its pause stays where what follows and the show's pauses did."""
    if found.at is None:
        return Line(found.utterance)
    line = before.lines[found.at]
    if not (found.redivided or is_older(line.origin, origin)):
        return Line(found.utterance)
    follows = found.at + 1
    ends = follows == len(before.lines) or before.lines[follows].chapter != line.chapter
    follows_still = ends if after is None else after.at == follows and not ends
    utterance = found.utterance
    if same_pauses and follows_still:
        utterance = replace(utterance, pause_after_ms=line.pause_ms)
    return Line(utterance, line, found.redivided)


def _normal(text: str) -> str:
    return " ".join(text.split())


def _squeezed(texts: Iterable[str]) -> str:
    return "".join("".join(text.split()) for text in texts)
