"""Bringing a voice from elsewhere into Coqui's form: a voice of Piper, or a checkpoint of Coqui.

The files come from anywhere, and reading them takes torch, so it happens in a process of its own,
which is ended when it takes too long.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from narrate.engines.coqui.child import ChildError, ask
from narrate.engines.coqui.model import ModelFiles
from narrate.engines.coqui.piper.settings import PiperSettings, read_settings, settings_path
from narrate.errors import EngineError, UsageError

DEADLINE_S = 600.0
"""How long it may take; loading torch from a slow disk takes minutes."""

MOST_BYTES = 2 << 30
"""Longest file that is read: voices take 20 to 130 MB, checkpoints of a training 1 GB."""

PIPER, CHECKPOINTS = (".onnx",), (".pth", ".pt", ".tar")
"""Endings of the two kinds of file."""


@dataclass(frozen=True, slots=True)
class Import:
    """A voice to be brought in.

    Attributes:
        source: The ``.onnx`` file of a Piper voice, or a checkpoint of Coqui.
        config: The checkpoint's configuration; empty for a Piper voice.
        lang: Language that the user has named, or empty.
        trusted: Whether the user trusts the checkpoint to run code while it is loaded.
    """

    source: Path
    config: str = ""
    lang: str = ""
    trusted: bool = False

    @property
    def is_piper(self) -> bool:
        """Whether the source is a voice of Piper."""
        return self.source.suffix.lower() in PIPER


@dataclass(frozen=True, slots=True)
class Imported:
    """A voice that was brought in and has spoken.

    Attributes:
        lang: ``de``, ``en`` or whatever else its maker says.
        sample_rate: Of its sound, in hertz.
        speakers: Names; empty for a single voice.
        correlation, largest: How near it is to the original, or 0 where there is none to compare.
    """

    lang: str
    sample_rate: int
    speakers: tuple[str, ...]
    description: str
    correlation: float = 0.0
    largest: float = 0.0


def find_source(path: Path, config: Path | None = None, *, lang: str = "", trust: bool) -> Import:
    """What a path names, as far as names and sizes tell.

    Raises:
        UsageError: It is no file that can be imported.
        EngineError: It is too long, or its other half is missing.
    """
    if not path.is_file():
        wrong = f"“{path}” is a folder" if path.is_dir() else f"there is no file “{path}”"
        raise UsageError(wrong, mend="Name the `.onnx` or `.pth` file.")
    if (size := path.stat().st_size) > MOST_BYTES:
        raise EngineError(f"the file has {size / 2**30:.0f} GB; no voice has", where=str(path))
    kind = path.suffix.lower()
    if kind in PIPER:
        if config is not None:
            raise UsageError(
                "a voice of Piper brings its settings beside it",
                where="--config",
                mend=f"Put them there as {path.name}.json.",
            )
        return Import(path.resolve(), lang=lang)
    if kind in CHECKPOINTS:
        beside = config or path.with_name("config.json")
        if not beside.is_file():
            raise UsageError(
                f"the checkpoint's configuration is missing: there is no file “{beside}”",
                mend="Name it with `--config FILE`.",
            )
        return Import(path.resolve(), str(beside.resolve()), lang, trust)
    raise UsageError(
        f"“{path.name}” is no voice that narrate can import",
        mend="Name the `.onnx` file of a Piper voice or the `.pth` file of a Coqui VITS model.",
    )


def foretell(job: Import) -> Imported | None:
    """What the settings beside a Piper voice say, before anything heavy is read.

    Raises:
        EngineError: They are missing or not those of a voice.
    """
    if not job.is_piper:
        return None
    return described(job, read_settings(settings_path(job.source)))


def described(job: Import, settings: PiperSettings) -> Imported:
    """A voice as its settings describe it."""
    return Imported(
        lang=job.lang or settings.lang,
        sample_rate=settings.sample_rate,
        speakers=settings.speakers,
        description=settings.description,
    )


def import_model(job: Import, folder: Path) -> Imported:
    """Write ``model.pth``, ``config.json`` and what they need into an empty folder.

    Raises:
        EngineError: The files are damaged, unsafe, or hold no voice that Coqui can speak with; or
            the new voice does not sound like the old one.
    """
    request = {**asdict(job), "source": str(job.source), "folder": str(folder)}
    try:
        answer = ask("import_child", request, DEADLINE_S)
    except ChildError as error:
        raise EngineError(
            f"the voice cannot be imported: {error}",
            where=job.source.name,
            mend=error.mend or "The file is damaged, or not of the kind that its name says.",
        ) from error
    return Imported(**{**answer, "speakers": tuple(answer["speakers"])})


def imported_files(folder: Path) -> ModelFiles:
    """The files that :func:`import_model` writes."""
    return ModelFiles(folder / "model.pth", folder / "config.json")
