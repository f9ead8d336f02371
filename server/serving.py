"""Serving with uvicorn: one process or several, our wire protocol, no compression on the socket (delivery.md §4)."""

import gc
import os
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from server.api.bounded_http import BoundedHttp
from server.app import make_app
from server.config.logs import set_up_logs
from server.config.settings import Settings, read_settings
from server.opening import open_company
from server.realtime.protocol import WireProtocol
from server.work.company import Company

MAX_FRAME = 64 << 10


def server_for(company: Company) -> uvicorn.Server:
    """Ready to `run()`; stops on SIGINT and SIGTERM."""
    return uvicorn.Server(_config(make_app(company), company.settings))


def serve_with(processes: int, settings: Settings) -> None:
    """So many processes behind one port, watched over: one that dies is replaced, SIGHUP replaces all, one after the other."""
    os.environ.update(
        TENFOUR_DATA=str(settings.data), TENFOUR_HOST=settings.host, TENFOUR_PORT=str(settings.port)
    )
    config = _config("server.serving:one_of_several", settings, factory=True, workers=processes)
    Multiprocess(config, [config.bind_socket()]).run()


def settle_memory() -> None:
    """What has been loaded stays: the collector need not look through it again and again, which would stop everybody meanwhile.

    Once per process, before it serves.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def one_of_several() -> Starlette:
    """What each of the processes serves; its settings are in the environment."""
    settings = read_settings()
    set_up_logs(settings.log_level)
    app = make_app(open_company(settings))
    settle_memory()
    return app


def _config(app: Any, settings: Settings, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
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
        timeout_worker_healthcheck=30,  # a start brings the schema up to date and may wait for another that does
        **more,
    )
