"""Real players, driven as a listener drives them, and where what they play stands in a file."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sounds import RATE, Samples, all_decoded

_STEP = 4
"""Samples that are compared as one: sines below 1 kHz stay what they are."""

_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Found:
    """Where a sound stands in another.

    Attributes:
        at_s: Seconds from the start.
        likeness: Their correlation there, up to 1.
    """

    at_s: float
    likeness: float


class Recording:
    """A finished file, decoded once, in which a player's sound is looked for."""

    def __init__(self, path: Path) -> None:
        self._samples = _coarse(all_decoded(path).mean(axis=0))
        # As a power of two, and the longest sound that is looked for fits behind the end.
        self._size = 1 << (self._samples.size + 30 * RATE // _STEP).bit_length()
        self._spectrum = np.fft.rfft(self._samples, self._size)
        self._energy = np.concatenate([[0.0], np.cumsum(self._samples**2)])

    def find(self, heard: Samples) -> Found:
        """The place in the whole file that is most like what was heard."""
        sought = _coarse(heard)
        products = np.fft.irfft(
            self._spectrum * np.conj(np.fft.rfft(sought, self._size)), self._size
        )[: self._samples.size - sought.size + 1]
        at = int(np.argmax(products))
        energy = self._energy[at + sought.size] - self._energy[at]
        likeness = products[at] / np.sqrt(energy * float(sought @ sought))
        return Found(at * _STEP / RATE, float(likeness))


def _coarse(samples: Samples) -> Samples:
    whole = samples.size // _STEP * _STEP
    return np.asarray(samples[:whole].reshape(-1, _STEP).mean(axis=1), np.float64)


def until(happened: Callable[[], bool], seconds: float = _PATIENCE_S) -> None:
    """Wait for something; an error after a minute."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


# --- mpv --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Played:
    """What a player sees in a file and plays of it, one channel at ``RATE``.

    Attributes:
        chapters: Title and start in seconds.
    """

    duration_s: float
    chapters: list[tuple[str, float]]
    samples: Samples


class _Talk:
    """mpv's JSON protocol."""

    def __init__(self, connection: socket.socket) -> None:
        self._stream = connection.makefile("rw", encoding="utf-8")

    def ask(self, *command: object) -> Any:
        """Send a command; gives the data of its answer, nothing where mpv refuses."""
        self._stream.write(json.dumps({"command": command}) + "\n")
        self._stream.flush()
        while "error" not in (answer := json.loads(self._stream.readline())):
            pass
        return answer.get("data") if answer["error"] == "success" else None


def mpv_plays(address: str, chapter: int, seconds: float) -> Played:
    """Open an address or path in mpv, seek to a chapter, from 1, and play so much of it."""
    # A socket's path has room for some 100 bytes.
    with tempfile.TemporaryDirectory(prefix="mpv") as folder:
        where, sound = Path(folder) / "talk", Path(folder) / "sound.pcm"
        with subprocess.Popen(
            [  # noqa: S607 - the one on the PATH is what is tested
                "mpv", "--no-config", "--no-terminal", "--no-video", "--pause", "--cache=no",
                "--ao=pcm", f"--ao-pcm-file={sound}", "--ao-pcm-waveheader=no",
                "--audio-format=s16", "--audio-channels=mono", f"--audio-samplerate={RATE}",
                f"--input-ipc-server={where}", "--", address,
            ],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "HOME": folder, "no_proxy": "*"},
        ) as process:  # fmt: skip
            try:
                until(where.exists)
                with socket.socket(socket.AF_UNIX) as connection:
                    connection.settimeout(_PATIENCE_S)
                    connection.connect(str(where))
                    return _mpv_asked(_Talk(connection), sound, chapter, seconds)
            finally:
                process.kill()


