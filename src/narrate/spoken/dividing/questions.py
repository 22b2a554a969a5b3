"""Whether a heading asks, marked or not: “What Can OpenAI Use”, „womit rettet OpenAI“.

A heading without a mark is read with a falling voice. One that asks is a question by the order of
its words: the finite verb stands second after a question word, or first. “How to build”, “Why it
matters” and „Wie die KI das Kino verändert“ tell, they do not ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrate.spoken.core import words

_PARTS = re.compile(r"\s*[:;–—|]\s+|\s[-–—]\s")
_CLAUSES = re.compile(r",\s+")
_WORD = re.compile(r"[^\W_](?:[\w'’.-]{0,60}[\w])?")
_ENDS = "\"'“”„»«’‘)] "
_CONJUNCTIONS = frozenset(words("und oder aber doch denn and or but so"))


def asks(heading: str, lang: str) -> bool:
    """Whether a heading is a question.

    Args:
        lang: ``de`` or ``en``.
    """
    bare = heading.rstrip(_ENDS)
    if bare.endswith(("?", "?!", "!?")):
        return True
    if not bare or bare[-1] in ".!…:;,":
        return False
    last = _PARTS.split(bare)[-1]
    clauses = [_WORD.findall(clause) for clause in _CLAUSES.split(last)]
    clauses = [clause for clause in clauses if clause]
    if not clauses:
        return False
    ask = _german if lang == "de" else _english
    return ask(clauses[0], is_first=True, is_last=len(clauses) == 1) or (
        len(clauses) > 1 and ask(clauses[-1], is_first=False, is_last=True)
    )


def _without_conjunction(clause: Sequence[str]) -> Sequence[str]:
    return clause[1:] if clause[0].lower() in _CONJUNCTIONS else clause


# --- German ------------------------------------------------------------------------------------

_ASKING = frozenset(
    words(
        "wer wen wem wessen was wie wo wann warum weshalb weswegen wieso wohin woher womit wofür "
        "wovon wodurch worauf woran worüber wozu worin wogegen wonach wobei"
    )
)
_WHICH = frozenset(words("welche welcher welches welchem welchen"))
_BEFORE_WHICH = frozenset(
    words("mit für von aus bei nach seit zu in an auf über unter vor gegen ohne durch um bis ab")
)
_HOW_MUCH = frozenset(words("viel viele vielen"))
_DEGREES = frozenset(
    words(
        "gut schlecht lange lang weit groß klein hoch teuer billig schnell langsam oft alt jung "
        "sicher gefährlich stark schwer leicht wichtig nah früh spät tief kalt warm reich arm "
        "gerecht schlimm nützlich genau real echt klug"
    )
)
_FINITE = frozenset(
    words(
        "ist sind war waren hat haben hatte hatten wird werden wurde wurden würde würden kann "
        "können konnte konnten könnte könnten muss müssen müsste müssten soll sollen sollte "
        "sollten will wollen wollte wollten darf dürfen durfte dürfte dürften mag möchte gibt "
        "geht gehen kommt kommen bleibt bleiben tun macht machen steht stehen liegt liegen heißt "
        "weiß wissen brauchen sehen leben sprechen denken lernen zahlen finden nehmen sagen kam "
        "ging gab blieb fiel lief zog fing hilft helfen lässt lassen trägt sinken steigen passt "
        "geschah nutzen bringen bin bist seid habt"
    )
)
_AUXILIARIES = frozenset(
    words("ist sind war waren hat haben wird werden wurde wurden muss müssen kann können soll will")
)
_OPENING = frozenset(
    words(
        "ist sind war waren hat haben hatte hatten wird kann können konnte könnte könnten "
        "muss müssen soll sollen sollte sollten will wollen darf dürfen dürfte gibt braucht "
        "brauchen geht kommt bleibt droht reicht stimmt lohnt hilft macht wäre hätte"
    )
)
_NO_VERBS = (
    frozenset(
        words(
            "nicht jetzt selbst oft erst fast seit mit dort laut weit zuletzt sonst überhaupt "
            "meist längst nichts insgesamt damit somit sofort leicht recht echt"
        )
    )
    | _DEGREES
)
_TWO_WORDS = 2


def _german(clause: Sequence[str], *, is_first: bool, is_last: bool) -> bool:
    small = [word.lower() for word in _without_conjunction(clause)]
    if small and small[0] in _BEFORE_WHICH:
        small = small[1:] if len(small) > 1 and small[1] in {*_WHICH, "wen", "wem", "was"} else []
    if len(small) < _TWO_WORDS:
        return False
    if small[0] in _OPENING and is_first:
        return len(small) > _TWO_WORDS and is_last and small[1] not in _CONJUNCTIONS
    at = _verb_place(small)
    if not 0 < at < len(small) or not _is_finite(small[at], small):
        return False
    if at == len(small) - 1:  # „Wer wagt“, „Was bleibt“, „Wie neu“ tell
        return False
    return not (small[0] in {"wer", "was"} and not is_last and small[-1] in _FINITE)


def _verb_place(small: Sequence[str]) -> int:
    """Where the finite verb of a question stands; −1 for no question word."""
    if small[0] in _WHICH:
        return next((at for at in range(2, min(5, len(small))) if _is_finite(small[at], small)), -1)
    if small[0] == "wie" and small[1] in _HOW_MUCH:
        return 2 if _is_finite(small[min(2, len(small) - 1)], small) else 3
    if small[0] == "wie" and small[1] in _DEGREES:
        return 2
    return 1 if small[0] in _ASKING else -1


def _is_finite(word: str, clause: Sequence[str]) -> bool:
    """Whether a word may be a finite verb of the third person."""
    if word in _FINITE:
        return True
    participle = word.startswith("ge") and clause[-1] in _AUXILIARIES
    return word.endswith("t") and word not in _NO_VERBS and not participle


# --- English -----------------------------------------------------------------------------------

_ALWAYS_ASKING = frozenset(words("what why where when who whom whose which how"))
_HELPERS = frozenset(
    words(
        "is are was were am do does did can could will would shall should may might must has have "
        "had isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't "
        "shouldn't hasn't haven't hadn't"
    )
)
_NOUN_FIRST = frozenset(words("which whose"))
_HOW_DEGREES = frozenset(
    words(
        "much many long far old big fast good bad often safe soon high low deep hard easy real "
        "smart close likely expensive cheap dangerous important"
    )
)
_SUBJECTS = frozenset(
    words(
        "i you he she it we they this that these those there the a an my your his her its our "
        "their one anyone someone everyone nobody"
    )
)
_SURE = _HELPERS - frozenset(words("do have may might must will can am had"))
_BE = frozenset(words("is are was were"))
_PREDICATES = frozenset(
    words("still already not left missing lost new known most least hard true said done")
)
"""“What is still hard” tells: the subject is the question word, and no other follows."""

_MUST_ASK = {
    "do": frozenset(words("not it your this that the")),
    "have": frozenset(words("a an the some your it this that no")),
}


def _english(clause: Sequence[str], *, is_first: bool, is_last: bool) -> bool:
    small = [word.lower().replace("’", "'") for word in _without_conjunction(clause)]
    if len(small) < _TWO_WORDS:
        return False
    if small[0] not in _ALWAYS_ASKING:
        return is_first and is_last and _inverted(small)
    if small[0] in _NOUN_FIRST or (small[0] == "how" and small[1] in _HOW_DEGREES):
        return _helper_follows(small[2:5])
    if small[0] in {"what", "who"} and small[1] in _BE and _is_told(small[2:]):
        return False
    return small[1] in _HELPERS and len(small) > _TWO_WORDS


def _is_told(rest: Sequence[str]) -> bool:
    """Whether a predicate follows “what is”, and no subject: “new in May”, “announced”."""
    return bool(rest) and (rest[0] in _PREDICATES or rest[0].endswith("ed"))


def _helper_follows(small: Sequence[str]) -> bool:
    """Whether a helping verb stands in front of its subject."""
    places = [at for at, word in enumerate(small) if word in _HELPERS]
    return bool(places) and not any(word in _SUBJECTS for word in small[: places[0]])


def _inverted(small: Sequence[str]) -> bool:
    """Whether a clause begins with a helping verb and its subject."""
    helper, subject = small[0], small[1]
    if helper in {"may", "might", "must"}:
        return subject in {"i", "we", "you"}
    if helper in _MUST_ASK:
        return subject not in _MUST_ASK[helper] and len(small) > _TWO_WORDS
    if helper in {"will", "can"}:
        return len(small) > _TWO_WORDS and not small[2].endswith(("s", "ed"))
    return helper in _SURE and len(small) > _TWO_WORDS
