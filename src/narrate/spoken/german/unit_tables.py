"""German units and currencies. Data only."""

from __future__ import annotations

from narrate.spoken.core import words

UNITS: dict[str, tuple[str, str]] = {
    "Js": ("Joulesekunden", "f"), "Ws": ("Wattsekunden", "f"), "atm": ("Atmosphären", "f"),
    "Km": ("Kilometer", "m"), "KM": ("Kilometer", "m"), "Bft": ("Beaufort", "n"),
    "km": ("Kilometer", "m"), "m": ("Meter", "m"), "dm": ("Dezimeter", "m"),
    "cm": ("Zentimeter", "m"), "mm": ("Millimeter", "m"), "µm": ("Mikrometer", "m"),
    "μm": ("Mikrometer", "m"), "nm": ("Nanometer", "m"), "km/h": ("Kilometer pro Stunde", "m"),
    "kmh": ("Kilometer pro Stunde", "m"), "qm": ("Quadratmeter", "m"),
    "km2": ("Quadratkilometer", "m"), "m2": ("Quadratmeter", "m"),
    "cm2": ("Quadratzentimeter", "m"), "m3": ("Kubikmeter", "m"), "cm3": ("Kubikzentimeter", "m"),
    "km3": ("Kubikkilometer", "m"), "mm2": ("Quadratmillimeter", "m"),
    "qkm": ("Quadratkilometer", "m"), "ccm": ("Kubikzentimeter", "m"), "ha": ("Hektar", "n"),

    "kg": ("Kilogramm", "n"), "Kg": ("Kilogramm", "n"), "KG": ("Kilogramm", "n"),
    "g": ("Gramm", "n"), "mg": ("Milligramm", "n"),
    "µg": ("Mikrogramm", "n"), "μg": ("Mikrogramm", "n"), "ng": ("Nanogramm", "n"),
    "t": ("Tonnen", "f"), "kt": ("Kilotonnen", "f"), "Mt": ("Megatonnen", "f"),
    "Gt": ("Gigatonnen", "f"), "l": ("Liter", "m"), "L": ("Liter", "m"), "ml": ("Milliliter", "m"),
    "mL": ("Milliliter", "m"), "cl": ("Zentiliter", "m"), "dl": ("Deziliter", "m"),
    "hl": ("Hektoliter", "m"), "µl": ("Mikroliter", "m"), "EL": ("Esslöffel", "m"),
    "TL": ("Teelöffel", "m"), "h": ("Stunden", "f"), "Std.": ("Stunden", "f"),
    "Std": ("Stunden", "f"), "min": ("Minuten", "f"), "Min": ("Minuten", "f"),
    "s": ("Sekunden", "f"), "sec": ("Sekunden", "f"), "sek": ("Sekunden", "f"),
    "Sek": ("Sekunden", "f"), "ms": ("Millisekunden", "f"), "µs": ("Mikrosekunden", "f"),
    "ns": ("Nanosekunden", "f"), "Hz": ("Hertz", "n"), "kHz": ("Kilohertz", "n"),
    "MHz": ("Megahertz", "n"), "GHz": ("Gigahertz", "n"), "THz": ("Terahertz", "n"),
    "W": ("Watt", "n"), "mW": ("Milliwatt", "n"), "kW": ("Kilowatt", "n"), "MW": ("Megawatt", "n"),
    "GW": ("Gigawatt", "n"), "TW": ("Terawatt", "n"), "Wh": ("Wattstunden", "f"),
    "kWh": ("Kilowattstunden", "f"), "KWh": ("Kilowattstunden", "f"),
    "MWh": ("Megawattstunden", "f"), "GWh": ("Gigawattstunden", "f"),
    "TWh": ("Terawattstunden", "f"), "PS": ("P S", "n"), "V": ("Volt", "n"),
    "mV": ("Millivolt", "n"), "kV": ("Kilovolt", "n"), "A": ("Ampere", "n"),
    "mA": ("Milliampere", "n"), "Ah": ("Amperestunden", "f"), "mAh": ("Milliamperestunden", "f"),
    "J": ("Joule", "n"), "kJ": ("Kilojoule", "n"), "MJ": ("Megajoule", "n"),
    "cal": ("Kalorien", "f"), "kcal": ("Kilokalorien", "f"), "N": ("Newton", "n"),
    "kN": ("Kilonewton", "n"), "Nm": ("Newtonmeter", "m"), "U/min": ("Umdrehungen pro Minute", "f"),
    "K": ("Kelvin", "n"), "eV": ("Elektronenvolt", "n"), "Bq": ("Becquerel", "n"),
    "mSv": ("Millisievert", "n"), "lm": ("Lumen", "n"), "lx": ("Lux", "n"), "mol": ("Mol", "n"),
    "mmol": ("Millimol", "n"), "Bit": ("Bit", "n"), "bit": ("Bit", "n"), "kbit": ("Kilobit", "n"),
    "kBit": ("Kilobit", "n"), "Kbit": ("Kilobit", "n"), "Mbit": ("Megabit", "n"),
    "MBit": ("Megabit", "n"), "Gbit": ("Gigabit", "n"), "GBit": ("Gigabit", "n"),
    "Mbps": ("Megabit pro Sekunde", "n"), "Gbps": ("Gigabit pro Sekunde", "n"),
    "Byte": ("Byte", "n"), "kB": ("Kilobyte", "n"), "KB": ("Kilobyte", "n"),
    "MB": ("Megabyte", "n"), "GB": ("Gigabyte", "n"), "TB": ("Terabyte", "n"),
    "PB": ("Petabyte", "n"), "MiB": ("Mebibyte", "n"), "GiB": ("Gibibyte", "n"),
    "dB(A)": ("Dezibel A", "n"), "dB": ("Dezibel", "n"), "°C": ("Grad Celsius", "m"),
    "° C": ("Grad Celsius", "m"), "°F": ("Grad Fahrenheit", "m"), "° F": ("Grad Fahrenheit", "m"),
    "°": ("Grad", "m"), "Pa": ("Pascal", "n"), "kPa": ("Kilopascal", "n"),
    "MPa": ("Megapascal", "n"), "hPa": ("Hektopascal", "n"), "mbar": ("Millibar", "n"),
    "bar": ("Bar", "n"), "mmHg": ("Millimeter Quecksilbersäule", "m"),
    "fps": ("Bilder pro Sekunde", "n"), "px": ("Pixel", "n"), "MP": ("Megapixel", "n"),
    "Mpx": ("Megapixel", "n"), "dpi": ("D P I", "n"), "Ω": ("Ohm", "n"), "kΩ": ("Kiloohm", "n"),
    "MΩ": ("Megaohm", "n"), "%": ("Prozent", "n"), "‰": ("Promille", "n"), "ppm": ("P P M", "n"),
    "ppb": ("P P B", "n"), "nF": ("Nanofarad", "n"), "pF": ("Picofarad", "n"),
    "µF": ("Mikrofarad", "n"), "Lj": ("Lichtjahre", "n"), "AE": ("A E", "f"), "kn": ("Knoten", "m"),
    "sm": ("Seemeilen", "f"),
}  # fmt: skip
"""Unit after a number → its words, and its gender; a feminine one here stands in the plural."""

