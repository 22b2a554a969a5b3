"""``index.html``: the whole show for people without a podcast app.

The page needs nothing but files beside it. Without a script it lists the episodes with a player
each; with one it becomes the page that ``assets/*.js`` draw from the data it carries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from narrate.page.document import BASE, asset, escape, json_in_html, render_document, web_address
from narrate.page.words import WORDS, clock, length, long_date, words_of

INDEX_NAME = "index.html"

DETAILED_BYTES = 1_000_000
"""Of the newest episodes the page carries summaries and chapters, up to about this size; those of
older ones are loaded when they are opened."""

PLAYERS = 50
"""Newest episodes of a language that have a player without a script; older ones are a link."""

_SCRIPTS = (
    "dom.js",
    "words.js",
    "episodes.js",
    "transcripts.js",
    "player.js",
    "bar.js",
    "reading.js",
    "episode_view.js",
    "list_view.js",
    "subscribing.js",
    "progress.js",
    "main.js",
)
_SHORT_SUMMARY = 160


def render_index(catalogue: Mapping[str, Any]) -> bytes:
    """The page of a show.

    Args:
        catalogue: The content of ``show.json``.
    """
    languages = catalogue["languages"]
    first = languages[0] if languages else {"lang": "en", "title": "", "description": ""}
    data = {
        "show": {
            "id": catalogue["id"],
            "languages": languages,
            "episodes": list(_carried(catalogue["episodes"])),
        },
        "words": WORDS,
    }
    feeds = [
        f'<link rel="alternate" type="application/rss+xml" hreflang="{escape(one["lang"])}" '
        f'title="{escape(one["title"])}" href="{_feed_link(one)}">'
        for one in languages
    ]
    return render_document(
        first["lang"],
        first["title"],
        "\n".join(_plain(catalogue, first)),
        style=asset(*BASE, "page.css"),
        script='"use strict";\n' + asset(*_SCRIPTS),
        head=(f'<meta name="description" content="{escape(first["description"])}">', *feeds),
        data=json_in_html(data),
    )


def _feed_link(texts: Mapping[str, Any]) -> str:
    return web_address(texts["feed_url"]) or quote(texts["feed"])


def _carried(episodes: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What the page itself knows of each episode."""
    names = ("key", "lang", "title", "author", "published", "link", "duration", "image")
    spent = 0
    for episode in episodes:
        known = {name: episode[name] for name in names}
        known["files"] = episode["files"]
        known["transcripts"] = {
            form: name for form, name in episode["transcripts"].items() if form in {"json", "html"}
        }
        details = {
            "summary": episode["summary"],
            "notes": episode["notes"],
            "chapters": [
                {"start": chapter["start"], "title": chapter["title"]}
                for chapter in episode["chapters"]
            ],
        }
        if spent < DETAILED_BYTES:
            spent += len(json.dumps(details))
            yield {**known, **details}
        else:
            yield {**known, "summary": _short(episode["summary"])}


def _short(text: str) -> str:
    if len(text) <= _SHORT_SUMMARY:
        return text
    return text[:_SHORT_SUMMARY].rsplit(None, 1)[0] + " …"


# --- without a script ----------------------------------------------------------------------------


def _plain(catalogue: Mapping[str, Any], first: Mapping[str, Any]) -> Iterator[str]:
    yield f'<a class="skip" href="#main">{words_of(first["lang"])["skip"]}</a>'
    yield "<header>"
    if first.get("cover"):
        cover = quote(first["cover"])
        yield f'<img class="cover" src="{cover}" alt="" width="120" height="120">'
    yield f'<div class="words"><h1>{escape(first["title"])}</h1>'
    if first["description"] != first["title"]:
        yield f'<p class="description">{escape(first["description"])}</p>'
    yield "</div>"
    yield "</header>"
    yield '<main id="main" class="plain">'
    for texts in catalogue["languages"]:
        own = [one for one in catalogue["episodes"] if one["lang"] == texts["lang"]]
        yield from _plain_language(texts, own)
    yield "</main>"


def _plain_language(
    texts: Mapping[str, Any], episodes: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    words = words_of(texts["lang"])
    yield f'<section lang="{escape(texts["lang"])}">'
    yield f"<h2>{escape(texts['title'])}</h2>"
    feed = _feed_link(texts)
    yield f'<p>{words["subscribe"]}: <a href="{feed}">{feed}</a></p>'
    if not episodes:
        hint = re.sub("`(.+?)`", r"<code>\1</code>", escape(words["no_episodes"]))
        yield f'<p class="quiet">{hint}</p>'
    for episode in episodes[:PLAYERS]:
        yield from _plain_episode(episode, words)
    if len(episodes) > PLAYERS:
        yield f"<h3>{words['older']}</h3>"
        yield "<ul>"
        for episode in episodes[PLAYERS:]:
            target = quote(episode["transcripts"].get("html") or episode["files"][0]["name"])
            yield f'<li><a href="{target}">{escape(episode["title"])}</a></li>'
        yield "</ul>"
    yield "</section>"


def _plain_episode(episode: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    lang, audio = episode["lang"], quote(episode["files"][0]["name"])
    date = escape(episode["published"])
    yield f'<article id="{quote(episode["key"])}.{lang}">'
    yield f"<h3>{escape(episode['title'])}</h3>"
    yield (
        f'<p class="meta"><time datetime="{date}">{long_date(episode["published"], lang)}</time> · '
        f"{length(episode['duration'], lang)}</p>"
    )
    if episode["summary"]:
        yield f"<p>{escape(episode['summary'])}</p>"
    label = escape(episode["title"])
    yield f'<audio controls preload="none" src="{audio}" aria-label="{label}"></audio>'
    if episode["chapters"]:
        yield f"<details><summary>{words['chapters']}</summary>"
        yield '<ol class="chapters">'
        for chapter in episode["chapters"]:
            yield (
                f'<li><a href="{audio}#t={chapter["start"]:.3f}">'
                f'<span class="name">{escape(chapter["title"])}</span> '
                f'<span class="time">{clock(chapter["start"])}</span></a></li>'
            )
        yield "</ol></details>"
    links = []
    if text := episode["transcripts"].get("html"):
        links.append(f'<a href="{quote(text)}">{words["page"]}</a>')
    if link := web_address(episode["link"]):
        links.append(f'<a href="{link}">{words["article"]}</a>')
    if links:
        yield f"<p>{' · '.join(links)}</p>"
    yield "</article>"
