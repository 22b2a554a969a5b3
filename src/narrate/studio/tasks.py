"""What is done for the page and takes a while; each task is what a command does."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from narrate.audition import audition, sentence_with
from narrate.build import (
    Selection,
    Wish,
    Workspace,
    locked_workspace,
    make_plan,
    regenerated,
    remove_entry,
    set_entry,
    take_sound,
    targets_of,
    tried_entry,
)
from narrate.errors import UsageError
from narrate.events import Finished
from narrate.files import write_atomically
from narrate.model import Voice
from narrate.report.lines import LineReport
from narrate.sound import compressed
from narrate.spoken import CASES, Entry, Lexicon
from narrate.studio.bench import Bench
from narrate.studio.desk import Task, in_parts
from narrate.studio.orders import Build, Forget, Listen, Order, Regenerate, Say, Teach


def task_of(order: Order, bench: Bench) -> Task:
    """The task that does what is asked for."""
    if isinstance(order, Build):
        return _Building(order, bench)
    if isinstance(order, Regenerate):
        return _Reading(order, bench)
    if isinstance(order, Listen):
        return _Listening(order, bench)
    if isinstance(order, Say):
        return _Saying(order, bench)
    if isinstance(order, Teach):
        return _Teaching(order, bench)
    return _Forgetting(order, bench)


@dataclass(frozen=True, slots=True)
class _Building:
    order: Build
    bench: Bench

    def __str__(self) -> str:
        return f"building {self.order.key or 'whatever has changed'}"

    def carry_out(self, report: LineReport) -> dict[str, Any]:
        """Build."""
        keys = (self.order.key,) if self.order.key else ()
        with locked_workspace(self.bench.root) as space:
            finished = self.bench.build(space, Selection(keys=keys), report)
        return _failure(finished) | {"written": finished.episodes_written}


@dataclass(frozen=True, slots=True)
class _Reading:
    order: Regenerate
    bench: Bench

    def __str__(self) -> str:
        stem = f"{self.order.key}.{self.order.lang}"
        if self.order.voice:
            return f"giving a chapter of {stem} the voice {self.order.voice}"
        return f"reading a part of {stem} " + ("again" if self.order.take is None else "otherwise")

    def carry_out(self, report: LineReport) -> dict[str, Any]:
        """Read again."""
        order = self.order
        wish = Wish(
            *(order.key, (order.lang,)),
            chapter=order.chapter,
            at=order.at,
            take=order.take,
            voice=order.voice,
        )
        with locked_workspace(self.bench.root) as space:
            self._check_chapter(space)
            done: list[Finished] = []

            def build(changed: Workspace, selection: Selection) -> Finished:
                done.append(self.bench.build(changed, selection, report))
                return done[-1]

            changes = regenerated(space, wish, build)
        return _failure(*done) | {"changes": [asdict(change) for change in changes]}

    def _check_chapter(self, space: Workspace) -> None:
        """Refuse a number that means another chapter in the article as it is now.

        Raises:
            UsageError: It does.
        """
        order = self.order
        if order.chapter is None or not order.chapter_id:
            return
        selection = Selection(keys=(order.key,), langs=(order.lang,), in_detail=True)
        ids = [
            chapter.chapter.id
            for episode in make_plan(space, selection).episodes
            for chapter in episode.chapters
            if chapter.number == order.chapter
        ]
        if ids != [order.chapter_id]:
            raise UsageError(
                "the article's chapters are others than those of the finished episode",
                where=f"{order.key}.{order.lang}",
                mend="Build it first, then choose the chapter again.",
            )


@dataclass(frozen=True, slots=True)
class _Listening:
    order: Listen
    bench: Bench

    def __str__(self) -> str:
        return (
            f"speaking take {self.order.take} of a sentence of {self.order.key}.{self.order.lang}"
        )

    def carry_out(self, report: LineReport) -> dict[str, Any]:
        """Make the sound of a take; nothing is chosen."""
        from narrate.speak import LocalExecutor  # noqa: PLC0415 - only where something is spoken

        order = self.order
        space = Workspace.open(self.bench.root)
        [target] = targets_of(space, Wish(order.key, (order.lang,), at=order.at))
        with LocalExecutor(1) as executor:
            speech = take_sound(space, target, order.take, executor, report)
        path = self.bench.sounds.new()
        write_atomically(path, compressed(speech, "WAV"))
        return {"sound": f"sounds/{path.name}", "take": order.take}


@dataclass(frozen=True, slots=True)
class _Saying:
    order: Say
    bench: Bench

    def __str__(self) -> str:
        return "saying a text"

    def carry_out(self, report: LineReport) -> dict[str, Any]:
        """Say a text."""
        space = Workspace.open(self.bench.root)
        voice = _voice(space, self.order.lang, self.order.voice)
        return _said(self.bench, report, voice, self.order.text, space.lexicons[voice.lang])


@dataclass(frozen=True, slots=True)
class _Teaching:
    order: Teach
    bench: Bench

    def __str__(self) -> str:
        return f"saying “{self.order.word.strip()}”"

    def carry_out(self, report: LineReport) -> dict[str, Any]:
        """Set how a word is read, or only try it, and let it be heard."""
        order = self.order
        space = Workspace.open(self.bench.root)
        word = order.word.strip()
        entry = Entry(
            word,
            order.reading.strip(),
            order.ipa.strip(),
            order.case or CASES[0],
            (order.voice,) if order.voice else (),
        )
        voice = None
        if order.voice or order.lang in space.show.voices:
            voice = _voice(space, order.lang, order.voice)
        edit = (set_entry if order.keep else tried_entry)(space, order.lang, entry)
        result: dict[str, Any] = {"kept": order.keep}
        if order.keep:
            result["uses"] = [asdict(use) for use in edit.uses(space)]
        if voice is None:
            return result | {"notes": [f"The show has no voice for “{order.lang}”."]}
        text = sentence_with(word, order.lang)
        return result | _said(self.bench, report, voice, text, edit.lexicon)


@dataclass(frozen=True, slots=True)
class _Forgetting:
    order: Forget
    bench: Bench

    def __str__(self) -> str:
        return f"taking “{self.order.word}” out of the lexicon"

    def carry_out(self, report: LineReport) -> dict[str, Any]:
        """Take a word out."""
        del report  # it takes no while
        space = Workspace.open(self.bench.root)
        edit = remove_entry(space, self.order.lang, self.order.word.strip())
        return {"uses": [asdict(use) for use in edit.uses(space)]}


def _failure(*builds: Finished) -> dict[str, Any]:
    """The first of what failed, where something did."""
    failures = [failure for build in builds for failure in build.failures]
    return {"error": in_parts(failures[0])} if failures else {}


def _voice(space: Workspace, lang: str, name: str) -> Voice:
    """The voice that is to speak: the named one, or the show's.

    Raises:
        UsageError: There is none, or it speaks another language.
    """
    if not name and lang not in space.show.voices:
        raise UsageError(f"the show has no voice for “{lang}”", mend="Choose a voice.")
    space.check_override(name, (lang,))
    return space.voices[name or space.show.voices[lang]]


def _said(
    bench: Bench, report: LineReport, voice: Voice, text: str, lexicon: Lexicon
) -> dict[str, Any]:
    path = bench.sounds.new()
    spoken = audition(text, voice, path, report, lexicon)
    unspoken = [f"No way is known to say: {part}" for part in spoken.unspoken]
    return {
        "sound": f"sounds/{path.name}",
        "spoken": " ".join(spoken.spoken),
        "notes": [*spoken.warnings, *unspoken],
    }
