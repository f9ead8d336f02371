"""Merged cells below the headings: one value for several rows where that makes sense, else a flaw. Called by `sheet`."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection

from server.people.import_codes import SheetRefused
from server.people.spreadsheet.table import Flaw, Merge, Table


def resolve_merges(table: Table, *, below: int, repeat: Collection[int], refuse: Collection[int]) -> None:
    """Columns in `repeat` show the merged value in every row it covers; a cell of `refuse` gets a flaw instead.

    So does a value stretched over several columns. Ranges that overlap, which no spreadsheet program writes, refuse
    the file: they would make this walk as long as their number times the rows.
    """
    lines = {line.number: line for line in table.lines}
    numbers = list(lines)
    covered: set[tuple[int, int]] = set()
    for merge in table.merges:
        first = lines.get(merge.top)
        if merge.bottom <= below or first is None or merge.left not in first.cells:
            continue
        origin = (merge.top, merge.left)
        rows = numbers[bisect_left(numbers, merge.top) : bisect_right(numbers, merge.bottom)]
        for column in {*repeat, *refuse}:
            if not merge.left <= column <= merge.right:
                continue
            repeats = column in repeat and merge.left == merge.right
            for number in rows:
                if (number, column) in covered:
                    raise SheetRefused("damaged_workbook", part="mergeCells")
                covered.add((number, column))
                if (number, column) == origin:
                    continue
                if repeats:
                    lines[number].cells[column] = first.cells[merge.left]
                flaw = table.flaws.get(origin) if repeats else Flaw("merged_cells", {"line": merge.top})
                if flaw is not None:
                    table.flaws[number, column] = flaw


def cells_name(merge: Merge) -> str:
    """The range as spreadsheet programs write it: `B1:C1`."""
    return f"{_column_name(merge.left)}{merge.top}:{_column_name(merge.right)}{merge.bottom}"


def _column_name(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name
