"""Events of a build become bars, plain lines or JSON. ``rich`` is loaded for bars only."""

from __future__ import annotations

from narrate.report.base import Report
from narrate.report.choice import open_report, wants_plain
from narrate.report.noted import NotedReport
from narrate.report.text import duration, language

__all__ = ["NotedReport", "Report", "duration", "language", "open_report", "wants_plain"]
