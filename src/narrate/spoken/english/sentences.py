"""English: what ends a sentence, and where a long one may be cut. Mostly data."""

from __future__ import annotations

from narrate.spoken.core import before_one_of, words
from narrate.spoken.dividing.marks import SentenceMarks, ending_with
from narrate.spoken.english import abbreviations, tables
from narrate.spoken.english.scripture import SHORT_BOOKS as BOOKS

_MOSTLY = frozenset({"etc."})
_HOURS = frozenset({"a. m.", "p. m.", "A. M.", "P. M.", "A. D.", "B. C.", "B. C. E.", "C. E."})
_SMALL_MONTHS = frozenset(key.lower() for key in tables.MONTH_ABBREVIATIONS if key != "Mar.")
_WEIGHTS = frozenset(
    {"lb.", "lbs.", "oz.", "ft.", "yd.", "gal.", "qt.", "tbsp.", "tsp.", "Matt.", "Rom.", "Phil."}
)
_MAYBE = (abbreviations.MAY_END | frozenset(abbreviations.STATES) | _SMALL_MONTHS | _WEIGHTS) - (
    _MOSTLY | _HOURS
)
_NAMES_TOO = frozenset(words("Col Dan Ex Gal Jn Lam Mal Matt Mic Num Pet Phil Rom Sam Tim Tit"))
_NEVER = (
    frozenset(
        {
            *abbreviations.TITLES,
            *map(str.upper, abbreviations.TITLES),
            *words("Wm. Thos. Chas. Geo. Jas. Jos. Robt. Benj. Saml. Edw."),
            *(key for key in abbreviations.ABBREVIATIONS if key != "c."),
            *abbreviations.BEFORE_NUMBER,
            *tables.MONTH_ABBREVIATIONS,
            *tables.DAY_ABBREVIATIONS,
            *(f"{book}." for book in BOOKS if book not in _NAMES_TOO),
            "Rs.",
            "fl.",
            "Dep.",
            "dep.",
            "arr.",
            "Int.",
            "dir.",
        }
    )
    - _MAYBE
    - _MOSTLY
    - _HOURS
)
_WORDS_TOO = abbreviations.WORDS_TOO | frozenset(
    {
        "no.", "art.", "tab.", "app.", "sec.", "fig.", "c.", "l.", "n.", "s.", "Sat.", "Sun.",
        "Mar.",
        "par.", "v.", "p.", "temp.", "Mon.", "Tue.", "Tues.", "Wed.", "Thu.", "Thurs.", "Fri.",
        "No.", "pt.", "mil.",
    }
)  # fmt: skip
"""Words as well, or what a sentence may end in."""

_STARTERS = tables.STARTERS | frozenset(
    words(
        "Above Actually Afterwards All Along Already Altogether Always Anyone Are Around Be "
        "Behind Below Beside Between Beyond Come Could Do Don Either Else Elsewhere Enough "
        "Eventually Everybody Everyone Everything Fewer Finally Following Further Get Give Go "
        "Good Half Hello Hers Hence Him I Inside Into Keep Least Less Let Likewise Look Make Mine "
        "Most Moreover Must Nevertheless Nine Nor Off Oh Okay Ours Outside Please Rather Read See "
        "Seven Several Shall Should Similarly Six Someone Something Take Tell Ten Thanks Three "
        "Four Five To Try Turn Unlike Up Upon Us Use Usually Wait Whatever Whenever Whoever Whom "
        "Whose Yes Anything Anybody Add Ask Bake Bring Choose Click Enter Pour Remove "
        "Select Send Serve Stir Visit"
    )
)

_AFTER_HOURS = frozenset(
    words(
        "EST EDT CST CDT MST MDT PST PDT GMT UTC BST CET CEST ET CT MT PT Eastern Central Pacific "
        "Mountain Greenwich Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed "
        "Thu Fri Sat Sun January February March April May June July August September October "
        "November December"
    )
)

_OPEN_WORDS = frozenset(
    words(
        "a an the my your its our their of with to at from into and or but as than because if "
        "when mr mrs ms dr"
    )
)

_LABELS = frozenset(
    words(
        "annex app appendix block building case category class column diagram exhibit figure gate "
        "grade group hall hepatitis item level line model option paragraph part phase plan "
        "platform point schedule section series step table team terminal type variant version "
        "vitamin zone"
    )
)

_SAYINGS = frozenset(
    words(
        "said says asked asks replied answered added cried shouted yelled called whispered told "
        "wrote explained insisted murmured muttered exclaimed begged demanded inquired wondered "
        "warned agreed laughed sighed snapped screamed continued began thought"
    )
)

_NAMES = frozenset(words("Yahoo Yum Joop Jeopardy Wham Joomla Kahoot Oklahoma E"))


def _is_ordinal(before: str, word: str) -> bool:
    """English ordinals have no full stop; only a list's number at the start goes on."""
    return bool(word) and not before.rstrip("0123456789.").strip(" \"'(")


MARKS = SentenceMarks(
    never=ending_with(_NEVER - _WORDS_TOO),
    maybe=ending_with(_MAYBE | (_NEVER & _WORDS_TOO)),
    mostly=ending_with(_MOSTLY),
    hours=ending_with(_HOURS),
    after_hours=_AFTER_HOURS,
    starters=_STARTERS,
    ordinal=_is_ordinal,
    conjunctions=before_one_of(tables.CONJUNCTIONS),
    relatives=before_one_of(words("which who whom whose where when making allowing aiming not")),
    prepositions=before_one_of(tables.PREPOSITIONS),
    numerals=tables.NUMERALS,
    joiners=tables.JOINERS,
    labels=_LABELS | {label.capitalize() for label in _LABELS},
    alone=frozenset({"No."}),
    open_words=_OPEN_WORDS,
    names=_NAMES,
    sayings=_SAYINGS,
    months=frozenset(tables.MONTHS),
)
