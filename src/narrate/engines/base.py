"""The protocol between narrate and an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from narrate.model import Sound, Speech, Voice


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a voice can speak on this machine, now.

    Attributes:
        ready: True when a build can use it without any further step.
        missing: What is missing, in words; empty when ready.
        mend: A sentence that says how to mend it; empty when ready.
        note: What is doubtful about a voice that is ready, in clauses.
    """

    ready: bool
    missing: str = ""
    mend: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One utterance for a loaded voice.

    Attributes:
        spoken: Spoken form: no digits, no control characters, within the engine's limit.
        seed: 0 to 2**63 − 1; the only source of randomness an engine may use.
        sounds: Words whose sounds are known, in order; none for an engine that is not
            :class:`Phonetic`.
    """

    spoken: str
    lang: str
    seed: int
    sounds: tuple[Sound, ...] = ()


class Progress(Protocol):
    """Told of a download as it goes on."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """``done`` of ``total`` bytes are there; ``total`` is 0 while it is unknown."""
        ...


@runtime_checkable
class Puller(Protocol):
    """What an engine that fetches models may know to do beyond ``prepare``."""

    def pull(self, voice: Voice, progress: Progress, say: Callable[[str], None]) -> None:
        """Fetch what the voice needs, or check what is here and fetch it again if damaged.

        Args:
            say: Told in clauses what was found and done.

        Raises:
            EngineError: As ``prepare``.
        """
        ...


@runtime_checkable
class Maker(Protocol):
    """What an engine that works something out for a voice, once a machine, may know to do."""

    def make(self, voice: Voice, say: Callable[[str], None]) -> None:
        """Work out what the voice needs beyond what ``prepare`` fetches; after ``prepare``.

        Returns at once when nothing is missing; what takes seconds is told first.

        Args:
            say: Told in clauses what is done.

        Raises:
            EngineError: It cannot be worked out.
        """
        ...


@runtime_checkable
class Describer(Protocol):
    """What an engine whose name says too little to a person may know to do."""

    def describe(self, voice: Voice) -> str:
        """What speaks when this voice does, such as ``SVOX Pico``."""
        ...


@runtime_checkable
class Weighed(Protocol):
    """What an engine whose workers need much memory may know to do."""

    def memory_bytes(self, voice: Voice) -> int:
        """The most memory that one worker with this voice takes."""
        ...


@runtime_checkable
class Phonetic(Protocol):
    """What an engine that can be told the sounds of a word may know to do."""

    def phonemes(self, voice: Voice) -> frozenset[str] | None:
        """Characters of the phonetic alphabet that the voice knows; none: it reads letters.

        Characters with diacritics may be whole or taken apart. ``None`` while the voice's model
        is not on this machine: nobody knows.
        """
        ...


@runtime_checkable
class Varying(Protocol):
    """What an engine may know to tell whose voices vary or not by their settings."""

    def varies_with(self, voice: Voice) -> bool:
        """Whether another seed gives this voice another sound; where nobody knows yet, true."""
        ...


class Speaker(Protocol):
    """A loaded voice. Its answer depends on the request alone, never on earlier ones."""

    def speak(self, request: Request) -> Speech:
        """Say one utterance.

        Raises:
            EngineError: The text cannot be said; saying it again would fail again.
        """
        ...

    def close(self) -> None:
        """Give back what the voice holds. No other call follows."""
        ...


class Engine(Protocol):
    """What narrate must know of an engine before anything heavy is loaded.

    Class attributes of an implementation:

        name: As voices name it (``engine = "pico"``).
        varies: Whether another take (another seed) sounds different.
        options: Names of the voice options it understands, each with its type: ``str``, ``int``,
            ``float`` or ``bool``. No voice with other options reaches the engine.
        software: Names of the marks in ``fingerprint`` that stand for software: versions,
            revisions, and whatever comes with a package. All others stand for files of the user's,
            such as a model: a change there is a change of the show, new software is not.

    An implementation may have one more, ``worker_env: Mapping[str, str]``: environment variables
    that its worker processes must be started with; and the methods of :class:`Puller`,
    :class:`Maker`, :class:`Describer`, :class:`Weighed`, :class:`Phonetic` and :class:`Varying`.
    """

    name: str
    varies: bool
    options: Mapping[str, type]
    software: frozenset[str]

    def check(self, voice: Voice) -> Readiness:
        """Whether the voice can be used here; quick, no network."""
        ...

    def validate(self, voice: Voice) -> None:
        """Check the voice's settings.

        Raises:
            ShowError: A setting is wrong or missing, independent of this machine.
        """
        ...

    def fingerprint(self, voice: Voice) -> Mapping[str, str]:
        """What the sound depends on besides the voice's own settings: version, model digests.

        The name of a model that is not on this machine yet stands for its digest only if the
        name fixes the weights.
        """
        ...

    def max_chars(self, voice: Voice) -> int:
        """Longest spoken form, in characters, that the engine reads well in one utterance."""
        ...

    def deadline_s(self, spoken: str) -> float:
        """After how many seconds without an answer the worker is taken for hung."""
        ...

    def prepare(self, voice: Voice, progress: Progress) -> None:
        """Fetch what the voice needs and lacks; called once in narrate's own process.

        Returns at once when nothing is missing. Never asks the user anything.

        Raises:
            EngineError: It cannot be fetched (no network, terms not accepted, disk full); nothing
                half-fetched is left to be taken for whole.
        """
        ...

    def load(self, voice: Voice) -> Speaker:
        """Load the voice; called in a worker process only.

        Raises:
            EngineError: The model is missing, damaged, or its licence is not accepted.
        """
        ...
