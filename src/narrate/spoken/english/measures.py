"""English units, currencies and scales: what is written, and the words for it. Data only."""

from __future__ import annotations

from narrate.spoken.core import words

Words = tuple[str, str]

_METRIC = {"n": "nano", "µ": "micro", "μ": "micro", "u": "micro", "m": "milli", "c": "centi",
           "d": "deci", "k": "kilo", "h": "hecto", "M": "mega", "G": "giga", "T": "tera",
           "P": "peta", "": ""}  # fmt: skip
_BASES = {
    "m": ("metre", "metres", "nµμmcdk"), "g": ("gram", "grams", "nµμmk"),
    "l": ("litre", "litres", "µμmcdh"), "L": ("litre", "litres", "µμmcdh"),
    "s": ("second", "seconds", "nµμm"), "Hz": ("hertz", "hertz", "kMGT"),
    "W": ("watt", "watts", "mkMGT"), "Wh": ("watt hour", "watt hours", "kMGT"),
    "V": ("volt", "volts", "mkM"), "A": ("amp", "amps", "mk"), "Ah": ("amp hour", "amp hours",
    "mk"),
    "J": ("joule", "joules", "kMG"), "eV": ("electron volt", "electron volts", "kMGT"),
    "Pa": ("pascal", "pascals", "hkMG"), "bar": ("bar", "bar", "m"), "N": ("newton", "newtons",
    "kM"),
    "cal": ("calorie", "calories", "k"), "Ω": ("ohm", "ohms", "kM"), "B": ("byte", "bytes",
    "kMGTP"),
    "bit": ("bit", "bits", "kMGT"), "mol": ("mole", "moles", "m"), "Sv": ("sievert", "sieverts",
    "µμm"),
    "Bq": ("becquerel", "becquerels", "kMGT"), "px": ("pixel", "pixels", "M"), "t": ("tonne",
    "tonnes", ""),
    "bps": ("bit per second", "bits per second", "kMGT"),
}  # fmt: skip
"""Unit → one, many, and the prefixes it takes."""

_SINGLE_LETTERS_ALONE = frozenset("mglLWVt")
_WITHOUT_PREFIX = frozenset(words("Hz Wh Pa bar cal Ω bit mol Sv Bq px eV Ah"))

