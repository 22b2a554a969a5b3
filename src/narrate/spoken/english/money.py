"""English amounts of money."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule, alternatives, left_of, right_of
from narrate.spoken.english import numbers
from narrate.spoken.english.measures import CURRENCIES, PER, PRICED, SCALES
from narrate.spoken.english.notation import ARTICLE, NUMBER
from narrate.spoken.writing.numerals import plain

_SIGNS = tuple(key for key in CURRENCIES if not key.isalpha() or key in ("Rs", "zł"))
_CODES = tuple(key for key in CURRENCIES if key.isalpha())
_SIGN = alternatives(_SIGNS)
_CODE = alternatives(_CODES)
_SCALE = alternatives(tuple(SCALES))
_WORDS = r"thousand|million|billion|trillion|hundred|crore|lakh"
_PRICED = re.compile(rf"[\s-](?:{'|'.join(PRICED)})\b")
_LARGEST_IN_PENCE = 99
_RENTS = {
    "pcm": "per calendar month", "pppn": "per person per night", "pppm": "per person per month",
    "pw": "per week", "p/w": "per week", "p/m": "per month", "pn": "per night",
}  # fmt: skip


def _scale(written: str | None) -> str:
    return f" {SCALES[written.strip(' -')]}" if written else ""


def _is_adjective(match: re.Match[str]) -> bool:
    after = right_of(match)
    hyphen = "-" in (match["scale"] or match["first_scale"] or "")
    priced = hyphen or re.match(r"-[a-z]", after) or _PRICED.match(after)
    return bool(priced or ARTICLE.search(left_of(match)))


def _said(match: re.Match[str]) -> str:
    one, many, small, smalls = CURRENCIES[match["currency"]]
    amount, scale = match["amount"], _scale(match["scale"])
    if _is_adjective(match):
        many = one
        smalls = "pence" if smalls == "pence" else small
    if until := match["until"]:
        first = _scale(match["first_scale"])
        first = "" if first == scale else first
        return f"{numbers.number(amount)}{first} to {numbers.number(until)}{scale} {many}"
    scale = scale or _scale(match["first_scale"])
    if scale:
        return f"{numbers.number(amount)}{scale} {many}"
    whole, _, cents = plain(amount).partition(".")
    if len(cents) != 2 or not small:  # noqa: PLR2004 - two digits are cents
        return f"{numbers.number(amount)} {one if numbers.is_one(amount) else many}"
    main = f"{numbers.number(whole)} {one if whole == '1' else many}"
    rest = f"{numbers.cardinal(int(cents))} {small if int(cents) == 1 else smalls}"
    if not int(cents):
        return main
    return f"{main} and {rest}" if int(whole) else rest


def _pence(match: re.Match[str]) -> str:
    amount = int(match[1])
    if amount > _LARGEST_IN_PENCE:
        return match.group()
    return f"{numbers.cardinal(amount)} {'penny' if amount == 1 else 'pence'}"


def _cents(match: re.Match[str]) -> str:
    return f"{numbers.cardinal(int(match[1]))} cent{'' if match[1] == '1' else 's'}"


def _per(match: re.Match[str]) -> str:
    return f"{match[1]} per {PER.get(match[2], match[2])}"


_AMOUNT = (
    rf"(?P<amount>{NUMBER})(?P<first_scale>[\s-]?(?:{_SCALE})(?!\w))?"
    rf"(?:\s?[–-]\s?(?:{_SIGN})?(?P<until>{NUMBER})(?P<scale>[\s-]?(?:{_SCALE})(?!\w))?)?"
)
MONEY_RULES = (
    Rule("rents", re.compile(r"(?<=\d)\s?(pcm|pppn|pppm|pw|p/w|p/m|pn)(?!\w)"),
         lambda match: f" {_RENTS[match[1]]}", "p"),
    Rule("nought left out of a price", re.compile(r"(?<=[$£€])\.(?=\d\d(?!\d))"), lambda _: "0.",
         "$£€"),
    Rule("comma of cents", re.compile(
        r"(?<=[€£$])(\d{1,6}),(\d\d)(?![\d,])|(?<![\w.,])(\d{1,6}),(\d\d)(?=\s?€)"),
        lambda match: f"{match[1] or match[3]}.{match[2] or match[4]}", "€£$"),
    Rule("cents", re.compile(r"(?<![\w.,/])(\d{1,2})c(?!\w)"), _cents, DIGITS),
    Rule("money", re.compile(rf"(?<!\w)(?P<currency>{_SIGN})\s?{_AMOUNT}"), _said, DIGITS),
    Rule("money with a code", re.compile(rf"(?<!\w)(?P<currency>{_CODE})\s?{_AMOUNT}"), _said,
         DIGITS),
    Rule("money, sign last", re.compile(
        rf"(?<![\w.,])(?P<amount>{NUMBER})(?:\s?[–-]\s?(?P<until>{NUMBER}))?"
        rf"(?P<first_scale>(?!))?(?P<scale>[\s-](?:{_WORDS}|bn|mn|m))?"
        rf"\s?(?P<currency>{_SIGN}|{_CODE})(?!\w)"), _said, DIGITS),
    Rule("pence", re.compile(r"(?<![\w.,])(\d{1,2})p(?!\w)"), _pence, DIGITS),
    Rule("price per unit", re.compile(
        rf"\b(dollars?|euros?|pounds?|cents?|yen|pence|francs?|rupees?)\s?/\s?"
        rf"({alternatives(tuple(PER))}|[a-z]{{3,12}})(?!\w)"), _per, "/"),
)  # fmt: skip
