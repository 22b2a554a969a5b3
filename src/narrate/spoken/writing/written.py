"""Written forms that both languages share: initials, titles, symbols."""

from __future__ import annotations

import re
from collections.abc import Mapping

from narrate.spoken.core import Rule, right_of
from narrate.spoken.writing.characters import LETTERS, UPPER


def closing_stop(match: re.Match[str]) -> str:
    """The full stop of a sentence that an abbreviation at its end has swallowed, or nothing."""
    return "" if right_of(match).strip(" \"'()") else "."


def initials() -> Rule:
    """The rule for single capitals with full stops: ``J. S. Bach``, ``U.S.``."""

    def say(match: re.Match[str]) -> str:
        said = " ".join(match.group().replace(".", " ").split())
        if right_of(match)[:1] in ("'", "-"):
            return said
        return said + (closing_stop(match) or " ")

    pattern = re.compile(
        rf"(?<![\w.'-])(?<![{UPPER}]\s)"
        rf"(?:(?:[{UPPER}]\.){{2,8}}|(?:[{UPPER}]\.\s?){{1,8}}(?=[{LETTERS}(]))"
    )
    return Rule("initials", pattern, say, ".")


def titles_in_capitals() -> Rule:
    """The rule for speakers as transcripts write them: ``MR. HILL``, ``DR. MÜLLER``."""
    pattern = re.compile(
        rf"(?<![\w.])(?:MRS?|MS|DR|PROF)\.\s(?:[{UPPER}]{{2,20}}(?!\w)|(?=[{UPPER}]))"
    )
    return Rule("titles in capitals", pattern, lambda match: match.group().title(), ".")


def symbol_rule(symbols: Mapping[str, str]) -> Rule:
    """What no other rule took: each symbol as its word."""
    pattern = re.compile("[" + "".join(map(re.escape, symbols)) + "]")
    return Rule("symbols", pattern, lambda match: f" {symbols[match.group()]} ")
