"""English written forms and what is said for them. Data only."""

from __future__ import annotations

import re

from narrate.spoken.core import words

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

ABBREVIATIONS = {
    "e. g.": "for example", "i. e.": "that is", "etc.": "et cetera", "vs.": "versus",
    "cf.": "compare", "et al.": "and others", "ca.": "circa", "approx.": "approximately",
    "incl.": "including", "excl.": "excluding", "max.": "maximum", "min.": "minimum",
    "avg.": "average", "est.": "established", "esp.": "especially", "viz.": "namely",
    "resp.": "respectively", "Mr.": "Mister", "Mrs.": "Missis", "Ms.": "Miz", "Messrs.": "Messers",
    "Dr.": "Doctor", "Prof.": "Professor", "Jr.": "Junior", "Sr.": "Senior", "St.": "Saint",
    "Rev.": "Reverend", "Hon.": "Honourable", "Gen.": "General", "Col.": "Colonel",
    "Capt.": "Captain", "Lt.": "Lieutenant", "Sgt.": "Sergeant", "Cmdr.": "Commander",
    "Adm.": "Admiral", "Gov.": "Governor", "Sen.": "Senator", "Rep.": "Representative",
    "Pres.": "President", "Supt.": "Superintendent", "Inc.": "Inc", "Corp.": "Corp",
    "Ltd.": "Limited", "Co.": "Company", "Bros.": "Brothers", "Dept.": "Department",
    "dept.": "department", "Univ.": "University", "Assn.": "Association", "Ave.": "Avenue",
    "Blvd.": "Boulevard", "Rd.": "Road", "Mt.": "Mount", "Ft.": "Fort", "Tel.": "Telephone",
    "tel.": "telephone", "ext.": "extension", "misc.": "miscellaneous", "govt.": "government",
    "Govt.": "Government", "dist.": "district", "intl.": "international", "Intl.":
    "International", "orig.": "original", "temp.": "temperature", "trans.": "translated",
    "ed.": "edited", "eds.": "editors", "repr.": "reprinted", "rev.": "revised",
    "w. r. t.": "with respect to", "a. k. a.": "also known as", "R. I. P.": "R I P",
    "N. B.": "N B", "P. S.": "P S", "ibid.": "ibidem", "Esq.": "Esquire", "Mfg.": "Manufacturing",
    "mgr.": "manager", "asst.": "assistant", "Asst.": "Assistant", "hrs.": "hours",
    "mins.": "minutes", "secs.": "seconds", "yrs.": "years", "mo.": "months", "wk.": "week",
    "bn.": "billion", "mn.": "million", "mil.": "million", "tn.": "trillion",
    "Ph. D.": "P H D", "M. D.": "M D", "B. C.": "B C", "a. m.": "A M", "p. m.": "P M",
    "c.": "circa",
}  # fmt: skip
"""Said like this wherever they stand (``c.`` only before a digit)."""

BEFORE_NUMBER = {
    "No.": "number", "no.": "number", "Nos.": "numbers", "nos.": "numbers", "p.": "page",
    "pp.": "pages", "vol.": "volume", "Vol.": "Volume", "ch.": "chapter", "Ch.": "Chapter",
    "chap.": "chapter", "Chap.": "Chapter", "fig.": "figure", "Fig.": "Figure", "figs.": "figures",
    "Figs.": "Figures", "sec.": "section", "Sec.": "Section", "eq.": "equation", "Eq.": "Equation",
    "art.": "article", "Art.": "Article", "par.": "paragraph", "v.": "version", "c.": "circa",
    "ver.": "version", "tab.": "table", "Tab.": "Table", "app.": "appendix", "App.": "Appendix",
    "pt.": "part", "Pt.": "Part", "l.": "line", "ll.": "lines", "n.": "note", "s.": "section",
    "Nr.": "number",
}  # fmt: skip
"""Said like this before a digit only."""

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

