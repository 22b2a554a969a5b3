"""Addresses on the web that people write."""

from __future__ import annotations

from urllib.parse import urlsplit


def url_problem(url: str) -> str:
    """What is wrong with an http or https address, in words; empty when nothing is."""
    if not url.isprintable() or " " in url:
        return "holds a space or control character"
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
        host = (parts.hostname or "").encode("idna")
    except ValueError:  # UnicodeError, of a host whose parts are empty or too long, is one
        return "is no valid address"
    if parts.scheme not in {"http", "https"}:
        return "does not begin with http:// or https://"
    if not host or not port_fits:
        return "names no host"
    if parts.username is not None or parts.password is not None:
        return "holds a user name or password, which every listener would see"
    return ""
