"""The command ``narrate``: the only place that prints errors and sets exit codes.

Commands import what they need when they run, so that ``narrate --help`` answers at once.
"""

from __future__ import annotations

from narrate.cli.main import main

__all__ = ["main"]