MAY_END = frozenset({
    "etc.", "Inc.", "Corp.", "Ltd.", "Co.", "Bros.", "Jr.", "Sr.", "a. m.", "p. m.", "Ph. D.",
    "M. D.", "B. C.", "et al.", "Esq.", "hrs.", "mins.", "secs.", "yrs.", "bn.", "mn.", "Ave.",
    "Blvd.", "Rd.", "St.", "U. S.", "U. K.", "U. N.", "E. U.", "D. C.", "A. D.", "L. A.",
    "ibid.", "max.", "min.", "mil.", "tn.", "dept.", "Dept.", "mo.", "wk.", "ed.", "est.",
    "a. k. a.",
})  # fmt: skip
"""Abbreviations that can close a sentence; before a word that begins sentences they do."""

UNITS = {
    "km/h": ("kilometre per hour", "kilometres per hour"), "mph": ("mile per hour",
    "miles per hour"), "m/s": ("metre per second", "metres per second"), "km": ("kilometre",
    "kilometres"), "m": ("metre", "metres"), "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"), "nm": ("nanometre", "nanometres"),
    "µm": ("micrometre", "micrometres"), "μm": ("micrometre", "micrometres"),
    "km ^2": ("square kilometre", "square kilometres"), "m ^2": ("square metre", "square metres"),
    "cm ^2": ("square centimetre", "square centimetres"), "m ^3": ("cubic metre", "cubic metres"),
    "km2": ("square kilometre", "square kilometres"), "m2": ("square metre", "square metres"),
    "sq ft": ("square foot", "square feet"), "ft": ("foot", "feet"), "yd": ("yard", "yards"),
    "mi": ("mile", "miles"), "ha": ("hectare", "hectares"), "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"), "mg": ("milligram", "milligrams"), "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"), "oz": ("ounce", "ounces"), "t": ("tonne", "tonnes"),
    "l": ("litre", "litres"), "ml": ("millilitre", "millilitres"), "h": ("hour", "hours"),
    "hrs": ("hour", "hours"), "hr": ("hour", "hours"), "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"), "sec": ("second", "seconds"), "secs": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"), "µs": ("microsecond", "microseconds"),
    "Hz": ("hertz", "hertz"), "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"), "W": ("watt", "watts"), "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"), "GW": ("gigawatt", "gigawatts"), "kWh": ("kilowatt hour",
    "kilowatt hours"), "MWh": ("megawatt hour", "megawatt hours"), "TWh": ("terawatt hour",
    "terawatt hours"), "V": ("volt", "volts"), "kV": ("kilovolt", "kilovolts"),
    "mAh": ("milliamp hour", "milliamp hours"), "kB": ("kilobyte", "kilobytes"),
    "KB": ("kilobyte", "kilobytes"), "MB": ("megabyte", "megabytes"), "GB": ("gigabyte",
    "gigabytes"), "TB": ("terabyte", "terabytes"), "Mbit/s": ("megabit per second",
    "megabits per second"), "Gbit/s": ("gigabit per second", "gigabits per second"),
    "Mbps": ("megabit per second", "megabits per second"), "Gbps": ("gigabit per second",
    "gigabits per second"), "MB/s": ("megabyte per second", "megabytes per second"),
    "GB/s": ("gigabyte per second", "gigabytes per second"), "dB": ("decibel", "decibels"),
    "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit",
    "degrees Fahrenheit"), "° C": ("degree Celsius", "degrees Celsius"), "° F":
    ("degree Fahrenheit", "degrees Fahrenheit"), "°": ("degree", "degrees"), "hPa":
    ("hectopascal", "hectopascals"), "fps": ("frame per second", "frames per second"),
    "px": ("pixel", "pixels"), "Ω": ("ohm", "ohms"), "kΩ": ("kiloohm", "kiloohms"),
    "%": ("percent", "percent"), "‰": ("per mille", "per mille"), "kcal": ("kilocalorie",
    "kilocalories"), "MP": ("megapixel", "megapixels"), "kJ": ("kilojoule", "kilojoules"),
}  # fmt: skip
"""Unit after a number → one, many."""

CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"), "US$": ("U S dollar", "U S dollars", "cent",
    "cents"), "USD": ("U S dollar", "U S dollars", "cent", "cents"), "€": ("euro", "euros",
    "cent", "cents"), "EUR": ("euro", "euros", "cent", "cents"), "£": ("pound", "pounds",
    "penny", "pence"), "GBP": ("pound", "pounds", "penny", "pence"), "¥": ("yen", "yen", "", ""),
    "JPY": ("yen", "yen", "", ""), "CNY": ("yuan", "yuan", "", ""), "RMB": ("renminbi",
    "renminbi", "", ""), "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "¢": ("cent", "cents", "", ""), "₹": ("rupee", "rupees", "", ""), "₽": ("rouble", "roubles",
    "", ""), "A$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
}  # fmt: skip
"""Sign → one, many, one of the hundredth, many of the hundredth."""

