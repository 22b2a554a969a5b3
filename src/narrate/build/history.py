"""Why something is made anew, told from what the last build noted, down to what was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from narrate.build import software
from narrate.build.kept import is_older, is_same_voice
from narrate.build.plan import ChapterPlan, UtterancePlan
from narrate.build.record import ChapterRecord, Origin, Record, ScriptRecord, SpokenLine
from narrate.build.workspace import Workspace
from narrate.cache import EntryState
from narrate.published import EpisodeRecord

_TEXTS = ("title", "author", "name of the show", "date", "summary", "link")
_LONGEST = 60


def episode_reason(
    space: Workspace,
    record: Record | None,
    entry: EpisodeRecord | None,
    made: Mapping[str, str],
    chapters: Sequence[ChapterPlan],
) -> str:
    """Why an episode's files are written; empty when they are as they should be.

    Args:
        entry: What ``published.toml`` says of it; ``None`` when it was never published.
        made: As :class:`Record` has it.
    """
    if record is None:
        if entry is None:
            return "new"
        return "its note in .narrate is gone" if entry.withdrawn is None else "back in its feed"
    output = space.show.output
    if damaged := record.damaged_sound(output):
        state = "was changed by others" if (output / damaged).exists() else "is missing"
        return f"{damaged} {state}"
    if record.is_made_of(made):
        return ""
    if not record.made_of:
        return "an older narrate wrote it"
    changes = [name for name in _TEXTS if record.made_of.get(name) != made[name]]
    said = [f"{name} changed" for name in changes]
    said += _pictures(record.made_of, made)
    said += _chapter_changes(record, made, chapters)
    is_silent = record.made_of.get("chapters") == made["chapters"]
    return "; ".join(said) or ("its words changed" if is_silent else "its chapters changed")


def _pictures(before: Mapping[str, str], made: Mapping[str, str]) -> Iterator[str]:
    if any(before.get(name) != made[name] for name in ("cover", "own cover")):
        yield "cover changed"


def _chapter_changes(
    record: Record, made: Mapping[str, str], chapters: Sequence[ChapterPlan]
) -> Iterator[str]:
    """What became of the chapters of a finished episode."""
    before = record.made_of
    if before.get("formats") != made["formats"]:
        yield f"formats changed from {before.get('formats')} to {made['formats']}"
    titles = [mark.title for mark in record.marks]
    now = [chapter.chapter.title for chapter in chapters]
    if before.get("chapter titles") != made["chapter titles"]:
        if len(titles) != len(now):
            yield f"{_chapters(len(now))} instead of {len(titles)}"
        else:
            changed = [
                str(n)
                for n, pair in enumerate(zip(titles, now, strict=True), 1)
                if pair[0] != pair[1]
            ]
            many = "s" if len(changed) > 1 else ""
            yield f"title{many} of chapter{many} {', '.join(changed)} changed"
    if encoded := sum(bool(chapter.missing) for chapter in chapters):
        yield f"{encoded} of {_chapters(len(chapters))} changed"
    elif before.get("chapters") != made["chapters"] and len(titles) == len(now):
        yield "chapters moved or changed back"


def _chapters(number: int) -> str:
    return "1 chapter" if number == 1 else f"{number} chapters"


def kept_line(space: Workspace, line: UtterancePlan) -> str:
    """Why a sentence is not spoken, in a clause."""
    today = software.origin(space, line.voice)
    take = f", take {line.take}" if line.take else ""
    if not is_older(line.origin, today):
        return f"unchanged{take}"
    changes = "; ".join(_software_changes(line.origin, today)) or "narrate's rules changed"
    return f"unchanged{take}; older software made it ({changes}), `--refresh` renews it"


def kept_chapter(space: Workspace, chapter: ChapterPlan) -> str:
    """Why a chapter is not encoded, in a clause."""
    today = software.encoder(space)
    older = [
        _changed(name, made[name], today[name])
        for made in chapter.encoders.values()
        for name in today
        if made[name] != today[name]
    ]
    if not older:
        return "unchanged"
    return f"unchanged; older software encoded it ({'; '.join(dict.fromkeys(older))})"


class History:
    """What is heard in the finished episode, to tell why something is made now.

    Args:
        settings: The show's, as :class:`Record` has them.
        refreshes: Whether what older software made is made anew.
    """

    def __init__(
        self,
        before: ScriptRecord,
        record: Record | None,
        settings: Mapping[str, str],
        *,
        refreshes: bool,
    ) -> None:
        self._is_known = record is not None
        self._refreshes = refreshes
        self._lines = before.lines
        self._keys = {line.key for line in before.lines}
        self._chapters = {chapter.id: (n, chapter) for n, chapter in enumerate(before.chapters, 1)}
        self._parts = {key for chapter in before.chapters for key in chapter.parts.values()}
        self._by_text: dict[str, list[int]] = {}
        for at, line in enumerate(before.lines):
            self._by_text.setdefault(line.text, []).append(at)
        known = record.settings if record else {}
        self._settings = [
            _changed(name, known[name], value)
            for name, value in settings.items()
            if name in known and known[name] != value
        ]

    def explained(self, space: Workspace, plan: ChapterPlan) -> ChapterPlan:
        """A chapter with a reason for itself and for each clip that it lacks."""
        if not plan.missing:
            return plan
        number, before = self._before(plan)
        own = self._same(plan, number)
        lines = tuple(
            replace(line, reason=self._reason(space, line, found))
            for line, found in zip(plan.utterances, own, strict=True)
        )
        plan = replace(plan, utterances=lines)
        return replace(plan, reason=self._chapter_reason(space, plan, number, before))

    def _before(self, plan: ChapterPlan) -> tuple[int, ChapterRecord | None]:
        """What a chapter was, and its number then: its heading may be another one now."""
        if plan.chapter.id in self._chapters:
            return self._chapters[plan.chapter.id]
        places = (self._by_text.get(line.utterance.text, []) for line in plan.utterances)
        numbers = Counter(self._lines[at].chapter for found in places for at in found)
        likely = numbers.most_common(1)[0][0] if numbers else 0
        found = (pair for pair in self._chapters.values() if pair[0] == likely)
        return next(found, (0, None))

    def _same(self, plan: ChapterPlan, number: int) -> list[SpokenLine | None]:
        """For each utterance the line that it was, or that stood in its place."""
        found: list[int | None] = []
        last = -2
        for line in plan.utterances:
            places = self._by_text.get(line.utterance.text, [])
            last = min(
                places,
                key=lambda at: (at != last + 1, self._lines[at].chapter != number, at),
                default=-2,
            )
            found.append(last if places else None)
        here = {at for at, line in enumerate(self._lines) if line.chapter == number}
        texts = {line.utterance.text for line in plan.utterances}
        for at, place in enumerate(found):
            if place is not None or not here:
                continue
            before = found[at - 1] if at else min(here) - 1
            after = None if before is None else before + 1
            if after in here and self._lines[after].text not in texts:
                found[at] = after
        return [None if at is None else self._lines[at] for at in found]

    def _reason(self, space: Workspace, clip: UtterancePlan, before: SpokenLine | None) -> str:
        """Why a clip must be made; empty when it is there."""
        state = space.clips.state(clip.key)
        if state is EntryState.PRESENT:
            return ""
        if state is EntryState.DAMAGED:
            return "clip damaged"
        if clip.key in self._keys:
            return "clip missing"
        if before is None:
            return "new"
        if before.text != clip.utterance.text:
            return f"text changed from “{_short(before.text)}”"
        return self._difference(before, clip)

    def _difference(self, before: SpokenLine, clip: UtterancePlan) -> str:
        """Why the same text needs another clip than before."""
        if own := list(_own_changes(before, clip)):
            return "; ".join(own)
        if before.origin is None:
            said = before.spoken == clip.utterance.spoken
            return "voice or engine changed" if said else _spoken(before)
        if not self._refreshes and is_older(before.origin, clip.origin):
            return "clip missing; newer software reads it"
        changes = list(_software_changes(before.origin, clip.origin))
        if before.spoken != clip.utterance.spoken:
            changes.insert(0, _spoken(before))
        return "; ".join(changes) or "sounds changed"

    def _chapter_reason(
        self, space: Workspace, plan: ChapterPlan, number: int, before: ChapterRecord | None
    ) -> str:
        """Why a chapter is encoded."""
        if not self._is_known:
            return "new"
        if lacking := [fmt for fmt in plan.missing if plan.parts[fmt] in self._parts]:
            states = {space.chapters(fmt).state(plan.parts[fmt]) for fmt in lacking}
            damaged = EntryState.DAMAGED in states
            return f"encoded chapter {'damaged' if damaged else 'missing'}"
        if not self._chapters:
            return "what made it before is not noted"
        if before is None:
            return "new chapter"
        lines = [line for line in self._lines if line.chapter == number]
        said = [*_sentences(lines, plan), *self._settings_of(plan, lines)]
        said += _encoders(before, plan)
        if set(plan.missing) - set(before.parts):
            said.append("new format")
        return "; ".join(said) or "encoded chapter missing"

    def _settings_of(self, plan: ChapterPlan, lines: Sequence[SpokenLine]) -> Iterator[str]:
        """Settings that were changed, as far as they touch a chapter."""
        pauses = Counter(line.pause_ms for line in lines)
        silent = Counter(line.utterance.pause_after_ms for line in plan.utterances)
        if len(lines) == len(plan.utterances) and pauses != silent:
            named = [text for text in self._settings if text.startswith("pause ")]
            yield from named or ["pause changed"]
        yield from (text for text in self._settings if text.startswith("audio setting "))


def _sentences(before: Sequence[SpokenLine], plan: ChapterPlan) -> Iterator[str]:
    """How many sentences of a chapter are others than before."""
    was = Counter(line.key for line in before)
    now = Counter(line.key for line in plan.utterances)
    gone, come = (was - now).total(), (now - was).total()
    if both := min(gone, come):
        yield f"{_count(both)} changed"
    if come > gone:
        yield f"{_count(come - gone)} added"
    if gone > come:
        yield f"{_count(gone - come)} removed"
    if was == now and [line.key for line in before] != [line.key for line in plan.utterances]:
        yield "sentences moved"


def _encoders(before: ChapterRecord, plan: ChapterPlan) -> Iterator[str]:
    for fmt in plan.missing:
        made = before.encoders.get(fmt, {})
        for name, mark in plan.encoders[fmt].items():
            if name in made and made[name] != mark:
                yield _changed(name, made[name], mark)
        return


def _own_changes(before: SpokenLine, clip: UtterancePlan) -> Iterator[str]:
    """What the user changed about a sentence with the same text."""
    if before.voice != clip.voice.name:
        yield f"voice changed from {before.voice} to {clip.voice.name}"
    elif before.origin is not None and not is_same_voice(before.origin, clip.origin):
        yield from _voice_changes(before.origin, clip.origin)
    if before.take != clip.take:
        yield f"take {before.take} → {clip.take}"
    if before.origin is not None and before.asks != clip.utterance.asks:
        yield from _asked(before.asks, clip.utterance.asks)


def _voice_changes(before: Origin, today: Origin) -> Iterator[str]:
    """The user's half of a voice that was changed, setting by setting."""
    was, now = _flat(before.settings), _flat(today.settings)
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield _changed(f"voice {today.voice}: {name}", was.get(name), now.get(name))
    for name in dict.fromkeys((*before.files, *today.files)):
        if before.files.get(name) != today.files.get(name):
            yield f"{name} of voice {today.voice} changed"