def _mpv_asked(talk: _Talk, sound: Path, chapter: int, seconds: float) -> Played:
    until(lambda: talk.ask("get_property", "playback-time") is not None)
    listed = talk.ask("get_property", "chapter-list")
    talk.ask("set_property", "chapter", chapter - 1)
    until(lambda: talk.ask("get_property", "seeking") is False)
    talk.ask("set_property", "pause", False)
    size = round(seconds * RATE) * 2
    until(lambda: sound.exists() and sound.stat().st_size >= size)
    return Played(
        talk.ask("get_property", "duration"),
        [(one["title"], one["time"]) for one in listed],
        np.frombuffer(sound.read_bytes()[:size], "<i2") / 32_768,
    )


# --- libVLC -----------------------------------------------------------------------------------

_PLAY = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int64)
_FLUSH = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)
_POINTER, _INT, _LONG, _TEXT = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_char_p


class _Chapter(ctypes.Structure):
    """``libvlc_chapter_description_t``."""

    _fields_ = (("start_ms", _LONG), ("duration_ms", _LONG), ("name", _TEXT))


_FUNCTIONS: dict[str, tuple[list[Any], Any]] = {
    "libvlc_new": ([_INT, ctypes.POINTER(_TEXT)], _POINTER),
    "libvlc_release": ([_POINTER], None),
    "libvlc_media_new_location": ([_POINTER, _TEXT], _POINTER),
    "libvlc_media_release": ([_POINTER], None),
    "libvlc_media_player_new_from_media": ([_POINTER], _POINTER),
    "libvlc_media_player_release": ([_POINTER], None),
    "libvlc_media_player_play": ([_POINTER], _INT),
    "libvlc_media_player_stop": ([_POINTER], None),
    "libvlc_media_player_get_length": ([_POINTER], _LONG),
    "libvlc_media_player_get_time": ([_POINTER], _LONG),
    "libvlc_media_player_set_time": ([_POINTER, _LONG], None),
    "libvlc_media_player_get_full_chapter_descriptions": (
        [_POINTER, _INT, ctypes.POINTER(ctypes.POINTER(ctypes.POINTER(_Chapter)))],
        _INT,
    ),
    "libvlc_chapter_descriptions_release": (
        [ctypes.POINTER(ctypes.POINTER(_Chapter)), ctypes.c_uint],
        None,
    ),
    "libvlc_media_player_set_chapter": ([_POINTER, _INT], None),
    "libvlc_audio_set_format": ([_POINTER, _TEXT, ctypes.c_uint, ctypes.c_uint], None),
    "libvlc_audio_set_callbacks": (
        [_POINTER, _PLAY, _POINTER, _POINTER, _FLUSH, _POINTER, _POINTER],
        None,
    ),
}


class _Vlc:
    """A player of libVLC that is playing; what it plays is collected since its last seek."""

    def __init__(self, library: ctypes.CDLL, player: int) -> None:
        self._library, self._player = library, player
        self._sound = bytearray()
        self._flushes = 0
        # libVLC keeps no hold of them.
        self._callbacks = _PLAY(self._played), _FLUSH(self._flushed)
        play, flush = self._callbacks
        library.libvlc_audio_set_callbacks(player, play, None, None, flush, None, None)
        library.libvlc_audio_set_format(player, b"S16N", RATE, 1)

    def _played(self, _: object, samples: int, count: int, __: object) -> None:
        self._sound += ctypes.string_at(samples, count * 2)

    def _flushed(self, *_: object) -> None:
        self._flushes += 1
        self._sound.clear()

    def start(self) -> None:
        """Play the beginning: who seeks in the first moments sometimes stops libVLC for good."""
        assert self._library.libvlc_media_player_play(self._player) == 0
        until(lambda: bool(self._library.libvlc_media_player_get_time(self._player) >= 700))

    def length_s(self) -> float:
        """How long libVLC says that the file is."""
        return float(self._library.libvlc_media_player_get_length(self._player)) / 1000

    def chapters(self) -> list[tuple[str, float]]:
        """Title and start in seconds of each chapter that libVLC lists."""
        found = ctypes.POINTER(ctypes.POINTER(_Chapter))()
        describe = self._library.libvlc_media_player_get_full_chapter_descriptions
        count = max(describe(self._player, -1, ctypes.byref(found)), 0)
        chapters = [found[n].contents for n in range(count)]
        listed = [(one.name.decode(), one.start_ms / 1000) for one in chapters]
        self._library.libvlc_chapter_descriptions_release(found, count)
        return listed

    def play_from(self, seconds: float, *, chapter: int = 0, start_s: float = 0.0) -> Samples:
        """Seek to a chapter, from 1, or to a time; gives so much of what is heard from there."""
        if chapter:
            return self._seek("libvlc_media_player_set_chapter", chapter - 1, seconds)
        return self._seek("libvlc_media_player_set_time", round(start_s * 1000), seconds)

    def _seek(self, function: str, value: int, seconds: float) -> Samples:
        flushes = self._flushes
        getattr(self._library, function)(self._player, value)
        until(lambda: self._flushes > flushes)
        size = round(seconds * RATE) * 2
        until(lambda: len(self._sound) >= size)
        return np.frombuffer(bytes(self._sound[:size]), "=i2") / 32_768


