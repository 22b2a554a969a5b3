"""English written forms and what is said for them. Data only."""

from __future__ import annotations

import re

from narrate.spoken.core import words

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

MONTH_ABBREVIATIONS = {
    "Jan.": "January", "Feb.": "February", "Mar.": "March", "Apr.": "April", "Jun.": "June",
    "Jul.": "July", "Aug.": "August", "Sep.": "September", "Sept.": "September",
    "Oct.": "October", "Nov.": "November", "Dec.": "December",
}  # fmt: skip
DAY_ABBREVIATIONS = {
    "Mon.": "Monday", "Tue.": "Tuesday", "Tues.": "Tuesday", "Wed.": "Wednesday",
    "Thu.": "Thursday", "Thurs.": "Thursday", "Fri.": "Friday", "Sat.": "Saturday",
    "Sun.": "Sunday",
}  # fmt: skip

SYMBOLS = {
    "&": "and", "+": "plus", "=": "equals", "%": "percent", "‰": "per mille", "§": "section",
    "€": "euros", "$": "dollars", "£": "pounds", "¥": "yen", "¢": "cents", "₽": "roubles",
    "₹": "rupees", "@": "at", "×": "times", "÷": "divided by", "±": "plus or minus",
    "≈": "approximately", "≠": "is not equal to", "≤": "less than or equal to",
    "≥": "greater than or equal to", "°": "degrees", "©": "copyright", "→": ",",
    "∞": "infinity", "√": "square root of", "−": "minus", "Ω": "ohm", "µ": "micro", "μ": "mu",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "delta", "ε": "epsilon",
    "θ": "theta", "λ": "lambda", "π": "pi", "ρ": "rho", "σ": "sigma", "Σ": "sum", "τ": "tau",
    "φ": "phi", "ω": "omega", "χ": "chi", "ψ": "psi", "η": "eta", "κ": "kappa", "ζ": "zeta",
}  # fmt: skip

STARTERS = frozenset(
    words(
        "A About According After Again All Also Although Among An And Another Any As At Because "
        "Before Both But By Can Could Despite Did Do Does During Each Even Every Few First For "
        "From Had Has Have He Her Here His How However If In Indeed Instead Is It Its Just Last "
        "Later Like Many Maybe Meanwhile More Most Much My Nearly Neither Never No Nobody None "
        "Not Nothing Now Of Often On Once One Only Or Other Others Our Over Perhaps She Since So "
        "Some Sometimes Soon Still Such That The Their Then There Therefore These They This Those "
        "Though Through Thus Today Together Tomorrow Too Two Under Unless Until Very Was We Well "
        "Were What When Where Whether Which While Who Why Will With Within Without Would Yes "
        "Yesterday Yet You Your"
    )
)

CONJUNCTIONS = words(
    "that but and or because when while as if although though which who whose where since until "
    "unless before after so than"
)
PREPOSITIONS = words(
    "to for with from by in on at about into through between under over against without during"
)
NUMERALS = re.compile(
    r"(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|[mbt]r?illion|percent)-?)+"
)
JOINERS = frozenset(words("and to or point by times minus plus"))
