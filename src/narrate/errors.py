"""Everything that narrate reports to a person instead of raising a traceback.

NarrateError              exit 1   something failed
├── UsageError            exit 2   the command line asks for what does not exist
├── ShowError             exit 3   narrate.toml or a voice is invalid; nothing was started
├── ArticleError          exit 1   one article cannot be read; the others are built
├── EngineError           exit 1   an engine refused or failed on a text
│   ├── EngineCrash       exit 1   the engine's process died or did not answer in time
│   └── SpeechFault       exit 1   what an engine gave is no sound reading of its text
├── AudioError            exit 1   ffmpeg is missing or failed, or audio is damaged
└── OutputError           exit 1   a file cannot be written
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

_Error = TypeVar("_Error", bound="NarrateError")


class NarrateError(Exception):
    """A failure in words: what went wrong, where, and how to mend it.

    Args:
        what: One sentence without a full stop at its end.
        where: File, article, key or sentence it happened in; empty when there is none.
        mend: What the user can do; empty when nothing is known.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.mend}" if self.mend else head

    def at(self: _Error, where: str) -> _Error:  # noqa: PYI019 - typing.Self is not in 3.10
        """The same failure, placed: ``where`` is put in front of what is already known, once."""
        if f"{self.where}: ".startswith(f"{where}: "):
            return self
        place = f"{where}: {self.where}" if self.where else where
        return type(self)(self.what, where=place, mend=self.mend)


class UsageError(NarrateError):
    """The command line names something that does not exist or does not fit."""

    exit_code = 2


class ShowError(NarrateError):
    """The show's own files are invalid; nothing was started."""

    exit_code = 3


class ArticleError(NarrateError):
    """One article cannot be read or segmented."""


class EngineError(NarrateError):
    """An engine cannot be used, or failed on a text."""


class EngineCrash(EngineError):  # noqa: N818 - as engines call it
    """The process of an engine died or did not answer before its deadline."""


class SpeechFault(EngineError):  # noqa: N818 - as the checks of a clip call it
    """What an engine gave is no reading of its text; with another seed it may give one."""


class AudioError(NarrateError):
    """ffmpeg is missing or failed, or a piece of audio is damaged."""


class OutputError(NarrateError):
    """A file of the show cannot be written."""