SCALES = {
    "m": "million", "mn": "million", "M": "million", "bn": "billion", "b": "billion",
    "B": "billion", "tn": "trillion", "tr": "trillion", "T": "trillion", "k": "thousand",
    "K": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
    "thousand": "thousand", "hundred": "hundred",
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

ACRONYMS = {
    "NATO": "Nato", "NASA": "Nasa", "ESA": "Eesa", "UNESCO": "Unesco", "UNICEF": "Unicef",
    "OPEC": "Opec", "FIFA": "Fifa", "UEFA": "Uefa", "AIDS": "Aids", "IKEA": "Ikea",
    "SARS": "Sars", "COVID": "Covid", "PIN": "Pin", "SIM": "Sim", "RAM": "Ram", "ROM": "Rom",
    "LAN": "Lan", "GIF": "Gif", "ASCII": "Askey", "LASER": "Laser", "RADAR": "Radar",
    "SCUBA": "Scuba", "NAFTA": "Nafta", "ASEAN": "Asean", "OSHA": "Osha", "SWAT": "Swat",
    "POTUS": "Potus", "SCOTUS": "Scotus", "FEMA": "Feema", "JPEG": "Jay Peg", "JSON": "Jayson",
    "NASDAQ": "Nasdaq", "WYSIWYG": "Wizzywig", "CAPTCHA": "Captcha", "PhD": "P H D",
    "iOS": "I O S", "OLED": "O led", "CERN": "Cern", "NVIDIA": "Nvidia", "LEGO": "Lego",
    "YouTube": "You Tube", "WiFi": "Wi-Fi", "GmbH": "G M B H", "NIMBY": "Nimby", "YOLO": "Yolo",
    "FOMO": "Fomo", "BAFTA": "Bafta", "INTERPOL": "Interpol", "LaTeX": "Laytech", "DOI": "D O I",
    "GUI": "Gooey", "RAID": "Raid", "VIN": "Vin", "ZIP": "Zip", "TED": "Ted", "GAAP": "Gaap",
    "DARPA": "Darpa", "NOAA": "Noah", "UK": "U K", "kWh": "kilowatt hours", "kW": "kilowatts",
    "SAAS": "Sass", "SaaS": "Sass", "OK": "okay",
}  # fmt: skip
"""Words with capitals inside that are not spelled by the rule."""

SHOUTED = frozenset(
    words(
        "ALL ALWAYS AN AND ANY ARE AS AT BAD BE BEST BIG BUT BY CAN DAY DID DO DOES EVER EVERY "
        "FOR FREE FROM GET GO GOOD GOT HAD HAS HAVE HE HER HERE HIS HOW IF IN IS ITS JUST LIKE "
        "MANY MAY MORE MOST MUST MY NEVER NEW NEXT NO NONE NOT NOTE NOW OF OFF OLD ON ONE ONLY OR "
        "OUR OUT OVER REAL SAID SAY SHE SO SOME STOP THAT THE THEM THEN THERE THEY THIS TO TODAY "
        "TOO TWO UP VERY WANT WAS WE WERE WHAT WHEN WHY WILL WITH YES YOU YOUR"
    )
)

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

ROMAN_LABELS = words(
    "Act Appendix Article Book Bowl Chapter Class Part Phase Section Stage Title Type Volume War "
    "Apollo Saturn Rocky Mark"
)
MONARCHS = words(
    "Albert Alexander Benedict Catherine Charles Christian Clement Edward Elizabeth Ferdinand "
    "Francis Frederick George Gregory Gustav Henry Innocent Ivan James John Joseph Leo Leopold "
    "Louis Ludwig Mary Napoleon Nicholas Otto Paul Peter Philip Pius Ramesses Richard Urban "
    "Victor Wilhelm William Felipe Margrethe Harald"
)
