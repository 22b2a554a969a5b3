"""HTTP over a socket with an end to every wait: uvicorn waits for half a request for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_S = 20.0
"""For the head of a request, from its first byte or the connection's beginning."""

STALLED_S = 3_600.0
"""For a client that takes nothing at all, as a player does that pauses."""

CONNECTIONS = 1_000
"""At once; further ones are closed unanswered."""

_BUFFERED = 1 << 16


class PatientProtocol(H11Protocol):
    """A connection that ends when its client sends no whole request, or takes no answer."""

    _request_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """A client has come."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.abort()
            return
        transport.set_write_buffer_limits(high=_BUFFERED)
        self._wait_for_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """A client has gone."""
        self._cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a request has come: it may be whole now."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait_for_request()
        else:
            self._cancel_request()

    def pause_writing(self) -> None:
        """The client takes nothing for the moment."""
        super().pause_writing()
        if self._stall_timer is None:
            self._stall_timer = self.loop.call_later(STALLED_S, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has taken something."""
        self._cancel_stall()
        super().resume_writing()

    def _wait_for_request(self) -> None:
        if self._request_timer is None and not self.transport.is_closing():
            self._request_timer = self.loop.call_later(REQUEST_S, self.transport.abort)

    def _cancel(self) -> None:
        self._cancel_request()
        self._cancel_stall()

    def _cancel_request(self) -> None:
        if self._request_timer is not None:
            self._request_timer.cancel()
            self._request_timer = None

    def _cancel_stall(self) -> None:
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None
