"""What is read, gathered within bounds: more than this nobody reads in a preview."""

from typing import Any

MOST_TEXT = 200_000
MOST_BLOCKS = 3_000
MOST_ROWS = 300
MOST_COLUMNS = 40
MOST_CELL = 500


class Enough(Exception):
    """Nothing more is taken."""


class Blocks:
    """`list` holds dicts of the shape of `BlockView`; `cut` says that there was more."""

    def __init__(self) -> None:
        self.list: list[dict[str, Any]] = []
        self.cut = False
        self._left = MOST_TEXT

    def add(self, kind: str, text: str = "", **more: Any) -> None:
        """Raises `Enough`."""
        if len(self.list) >= MOST_BLOCKS or self._left <= 0:
            self.cut = True
            raise Enough
        self.list.append({"kind": kind, "text": self._taken(text), **more})

    def table(self, rows: list[list[str]]) -> None:
        """Rows may differ in length; blank ends are left out. Raises `Enough`."""
        shown = []
        for row in rows[:MOST_ROWS]:
            cells = [self._taken(cell[:MOST_CELL]) for cell in row[:MOST_COLUMNS]]
            self.cut = self.cut or len(row) > MOST_COLUMNS
            while cells and not cells[-1].strip():
                cells.pop()
            shown.append(cells)
        self.cut = self.cut or len(rows) > MOST_ROWS
        while shown and not shown[-1]:
            shown.pop()
        if shown:
            self.add("table", rows=shown)

    def _taken(self, text: str) -> str:
        self.cut = self.cut or len(text) > self._left
        taken = text[: max(0, self._left)]
        self._left -= len(taken)
        return taken
