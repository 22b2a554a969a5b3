"""English streets in addresses: without full stops, with the letters of a direction."""

from __future__ import annotations

import re

from narrate.spoken.core import Rule, alternatives, left_of

_SURE = {"St": "Street", "Dr": "Drive", "Ave": "Avenue", "Rd": "Road", "Ln": "Lane",
         "Blvd": "Boulevard", "Pkwy": "Parkway",
         "Cres": "Crescent"}  # fmt: skip
_NUMBERED = {"Ct": "Court", "Pl": "Place", "Sq": "Square",
             "Ter": "Terrace", "Hwy": "Highway"}  # fmt: skip
_ROOMS = {"Apt": "Apartment", "Ste": "Suite", "Bldg": "Building", "Rm": "Room"}
_SIDES = {"N": "North", "S": "South", "E": "East", "W": "West", "NE": "Northeast",
          "NW": "Northwest", "SE": "Southeast", "SW": "Southwest"}  # fmt: skip
_STREETS = {**_SURE, **_NUMBERED}
_KINDS = "|".join({*_STREETS, *_STREETS.values()})
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w'.]{0,30}|\d(?:st|nd|rd|th))\s$")
_HOUSE_BEFORE = re.compile(
    r"(?:(?<![\w.,])\d{1,5}[A-Z]?\s(?:[NSEW]{1,2}\.?\s)?(?:[A-Z][\w'.]{0,30}\s){1,4}"
    r"|\d(?:st|nd|rd|th)\s|\b(?:of|and|&|on|at)\s[A-Z][a-z]{1,20}\s)$"
)


def _street(match: re.Match[str]) -> str:
    kind = match.group()
    known = _NAME_BEFORE if kind in _SURE else _HOUSE_BEFORE
    return _STREETS[kind] if known.search(left_of(match)) else kind


STREET_RULES = (
    Rule("sides of streets", re.compile(
        rf"(?<=\d )(?:{alternatives(_SIDES)})(?=\s(?:\d{{1,3}}(?:st|nd|rd|th)|[A-Z][a-z]{{1,30}}"
        rf"(?:\s[A-Z][a-z]{{1,30}})?)\s(?:{_KINDS})\b)"),
        lambda match: _SIDES[match.group()], "NSEW"),
    Rule("streets without a stop", re.compile(
        rf"(?:{alternatives(_STREETS)})(?![\w.'-]|\s[A-Z][a-z](?![a-z]?\s\d))"),
        _street, "SADRLBCPTH"),
    Rule("sides behind streets", re.compile(
        rf"(?:(?<=Street )|(?<=Avenue )|(?<=Road )"
        rf"|(?<=Drive ))(?:{alternatives(_SIDES)})(?![\w.'-])"),
        lambda match: _SIDES[match.group()], "NSEW"),
    Rule("rooms without a stop", re.compile(
        rf"(?<![\w.])(?:{alternatives(_ROOMS)})(?=\s#?(?:\d|[A-Z]\b))"),
        lambda match: _ROOMS[match.group()], "ASBR"),
)  # fmt: skip
"""Tried before houses are numbered and abbreviations are said."""
