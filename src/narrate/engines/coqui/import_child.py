"""Importing a voice, in a process of its own (``child``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from narrate.engines.coqui.config import ModelConfig, read_config
from narrate.engines.coqui.importing import Import, Imported, described, imported_files
from narrate.engines.coqui.imports import brief, import_coqui, quiet
from narrate.engines.coqui.model import ModelFiles
from narrate.engines.coqui.piper.agreement import Agreement, compare
from narrate.engines.coqui.piper.checkpoint import write_checkpoint
from narrate.engines.coqui.piper.graph import ForeignNetworkError, layers_of, parse_graph
from narrate.engines.coqui.piper.network import read_network
from narrate.engines.coqui.piper.settings import PiperSettings, read_settings, settings_path
from narrate.engines.coqui.vits_check import TEST_SENTENCES, load_vits, speak_numbers
from narrate.engines.coqui.weights import copy_model
from narrate.errors import EngineError
from narrate.model import one_line

_OTHER_KIND = (
    "Name the `.onnx` file of a Piper voice, with its `.onnx.json` beside it; both fresh from "
    "where they came."
)


def work(request: Mapping[str, Any]) -> Mapping[str, object]:
    """Import the voice that a request names by the fields of ``Import`` into ``folder``.

    Returns:
        The fields of ``Imported``.

    Raises:
        EngineError: It cannot be imported.
    """
    fields = {name: value for name, value in request.items() if name != "folder"}
    job = Import(**{**fields, "source": Path(request["source"])})
    return asdict(bring_in(job, Path(request["folder"])))


def bring_in(job: Import, folder: Path) -> Imported:
    """Write a voice in Coqui's form into a folder, and hear whether it speaks.

    Raises:
        EngineError: It cannot be imported.
    """
    return _piper(job, folder) if job.is_piper else _checkpoint(job, folder)


def _piper(job: Import, folder: Path) -> Imported:
    settings = read_settings(settings_path(job.source))
    try:
        agreement = _convert(job, settings, folder)
    except ForeignNetworkError as error:
        raise EngineError(
            f"this is no Piper voice that narrate knows: {error}",
            where=job.source.name,
            mend=_OTHER_KIND,
        ) from error
    if not agreement.holds:
        old, new = agreement.frames
        raise EngineError(
            "the voice does not sound the same in Coqui: correlation "
            f"{agreement.correlation:.6f}, {new} frames instead of {old}",
            where=job.source.name,
            mend="Its network differs from the one that narrate knows; choose another voice.",
        )
    return replace(
        described(job, settings),
        correlation=agreement.correlation,
        largest=agreement.largest,
    )


def _convert(job: Import, settings: PiperSettings, folder: Path) -> Agreement:
    """The checkpoint of a Piper voice; how near it is to the voice."""
    raw = job.source.read_bytes()
    network = read_network(layers_of(parse_graph(raw)))
    _prepare()
    with quiet():
        files = write_checkpoint(network, settings, folder)
        model = load_vits(files, read_config(files))
        return compare(raw, model, settings, _sentences(job.lang or settings.lang))


def _checkpoint(job: Import, folder: Path) -> Imported:
    _prepare()
    files = imported_files(folder)
    config = copy_model(job, files)
    with quiet():
        model = _load(job, files, config)
        manager = model.speaker_manager
        speakers = tuple(one_line(name) for name in manager.speaker_names) if manager else ()
        lang = str(config.settings.get("phoneme_language") or "").split("-")[0]
        language = job.lang or lang
        numbers = model.tokenizer.text_to_ids(
            _sentences(language)[0], language=model.language_manager.language_names[0]
        )
        wave = speak_numbers(model, numbers, 0 if hasattr(model, "emb_g") else None)
    if wave.size == 0 or wave.max() == wave.min():
        raise EngineError("the model makes no sound", where=job.source.name)
    return Imported(
        lang=language,
        sample_rate=int(model.config.audio.sample_rate),
        speakers=speakers,
        description=f"Coqui {one_line(str(config.settings.get('run_name') or 'VITS'))[:100]}",
    )


def _load(job: Import, files: ModelFiles, config: ModelConfig) -> Any:
    try:
        return load_vits(files, config)
    except (RuntimeError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise EngineError(
            f"the checkpoint does not fit its configuration: {brief(error)}",
            where=job.source.name,
            mend="Name the configuration that was saved with it with `--config FILE`.",
        ) from error


def _prepare() -> None:
    """Load Coqui; one thread, so that sums come out in one order."""
    import_coqui()
    import torch  # noqa: PLC0415

    from narrate.engines.coqui.phonemes import register_phonemizer  # noqa: PLC0415

    torch.set_num_threads(1)
    register_phonemizer()


def _sentences(lang: str) -> tuple[str, ...]:
    return TEST_SENTENCES.get(lang, TEST_SENTENCES["en"])
