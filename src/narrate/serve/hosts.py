"""The names under which this server is reached.

A page of another site that has its own name point here (DNS rebinding) is not let in.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

_AUTHORITY = re.compile(
    r"(?P<host>\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9._-]{0,252}))(?::(?P<port>\d{1,5}))?",
    re.ASCII,
)
_LAST_PORT = 65_535
_HOME = ("", ".local", ".lan", ".home", ".home.arpa", ".internal", ".localdomain", ".fritz.box")
"""What stands behind a machine's own name in networks at home."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A host and its port, as the client has them.

    Attributes:
        host: In lower case; an IPv6 address in brackets.
        port: 0 for the scheme's own.
    """

    host: str
    port: int = 0

    def __str__(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host


def parse_authority(text: str) -> Authority | None:
    """``Host`` of a request; ``None`` for what is none."""
    found = _AUTHORITY.fullmatch(text.strip().lower())
    if found is None:
        return None
    host, port = found["host"], int(found["port"] or 0)
    if port > _LAST_PORT or (host.startswith("[") and _address(host) is None):
        return None
    return Authority(host, port)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host of this name or address."""
    address = _address(host)
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")


@dataclass(frozen=True, slots=True)
class Names:
    """Which hosts a server answers for.

    Attributes:
        bound: What the user had it listen on.
        is_open: Others in the network reach it, so that any address of this machine may be meant.
    """

    bound: str
    is_open: bool

    def fit(self, host: str) -> bool:
        """Whether a request for this host is meant for this server."""
        if is_loopback(host) or host == self.bound.lower():
            return True
        if not self.is_open:
            return False
        # Nobody can have an address point elsewhere, only a name.
        return _address(host) is not None or host in own_names()


def own_names() -> frozenset[str]:
    """What this machine may be called in a network at home."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return frozenset({name, *(short + end for end in _HOME)} if short else ())


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