def _flat(settings: Mapping[str, Any]) -> dict[str, Any]:
    options = settings.get("options", {})
    return {**{n: value for n, value in settings.items() if n != "options"}, **options}


def _software_changes(before: Origin, today: Origin) -> Iterator[str]:
    engine = f"engine {today.settings['engine']}"
    for name in dict.fromkeys((*before.engine, *today.engine)):
        was, now = before.engine.get(name), today.engine.get(name)
        if was != now and name != "max_chars":
            yield _changed(f"{engine}: {name}", was, now)


def _asked(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """The entries of a lexicon and the marked passages in which two sentences differ."""
    differing = [ask for ask in (*before, *now) if (ask in before) != (ask in now)]
    names = dict.fromkeys(ask.partition("”")[0] + "”" for ask in differing)
    for name in names:
        word = name.partition("“")[2].removesuffix("”")
        if name.startswith("lexicon "):
            yield f"lexicon entry “{word}” changed"
        else:
            yield f"“{_short(word)}” is marked as another language, or no longer"


def _spoken(before: SpokenLine) -> str:
    return f"spoken form changed from “{_short(before.spoken)}”"


def _changed(name: str, was: object, now: object) -> str:
    return f"{name} {_or_none(was)} → {_or_none(now)}"


def _or_none(value: object) -> str:
    return "none" if value in (None, "") else str(value)


def _count(number: int) -> str:
    return "1 sentence" if number == 1 else f"{number} sentences"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
