"""The process that imports a voice: ``python -m narrate.engines.coqui.import_child REQUEST``.

Request and answer are JSON. The answer, one line on standard output, holds the fields of
``Imported``, or ``error``, ``where`` and ``mend`` in words.
"""

from __future__ import annotations

import json
import os
import sys
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
from narrate.errors import EngineError, NarrateError
from narrate.model import one_line

_OTHER_KIND = (
    "Name the `.onnx` file of a Piper voice, with its `.onnx.json` beside it; both fresh from "
    "where they came."
)


def main(arguments: list[str]) -> int:
    """Import one voice; 0 when it is done."""
    request: dict[str, Any] = json.loads(arguments[0])
    folder = Path(request.pop("folder"))
    job = Import(**{**request, "source": Path(request["source"])})
    answers = os.dup(1)
    os.dup2(2, 1)  # libraries print there
    answer: dict[str, Any]
    try:
        answer = asdict(bring_in(job, folder))
    except NarrateError as error:
        answer = {"error": error.what, "where": error.where, "mend": error.mend}
    except MemoryError:
        answer = {"error": "the voice needs more memory than there is", "where": "", "mend": ""}
    except Exception as error:  # noqa: BLE001 - torch, Coqui and the files may raise anything
        answer = {
            "error": f"the voice cannot be imported: {type(error).__name__}: {brief(error)}",
            "where": job.source.name,
            "mend": "The file is damaged, or not of the kind that its name says.",
        }
    with os.fdopen(answers, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(answer))
    return 1 if "error" in answer else 0


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
