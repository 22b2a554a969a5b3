"""Exporting a VITS model, in a process of its own (``child``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.engines.coqui.config import read_config
from narrate.engines.coqui.export import FLOW, FRONT_END, TEXT, decoder_file
from narrate.engines.coqui.front_end import FrontEnd, write_front_end
from narrate.engines.coqui.imports import import_coqui, quiet
from narrate.engines.coqui.model import ModelFiles
from narrate.files import write_failure

if TYPE_CHECKING:
    import torch

_OPSET = 17
_SYMBOLS = 50  # of the examples that the networks are traced with
_FRAMES = 40


def work(request: Mapping[str, str]) -> None:
    """Export the model that a request names by ``checkpoint`` and ``config`` into ``folder``.

    Raises:
        EngineError: As :func:`export`.
        UnsupportedModelError: As :func:`export`.
        OutputError: The folder cannot be written or is full.
    """
    files = ModelFiles(Path(request["checkpoint"]), Path(request["config"]))
    folder = Path(request["folder"])
    try:
        export(files, folder)
    except OSError as error:  # what is read is read by functions that say so themselves
        raise write_failure(folder, error) from error


def export(files: ModelFiles, folder: Path) -> None:
    """Write the parts of a VITS model and its front end into a folder.

    Raises:
        EngineError: The model is missing, damaged or unsafe.
        UnsupportedModelError: The model has something in it that the parts do not know.
    """
    import_coqui()
    import torch  # noqa: PLC0415

    from narrate.engines.coqui.lean_decoder import DecoderPart, resolutions  # noqa: PLC0415
    from narrate.engines.coqui.lean_flow import FlowPart  # noqa: PLC0415
    from narrate.engines.coqui.lean_text import TextPart  # noqa: PLC0415
    from narrate.engines.coqui.loading import load_synthesizer  # noqa: PLC0415

    config = read_config(files)
    synthesizer = load_synthesizer(files, config, "cpu")
    model = synthesizer.tts_model.eval()
    front_end = _front_end(model, int(synthesizer.output_sample_rate))
    speaker = [torch.zeros(1, dtype=torch.long)] if front_end.speakers else []
    language = [torch.zeros(1, dtype=torch.long)] if front_end.has_language_embedding else []
    length = _SYMBOLS
    symbols = torch.full((1, length), next(iter(front_end.symbols.values())))
    noise, scale = torch.zeros(1, 2, length), torch.zeros(1)
    condition = dict(zip(("speaker",), speaker, strict=False))
    tongue = dict(zip(("language",), language, strict=False))
    text_inputs = {
        "symbols": symbols,
        "noise": noise,
        "noise_scale": scale,
        **condition,
        **tongue,
    }
    with quiet(), torch.no_grad():
        _trace(
            TextPart(model),
            text_inputs,
            folder / TEXT,
            {"mean": {2: "symbols"}, "log_scale": {2: "symbols"}, "durations": {2: "symbols"}},
            {"symbols": {1: "symbols"}, "noise": {2: "symbols"}},
        )
        frames = torch.zeros(1, front_end.channels, _FRAMES)
        _trace(
            FlowPart(model),
            {"prior": frames, **condition},
            folder / FLOW,
            {"frames": {2: "stretched"}},
            {"prior": {2: "frames"}},
        )
        signal = frames
        for index, stages in enumerate(resolutions(model)):
            part = DecoderPart(model, stages)
            _trace(
                part,
                {"signal": signal, **condition},
                folder / decoder_file(index),
                {"stretched": {2: "stretched"}},
                {"signal": {2: "steps"}},
            )
            signal = part(signal, **condition)
    write_front_end(front_end, folder / FRONT_END)


def _trace(
    part: torch.nn.Module,
    inputs: dict[str, torch.Tensor],
    path: Path,
    outputs: dict[str, dict[int, str]],
    axes: dict[str, dict[int, str]],
) -> None:
    import torch  # noqa: PLC0415

    torch.onnx.export(
        part.eval(),
        kwargs=inputs,
        f=str(path),
        dynamo=False,  # the way that Coqui itself exports
        opset_version=_OPSET,
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={**axes, **outputs},
    )


def _front_end(model: Any, sample_rate: int) -> FrontEnd:
    """What the model's tokenizer and managers know."""
    from narrate.engines.coqui.lean_decoder import resolutions, stretch_of  # noqa: PLC0415

    tokenizer, config, characters = model.tokenizer, model.config, model.tokenizer.characters
    edges = (characters.bos_id, characters.eos_id) if tokenizer.use_eos_bos else None
    names = characters.vocab
    return FrontEnd(
        symbols={name: characters.char_to_id(name) for name in names},
        blank=tokenizer.blank_id if tokenizer.add_blank else None,
        edges=edges,
        cleaner=config.text_cleaner or "",
        phonemizer=tokenizer.phonemizer.name() if config.use_phonemes else "",
        phoneme_language=config.phoneme_language or "",
        languages=dict(sorted(model.language_manager.name_to_id.items())),
        speakers=dict(model.speaker_manager.name_to_id) if hasattr(model, "emb_g") else {},
        has_language_embedding=bool(
            model.args.use_language_embedding and model.embedded_language_dim
        ),
        channels=model.args.hidden_channels,
        decoder=tuple(stretch_of(model, stages) for stages in resolutions(model)),
        sample_rate=sample_rate,
        noise_scale=model.inference_noise_scale,
        noise_scale_dp=model.inference_noise_scale_dp,
        length_scale=model.length_scale,
    )
