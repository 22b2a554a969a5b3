"""Whether a show is as listeners need it: settings, files, feeds, and their public addresses.

Reads ``output/`` and ``.narrate/`` and changes nothing of the show.
"""

from __future__ import annotations

from narrate.check.findings import Finding, Report, Severity
from narrate.check.public import check_public
from narrate.check.run import Scope, check_show, quick

__all__ = ["Finding", "Report", "Scope", "Severity", "check_public", "check_show", "quick"]
