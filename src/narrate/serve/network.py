"""Under which addresses others reach this machine."""

from __future__ import annotations

import ipaddress
import socket

_ELSEWHERE = ("192.0.2.1", 9)
"""An address that belongs to nobody (RFC 5737)."""


def network_addresses() -> list[str]:
    """IPv4 addresses of this machine, the likeliest first; none without a network."""
    import psutil  # type: ignore[import-untyped] # noqa: PLC0415 - only for others to listen

    states = psutil.net_if_stats()
    found = [
        entry.address
        for name, entries in psutil.net_if_addrs().items()
        if name in states and states[name].isup
        for entry in entries
        if entry.family == socket.AF_INET
    ]
    usable = [address for address in found if _reaches_others(address)]
    main = _main_address()
    # What containers and virtual machines have among themselves comes last.
    return sorted(dict.fromkeys(usable), key=lambda address: (address != main, _is_inner(address)))


def _main_address() -> str:
    """The address that this machine would use to reach others; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _reaches_others(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)


def _is_inner(address: str) -> bool:
    return ipaddress.ip_address(address) in ipaddress.ip_network("172.16.0.0/12")
