"""What a voice's file says is checked, before anybody looks at the model."""

from __future__ import annotations

from narrate.engines.coqui.model import (
    CatalogueEntry,
    is_catalogue_name,
    local_files,
    voice_path,
)
from narrate.engines.settings import option
from narrate.errors import ShowError
from narrate.model import Voice

_DEVICES = ("cpu", "cuda")
_RUNTIMES = ("onnx", "torch")
_MODEL_FORMS = "Name a model (tts_models/de/thorsten/vits), or a checkpoint with its “config”."


def check_settings(voice: Voice) -> None:
    """Check the voice's settings; the model's files are not looked at.

    Raises:
        ShowError: A setting is wrong or missing.
    """
    where = f"voice {voice.name}"
    if not voice.model:
        raise ShowError("“model” is missing", where=where, mend=_MODEL_FORMS)
    if is_catalogue_name(voice.model):
        _check_name(voice)
    else:
        local_files(voice)
    if voice.reference:
        voice_path(voice, "reference", voice.reference)
    _check_options(voice)


def _check_name(voice: Voice) -> None:
    """What a name alone tells, without the catalogue of the installed Coqui."""
    where = f"voice {voice.name}"
    entry = CatalogueEntry(voice.model, repository="", terms_required=False)
    if not entry.family:
        raise ShowError(
            f"the model “{voice.model}” is neither VITS nor XTTS",
            where=where,
            mend="Choose a model that speaks without a vocoder beside it.",
        )
    if entry.family != "xtts":
        if voice.reference:
            raise ShowError("only XTTS can take its voice from a recording", where=where)
        return
    if not voice.terms:
        raise ShowError(
            "XTTS comes with terms that must be accepted, but “terms” is missing",
            where=where,
            mend='Add `terms = "https://tts-hub.github.io/cpml"`.',
        )
    if bool(voice.speaker) == bool(voice.reference):
        raise ShowError("XTTS needs either a “speaker” or a “reference” recording", where=where)


def _check_options(voice: Voice) -> None:
    where = f"voice {voice.name}"
    if (device := option(voice, "device", "cpu")) not in _DEVICES:
        mend = f"Known: {', '.join(_DEVICES)}."
        raise ShowError(f"the option “device” cannot be “{device}”", where=where, mend=mend)
    if (runtime := option(voice, "runtime", "onnx")) not in _RUNTIMES:
        mend = f"Known: {', '.join(_RUNTIMES)}."
        raise ShowError(f"the option “runtime” cannot be “{runtime}”", where=where, mend=mend)
    for name in ("noise_scale", "noise_scale_dp"):
        if option(voice, name, 0.0) < 0:
            raise ShowError(f"the option “{name}” must not be negative", where=where)
    for name in ("temperature", "repetition_penalty", "top_k", "top_p"):
        if option(voice, name, 1.0) <= 0:
            raise ShowError(f"the option “{name}” must be above 0", where=where)
