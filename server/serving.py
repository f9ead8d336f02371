"""Serving with uvicorn: one process, our wire protocol, no compression on the socket (delivery.md §4)."""

import uvicorn

from server.api.bounded_http import BoundedHttp
from server.app import make_app
from server.realtime.protocol import WireProtocol
from server.work.company import Company

MAX_FRAME = 64 << 10


def server_for(company: Company) -> uvicorn.Server:
    """Ready to `run()`; stops on SIGINT and SIGTERM."""
    settings = company.settings
    config = uvicorn.Config(
        make_app(company),
        host=settings.host,
        port=settings.port,
        ws=WireProtocol,
        ws_per_message_deflate=False,
        ws_max_size=MAX_FRAME,
        ws_ping_interval=30.0,
        ws_ping_timeout=30.0,
        loop="uvloop",
        http=BoundedHttp,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
        backlog=4096,
    )
    return uvicorn.Server(config)
