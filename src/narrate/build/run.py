"""A plan is carried out: clips, chapters, episodes, feeds, in this order.

One article's failure is reported and leaves its earlier files alone; the others are built.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from narrate.build.companions import are_there, companions_of, with_companions
from narrate.build.covers import check_show_covers
from narrate.build.estimate import estimate
from narrate.build.paces import Paces
from narrate.build.plan import EpisodePlan, Plan, UtterancePlan, of_article
from narrate.build.planner import make_plan
from narrate.build.record import OutputFile, Record, ScriptRecord
from narrate.build.recording import record_of, script_of
from narrate.build.release import FinishedEpisode, Release
from narrate.build.selection import Selection
from narrate.build.speeds import Speed, Speeds
from narrate.build.voices import fetch_voices
from narrate.build.withdrawal import told
from narrate.build.workspace import Workspace
from narrate.errors import ArticleError, EngineError, NarrateError
from narrate.events import (
    Emit,
    EpisodeWritten,
    Failed,
    Finished,
    Noted,
    ReadAgain,
    Started,
    UtteranceSpoken,
    VoiceUsed,
    Warned,
)
from narrate.files import Staging
from narrate.model import Mark
from narrate.speak import Executor, Job, Outcome
from narrate.voices import what_speaks


def run_build(
    space: Workspace, selection: Selection, executor: Executor, emit: Emit, jobs: int
) -> Finished:
    """Plan what is selected and do it.

    Args:
        executor: Speaks the missing clips.
        emit: Told of everything as it happens; the returned summary too.
        jobs: Number of chapters encoded at a time.

    Raises:
        ShowError: The show's own cover cannot be used.
        UsageError: The selection names what does not exist.
        AudioError: There is no ffmpeg.
        OutputError: The cache or ``published.toml`` cannot be written, or the disk cannot hold what
            is to be made.
    """
    check_show_covers(space.show, space.covers)
    plan = make_plan(space, selection)
    _check_room(space, plan, jobs, emit)
    fetched, unusable = fetch_voices(space, plan, emit)
    if fetched:
        # A model that has come is known by its digest: clips are named by what made them.
        space = replace(space)
        plan = make_plan(space, selection)
    return _Run(space, plan, executor, emit, jobs, unusable).carry_out()


def _check_room(space: Workspace, plan: Plan, jobs: int, emit: Emit) -> None:
    """Say before any work that a disk will not hold what is to be made."""
    if plan.selection.chapter is not None or not any(one.reason for one in plan.episodes):
        return
    expected = estimate(space, plan, jobs)
    expected.check_room()
    if tight := expected.tight():
        emit(Warned(tight))


class _Run:
    """One carrying-out: what it has done and what failed so far."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a build is made of
        self,
        space: Workspace,
        plan: Plan,
        executor: Executor,
        emit: Emit,
        jobs: int,
        unusable: Mapping[str, EngineError],
    ) -> None:
        self._space = space
        self._plan = plan
        self._executor = executor
        self._emit = emit
        self._jobs = jobs
        self._failures: list[NarrateError] = []
        self._unusable = unusable
        self._untouched: set[str] = set()
        self._paces = Paces(space, executor)
        self._speeds = Speeds(space)
        self._made: set[str] = set()
        self._read_again = 0
        self._audio_s = 0.0
        self._records = dict(space.known)
        self._release = Release(space, plan, self._records, emit, self._fail)

    def carry_out(self) -> Finished:
        """Do what the plan says, but for the voices that cannot be used."""
        started = time.monotonic()
        self._announce()
        self._keep_offers()
        try:
            for episode in self._plan.episodes:
                self._episode(episode)
        except BaseException:
            self._release.rescue()
            raise
        finally:
            self._speeds.keep()
        self._release.finish()
        finished = self._summary(time.monotonic() - started)
        self._emit(finished)
        return finished

    def _announce(self) -> None:
        """Say what lies ahead, with everything that planning found."""
        plan = self._plan
        # What two articles say alike is spoken once.
        wanted = (line for episode in plan.episodes for line in _wanted(plan, episode))
        lines = {line.key: line for line in wanted}.values()
        self._emit(
            Started(
                episodes=sum(bool(episode.reason) for episode in plan.episodes),
                up_to_date=len(plan.kept) + sum(not episode.reason for episode in plan.episodes),
                chapters=sum(
                    bool(chapter.missing) for e in plan.episodes for chapter in e.chapters
                ),
                utterances=len(lines),
                characters=sum(len(line.utterance.spoken) for line in lines),
            )
        )
        if plan.newer:
            self._emit(Noted(plan.newer))
        for where, text in plan.warnings:
            self._emit(Warned(text, where))
        for file in plan.drafts:
            self._emit(Warned("is a draft and was left aside", file.name))
        for rename in plan.renames:
            self._emit(Noted(str(rename)))
        for name, text in told(plan.withdrawals):
            self._emit(Warned(text, name))
        for failure in plan.failures:
            self._fail(failure)

    def _keep_offers(self) -> None:
        """Note what newer software would change, so that it is counted once."""
        for stem, offer in self._plan.offers.items():
            record = self._records[stem] = replace(self._records[stem], offer=offer)
            self._space.records.update(record)

    def _fail(self, error: NarrateError) -> None:
        """Note a failure and go on."""
        self._failures.append(error)
        self._emit(Failed(error))

    def _episode(self, episode: EpisodePlan) -> None:
        """Build one episode, or report why it could not be."""
        try:
            if not self._speak(episode):
                return
            self._check_complete(episode)
            if episode.reason:
                self._build(episode)
            else:
                self._keep(episode)
        except NarrateError as error:
            self._fail(of_article(error, episode.file))

    def _speak(self, episode: EpisodePlan) -> bool:
        """Make the clips an episode lacks; says whether all could be made."""
        wanted = _wanted(self._plan, episode)
        lines = [line for line in wanted if line.key not in self._made]
        if not lines:
            return True
        for line in lines:
            if line.voice.name in self._unusable:
                raise self._unusable[line.voice.name]
        characters = {line.key: len(line.utterance.spoken) for line in lines}
        complete = True
        for outcome in self._executor.run(self._jobs_of(episode, lines)):
            if outcome.speech is None:
                complete = False
                self._fail(outcome.error or EngineError("no audio came", where=outcome.job.where))
                continue
            self._space.clips.write(outcome.job.key, outcome.speech, len(outcome.refused))
            self._made.add(outcome.job.key)
            if outcome.refused:
                self._read_again += 1
                self._emit(ReadAgain(outcome.job.where, outcome.refused))
            self._audio_s += outcome.speech.seconds
            self._measure(outcome)
            self._emit(
                UtteranceSpoken(
                    stem=episode.stem,
                    characters=characters[outcome.job.key],
                    audio_s=outcome.speech.seconds,
                    wall_s=outcome.wall_s,
                )
            )
        return complete

    def _measure(self, outcome: Outcome) -> None:
        """Note how fast a voice spoke; what was read again says nothing of that."""
        job, speech = outcome.job, outcome.speech
        if speech is None or outcome.refused:
            return
        kept = self._space.clips.store.path(job.key).stat().st_size
        speed = Speed(speech.seconds, outcome.wall_s, len(job.spoken), kept)
        self._speeds.spoke(job.voice, speed)

    def _jobs_of(self, episode: EpisodePlan, lines: Sequence[UtterancePlan]) -> list[Job]:
        places, document = _places(episode), episode.script.document
        again = f"narrate regenerate {document.key} --lang {document.lang} --chapter"
        return [
            Job(
                line.key,
                line.voice,
                line.utterance.spoken,
                line.utterance.lang,
                places[line.key][1],
                self._paces.of(line.voice, line.utterance.lang),
                f"{again} {places[line.key][0]}",
                line.utterance.sounds,
            )
            for line in lines
        ]

    def _check_complete(self, episode: EpisodePlan) -> None:
        """Refuse an episode of which ``--chapter`` left clips unspoken."""
        selected = self._plan.selection.chapter
        lacking = [
            str(chapter.number)
            for chapter in episode.chapters
            if selected is not None and chapter.number != selected and chapter.to_speak
        ]
        if lacking:
            plural = "s" if len(lacking) > 1 else ""
            raise ArticleError(
                f"not written: no clips yet for chapter{plural} {', '.join(lacking)}",
                where=episode.stem,
                mend=f"`narrate build {episode.script.document.key}` speaks the whole article.",
            )

    def _build(self, episode: EpisodePlan) -> None:
        """Encode what is missing, put the files together and note the episode."""
        # Loaded when there is something to encode: a build that changes nothing answers sooner.
        from narrate.build.episode_files import (  # noqa: PLC0415
            encode_missing,
            marks_of,
            stage_files,
        )

        began = time.monotonic()
        encode_missing(self._space, episode, self._jobs, self._emit)
        marks = marks_of(self._space, episode)
        staging = Staging(self._space.show.output)
        try:
            outputs = stage_files(self._space, episode, marks, staging)
            record, script = self._noted(episode, marks, outputs)
            contents = companions_of(self._space, record, script)
            record = with_companions(record, contents, staging)
        except BaseException:
            staging.discard()
            raise
        seconds = marks[-1].end_frame / self._space.show.audio.sample_rate
        if all(chapter.missing for chapter in episode.chapters):
            self._speeds.encoded(Speed(seconds, time.monotonic() - began))
        written = EpisodeWritten(
            stem=episode.stem,
            files=tuple(file.name for file in record.outputs),
            seconds=seconds,
            reason=episode.reason,
        )
        self._release.add(FinishedEpisode(staging, record, script, written))

    def _keep(self, episode: EpisodePlan) -> None:
        """Note an episode whose audio stays; its transcript may have changed, or be the first."""
        output, before = self._space.show.output, self._records[episode.stem]
        record, script = self._noted(episode, before.marks, before.outputs)
        contents = companions_of(self._space, record, script)
        if are_there(output, contents) and all(record.has_output(name) for name in contents):
            self._untouched.add(episode.stem)
            self._release.keep(record, script)
            return
        staging = Staging(output)
        try:
            record = with_companions(record, contents, staging)
        except BaseException:
            staging.discard()
            raise
        written = EpisodeWritten(
            stem=episode.stem,
            files=tuple(contents),
            seconds=record.frames / record.sample_rate,
            reason=_transcript_reason(before, output, contents),
        )
        self._release.add(FinishedEpisode(staging, record, script, written))

    def _noted(
        self, episode: EpisodePlan, marks: tuple[Mark, ...], outputs: tuple[OutputFile, ...]
    ) -> tuple[Record, ScriptRecord]:
        """What is remembered of an episode for the next build and for the feed."""
        warnings = tuple(text for where, text in self._plan.warnings if where == episode.file.name)
        record = record_of(self._space, episode, marks, outputs, warnings)
        before = self._space.records.script(episode.stem)
        return record, script_of(
            *(self._space, episode, marks, before), refreshes=self._plan.selection.refresh
        )

    def _summary(self, wall_s: float) -> Finished:
        """What this run did."""
        plan, words = self._plan, Counter[str]()
        stems = {record.stem for record in plan.kept} | {e.stem for e in plan.episodes}
        built = [self._records[stem] for stem in sorted(stems) if stem in self._records]
        for record in built:
            words.update(record.left_out)
        total = sum(record.clips for record in built)
        return Finished(
            synthesised=len(self._made),
            reused=max(total - len(self._made), 0),
            episodes_written=len(self._release.written),
            episodes_up_to_date=len(plan.kept) + len(self._untouched),
            audio_s=self._audio_s,
            wall_s=wall_s,
            failures=tuple(self._failures),
            left_out=dict(sorted(words.items())),
            voices=self._voices(built),
            read_again=self._read_again,
            later=plan.later,
        )

    def _voices(self, built: Sequence[Record]) -> tuple[VoiceUsed, ...]:
        used = sorted({(record.lang, name) for record in built for name in record.voices})
        voices = [
            (lang, self._space.voices[name]) for lang, name in used if name in self._space.voices
        ]
        return tuple(
            VoiceUsed(
                lang,
                voice.name,
                voice.engine,
                voice.licence,
                voice.commercial,
                what_speaks(voice),
            )
            for lang, voice in voices
        )


