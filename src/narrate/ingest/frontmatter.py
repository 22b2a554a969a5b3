"""What stands between two lines of ``---`` at the head of an article, and the file beside it.

Both are untrusted: their length and depth are bounded, and YAML comes without tags, anchors and
aliases, so that no short text can unfold into a large one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from narrate.errors import ArticleError
from narrate.files import parse_toml, read_bytes

_MAX_KIB = 64
_MAX_DEPTH = 12
_OPENING = re.compile(r"\s*?---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_KEY = re.compile(r"^[A-Za-z_]+[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Metadata at the head of an article.

    Attributes:
        fields: What it says; empty when there is none.
        end: Where the body begins.
        warning: Sentence for the author, or empty.
    """

    fields: Mapping[str, object]
    end: int
    warning: str = ""


def split_front_matter(text: str, where: str, *, strict: bool) -> FrontMatter:
    """Read the front matter of an article.

    A block that is no YAML mapping is text. If it has keys but is no valid YAML it is an error,
    or, unless ``strict``, text with a warning.

    Raises:
        ArticleError: The front matter is invalid, or too long or deep.
    """
    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(text, opening.end(), opening.end() + _MAX_KIB * 1024)
    if not opening or not closing:
        return FrontMatter({}, 0)
    block = text[opening.end() : closing.start()]
    first_line = text.count("\n", 0, opening.end()) + 1
    try:
        fields = _load_yaml(block, first_line, where)
    except ArticleError as error:
        if strict and _KEY.search(block):
            raise
        warning = f"the block between “---” is read as text: {error.what}"
        return FrontMatter({}, 0, warning if _KEY.search(block) else "")
    return FrontMatter({}, 0) if fields is None else FrontMatter(fields, closing.end())


def _load_yaml(block: str, first_line: int, where: str) -> Mapping[str, object] | None:
    """The mapping that ``block`` is; None if it is something else."""
    mend = "Write one `key: value` a line; put a value with a colon into quotes."
    try:
        _check_events(block, where)
        loaded = yaml.safe_load(block)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        what = f"this front matter is not YAML: {error.problem or 'it is not valid'}"
        raise ArticleError(what, where=f"{where}, line {line}", mend=mend) from error
    except (yaml.YAMLError, ValueError) as error:
        what = f"this front matter is not YAML: {str(error).splitlines()[0]}"
        raise ArticleError(what, where=where, mend=mend) from error
    if loaded is None:
        return {} if not block.strip() else None
    if not isinstance(loaded, dict):
        return None
    return {str(key): _paired(value) for key, value in loaded.items()}


def _paired(value: object) -> object:
    """Text whose signs beyond U+FFFF are escaped in halves, as JSON writes them, made whole."""
    if not isinstance(value, str):
        return value
    return _HALVES.sub(lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), value)


def _check_events(block: str, where: str) -> None:
    depth = 0
    for event in yaml.parse(block, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise ArticleError(
                f"front matter is nested deeper than {_MAX_DEPTH} levels", where=where
            )
        anchored = isinstance(event, yaml.NodeEvent) and event.anchor
        tag = getattr(event, "tag", None)
        if anchored or (tag and tag != "!"):
            raise ArticleError(
                "front matter has a YAML anchor, alias or tag",
                where=where,
                mend="Write the value itself; put text that begins with &, * or ! into quotes.",
            )


def read_sidecar(path: Path, where: str) -> Mapping[str, object]:
    """What ``KEY.toml`` beside an article says.

    Raises:
        ArticleError: It cannot be read or is no valid TOML.
    """
    return parse_toml(read_bytes(path, where, _MAX_KIB, ArticleError), where, ArticleError)
