"""Structured logs to standard error: JSON lines, never a message body, never a token."""

import logging
import sys

import structlog


def set_up_logs(level: str) -> None:
    """Called once by the doors. Unknown levels fall back to `info`."""
    number = getattr(logging, level.upper(), logging.INFO)
    logging.basicConfig(stream=sys.stderr, level=number, format="%(message)s")
    for noisy in ("uvicorn.error", "alembic"):
        logging.getLogger(noisy).setLevel(max(number, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
