"""Statements are compiled once per test process: every house has engines of its own, and a server that runs for long has them all compiled.

SQLAlchemy's own cache, per engine, would see each of them for the first time in each house: a third of what many a test computes.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

SIZE = 5_000


class _Shared:
    """The cache of all engines. Their dialects, which the keys begin with, differ only in what was said at connecting."""

    def __init__(self) -> None:
        self._found: LRUCache[Any, Any] = LRUCache(SIZE)

    @staticmethod
    def _key(key: tuple[Any, ...]) -> tuple[Any, ...]:
        dialect, *rest = key
        return (type(dialect), getattr(dialect, "server_version_info", None), *rest)

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return self._found.get(self._key(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        self._found[self._key(key)] = compiled

    def clear(self) -> None:
        """Asked of one engine; the others keep theirs."""

    def __len__(self) -> int:
        return len(self._found)


def share_compiled() -> None:
    """From now on, for every engine of this process."""
    cache = _Shared()
    Engine._compiled_cache = property(lambda engine: cache, lambda engine, own: None)  # type: ignore[assignment]
