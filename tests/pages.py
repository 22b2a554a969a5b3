"""Catalogues for the page, as ``show.json`` holds them."""

from __future__ import annotations

from typing import Any

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{say} ${x} `y` \\u003c &lt; \u2028 \u2029",
    "null \x00 bell \x07 lone \ud800 surrogate",
    "😀 " * 400,
    "a" * 5_000,
)
"""What an author, or a thief of an author's computer, may have typed."""


def episode(key: str, lang: str = "de", **changes: Any) -> dict[str, Any]:
    """An entry as ``show.json`` has it, ten minutes long, with three chapters."""
    stem = f"{key}.{lang}"
    return {
        "key": key,
        "lang": lang,
        "guid": "11111111-2222-4333-8444-555555555555",
        "title": f"Titel {key}",
        "author": "Ada Example",
        "published": "2024-05-01T00:00:00+02:00",
        "summary": "Worum es geht.",
        "notes": ["Gelesen von einer synthetischen Stimme."],
        "link": "https://example.org/artikel",
        "duration": 600.0,
        "image": "",
        "files": [{"name": f"{stem}.mp3", "type": "audio/mpeg", "bytes": 9_600_000}],
        "chapters": [
            {"start": 200.0 * number, "title": f"Kapitel {number}", "id": f"c{number}"}
            for number in range(3)
        ],
        "chapters_file": f"{stem}.chapters.json",
        "transcripts": {"json": f"{stem}.transcript.json", "html": f"{stem}.html"},
        **changes,
    }


def catalogue(*episodes: dict[str, Any], base_url: str = "", **changes: Any) -> dict[str, Any]:
    """A show in the languages of its episodes."""
    langs = sorted({one["lang"] for one in episodes}) or ["de"]
    titles = {"de": "Die Töne", "en": "The Tones"}
    return {
        "version": 1,
        "id": "11111111-2222-4333-8444-555555555555",
        "languages": [
            {
                "lang": lang,
                "title": titles[lang],
                "description": f"{titles[lang]}: eine Sendung.",
                "author": "Ada Example",
                "link": "",
                "cover": f"cover.{lang}.jpg",
                "feed": f"feed.{lang}.xml",
                "feed_url": f"{base_url}feed.{lang}.xml" if base_url else "",
                "episodes": sum(one["lang"] == lang for one in episodes),
                **changes,
            }
            for lang in langs
        ],
        "episodes": list(episodes),
    }
