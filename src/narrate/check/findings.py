"""What a check finds, and how it is put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        where: A file, or a key of ``narrate.toml``.
        what: A clause.
        mend: A sentence.
    """

    severity: Severity
    where: str
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found, the gravest first.

    Attributes:
        files: Number of files that were looked into.
    """

    findings: tuple[Finding, ...]
    episodes: int = 0
    feeds: int = 0
    files: int = 0

    def count(self, severity: Severity) -> int:
        """Number of findings of one kind."""
        return sum(one.severity is severity for one in self.findings)

    @property
    def is_sound(self) -> bool:
        """Whether there is no error; warnings may be."""
        return not self.count(Severity.ERROR)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors, warnings, notes; within each as they came, none of them twice."""
    rank = list(Severity)
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: rank.index(one.severity)))


def error(where: str, what: str, mend: str) -> Finding:
    """Something that listeners meet as a fault."""
    return Finding(Severity.ERROR, where, what, mend)


def warning(where: str, what: str, mend: str) -> Finding:
    """Something that directories or some apps dislike."""
    return Finding(Severity.WARNING, where, what, mend)


def note(where: str, what: str, mend: str) -> Finding:
    """Something to know."""
    return Finding(Severity.NOTE, where, what, mend)
