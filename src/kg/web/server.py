"""The production server: waitress, with limits, until it is told to stop."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, MultiSocketServer

from kg.web.app import MAX_BODY

_LOG = logging.getLogger(__name__)
_HEADER = 256 << 10  # bytes of request line and headers; a GET query has to fit
_TIMEOUT = 60  # seconds a silent connection is kept
_GRACE = 10.0  # seconds that requests under way have, once the server is told to stop
_TICK = 0.5  # seconds between two looks at whether to stop


class Server:
    """A server that listens once it is made.

    Args:
        app: What `create_app` made.
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        threads: Requests that are handled at once.

    Raises:
        OSError: The address is in use, or not ours.
    """

    def __init__(self, app: Flask, host: str, port: int, threads: int) -> None:
        self._server: BaseWSGIServer | MultiSocketServer = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            max_request_body_size=MAX_BODY,
            max_request_header_size=_HEADER,
            channel_timeout=_TIMEOUT,
            connection_limit=200,
            clear_untrusted_proxy_headers=True,
            expose_tracebacks=False,
        )
        self._stopping = threading.Event()

    @property
    def port(self) -> int:
        """The port it listens on."""
        listening: list[tuple[str, int]] = getattr(self._server, "effective_listen", None) or [
            (self._server.effective_host, self._server.effective_port)
        ]
        return int(listening[0][1])

    def run(self) -> None:
        """Serve until `stop`; requests under way then have some seconds to end."""
        while not self._stopping.is_set():
            self._turn()
        self._stop_listening()
        until = time.monotonic() + _GRACE
        while self._is_busy() and time.monotonic() < until:
            self._turn()
        self._server.task_dispatcher.shutdown()
        self._server.close()

    def stop(self) -> None:
        """Tell the server to stop; may be called from a signal handler or another thread."""
        self._stopping.set()

    def _turn(self) -> None:
        self._server.asyncore.loop(timeout=_TICK, use_poll=True, map=self._map, count=1)

    @property
    def _map(self) -> dict[int, object]:
        found: dict[int, object] = getattr(self._server, "map", None) or self._server._map  # noqa: SLF001
        return found

    def _stop_listening(self) -> None:
        for item in list(self._map.values()):
            if isinstance(item, BaseWSGIServer):
                item.accepting = False
                item.del_channel()
                item.socket.close()

    def _is_busy(self) -> bool:
        channels = [item for item in self._map.values() if isinstance(item, HTTPChannel)]
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def serve(
    app: Flask,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 8,
    *,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serve an application until SIGTERM or SIGINT.

    Args:
        app: What `create_app` made.
        host: Address to listen on.
        port: Port to listen on.
        threads: Requests that are handled at once.
        ready: Called once it listens.

    Raises:
        OSError: The address is in use, or not ours.
    """
    server = Server(app, host, port, threads)

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        _LOG.info("stopping on signal %d", number)
        server.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if ready:
        ready()
    server.run()
