"""Everything of an article that is not spoken, to be listed and counted."""

from __future__ import annotations

from collections import Counter

from narrate.model import Omission, Script

CANNOT_BE_SAID = "cannot be said"
"""The rule of words inside a sentence that the language has no way to say."""


def left_out(script: Script) -> tuple[Omission, ...]:
    """What no utterance says: whole passages with their line, then single words and signs.

    Passages without a word, such as the marks of Markdown, are not among them.
    """
    passages = [omission for omission in script.omissions if omission.words]
    signs = [
        Omission(text, CANNOT_BE_SAID, line=0)
        for chapter in script.chapters
        for utterance in chapter.utterances
        for text in utterance.unspoken
    ]
    return (*passages, *signs)


def words_by_rule(script: Script) -> dict[str, int]:
    """Rule → number of words it left out; a sign counts as one."""
    words: Counter[str] = Counter()
    for omission in left_out(script):
        words[omission.rule] += max(omission.words, 1)
    return dict(sorted(words.items()))


def described(omission: Omission) -> str:
    """One omission in a line."""
    place = f", line {omission.line}" if omission.line else ""
    return f"{omission.rule}{place}: {' '.join(omission.text.split())}"
