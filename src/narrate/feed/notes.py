"""Show notes of an episode as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

from narrate.feed import text
from narrate.feed.chapters import clock_time
from narrate.feed.names import ascii_url
from narrate.model import Episode
from narrate.plain_text import clean

_LABELS: Mapping[str, tuple[str, str]] = {
    "de": ("Zum Artikel", "Kapitel"),
    "en": ("Read the article", "Chapters"),
}


def show_notes(episode: Episode) -> str:
    """HTML: summary, link, chapters with times, text, notes; one element on each line."""
    article, chapters = _LABELS.get(episode.lang, _LABELS["en"])
    parts = [f"<p>{part}</p>" for part in _html_paragraphs(episode.summary)]
    if link := ascii_url(episode.link):
        parts.append(f'<p><a href="{html.escape(link)}">{article}</a></p>')
    if episode.marks:
        rows = (
            f"<li>{clock_time(mark.start_frame, episode.sample_rate)} {_escape(mark.title)}</li>"
            for mark in episode.marks
        )
        parts += [f"<p>{chapters}</p>", "<ul>", *rows, "</ul>"]
    for paragraph in episode.paragraphs:
        parts += [f"<p>{part}</p>" for part in _html_paragraphs(paragraph)]
    parts += [f"<p>{part}</p>" for note in episode.notes for part in _html_paragraphs(note)]
    return "\n".join(parts)


def _html_paragraphs(content: str) -> Iterator[str]:
    for part in clean(content).split("\n\n"):
        if part.strip():
            yield html.escape(" ".join(part.split()), quote=False)


def _escape(title: str) -> str:
    return html.escape(text.line(title), quote=False)
