"""The files of the messages that are sent together: looked up once, each given to one message, hung on all in one go."""

from collections.abc import Sequence
from typing import Protocol

from server.files import attaching
from server.files.present import FileView
from server.work.work import Work

_NONE: list[FileView] = []


class WithFiles(Protocol):
    """A message that is being sent."""

    @property
    def author_id(self) -> int: ...

    @property
    def files(self) -> tuple[int, ...]: ...


class Attached:
    """Costs nothing where no message brings files. Locks the files before anything else of the batch is locked."""

    def __init__(self, work: Work, sends: Sequence[WithFiles]) -> None:
        wanted = [one for send in sends for one in send.files]
        self._free = attaching.ready(work, wanted) if wanted else {}
        self._views: dict[tuple[int, ...], list[FileView]] = {}
        self._on: dict[int, int] = {}

    def take(self, send: WithFiles) -> bool:
        """Whether all its files are its author's, ready, and no earlier message's."""
        views = attaching.chosen(send.author_id, send.files, self._free)
        if views is None:
            return False
        for one in send.files:
            del self._free[one]
        self._views[send.files] = views
        return True

    def to(self, send: WithFiles, message_id: int) -> list[FileView]:
        """The files of this message, which is about to be stored under this id."""
        if not send.files:
            return _NONE
        self._on.update(dict.fromkeys(send.files, message_id))
        return self._views[send.files]

    def hang(self, work: Work) -> None:
        if self._on:
            attaching.hang(work, "message", self._on)
