"""German written forms and what is said for them. Data only."""

from __future__ import annotations

import re

from narrate.spoken.core import words

MONTH_ABBREVIATIONS = {
    "Jan.": "Januar", "Feb.": "Februar", "Febr.": "Februar", "Mrz.": "März", "Apr.": "April",
    "Jun.": "Juni", "Jul.": "Juli", "Aug.": "August", "Sep.": "September", "Sept.": "September",
    "Okt.": "Oktober", "Nov.": "November", "Dez.": "Dezember",
}  # fmt: skip
DAY_ABBREVIATIONS = {
    "Mo.": "Montag", "Di.": "Dienstag", "Mi.": "Mittwoch", "Do.": "Donnerstag", "Fr.": "Freitag",
    "Sa.": "Samstag", "So.": "Sonntag",
}  # fmt: skip

SYMBOLS = {
    "&": "und", "+": "plus", "=": "gleich", "%": "Prozent", "‰": "Promille", "§": "Paragraf",
    "€": "Euro", "$": "Dollar", "£": "Pfund", "¥": "Yen", "¢": "Cent", "₽": "Rubel",
    "₹": "Rupien", "@": "ät", "×": "mal", "÷": "geteilt durch", "±": "plus minus",
    "≈": "ungefähr", "≠": "ungleich", "≤": "kleiner oder gleich", "≥": "größer oder gleich",
    "°": "Grad", "©": "Copyright", "→": ",", "∞": "unendlich", "√": "Wurzel aus", "−": "minus",
    "Ω": "Ohm", "µ": "Mikro", "μ": "My", "α": "Alpha", "β": "Beta", "γ": "Gamma",
    "δ": "Delta", "Δ": "Delta", "ε": "Epsilon", "θ": "Theta", "λ": "Lambda", "π": "Pi",
    "ρ": "Rho", "σ": "Sigma", "Σ": "Summe", "τ": "Tau", "φ": "Phi", "ω": "Omega", "χ": "Chi",
    "ψ": "Psi", "η": "Eta", "κ": "Kappa", "ζ": "Zeta",
    "·": "", "⋅": "", "∙": "", "†": "", "⚭": "verheiratet",
}  # fmt: skip

STARTERS = frozenset(
    words(
        "Aber Alle Allein Allerdings Als Also Am An Andere Auch Auf Aus Außerdem Bei Beide "
        "Bereits Bis Da Dabei Dadurch Dafür Dagegen Daher Dahinter Damals Damit Danach Daneben "
        "Dann Daran Darauf Daraus Darin Darüber Darum Darunter Das Dass Davon Davor Dazu Denn "
        "Dennoch Der Deren Deshalb Deswegen Die Dies Diese Diesem Diesen Dieser Dieses Doch Dort "
        "Du Durch Ein Eine Einem Einen Einer Eines Einige Er Erst Es Etwa Für Gegen Genau Gestern "
        "Gleichzeitig Heute Hier Hinter Ich Ihr Ihre Im Immer In Ins Insgesamt Inzwischen Ist Je "
        "Jede Jeder Jedes Jedoch Jetzt Kann Kein Keine Laut Man Manche Mehr Mein Meine Meist Mit "
        "Morgen Nach Nachdem Natürlich Neben Nicht Nichts Noch Nun Nur Ob Obwohl Oder Oft Ohne "
        "Schon Sein Seine Seit Seitdem Selbst Sie Sind So Sobald Sogar Solche Somit Sondern "
        "Später Stattdessen Trotz Trotzdem Über Um Und Unser Unsere Unter Viele Vielleicht Von "
        "Vor Während Wann Warum Was Weder Weil Weiter Weitere Welche Wenig Wenn Wer Wie Wieder "
        "Wir Wird Wo Wobei Zu Zudem Zum Zumindest Zur Zuvor Zwar Zwischen"
    )
)

CONJUNCTIONS = words(
    "dass sondern und oder aber weil wenn als wie ob obwohl während bevor nachdem damit sodass "
    "denn doch sowie beziehungsweise bzw. indem seit sobald solange falls wobei wodurch womit "
    "worauf"
)
PREPOSITIONS = words(
    "um bis zu mit für von durch auf in im am an bei beim nach aus über unter vor gegen ohne "
    "zwischen zum zur vom"
)
NUMERALS = re.compile(
    r"(?!(?:und|ein)$)(?:null|eins?|zw(?:ei|o|ölf|anzig)|drei(?:ßig)?|vier|fünf|sechs?|sieb(?:en)?|"
    r"acht|neun|zehn|elf|zig|und|hundert|tausend)+|millionen?|milliarden?|billionen?|prozent"
)
JOINERS = frozenset(words("und bis oder komma punkt mal zu minus plus"))

LABELS = frozenset(
    words(
        "Abbildung Absatz Akt Artikel Band Folge Gate Gleis Halle Haus Heft Jahr Kapitel Klasse "
        "Level Linie Nummer Nr. Nr Paragraf Platz Punkt Raum Runde Saal Schritt Seite Staffel "
        "Stufe Tabelle Tag Teil Typ Version Windows Zeile Zimmer Ziffer Abschnitt Anlage Phase "
        "Ebene Weltkrieg Sure Satz Psalm § §§ Paragrafen Apollo Formel Bundestag Super Bowl"
    )
)
"""A number after one of these is its name, never an ordinal."""

ROMAN_LABELS = words(
    "Abschnitt Akt Anhang Artikel Band Buch Folge Kapitel Klasse Saturn Stufe Tafel Teil Titel "
    "Weltkrieg Bowl Apollo Phase Agenda Hartz Rocky Typ"
)
MONARCHS = words(
    "Albert Albrecht Alexander August Benedikt Christian Clemens Eduard Ferdinand Franz Friedrich "
    "Georg Gregor Gustav Harald Heinrich Innozenz Iwan Jakob Johann Johannes Joseph Josef Julius "
    "Juan Karl Konrad Leo Leopold Ludwig Maximilian Napoleon Nikolaus Otto Paul Peter Philipp "
    "Pius Ramses Richard Rudolf Urban Viktor Wilhelm Felipe Henry Charles Louis William"
)
QUEENS = words("Anna Christina Elisabeth Elizabeth Isabella Katharina Margarethe Maria Viktoria")
