"""Structured logs to standard error: JSON lines, never a message body, never a token."""

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

import structlog

# Their errors quote statements with their values, or the row that broke a constraint.
_QUOTING = ("sqlalchemy", "psycopg", "sqlite3", "redis")


def set_up_logs(level: str) -> None:
    """Called once by the doors. Unknown levels fall back to `info`."""
    number = getattr(logging, level.upper(), logging.INFO)
    logging.basicConfig(stream=sys.stderr, level=number, format="%(message)s")
    for noisy in ("uvicorn.error", "alembic", "arq"):
        logging.getLogger(noisy).setLevel(max(number, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_values,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )


def without_values(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog's processor for exceptions: where it happened and of what kind; of a database's error not what it says."""
    error = line.pop("exc_info", None)
    if isinstance(error, BaseException):
        line["exception"] = "\n".join(_told(error))
    return line


def _told(error: BaseException) -> Iterator[str]:
    """The chain of errors, the last one first."""
    following: BaseException | None = error
    while following is not None:
        yield "".join(traceback.format_tb(following.__traceback__)).rstrip()
        kind = type(following)
        quotes = kind.__module__.partition(".")[0] in _QUOTING
        yield f"{kind.__name__}: {getattr(following, 'sqlstate', '') if quotes else following}"
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
