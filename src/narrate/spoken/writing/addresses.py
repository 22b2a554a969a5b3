"""Addresses: mail, hosts, files, paths, ``@names`` and hashtags as a listener wants them.

Of a full address only the host and a short path of plain words are said (``github.com/openai``);
nobody can write the rest down from hearing it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.spoken.core import Rule, alternatives, left_of, words
from narrate.spoken.writing.characters import ADDRESS, LETTERS, LOWER

_SPELLED = frozenset(words(
    "de at ch eu uk us fr it es nl cn jp tv fm io ai ru pl dk se no fi be cz hu br kr tw hk sg nz "
    "za ie pt gr tr ua il edu ac md txt xml html htm css js jsx tsx php py rb rs ts cpp hpp cfg "
    "csv tsv pdf mp3 mp4 m4a m4b mpg jpg png svg gz bz2 xz dll exe odt rtf srt vtt rss ics vcf "
    "dmg apk apps wmv flv mkv aac xls ppt doc eps psd pth pkl sql sh ini ipynb yml msi xyz src "
    "usr"
))  # fmt: skip
_AS_WORDS = {"json": "Jay Son", "docx": "Doc X", "xlsx": "X L S X", "pptx": "P P T X", "doc": "Doc",
             "jpeg": "Jay Peg", "net": "net", "yml": "yaml", "NET": "Net", "tmp": "temp",
             "epub": "E pub", "sql": "S Q L", "README": "Readme"}  # fmt: skip
_DOMAINS = words(
    "com org net info edu gov int io ai app dev eu de at ch uk us fr it es nl cn jp tv me fm xyz "
    "co ru pl dk se no fi be cz hu br kr tw hk sg ca au nz za ie pt gr tr ua il blog shop online "
    "news berlin hamburg koeln bayern wien swiss social cloud tech studio page biz mil museum "
    "world fyi"
)
_FILES = words(
    "md txt toml json yaml yml xml html htm css js jsx ts tsx php py rb rs java cpp hpp sh bat "
    "ini cfg conf log lock csv tsv pdf doc docx xls xlsx ppt pptx odt rtf tex epub mobi mp3 mp4 "
    "m4a m4b wav flac ogg opus aac mov avi mkv webm jpg jpeg png gif svg webp tiff psd eps zip "
    "tar gz bz2 xz rar 7z exe dll msi dmg apk iso onnx pth pkl sql db sqlite srt vtt rss ics vcf "
    "ipynb bak tmp"
)
_MAIL = re.compile(r"(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?!\w)")
_ENDING = alternatives(frozenset({*_DOMAINS, *_FILES}))
_HOST = re.compile(rf"(?<![\w.@/\\-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{_ENDING})(?![\w-]|\.\w)")
_FILE = alternatives(_FILES)
_PATH = re.compile(
    rf"(?<![\w.@/\\~-])(?:(?:~|\.{{1,2}})?/?(?:[\w.-]{{1,60}}/){{1,8}}[\w-]{{1,60}}(?:\.[\w-]{{1,20}}){{0,2}}\.(?:{_FILE})"
    r"|(?:~|\.{1,2})/(?:[\w.-]{1,60}/){0,8}\.?[\w-]{1,60}(?:\.\w{1,8})?/?"
    r"|/(?:etc|usr|home|tmp|var|opt|bin|dev|mnt|root|proc|srv|media|Users)(?:/[\w.-]{1,60}){0,8}/?)(?![\w/])"
)
_DRIVE = re.compile(r"(?<!\w)[A-Z]:\\(?:[\w.-]{0,59}[\w-](?:\\[\w.-]{0,59}[\w-]){0,8})?\\?")
_ENDING_ALONE = re.compile(
    rf"(?<![\w.…/\\)\]])\.(?:{_ENDING}|NET|env|[a-z]{{3,12}}(?:ignore|rc))(?!\w|\.\w)"
    r"|(?<=[A-Z]{3})\.NET(?!\w)"
    r"|(?<![\w.…/\\)\]])\.(?:venv|git|github|cache|config|ssh|local|npm|docker|vscode)(?!\w|\.\w)"
    r"|(?<!\S)\.[a-z][\w-]{1,30}(?=/)"
)
_HANDLE = re.compile(r"(?<![\w.@])@(\w{1,40})(?=(@[\w-]{1,63}\.)?)")
_LONE = re.compile(r"(?<=\w )[_\\](?=[ ,.;:?!)]|$)")
_CAMEL = re.compile(r"(?<![#\w])#(?=[^\W\d_])(\w{1,60})")
_ARROWS = {"->": "→", "-->": "→", "=>": "→", "==>": "→", "<->": "→", "<=": "≤", ">=": "≥",
           "!=": "≠", "==": "=", "===": "=", "!==": "≠"}  # fmt: skip
_OPERATOR = re.compile(r"(?<![-<=>!|])(?:<->|--?>|==?>|[<>]=|!==?|={2,3})(?![-<=>|])")
_CALL = re.compile(r"(?<=\w)\(\)")


@dataclass(frozen=True, slots=True)
class AddressWords:
    """What the signs of an address are called."""

    at: str
    dot: str
    dash: str
    underscore: str
    slash: str
    backslash: str
    colon: str
    tilde: str
    number: str

    def say(self, address: str) -> str:
        """An address or a path, sign by sign."""
        names = {
            "@": self.at, ".": self.dot, "-": self.dash, "_": self.underscore, "/": self.slash,
            "\\": self.backslash, ":": self.colon, "~": self.tilde, "+": "plus",
        }  # fmt: skip
        parts = re.split(r"([@.\-_/\\:~+])", address)
        dots = [at for at, part in enumerate(parts) if part == "."]
        said = []
        for at, part in enumerate(parts):
            ending = bool(dots) and dots[0] < at
            said.append(f" {names[part]} " if part in names else _part(part, ending=ending))
        return "".join(said)


def _part(part: str, *, ending: bool) -> str:
    if part in _AS_WORDS:
        return _AS_WORDS[part]
    if part in {"src", "usr"} or (ending and part in _SPELLED):
        return " ".join(part.upper())
    if part in {"en", "fr", "de", "bbc"} or (len(part) == 1 and part.isalpha()):
        return " ".join(part.upper())
    return part


_GOES_ON = "and|or|the|but|so|then|in|of|found|und|oder|aber|dann|der|die|das|von|im"
"""Before these a full stop is one, and its space was forgotten."""


def dotted_names(names: AddressWords) -> Rule:
    """The rule for ``os.path`` and unknown hosts, when nothing shorter was found in them."""
    pattern = re.compile(rf"(?<=[{LOWER}_]{{2}})\.(?!(?:{_GOES_ON})\b)(?=[a-z_]{{2}})")
    return Rule("dotted names", pattern, lambda _: f" {names.dot} ", ".")


def rules(names: AddressWords) -> tuple[Rule, ...]:
    """The rules for mail addresses, hosts, paths, file names, hashtags and ``@names``."""

    def say(match: re.Match[str]) -> str:
        return names.say(match[0].removeprefix("mailto:"))

    def shortened(match: re.Match[str]) -> str:
        return f" {names.say(match[1])}"

    def handle(match: re.Match[str]) -> str:
        return (
            f"{names.at} {match[1].replace('_', f' {names.underscore} ')}{' ' if match[2] else ''}"
        )

    def hashtag(match: re.Match[str]) -> str:
        before = left_of(match).rstrip().lower()
        label = "" if before.endswith(("hashtag", "hashtags")) else "Hashtag "
        return label + match[1].replace("_", " ")

    return (
        Rule("address", re.compile(rf"{ADDRESS}([\w./-]{{0,299}}\w)"), shortened, ADDRESS),
        Rule("mail", _MAIL, say, "@"),
        Rule("path", _PATH, say, "/"),
        Rule("drive", _DRIVE, say, "\\"),
        Rule("host", _HOST, say, "."),
        Rule("ending", _ENDING_ALONE, lambda match: f" {names.say(match[0])} ", "."),
        Rule("@name", _HANDLE, handle, "@"),
        Rule("lone sign", _LONE, lambda match: names.say(match[0]), "_\\"),
        Rule("sharp", re.compile(r"(?<![\w])([CF])#(?!\w)"), lambda m: f"{m.group(1)} sharp", "#"),
        Rule("hashtag", _CAMEL, hashtag, "#"),
        Rule("number sign", re.compile(r"(?<![#\w])#\s?(?=\d)"), lambda _: f"{names.number} ", "#"),
        Rule("operators", _OPERATOR, lambda match: f" {_ARROWS.get(match[0], '')} ", "<=>"),
        Rule("calls", _CALL, lambda _: "", "("),
        Rule("missing space", re.compile(
            rf"(?<=[{LETTERS}]{{2}}[a-zß-ÿ]\.)(?=[A-ZÄÖÜ][a-zß-ÿ]{{2}})"), lambda _: " ", "."),
    )  # fmt: skip
