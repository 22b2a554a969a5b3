"""The maker's own page: listen, read again, compare takes, teach words; on this machine alone.

Whatever is done here is done by the functions that the command line calls.
"""

from __future__ import annotations

from narrate.studio.server import run_studio

__all__ = ["run_studio"]