_OTHER = {
    "h": ("hour", "hours"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"),
    "min": ("minute", "minutes"), "mins": ("minute", "minutes"), "sec": ("second", "seconds"),
    "secs": ("second", "seconds"), "yr": ("year", "years"), "yrs": ("year", "years"),
    "wk": ("week", "weeks"), "wks": ("week", "weeks"), "mos": ("month", "months"),
    "mph": ("mile per hour", "miles per hour"), "kph": ("kilometre per hour",
    "kilometres per hour"),
    "kmh": ("kilometre per hour", "kilometres per hour"), "mpg": ("mile per gallon",
    "miles per gallon"), "ft": ("foot", "feet"), "yd": ("yard", "yards"), "yds": ("yard", "yards"),
    "mi": ("mile", "miles"), "nmi": ("nautical mile", "nautical miles"), "kt": ("knot", "knots"),
    "kn": ("knot", "knots"), "ha": ("hectare", "hectares"), "kgs": ("kilogram", "kilograms"),
    "kms": ("kilometre", "kilometres"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"), "fl oz": ("fluid ounce", "fluid ounces"), "gal": ("gallon",
    "gallons"),
    "qt": ("quart", "quarts"), "tbsp": ("tablespoon", "tablespoons"), "tsp": ("teaspoon",
    "teaspoons"),
    "''": ("inch", "inches"), "in": ("inch", "inches"),
    "sq ft": ("square foot", "square feet"), "sq mi": ("square mile", "square miles"), "sq m":
    ("square metre", "square metres"), "sqm": ("square metre", "square metres"), "sq km":
    ("square kilometre", "square kilometres"), "sq in": ("square inch", "square inches"),
    "cu ft": ("cubic foot", "cubic feet"), "sqft": ("square foot", "square feet"),
    "cc": ("C C", "C C"), "psi": ("pound per square inch", "pounds per square inch"),
    "ppm": ("part per million", "parts per million"), "ppb": ("part per billion",
    "parts per billion"), "dpi": ("dot per inch", "dots per inch"), "fps": ("frame per second",
    "frames per second"), "rpm": ("revolution per minute", "revolutions per minute"),
    "bpm": ("beat per minute", "beats per minute"), "hp": ("horsepower", "horsepower"),
    "bhp": ("brake horsepower", "brake horsepower"), "Nm": ("newton metre", "newton metres"),
    "lm": ("lumen", "lumens"), "lx": ("lux", "lux"), "ly": ("light year", "light years"),
    "AU": ("astronomical unit", "astronomical units"), "K": ("kelvin", "kelvin"),
    "pts": ("point", "points"), "bdrm": ("bedroom", "bedrooms"), "mbar": ("millibar",
    "millibars"), "atm": ("atmosphere", "atmospheres"), "kΩ": ("kilohm", "kilohms"),
    "MΩ": ("megohm", "megohms"),
    "° N": ("degree north", "degrees north"), "° S": ("degree south", "degrees south"), "° E":
    ("degree east", "degrees east"), "° W": ("degree west", "degrees west"),
    "IU": ("international unit", "international units"), "sq yd": ("square yard",
    "square yards"),
    "mM": ("millimolar", "millimolar"), "µM": ("micromolar", "micromolar"), "nM": ("nanomolar",
    "nanomolar"), "km/s": ("kilometre per second", "kilometres per second"),
    "KB": ("kilobyte", "kilobytes"), "Mb": ("megabit", "megabits"), "Gb": ("gigabit", "gigabits"),
    "KiB": ("kibibyte", "kibibytes"), "MiB": ("mebibyte", "mebibytes"), "GiB": ("gibibyte",
    "gibibytes"), "TiB": ("tebibyte", "tebibytes"), "MP": ("megapixel", "megapixels"),
    "dB": ("decibel", "decibels"), "dBA": ("decibel", "decibels"), "mmHg":
    ("millimetre of mercury", "millimetres of mercury"), "pp": ("percentage point",
    "percentage points"), "ppts": ("percentage point", "percentage points"), "bps":
    ("basis point", "basis points"), "bp": ("basis point", "basis points"),
    "pct": ("percent", "percent"), "pc": ("percent", "percent"),
    "%": ("percent", "percent"), "‰": ("per mille", "per mille"), "°": ("degree", "degrees"),
    "°C": ("degree Celsius", "degrees Celsius"), "° C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"), "° F": ("degree Fahrenheit",
    "degrees Fahrenheit"), "°N": ("degree north", "degrees north"), "°S": ("degree south",
    "degrees south"), "°E": ("degree east", "degrees east"), "°W": ("degree west",
    "degrees west"), "m/s ^2": ("metre per second squared", "metres per second squared"),
    "m/s ^-2": ("metre per second squared", "metres per second squared"),
}  # fmt: skip
_SQUARED = {"mm": "millimetre", "cm": "centimetre", "dm": "decimetre", "m": "metre",
            "km": "kilometre", "ft": "foot", "in": "inch", "mi": "mile", "yd": "yard"}  # fmt: skip


def _units() -> dict[str, Words]:
    table: dict[str, Words] = {}
    for sign, (one, many, prefixes) in _BASES.items():
        if sign in _SINGLE_LETTERS_ALONE | _WITHOUT_PREFIX:
            table[sign] = (one, many)
        table |= {prefix + sign: (_METRIC[prefix] + one, _METRIC[prefix] + many)
                  for prefix in prefixes}  # fmt: skip
    table |= _OTHER
    table |= {sign.replace(" ", ". ", 1): said for sign, said in _OTHER.items()
              if sign[:2] in ("sq", "cu", "fl") and " " in sign}  # fmt: skip
    for sign, one in _SQUARED.items():
        many = "feet" if one == "foot" else one + ("es" if one.endswith("ch") else "s")
        for power, kind in (("2", "square"), ("3", "cubic")):
            said = (f"{kind} {one}", f"{kind} {many}")
            table |= {f"{sign}{joint}{power}": said for joint in ("", " ^", "^")}
    return table


