"""espeak-ng from the wheel ``espeakng-loader``: its phonemes for Coqui's models."""
