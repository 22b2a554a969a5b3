"""What a podcast app sees of a show at any moment: nothing may be missing or half-written."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import tomlkit
from lxml import etree  # type: ignore[import-untyped]
from tomlkit.exceptions import TOMLKitError

_SOUND = (".mp3", ".m4a", ".m4b")
CATALOGUE = "show.json"
"""Says what the folder holds for whoever listens: it changes as a build goes on, as feeds do."""

_NOTES = ("published.toml", "takes.toml")
_PODCAST = "{https://podcastindex.org/namespace/1.0}"


def snapshot(show: Path) -> dict[str, str]:
    """Every file of a show but its cache, with the SHA-256 of its content."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(show.rglob("*"))
        if path.is_file() and not (name := path.relative_to(show).as_posix()).startswith(".narrate")
    }


def differences(found: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    """What is not as it should be, file by file."""
    return [
        f"{name} is {'missing' if name not in found else 'not wanted here'}"
        if (name in found) != (name in wanted)
        else f"{name} has other bytes"
        for name in sorted(found.keys() | wanted.keys())
        if found.get(name) != wanted.get(name)
    ]


class Reader:
    """Looks at shows; a file that it has once decoded is known by its content.

    Args:
        ffmpeg: The program that decodes.
    """

    def __init__(self, ffmpeg: str) -> None:
        self._ffmpeg = ffmpeg
        self._verdicts: dict[str, str] = {}

    def faults(self, show: Path) -> list[str]:
        """What an app, or narrate itself, would stumble over."""
        output = show / "output"
        found = []
        for path in sorted(output.glob("*")):
            if path.name.startswith("."):
                continue  # not served, and swept by the next build
            if path.suffix == ".xml":
                found += self._feed_faults(path)
            elif path.name == CATALOGUE:
                found += self._catalogue_faults(path)
            elif fault := self._file_fault(path):
                found.append(f"{path.name} {fault}")
        for name in _NOTES:
            path = show / name
            try:
                if path.exists():
                    tomlkit.parse(path.read_text(encoding="utf-8"))
            except (TOMLKitError, UnicodeDecodeError):
                found.append(f"{name} cannot be read")
        return found

    def _feed_faults(self, path: Path) -> list[str]:
        try:
            root = etree.parse(path).getroot()
        except etree.XMLSyntaxError:
            return [f"{path.name} is no XML"]
        found = []
        guids = [guid.text for guid in root.iter("guid")]
        if len(set(guids)) != len(guids):
            found.append(f"{path.name} names an episode twice")
        tags = ("enclosure", *(f"{_PODCAST}{tag}" for tag in ("chapters", "transcript", "source")))
        for element in root.iter(*tags):
            address = element.get("url") or element.get("uri", "")
            name = unquote(Path(urlsplit(address).path).name)
            if not (path.parent / name).is_file():
                found.append(f"{path.name} names {name}, which is missing")
        return found

    def _catalogue_faults(self, path: Path) -> list[str]:
        try:
            episodes = json.loads(path.read_bytes())["episodes"]
        except ValueError:
            return [f"{path.name} is no JSON"]
        names = [
            name
            for one in episodes
            for name in (
                *(file["name"] for file in one["files"]),
                *one["transcripts"].values(),
                one["chapters_file"],
            )
        ]
        return [
            f"{path.name} names {name}, which is missing"
            for name in names
            if name and not (path.parent / name).is_file()
        ]

    def _file_fault(self, path: Path) -> str:
        """What is wrong with a file; empty when nothing is."""
        content = path.read_bytes()
        checksum = hashlib.sha256(content).hexdigest()
        if checksum not in self._verdicts:
            self._verdicts[checksum] = self._verdict(path, content)
        return self._verdicts[checksum]

    def _verdict(self, path: Path, content: bytes) -> str:
        if not content:
            return "is empty"
        if path.suffix == ".json":
            try:
                json.loads(content)
            except ValueError:
                return "is no JSON"
        if path.suffix == ".html" and not content.endswith(b"</html>\n"):
            return "has no end"
        if path.suffix == ".vtt" and not content.startswith(b"WEBVTT"):
            return "is no WebVTT"
        if path.suffix in _SOUND:
            streams = ("-map", "0:a", "-map", "0:v?")  # the cover counts as a film
            command = [self._ffmpeg, "-v", "error", "-i", str(path), *streams, "-f", "null", "-"]
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, check=False
            )
            if done.returncode or done.stderr.strip():
                return f"is not decoded without error: {done.stderr.decode('utf-8', 'replace')}"
        return ""


def feed_lags(show: Path) -> bool:
    """Whether a feed states another length than its enclosure has: until the next build ends."""
    for path in (show / "output").glob("feed*.xml"):
        for element in etree.parse(path).getroot().iter("enclosure"):
            name = unquote(Path(urlsplit(element.get("url", "")).path).name)
            if (path.parent / name).stat().st_size != int(element.get("length", "0")):
                return True
    return False


def litter(show: Path) -> list[str]:
    """Half-written files that lie in the cache."""
    return sorted(path.relative_to(show).as_posix() for path in (show / ".narrate").rglob(".new-*"))