def vlc_plays(address: str, seconds: float, *, chapter: int = 0, start_s: float = 0.0) -> Played:
    """Play an address in libVLC, seek to a chapter, from 1, or to a time, and play so much."""
    library = ctypes.CDLL("libvlc.so.5")
    for name, (arguments, result) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.argtypes, function.restype = arguments, result
    options = [b"--quiet", b"--no-video", b"--no-interact", b"--no-plugins-cache"]
    instance = library.libvlc_new(len(options), (_TEXT * len(options))(*options))
    assert instance
    media = library.libvlc_media_new_location(instance, address.encode())
    pointer = library.libvlc_media_player_new_from_media(media)
    player = _Vlc(library, pointer)
    try:
        player.start()
        samples = player.play_from(seconds, chapter=chapter, start_s=start_s)
        return Played(player.length_s(), player.chapters(), samples)
    finally:
        library.libvlc_media_player_stop(pointer)
        library.libvlc_media_player_release(pointer)
        library.libvlc_media_release(media)
        library.libvlc_release(instance)


# --- Chromium ---------------------------------------------------------------------------------

_LISTEN = """
async ([start, seconds]) => {
  const media = document.querySelector("video, audio");
  media.pause();
  const ready = new Promise(done => media.addEventListener("seeked", done, {once: true}));
  media.currentTime = start;
  await ready;
  const context = new AudioContext({sampleRate: 44100});
  const tap = context.createScriptProcessor(4096, 1, 1);
  context.createMediaElementSource(media).connect(tap);
  tap.connect(context.destination);
  const heard = [];
  let begin = null;
  const done = new Promise(resolve => {
    tap.onaudioprocess = event => {
      const block = event.inputBuffer.getChannelData(0);
      // What comes before the first sound tells nothing of where it is.
      if (begin === null && !block.some(sample => sample !== 0)) return;
      if (begin === null) begin = media.currentTime;
      heard.push(...block);
      if (heard.length >= seconds * 44100) resolve();
    };
  });
  await context.resume();
  await media.play();
  await done;
  return {duration: media.duration, begin, heard: heard.map(one => Math.round(one * 32767))};
}
"""


@dataclass(frozen=True)
class Browsed:
    """What a browser plays of a file, and its word for where that is and how long the file is."""

    duration_s: float
    says_s: float
    samples: Samples


def chromium_plays(address: str, start_s: float, seconds: float) -> Browsed:
    """Open a file in Chromium, seek and listen to what comes out of its player."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        )
        page = browser.new_page()
        page.goto(address)
        answer = page.evaluate(_LISTEN, [start_s, seconds])
        browser.close()
    return Browsed(answer["duration"], answer["begin"], np.array(answer["heard"]) / 32_768)
