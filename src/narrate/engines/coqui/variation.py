"""Whether another seed changes what a model says."""

from __future__ import annotations

from narrate.engines.coqui.config import ModelConfig
from narrate.engines.settings import option
from narrate.model import Voice

_GREEDY = 1


def can_vary(voice: Voice, config: ModelConfig) -> bool:
    """Whether a voice draws anything: noise for VITS, among several likely tokens for XTTS."""
    if config.family == "xtts":
        return _setting(voice, config, "top_k", "top_k", _GREEDY + 1) > _GREEDY
    draws = [_setting(voice, config, "noise_scale", "inference_noise_scale", 1.0)]
    if _argument(config, "use_sdp") is not False:  # else durations are not drawn
        draws.append(_setting(voice, config, "noise_scale_dp", "inference_noise_scale_dp", 1.0))
    return any(draw > 0 for draw in draws)


def _setting(voice: Voice, config: ModelConfig, name: str, in_model: str, default: float) -> float:
    """A number as the voice sets it, else as the model's maker did."""
    made = _argument(config, in_model)
    usual = float(made) if isinstance(made, (int, float)) else default
    return option(voice, name, usual)


def _argument(config: ModelConfig, name: str) -> object:
    arguments = config.settings.get("model_args")
    inside = arguments.get(name) if isinstance(arguments, dict) else None
    return config.settings.get(name) if inside is None else inside