SPACED_ONLY = frozenset(words("A N K J L AE Min KG KM"))
"""Units only where a space parts them from the number: ``5 A``, but ``4K``."""

SINGULAR = {
    "Tonnen": "Tonne", "Stunden": "Stunde", "Minuten": "Minute", "Sekunden": "Sekunde",
    "Millisekunden": "Millisekunde", "Mikrosekunden": "Mikrosekunde", "Nanosekunden": "Nanosekunde",
    "Kilokalorien": "Kilokalorie", "Kalorien": "Kalorie", "Wattstunden": "Wattstunde",
    "Kilowattstunden": "Kilowattstunde", "Megawattstunden": "Megawattstunde",
    "Gigawattstunden": "Gigawattstunde", "Terawattstunden": "Terawattstunde",
    "Amperestunden": "Amperestunde", "Milliamperestunden": "Milliamperestunde",
    "Millionen": "Million", "Milliarden": "Milliarde", "Billionen": "Billion",
    "Billiarden": "Billiarde", "Kilotonnen": "Kilotonne", "Megatonnen": "Megatonne",
    "Gigatonnen": "Gigatonne", "Umdrehungen pro Minute": "Umdrehung pro Minute",
    "Joulesekunden": "Joulesekunde", "Wattsekunden": "Wattsekunde", "Atmosphären": "Atmosphäre",
    "Bilder pro Sekunde": "Bild pro Sekunde", "Seemeilen": "Seemeile", "Lichtjahre": "Lichtjahr",
}  # fmt: skip

PRIME_UNITS = {"N": "Nord", "S": "Süd", "O": "Ost", "E": "Ost", "W": "West"}
"""The letters after an angle on the globe."""

CURRENCIES = {
    "€": ("Euro", "Cent"), "EUR": ("Euro", "Cent"), "Euro": ("Euro", "Cent"),
    "$": ("Dollar", "Cent"), "Dollar": ("Dollar", "Cent"), "US-Dollar": ("U S Dollar", "Cent"),
    "US$": ("U S Dollar", "Cent"), "US-$": ("U S Dollar", "Cent"), "USD": ("U S Dollar", "Cent"),
    "£": ("Pfund", "Pence"), "GBP": ("Pfund", "Pence"), "¥": ("Yen", ""), "JPY": ("Yen", ""),
    "CHF": ("Schweizer Franken", "Rappen"), "SFr.": ("Franken", "Rappen"),
    "Fr.": ("Franken", "Rappen"), "Franken": ("Franken", "Rappen"), "RMB": ("Renminbi", ""),
    "CNY": ("Yuan", ""), "Yuan": ("Yuan", ""), "¢": ("Cent", ""), "ct": ("Cent", ""),
    "Ct": ("Cent", ""), "ct.": ("Cent", ""), "Cent": ("Cent", ""), "₽": ("Rubel", ""),
    "₹": ("Rupien", ""), "DM": ("D-Mark", "Pfennig"), "SEK": ("schwedische Kronen", ""),
    "DKK": ("dänische Kronen", ""), "NOK": ("norwegische Kronen", ""), "PLN": ("Zloty", ""),
    "CZK": ("tschechische Kronen", ""), "BTC": ("Bitcoin", ""), "₩": ("Won", ""), "₺": ("Lira", ""),
    "₿": ("Bitcoin", ""),
}  # fmt: skip
"""Sign or name → the currency and its hundredth; empty where none is written."""

THOUSANDS = {"T€": "Euro", "TEUR": "Euro", "k€": "Euro", "TCHF": "Schweizer Franken"}