def _wanted(plan: Plan, episode: EpisodePlan) -> tuple[UtterancePlan, ...]:
    """The clips to be made now, each once."""
    if plan.selection.chapter is None:
        return episode.to_speak
    chapters = [c for c in episode.chapters if c.number == plan.selection.chapter]
    return tuple({line.key: line for chapter in chapters for line in chapter.to_speak}.values())


def _transcript_reason(before: Record, output: Path, contents: Mapping[str, bytes]) -> str:
    """Why an episode's transcripts are written though its audio stays."""
    if not any(before.has_output(name) for name in contents):
        return "its transcript is new"
    damaged = before.damaged_output(output)
    if not damaged:
        spoken = {name: text for name, text in contents.items() if not name.endswith(".html")}
        is_same = are_there(output, spoken)
        return "its text page changed" if is_same else "its transcript changed"
    state = "was changed by others" if (output / damaged).exists() else "is missing"
    return f"{damaged} {state}"


def _places(episode: EpisodePlan) -> dict[str, tuple[int, str]]:
    """Clip key → number of its chapter; article, chapter and sentence, as a message names them."""
    return {
        line.key: (
            chapter.number,
            (
                f"{episode.file.name}, chapter {chapter.number} “{chapter.chapter.title}”, "
                f"sentence {number}"
            ),
        )
        for chapter in episode.chapters
        for number, line in enumerate(chapter.utterances, start=1)
    }
