"""Copying a checkpoint of Coqui as pure weights, so that loading it later can run no code."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path
from typing import Any

from narrate.engines.coqui.config import ModelConfig, read_config
from narrate.engines.coqui.importing import Import
from narrate.engines.coqui.imports import brief
from narrate.engines.coqui.model import ModelFiles
from narrate.errors import EngineError

_DISCRIMINATOR = "disc."


def copy_model(job: Import, target: ModelFiles) -> ModelConfig:
    """Copy a checkpoint, its configuration and what that names; torch must be importable.

    Of the checkpoint only the weights of the model are taken: no optimiser, no classes.

    Returns:
        The configuration of the copy.

    Raises:
        EngineError: The configuration is unsafe or of another kind of model, or the checkpoint is
            damaged or needs to run code and is not trusted.
    """
    source = ModelFiles(job.source, Path(job.config))
    config = read_config(source)
    if config.family != "vits":
        raise EngineError(
            "only VITS models can be imported",
            where=source.config.name,
            mend="For XTTS write a voice file with `model` and `config` by hand.",
        )
    import torch  # noqa: PLC0415

    weights = _weights(_read(job), job.source)
    for path in config.files:  # first, so that none can take the place of what was vetted
        shutil.copyfile(path, target.folder / path.name)
    torch.save({"model": weights}, target.checkpoint)
    _copy_config(source.config, target.config)
    return read_config(target)


def _read(job: Import) -> Any:
    import torch  # noqa: PLC0415

    where = job.source.name
    try:
        # The one place where a checkpoint may run code, and only if a person has said so.
        return torch.load(job.source, map_location="cpu", weights_only=not job.trusted)
    except pickle.UnpicklingError as error:
        if job.trusted or not _needs_code(error):
            raise _damaged(where, error) from error
        raise EngineError(
            "the checkpoint holds more than weights, and loading it could run anything",
            where=where,
            mend="If you trust where it comes from, add `--trust`: it is loaded once, by itself, "
            "and kept as pure weights.",
        ) from error
    except (OSError, EOFError, RuntimeError, ValueError, LookupError, ImportError) as error:
        raise _damaged(where, error) from error


def _needs_code(error: pickle.UnpicklingError) -> bool:
    """Whether torch has refused a class or function, not bytes that it cannot read."""
    return any(
        sign in str(error) for sign in ("nsupported global", "nsupported class", "nstantiate")
    )


def _copy_config(source: Path, target: Path) -> None:
    """Copy a vetted configuration; it must not ask for the part that stays behind."""
    settings = json.loads(source.read_text(encoding="utf-8"))
    arguments = settings.get("model_args")
    settings["model_args"] = {
        **(arguments if isinstance(arguments, dict) else {}),
        "init_discriminator": False,
    }
    target.write_text(json.dumps(settings, ensure_ascii=False, indent=2), encoding="utf-8")


def _weights(state: Any, source: Path) -> dict[str, Any]:
    """The tensors of the model; the discriminator, which only training needs, stays behind."""
    import torch  # noqa: PLC0415

    model = state.get("model") if isinstance(state, dict) else None
    if not isinstance(model, dict) or not model:
        raise EngineError(
            "the checkpoint holds no model as Coqui saves it",
            where=source.name,
            mend="Name the `.pth` file that Coqui wrote.",
        )
    return {
        str(name): value.detach().clone()
        for name, value in model.items()
        if isinstance(value, torch.Tensor) and not str(name).startswith(_DISCRIMINATOR)
    }


def _damaged(where: str, error: BaseException) -> EngineError:
    return EngineError(
        f"the checkpoint cannot be read: {brief(error)}",
        where=where,
        mend="It is damaged or no checkpoint; fetch it again.",
    )
