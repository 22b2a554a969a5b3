"""The output folder goes to where listeners reach it: a folder, SFTP, FTPS or S3."""

from __future__ import annotations

from narrate.publish.run import Options, Outcome, publish

__all__ = ["Options", "Outcome", "publish"]
