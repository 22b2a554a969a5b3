"""What every page has: its head, its style and script, and a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable
from functools import cache
from importlib import resources

from narrate.plain_text import clean

_SCHEMES = ("http://", "https://")

# A picture of the page's own, as data: no file is asked for it.
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect "
    "width='24' height='24' rx='6' fill='%230b5c66'/%3E%3Cpath fill='%23fff' d='M9 6.5v11l9-5.5z'"
    "/%3E%3C/svg%3E"
)


BASE = ("palette.css", "base.css")


def escape(content: str) -> str:
    """Text for an element or an attribute in double quotes."""
    return html.escape(clean(content), quote=True)


def web_address(address: str) -> str:
    """An address of the web, escaped; empty for every other, ``javascript:`` for one."""
    return escape(address) if address.lower().startswith(_SCHEMES) else ""


@cache
def asset(*names: str) -> str:
    """Files that come with narrate, one after the other."""
    folder = resources.files("narrate.page") / "assets"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def palette() -> str:
    """The colours of all pages, light and dark."""
    return asset(BASE[0])


def page_style() -> str:
    """The style that all pages share, for those of other rooms."""
    return asset(*BASE)


def json_in_html(value: object) -> str:
    """JSON that no element around it can be closed from: without ``<``, ``>`` and ``&``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # A lone surrogate has no place in UTF-8; JSON can name it.
    return text.encode("utf-8", "backslashreplace").decode()


def render_document(  # noqa: PLR0913 - the parts of a page
    lang: str,
    title: str,
    body: str,
    *,
    style: str,
    script: str,
    head: Iterable[str] = (),
    data: str = "",
) -> bytes:
    """A page in UTF-8.

    Args:
        body: HTML.
        head: More elements for the head, as HTML.
        data: JSON for the script, from :func:`json_in_html`.
    """
    inert = f'<script type="application/json" id="data">{data}</script>\n' if data else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            "img-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "frame-src 'self'",
            f"script-src {_digest(script)}",
            f"style-src {_digest(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    lines = (
        "<!doctype html>",
        f'<html lang="{escape(lang)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="generator" content="narrate">',
        f"<title>{escape(title)}</title>",
        f'<link rel="icon" href="{_ICON}">',
        *head,
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        body,
        f"{inert}<script>{script}</script>",
        "</body>",
        "</html>",
        "",
    )
    return "\n".join(lines).encode("utf-8", "replace")


@cache
def _digest(content: str) -> str:
    value = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{value}'"
