"""Written forms that both languages share: addresses, hashtags, symbols."""

from __future__ import annotations

import re
from collections.abc import Mapping

from narrate.spoken.characters import LETTERS, UPPER
from narrate.spoken.core import Rule, right_of, words

_ENDINGS = words(
    "com org net info edu gov int io ai app dev eu de at ch uk us fr it es nl cn jp tv me fm xyz "
    "md txt toml json yaml xml html css js py mp3 m4b pdf csv"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?!\w)")
_HOST = re.compile(
    rf"(?<![\w.@-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{'|'.join(_ENDINGS)})(?![\w-]|\.\w)", re.ASCII
)


def addresses(*, at: str, dot: str, dash: str, number: str) -> tuple[Rule, ...]:
    """The rules for mail addresses, hosts, file names, hashtags and ``@names``.

    Args:
        at: What ``@`` is called.
        dot: What ``.`` is called.
        dash: What ``-`` and ``_`` are called in an address.
        number: What ``#`` is called before a digit.
    """

    def address(match: re.Match[str]) -> str:
        text = match.group().replace("@", f" {at} ").replace(".", f" {dot} ")
        return re.sub(r"[-_]", f" {dash} ", text).replace("+", " plus ")

    return (
        Rule("mail", _MAIL, address, "@"),
        Rule("host", _HOST, address, "."),
        Rule("sharp", re.compile(r"(?<![\w])([CF])#(?!\w)"), lambda m: f"{m.group(1)} sharp", "#"),
        Rule("hashtag", re.compile(r"(?<![#\w])#(?=[^\W\d_])"), lambda _: "Hashtag ", "#"),
        Rule("number sign", re.compile(r"(?<![#\w])#\s?(?=\d)"), lambda _: f"{number} ", "#"),
    )


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


def symbol_rule(symbols: Mapping[str, str]) -> Rule:
    """What no other rule took: each symbol as its word."""
    pattern = re.compile("[" + "".join(map(re.escape, symbols)) + "]")
    return Rule("symbols", pattern, lambda match: f" {symbols[match.group()]} ")
