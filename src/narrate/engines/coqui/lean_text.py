"""The text part of a VITS model as ONNX Runtime runs it fastest on a CPU.

It computes what Coqui's ``TextEncoder`` and duration predictors compute for one utterance. That
fills its tensors, so there are no masks but for the padding to whole phases.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from narrate.engines.coqui.lean_durations import FlowDurations, PlainDurations
from narrate.engines.coqui.lean_encoder import Encoder


class TextPart(nn.Module):
    """Symbols to the prior of each symbol and its duration.

    Args:
        model: A ``Vits``.

    Raises:
        UnsupportedModelError: Its text encoder or duration predictor has something in it that is
            not known here.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.encoder = Encoder(model.text_encoder)
        predictor = model.duration_predictor
        self.durations: nn.Module = (
            FlowDurations(predictor) if model.args.use_sdp else PlainDurations(predictor)
        )
        chooses = model.args.condition_dp_on_speaker
        self.speakers = getattr(model, "emb_g", None) if chooses else None
        self.languages = getattr(model, "emb_l", None)

    def forward(
        self,
        symbols: Tensor,
        noise: Tensor,
        noise_scale: Tensor,
        speaker: Tensor | None = None,
        language: Tensor | None = None,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Mean and log scale of the prior, [1, C, T], and durations in frames, [1, 1, T].

        Shapes: ``symbols`` [1, T], ``noise`` [1, 2, T], the others [1].
        """
        voice = None if self.speakers is None or speaker is None else self.speakers(speaker)
        tongue = None if self.languages is None or language is None else self.languages(language)
        hidden, mean, log_scale = self.encoder(symbols.squeeze(0), tongue)
        log_durations = self.durations(hidden, noise.squeeze(0) * noise_scale, voice, tongue)
        return mean, log_scale, torch.exp(log_durations).reshape(1, 1, -1)