UNITS = _units()
"""Unit after a number → one, many. ``in`` and ``K`` have rules of their own."""

PER = {
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "d": "day",
    "wk": "week", "mo": "month", "yr": "year", "y": "year", "a": "year", "m": "metre",
    "m ^2": "square metre", "m ^3": "cubic metre", "m2": "square metre", "m3": "cubic metre",
    "cm ^2": "square centimetre", "cm ^3": "cubic centimetre", "km": "kilometre",
    "km ^2": "square kilometre", "km2": "square kilometre", "kg": "kilogram", "g": "gram",
    "t": "tonne", "l": "litre", "L": "litre", "dl": "decilitre", "dL": "decilitre",
    "ml": "millilitre", "mL": "millilitre", "lb": "pound", "oz": "ounce", "gal": "gallon",
    "kWh": "kilowatt hour", "MWh": "megawatt hour", "W": "watt", "mol": "mole",
    "sq mi": "square mile",
    "sq ft":
    "square foot", "ft": "foot", "in": "inch", "mi": "mile", "GB": "gigabyte", "MB": "megabyte",
    "ha": "hectare", "bbl": "barrel", "day": "day", "hour": "hour", "week": "week",
    "month": "month", "year": "year", "person": "person", "capita": "capita",
    "°C": "degree Celsius",
    "K": "kelvin", "cup": "cup", "decade": "decade", "century": "century", "night": "night",
    "minute": "minute", "second": "second", "Hz": "hertz",
}  # fmt: skip
"""Unit after a slash → its word."""

_CENTS = ("cent", "cents")
_NONE = ("", "")
CURRENCIES = {
    "$": ("dollar", "dollars", *_CENTS), "US$": ("U S dollar", "U S dollars", *_CENTS),
    "USD": ("U S dollar", "U S dollars", *_CENTS), "A$": ("Australian dollar",
    "Australian dollars", *_CENTS), "AUD": ("Australian dollar", "Australian dollars", *_CENTS),
    "AU$": ("Australian dollar", "Australian dollars", *_CENTS), "CA$": ("Canadian dollar",
    "Canadian dollars", *_CENTS), "C$": ("Canadian dollar", "Canadian dollars", *_CENTS),
    "CAD": ("Canadian dollar",
    "Canadian dollars", *_CENTS), "HK$": ("Hong Kong dollar", "Hong Kong dollars", *_CENTS),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars", *_CENTS), "NZ$": ("New Zealand dollar",
    "New Zealand dollars", *_CENTS), "NZD": ("New Zealand dollar", "New Zealand dollars", *_CENTS),
    "S$": ("Singapore dollar", "Singapore dollars", *_CENTS), "SGD": ("Singapore dollar",
    "Singapore dollars", *_CENTS), "NT$": ("New Taiwan dollar", "New Taiwan dollars", *_NONE),
    "R$": ("real", "reais", "centavo", "centavos"), "€": ("euro", "euros", *_CENTS),
    "EUR": ("euro", "euros", *_CENTS), "£": ("pound", "pounds", "penny", "pence"),
    "GBP": ("pound", "pounds", "penny", "pence"), "¥": ("yen", "yen", *_NONE),
    "JPY": ("yen", "yen", *_NONE), "CNY": ("yuan", "yuan", *_NONE), "RMB": ("renminbi",
    "renminbi", *_NONE), "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "Fr.": ("franc", "francs", "centime", "centimes"),
    "¢": (*_CENTS, *_NONE), "₹": ("rupee", "rupees", "paisa", "paise"), "Rs": ("rupee", "rupees",
    "paisa", "paise"), "Rs.": ("rupee", "rupees", "paisa", "paise"), "INR": ("rupee", "rupees",
    "paisa", "paise"), "₽": ("rouble", "roubles", "kopek", "kopeks"), "RUB": ("rouble", "roubles",
    "kopek", "kopeks"), "₿": ("bitcoin", "bitcoins", *_NONE), "BTC": ("bitcoin", "bitcoins",
    *_NONE), "₩": ("won", "won", *_NONE), "KRW": ("won", "won", *_NONE), "₺": ("lira", "lira",
    *_NONE), "₴": ("hryvnia", "hryvnias", *_NONE), "₪": ("shekel", "shekels", *_NONE),
    "₫": ("dong", "dong", *_NONE), "฿": ("baht", "baht", *_NONE), "₱": ("peso", "pesos", *_NONE),
    "₦": ("naira", "naira", *_NONE), "SEK": ("Swedish krona", "Swedish kronor", *_NONE),
    "NOK": ("Norwegian krone", "Norwegian kroner", *_NONE), "DKK": ("Danish krone",
    "Danish kroner", *_NONE), "PLN": ("zloty", "zlotys", *_NONE), "zł": ("zloty", "zlotys", *_NONE),
    "MXN": ("Mexican peso", "Mexican pesos", *_NONE), "ZAR": ("rand", "rand", *_NONE),
    "BRL": ("real", "reais", "centavo", "centavos"), "AED": ("dirham", "dirhams", *_NONE),
    "SAR": ("riyal", "riyals", *_NONE), "DM": ("German mark", "German marks", *_NONE),
}  # fmt: skip
"""Sign or code → one, many, one of the hundredth, many of the hundredth."""

