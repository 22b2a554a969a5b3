"""The output folder over HTTP: to a browser and to apps on this machine or in its network.

Nothing here knows how a show is built; it is read from the files that lie there.
"""

from __future__ import annotations

from narrate.serve.app import SUBSCRIBE, App, Served, feeds_in
from narrate.serve.hosts import Names, is_loopback
from narrate.serve.network import network_addresses
from narrate.serve.qr import qr_lines
from narrate.serve.server import listen, make_server, run
from narrate.serve.tokens import show_token

__all__ = [
    "SUBSCRIBE",
    "App",
    "Names",
    "Served",
    "feeds_in",
    "is_loopback",
    "listen",
    "make_server",
    "network_addresses",
    "qr_lines",
    "run",
    "show_token",
]
