"""Everything a build works with: the show, its voices, and what earlier builds left behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from narrate import encode, feed, project, published
from narrate.build.record import Record
from narrate.build.records import Records
from narrate.cache import ClipCache, Store
from narrate.engines import Engine, find_engine
from narrate.errors import ArticleError, UsageError
from narrate.model import Document, Show, Voice, digest
from narrate.nearest import did_you_mean
from narrate.spoken import Lexicon

T = TypeVar("T")


@dataclass(frozen=True)
class Workspace:
    """One show on this machine, as it is when a command starts.

    Attributes:
        voices: All of ``voices/``, by name.
        lexicons: Language → the user's readings.
        now: The time that first publications get.
    """

    show: Show
    voices: Mapping[str, Voice]
    takes: project.Takes
    lexicons: Mapping[str, Lexicon]
    publication: published.Publication
    now: datetime
    _found: dict[tuple[str, str], object] = field(default_factory=dict, init=False)

    @classmethod
    def open(cls, folder: Path) -> Workspace:
        """Read everything that is the user's own.

        Raises:
            ShowError: ``narrate.toml``, a voice, a lexicon, ``takes.toml`` or ``published.toml`` is
                invalid.
            UsageError: ``SOURCE_DATE_EPOCH`` is no time.
        """
        show, voices = project.load_show(project.find_show(folder))
        feed.check_category(show.category, show.subcategory)
        return cls(
            show=show,
            voices=voices,
            takes=project.load_takes(show.root),
            lexicons=project.load_lexicons(show.root, voices),
            publication=published.load(show.root / published.FILE_NAME),
            now=published.build_time(),
        )

    @cached_property
    def clips(self) -> ClipCache:
        """Audio of single utterances."""
        return ClipCache(self.show.cache / "clips")

    @cached_property
    def covers(self) -> Store:
        """Drawn and converted covers."""
        return Store(self.show.cache / "covers", ".jpg")

    def chapters(self, fmt: str) -> Store:
        """Encoded chapters of one format."""
        return Store(self.show.cache / "chapters", f".{fmt}")

    @cached_property
    def records(self) -> Records:
        """Where episodes of earlier builds are noted."""
        return Records(self.show.cache)

    @cached_property
    def known(self) -> dict[str, Record]:
        """Stem → what an earlier build noted of it."""
        return self.records.load_all()

    @cached_property
    def ffmpeg(self) -> encode.Ffmpeg:
        """The encoder of this machine.

        Raises:
            AudioError: There is none.
        """
        return encode.find_ffmpeg()

    def engine(self, voice: Voice) -> Engine:
        """The engine of a voice, looked for once."""
        return self.once("engine", voice.engine, lambda: find_engine(voice.engine))

    def fingerprint(self, voice: Voice) -> Mapping[str, str]:
        """What the voice's engine says of its version and models, asked once for each voice."""
        return self.once("marks", voice.name, lambda: self.engine(voice).fingerprint(voice))

    def voice_digest(self, voice: Voice) -> str:
        """Names everything of the user's about a voice that can be heard or is shown."""
        return self.once("voice", voice.name, lambda: self._voice_digest(voice))

    def _voice_digest(self, voice: Voice) -> str:
        software = self.engine(voice).software
        marks = self.fingerprint(voice)
        return digest(
            [
                *(voice.name, voice.lang, voice.engine, voice.model, voice.config, voice.speaker),
                *(voice.reference, voice.length_scale, voice.seed, voice.licence),
                *(voice.commercial, voice.attribution),
                [list(option) for option in voice.options],
                {name: mark for name, mark in marks.items() if name not in software},
            ]
        )

    def once(self, kind: str, name: str, work_out: Callable[[], T]) -> T:
        """What many articles share, worked out for the first of them.

        Args:
            kind: All that one kind gives has one type.
        """
        place = kind, name
        if place not in self._found:
            self._found[place] = work_out()
        return cast("T", self._found[place])

    def voice_for(self, lang: str, wanted: str, where: str) -> Voice:
        """The voice that speaks a language.

        Args:
            wanted: Its name; empty for the show's.
            where: Who wants it, for messages.

        Raises:
            ArticleError: There is no such voice, or it speaks another language.
        """
        if not wanted:
            return self.voices[self.show.voices[lang]]
        voice = self.voices.get(wanted)
        if voice is None:
            raise ArticleError(
                f"there is no voice “{wanted}”",
                where=where,
                mend=f"{did_you_mean(wanted, self.voices)}`narrate voices` lists them all.",
            )
        if voice.lang != lang:
            raise ArticleError(
                f"the voice “{wanted}” speaks “{voice.lang}”, the text is “{lang}”",
                where=where,
                mend="Set a voice of that language, for each language where they differ.",
            )
        return voice

    def voice_of(self, document: Document, override: str) -> Voice:
        """The voice that reads a document: the command's, its own, or the show's."""
        wanted = override or document.voice
        return self.voice_for(document.lang, wanted, document.file)

    def check_override(self, name: str, langs: tuple[str, ...]) -> None:
        """Check a voice named on the command line against the languages to be built.

        Raises:
            UsageError: There is no such voice, or it does not speak one of ``langs``.
        """
        try:
            for lang in langs or self.show.languages:
                self.voice_for(lang, name, "--voice")
        except ArticleError as error:
            known = self.voices.get(name)
            mend = f"Add `--lang {known.lang}`." if known else error.mend
            if known and langs:
                mend = "Name a voice of that language; `narrate voices` lists them."
            raise UsageError(error.what, where=error.where, mend=mend) from None