SCALES = {
    "m": "million", "mn": "million", "mln": "million", "M": "million", "MM": "million",
    "bn": "billion", "b": "billion", "B": "billion", "tn": "trillion", "trn": "trillion",
    "tr": "trillion", "T": "trillion", "k": "thousand", "K": "thousand", "million": "million",
    "billion": "billion", "trillion": "trillion", "thousand": "thousand", "hundred": "hundred",
    "crore": "crore", "lakh": "lakh",
}  # fmt: skip

PRICED = words(
    "acquisition banknote bid bill bills bond bonds bonus bounty budget business cheque cheques "
    "coin coins company contract cut deal deals debt deficit donation fee fine fund gift grant "
    "home house industry investment invoice jackpot lawsuit loan mansion market merger note "
    "notes offer package pledge prize programme program project purchase question rescue reward "
    "salary settlement stake stimulus surplus takeover tax ticket tickets valuation voucher "
    "bailout hit loss losses profit profits"
)
"""Nouns before which a price is an adjective: ``a ten dollar note``."""
MEASURED = words(
    "ammunition angle angles backstroke bag bags barrel battery beam bottle bottles box "
    "breaststroke bulb bulbs bullet bullets butterfly cable camera can cannon dash diameter "
    "display drive drives exclusion fence film final freestyle gap garden gauge gun guns "
    "howitzer hurdles jack jar jars lens lenses limit loaf march mark model monitor mortar "
    "pack packet packets packs phone pipe pistol plate plot pool process race radius record "
    "relay ring rope round rounds run screen screens shell shells site socket sprint steak "
    "stick stretch swim tank tin tins tower track turn view walk wall zone"
)
"""Nouns before which a measure is an adjective: ``the hundred metre sprint``."""
COUNTED = words(
    "acres active adults barrels books bottles cars cases chickens children citizens copies "
    "cows customers cyclists daily deaths dollars doses downloads drivers employees euros "
    "families fans farmers fish followers hectares hits homes households immigrants items "
    "jobs listeners lives members men messages migrants monthly objects parameters "
    "passengers patients people pieces players pounds pupils queries readers records "
    "refugees residents sales shares sheep songs streams students subscribers tickets tokens "
    "tonnes tons tourists trees units users vaccines vehicles viewers views visitors visits "
    "voters votes women words workers years"
)
"""Nouns before which ``m`` and ``B`` are millions and billions."""
