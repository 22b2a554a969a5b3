"""What the page says of itself, in the languages of its interface."""

from __future__ import annotations

from collections.abc import Mapping

MONTHS: Mapping[str, tuple[str, ...]] = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "address": "Adresse des Feeds ({lang})",
        "all": "Alle Folgen",
        "article": "Zum Artikel",
        "audio_failed": "Die Audiodatei lässt sich nicht laden.",
        "back": "{n} Sekunden zurück",
        "by": "von {name}",
        "chapter": "Kapitel {n}",
        "chapters": "Kapitel",
        "choose": "Sprache der Folge",
        "clouds": "Apple Podcasts, Pocket Casts und Overcast fehlen hier: Sie holen Feeds über "
        "eigene Server, und die erreichen diese Adresse nicht.",
        "copied": "Adresse kopiert",
        "copy": "Adresse kopieren",
        "copy_failed": "Bitte von Hand kopieren: Die Adresse ist markiert.",
        "de": "Deutsch",
        "download": "Herunterladen",
        "en": "Englisch",
        "episode": "{n} Folge",
        "episodes": "{n} Folgen",
        "follow": "Mitlaufen",
        "found": "{n} gefunden",
        "heard": "Gehört",
        "hours": "{h} Std. {m} Min.",
        "interface": "Sprache der Seite",
        "left": "noch {time}",
        "listen": "Anhören",
        "listen_from": "Ab hier hören: {title}, {time}",
        "listen_to": "Anhören: {title}",
        "loading": "Der Text wird geladen …",
        "local_only": "Diese Adresse gilt nur auf diesem Rechner. `narrate serve --lan` öffnet die "
        "Sendung für ein Telefon im selben Netz.",
        "minutes": "{m} Min.",
        "more": "{n} weitere zeigen",
        "next_chapter": "Nächstes Kapitel",
        "next_sentence": "Satz vor",
        "no_address": "Diese Sendung hat noch keine öffentliche Adresse. Bis `base_url` in "
        "`narrate.toml` steht, zeigt `narrate serve --lan` sie einem Telefon im selben Netz.",
        "no_episodes": "Noch keine Folgen: `narrate build` macht die erste.",
        "no_text": "Der Text lässt sich hier nicht laden.",
        "nothing": "Nichts gefunden.",
        "older": "Ältere Folgen",
        "open_app": "In einer App öffnen",
        "other_app": "Andere App",
        "page": "Text als eigene Seite",
        "pause": "Anhalten",
        "pause_to": "Anhalten: {title}",
        "play": "Abspielen",
        "player": "Player",
        "position": "Position",
        "position_of": "{time} von {length}, {chapter}",
        "previous_chapter": "Voriges Kapitel",
        "previous_sentence": "Satz zurück",
        "progress": "Ein Build läuft: {what}",
        "ready": "Es gibt Neues auf dieser Seite.",
        "reload": "Neu laden",
        "search": "Folgen durchsuchen",
        "seconds": "{s} Sek.",
        "side": "Nebeneinander",
        "skip": "Zum Inhalt",
        "skip_on": "{n} Sekunden vor",
        "sleep": "Einschlafen",
        "sleep_chapter": "Am Kapitelende",
        "sleep_in": "in {n} Min.",
        "sleep_off": "Aus",
        "speed": "Tempo",
        "subscribe": "Abonnieren",
        "text": "Text",
        "to_show": "Zur Sendung",
    },
    "en": {
        "address": "Address of the feed ({lang})",
        "all": "All episodes",
        "article": "Read the article",
        "audio_failed": "The audio file cannot be loaded.",
        "back": "Back {n} seconds",
        "by": "by {name}",
        "chapter": "Chapter {n}",
        "chapters": "Chapters",
        "choose": "Language of the episode",
        "clouds": "Apple Podcasts, Pocket Casts and Overcast are not offered here: they fetch "
        "feeds from servers of their own, which cannot reach this address.",
        "copied": "Address copied",
        "copy": "Copy address",
        "copy_failed": "Please copy by hand: the address is selected.",
        "de": "German",
        "download": "Download",
        "en": "English",
        "episode": "{n} episode",
        "episodes": "{n} episodes",
        "follow": "Follow",
        "found": "{n} found",
        "heard": "Heard",
        "hours": "{h} h {m} min",
        "interface": "Language of this page",
        "left": "{time} left",
        "listen": "Listen",
        "listen_from": "Listen from here: {title}, {time}",
        "listen_to": "Listen to {title}",
        "loading": "Loading the text …",
        "local_only": "This address works on this computer only. `narrate serve --lan` opens the "
        "show to a phone in the same network.",
        "minutes": "{m} min",
        "more": "Show {n} more",
        "next_chapter": "Next chapter",
        "next_sentence": "Next sentence",
        "no_address": "This show has no public address yet. Until `base_url` stands in "
        "`narrate.toml`, `narrate serve --lan` shows it to a phone in the same network.",
        "no_episodes": "No episodes yet: `narrate build` makes the first.",
        "no_text": "The text cannot be loaded here.",
        "nothing": "Nothing found.",
        "older": "Older episodes",
        "open_app": "Open in an app",
        "other_app": "Another app",
        "page": "Text on a page of its own",
        "pause": "Pause",
        "pause_to": "Pause {title}",
        "play": "Play",
        "player": "Player",
        "position": "Position",
        "position_of": "{time} of {length}, {chapter}",
        "previous_chapter": "Previous chapter",
        "previous_sentence": "Previous sentence",
        "progress": "A build is running: {what}",
        "ready": "There is something new on this page.",
        "reload": "Reload",
        "search": "Search episodes",
        "seconds": "{s} s",
        "side": "Side by side",
        "skip": "Skip to content",
        "skip_on": "Forward {n} seconds",
        "sleep": "Sleep timer",
        "sleep_chapter": "End of chapter",
        "sleep_in": "in {n} min",
        "sleep_off": "Off",
        "speed": "Speed",
        "subscribe": "Subscribe",
        "text": "Text",
        "to_show": "To the show",
    },
}
"""Language → name of a phrase → phrase; what stands in braces is put in."""


def words_of(lang: str) -> Mapping[str, str]:
    """The phrases for a language; English for one that the page does not speak."""
    return WORDS.get(lang, WORDS["en"])


def long_date(iso: str, lang: str) -> str:
    """A date as it is written out, from the first ten characters of an ISO 8601 time."""
    year, month, day = (int(part) for part in iso[:10].split("-"))
    name = MONTHS.get(lang, MONTHS["en"])[month - 1]
    return f"{day}. {name} {year}" if lang == "de" else f"{day} {name} {year}"


def clock(seconds: float) -> str:
    """A position as players show it: ``1:02:03`` or ``2:03``."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def length(seconds: float, lang: str) -> str:
    """A length for people, in whole minutes; below one minute in seconds."""
    words, whole = words_of(lang), round(seconds)
    if whole < 60:  # noqa: PLR2004
        return words["seconds"].format(s=whole)
    minutes = round(seconds / 60)
    if minutes < 60:  # noqa: PLR2004
        return words["minutes"].format(m=minutes)
    return words["hours"].format(h=minutes // 60, m=minutes % 60)
