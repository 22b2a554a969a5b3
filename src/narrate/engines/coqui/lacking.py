"""What a voice lacks before it can speak, and how it comes: terms, a package, a model."""

from __future__ import annotations

from collections.abc import Callable

from narrate.engines.base import Readiness
from narrate.engines.coqui.config import read_config
from narrate.engines.coqui.download import partly_here
from narrate.engines.coqui.model import (
    CatalogueEntry,
    ModelFiles,
    local_files,
    voice_path,
)
from narrate.engines.coqui.packaged import PACKAGED, make_files
from narrate.errors import EngineError
from narrate.model import Voice, megabytes


def terms_open(voice: Voice) -> bool:
    """Whether the voice names terms that nobody has accepted."""
    return bool(voice.terms) and not voice.accepted


def require_terms(voice: Voice) -> None:
    """Refuse a voice whose terms are open.

    Raises:
        EngineError: They are not accepted.
    """
    if terms_open(voice):
        raise terms_error(voice)


def terms_error(voice: Voice) -> EngineError:
    """That the terms of a voice, or of its model, are not accepted."""
    return EngineError(
        "its terms are not accepted",
        where=f"voice {voice.name}",
        mend=how_to_accept(voice),
    )


def how_to_accept(voice: Voice) -> str:
    """A sentence on how the terms are accepted."""
    if not voice.terms:
        return "Set “terms” in the voice's file to their address."
    return f"Read {voice.terms} and run `narrate voices accept {voice.name}`."


def undownloaded(entry: CatalogueEntry) -> str:
    """How far a model of the catalogue is from being here."""
    done, size = partly_here(entry)
    if not done:
        return "the model is not downloaded"
    whole = f" of {megabytes(size)}" if size else ""
    return f"the model is downloaded in part ({megabytes(done)}{whole})"


def how_to_pull(voice: Voice) -> str:
    """A sentence on how the model comes."""
    verb = "makes" if voice.model in PACKAGED else "downloads"
    return f"`narrate voices pull {voice.name}` {verb} it; so does the first build."


def not_made(voice: Voice) -> Readiness:
    """What a voice that comes in a package lacks."""
    packaged = PACKAGED[voice.model]
    if packaged.source() is None:
        return Readiness(False, f"not installed: {packaged.package}", packaged.install())
    return Readiness(False, absence(voice), how_to_pull(voice))


def absence(voice: Voice) -> str:
    """That the model of a voice is not here."""
    return f"the model is not {'made yet' if voice.model in PACKAGED else 'downloaded'}"


def require_package(voice: Voice) -> None:
    """Ask for the package that a voice is made from.

    Raises:
        EngineError: It is not installed.
    """
    try:
        PACKAGED[voice.model].require()
    except EngineError as error:
        raise error.at(f"voice {voice.name}") from None


def make_packaged(voice: Voice, say: Callable[[str], None]) -> None:
    """Make the files of a voice that comes in a package.

    Raises:
        EngineError: The package is not installed, or holds no such voice.
        OutputError: The voice's folder cannot be written.
    """
    require_package(voice)
    packaged = PACKAGED[voice.model]
    licence = voice.licence or "licence unknown"
    say(f"making Coqui's form of the voice in {packaged.package} ({licence}), once")
    make_files(packaged, local_files(voice))


def recording_doubts(voice: Voice, files: ModelFiles | None) -> tuple[str, ...]:
    """What is doubtful about a voice's recording.

    Args:
        files: Of the model; ``None`` while it is not here.

    Raises:
        EngineError: No voice can be taken from the recording, or not by this model.
    """
    if not voice.reference:
        return ()
    from narrate.engines.coqui import reference  # noqa: PLC0415

    path = voice_path(voice, "reference", voice.reference)
    if files is None:
        return reference.doubts(reference.read_recording(path))
    config = read_config(files)
    if config.family != "xtts":
        raise EngineError(
            "only XTTS can take its voice from a recording",
            mend="Take “reference” out of the voice, or choose an XTTS model.",
        )
    longest = reference.longest_s(config.settings, files.config)
    return reference.doubts(reference.read_recording(path, longest), longest)
