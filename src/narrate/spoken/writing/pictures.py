"""Emoji and other pictures: named where a text speaks of them, else left out.

A reader does not read the pictures that decorate a sentence. Where the picture is a word of the
sentence (“the 😂 emoji”, “👍” in quotes, a tick in a table, stars of a rating), it is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_NAMES = """
😀😃😄😁🙂☺😊: lächelndes Gesicht; smiling face
😂🤣: lachendes Gesicht mit Freudentränen; face with tears of joy
😉: zwinkerndes Gesicht; winking face
😍🥰: verliebtes Gesicht; smiling face with hearts
😎: Gesicht mit Sonnenbrille; face with sunglasses
😘: Kussmund; face blowing a kiss
😢😥🙁☹😞: trauriges Gesicht; sad face
😭: weinendes Gesicht; crying face
😡😠🤬: wütendes Gesicht; angry face
😱: vor Angst schreiendes Gesicht; face screaming in fear
🤔: nachdenkliches Gesicht; thinking face
🙄: augenrollendes Gesicht; face with rolling eyes
😴: schlafendes Gesicht; sleeping face
🥳: feierndes Gesicht; partying face
🤖: Roboter; robot
💩: Kothaufen; pile of poo
👻: Gespenst; ghost
💀☠: Totenkopf; skull
🤡: Clown; clown face
👽: Außerirdischer; alien
👍: Daumen hoch; thumbs up
👎: Daumen runter; thumbs down
👋: winkende Hand; waving hand
👏: klatschende Hände; clapping hands
🙏: gefaltete Hände; folded hands
💪: angespannter Bizeps; flexed biceps
✌: Siegeszeichen; victory hand
👌: Okay-Zeichen; okay hand
🤷: Schulterzucken; shrug
🤦: Hand vor dem Gesicht; facepalm
👀: Augen; eyes
❤♥: rotes Herz; red heart
💔: gebrochenes Herz; broken heart
💙: blaues Herz; blue heart
💚: grünes Herz; green heart
🔥: Feuer; fire
⭐🌟: Stern; star
✨: Funkeln; sparkles
🎉: Konfettibombe; party popper
🎂: Geburtstagskuchen; birthday cake
🎁: Geschenk; gift
🚀: Rakete; rocket
💡: Glühbirne; light bulb
⚠: Warnung; warning
⚡: Blitz; lightning
☀🌞: Sonne; sun
🌧: Regenwolke; rain cloud
❄: Schneeflocke; snowflake
🌈: Regenbogen; rainbow
🌍🌎🌏: Weltkugel; globe
🌹: Rose; rose
🐶: Hund; dog
🐱: Katze; cat
🐼: Panda; panda
🦄: Einhorn; unicorn
🍎: Apfel; apple
🍕: Pizza; pizza
🍺: Bierkrug; beer mug
☕: Kaffee; coffee
🍆: Aubergine; aubergine
🍑: Pfirsich; peach
🚗: Auto; car
🏠: Haus; house
📱: Handy; mobile phone
💻: Laptop; laptop
📧✉: E-Mail; envelope
☎📞: Telefon; telephone
📎: Büroklammer; paper clip
🔒: Schloss; lock
🔍: Lupe; magnifying glass
💰: Geldsack; money bag
📈: steigende Kurve; rising chart
📉: fallende Kurve; falling chart
🎵🎶: Musiknoten; musical notes
⚽: Fußball; football
♻: Recycling-Zeichen; recycling sign
☮: Friedenszeichen; peace sign
"""
"""Signs that share a name: the German one; the English one."""

_TICKS, _CROSSES, _HEARTS = "✓✔✅☑", "✗✘❌✖☒", "❤♥"


def _names(column: int, tick: str, cross: str) -> Mapping[str, str]:
    names = dict.fromkeys(_TICKS, tick) | dict.fromkeys(_CROSSES, cross)
    for row in _NAMES.strip().splitlines():
        signs, _, said = row.partition(": ")
        names |= dict.fromkeys(signs, said.split("; ")[column])
    return MappingProxyType(names)


_PICTURES = {"de": _names(0, "Haken", "Kreuz"), "en": _names(1, "tick", "cross")}

_SIGNS = "".join(sorted(_PICTURES["de"]))
_TAIL = "[\ufe0f\U0001f3fb-\U0001f3ff]{0,2}"
_NOUN = {
    "de": "Emojis?|Smileys?|Symbol(?:e|s)?|Icons?|Zeichen|Piktogramm|Reaktion",
    "en": "emojis?|smileys?|symbols?|icons?|signs?|pictograms?|reactions?",
}
_YES_NO = {"de": ("ja", "nein"), "en": ("yes", "no")}
_NUMBERS = {
    "de": ("null", "ein", "zwei", "drei", "vier", "fünf"),
    "en": ("zero", "one", "two", "three", "four", "five"),
}
_STARS = re.compile("(?<![★⭐☆])(?:[★⭐]\ufe0f?){1,5}☆{0,4}(?![★⭐☆])")
_STARS_AFTER_NUMBER = re.compile("(?<=\\d)[ \u00a0]?[★⭐]\ufe0f?(?![★⭐☆])")
_ONLY_MARK = re.compile(f"(?:(?<=:)[ \u00a0]?|^)([{_TICKS}{_CROSSES}])\ufe0f?(?=\\s*[.,;]?\\s*$)")
_SUBJECT = re.compile(
    f"(?<=\\b)(Ich|ich|Wir|wir|I|We|we)[ \u00a0]([{_HEARTS}])\ufe0f?(?=[ \u00a0]\\w)"
)
_LOVE = {"Ich": "liebe", "ich": "liebe", "Wir": "lieben", "wir": "lieben"}
_HAS_PICTURE = re.compile(f"[{_SIGNS}★☆]")


def _named(lang: str) -> re.Pattern[str]:
    """Emoji that are words of a sentence: beside a noun for them, or alone in quotes."""
    sign, noun = f"[{_SIGNS}]{_TAIL}", _NOUN[lang]
    return re.compile(
        f'(?P<after>\\b(?:{noun}):?[ \u00a0]["„“»«(]?)(?P<a>{sign})'
        f'|(?P<b>{sign})(?=["“”«»)]?[ \u00a0-](?:{noun})\\b)'
        f"|(?P<open>[\"„“»«‚‘'])(?P<c>{sign})(?=[\"“”«»‘’'])",
        re.IGNORECASE if lang == "en" else 0,
    )


_NAMED = {lang: _named(lang) for lang in _NOUN}


def name_pictures(text: str, lang: str) -> str:
    """``text`` with the pictures named that are words of it; all others stay.

    Args:
        lang: ``de`` or ``en``.
    """
    if not _HAS_PICTURE.search(text):
        return text
    names = _PICTURES[lang]

    def name(match: re.Match[str]) -> str:
        sign = match["a"] or match["b"] or match["c"]
        before = match["after"] or match["open"] or ""
        return f"{before} {names[sign[0]]} "

    text = _NAMED[lang].sub(name, text)
    text = _SUBJECT.sub(lambda m: f"{m[1]} {_LOVE.get(m[1], 'love')}", text)
    text = _ONLY_MARK.sub(lambda m: f" {_YES_NO[lang][m[1] in _CROSSES]}", text)
    text = _STARS_AFTER_NUMBER.sub(" Sterne" if lang == "de" else " stars", text)
    return _STARS.sub(lambda match: _stars(match[0], lang), text)


def _stars(signs: str, lang: str) -> str:
    full = sum(sign in "★⭐" for sign in signs)
    total = full + signs.count("☆")
    words = _NUMBERS[lang]
    if total > full:
        end = "von fünf Sternen" if lang == "de" else "out of five stars"
        said = "einer" if (lang, full) == ("de", 1) else words[full]
        return f" {said} {end} " if total == len(words) - 1 else signs
    noun = (
        ("Stern" if full == 1 else "Sterne") if lang == "de" else ("star" if full == 1 else "stars")
    )
    return f" {words[full]} {noun} "
