"""From windows to what one reads: medians with [min..max], ratios, the note on dirty windows, and JSON lines."""

import json
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.machine import Usage
from tests.load.workloads import Window

PRODUCT = "tenfour"


@dataclass
class Series:
    """All windows of one subject in one section."""

    subject: str
    windows: list[Window] = field(default_factory=list)

    def take(self, figure: str, rounds: set[int]) -> list[float]:
        return [
            w.figures[figure] for turn, w in enumerate(self.windows) if turn in rounds and figure in w.figures
        ]


@dataclass
class Section:
    name: str
    title: str
    database: str
    goal: str = ""
    ratio: str = ""  # the figure whose ratio to the first subject is printed
    series: dict[str, Series] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, subject: str, window: Window) -> None:
        self.series.setdefault(subject, Series(subject)).windows.append(window)

    def rounds(self, one: Series) -> set[int]:
        """Which windows of a subject count: rounds in which everybody's window was clean, when there are three; else all."""
        alike = [other for other in self.series.values() if len(other.windows) == len(one.windows)]
        everything = set(range(len(one.windows)))
        clean = {turn for turn in everything if not any(other.windows[turn].usage.dirty for other in alike)}
        return clean if len(clean) >= min(3, len(everything)) else everything

    def values(self, one: Series, figure: str) -> list[float]:
        return one.take(figure, self.rounds(one))

    def usages(self, one: Series) -> list[Usage]:
        rounds = self.rounds(one)
        return [window.usage for turn, window in enumerate(one.windows) if turn in rounds]


def number(value: float) -> str:
    if value != value:
        return "-"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 1 else f"{value:.2f}"


def cell(values: list[float]) -> str:
    if not values:
        return "-"
    middle, low, high = number(statistics.median(values)), number(min(values)), number(max(values))
    return middle if low == high else f"{middle} [{low}..{high}]"


def table(rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        lines.append(
            "  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        )
    return "\n".join(lines)


def show(section: Section) -> str:
    columns = list(
        dict.fromkeys(name for one in section.series.values() for w in one.windows for name in w.figures)
    )
    rows = [["", "windows", *columns, "cores: server", "client", "other", "steal"]]
    for one in section.series.values():
        dirty = sum(window.usage.dirty for window in one.windows)
        usages = section.usages(one)
        mark = f"{len(usages)}/{len(one.windows)}" + (f" ({dirty} dirty)" if dirty else "")
        cores = [
            cell([getattr(usage, name) for usage in usages])
            for name in ("server", "client", "other", "steal")
        ]
        rows.append([one.subject, mark, *(cell(section.values(one, name)) for name in columns), *cores])
    lines = [f"\n{section.name} · {section.database} · {section.title}", table(rows)]
    lines += [f"  {text}" for text in ratios(section)]
    if section.goal:
        lines.append(f"  goal: {section.goal}")
    for one in section.series.values():
        for name in ("missing", "never_answered", "lost_sockets"):
            total = sum(float(window.notes.get(name, 0)) for window in one.windows)
            if total:
                lines.append(f"  {one.subject}: {name.replace('_', ' ')} {total:g}")
    lines += [f"  {text}" for text in section.remarks]
    if any(usage.client > 0.95 for one in section.series.values() for usage in section.usages(one)):
        lines.append("  the client's core was full in some windows: those figures are lower bounds")
    return "\n".join(lines)


def ratios(section: Section) -> list[str]:
    """The product against each floor: of the medians, and window by window, which lay side by side."""
    product = section.series.get(PRODUCT)
    if not section.ratio or product is None:
        return []
    out = []
    for floor in section.series.values():
        below = section.values(floor, section.ratio)
        if floor.subject.startswith(PRODUCT) or not below:
            continue
        ours = section.values(product, section.ratio)
        pairs = [a / b for a, b in zip(ours, below, strict=False) if b]
        whole = statistics.median(ours) / statistics.median(below)
        out.append(
            f"{section.ratio}: {PRODUCT} / {floor.subject} = {whole:.2f}; window by window {cell(pairs)}"
        )
    return out


def append(path: Path | None, section: Section, facts: dict[str, object]) -> None:
    """One JSON line for each window, so that every printed figure can be made again."""
    if path is None:
        return
    with path.open("a") as file:
        for one in section.series.values():
            for turn, window in enumerate(one.windows):
                told = {"title": section.title, "goal": section.goal, "ratio": section.ratio}
                line = {
                    "at": time.strftime("%Y-%m-%dT%H:%M:%S"),
                    "section": section.name,
                    "database": section.database,
                    "subject": one.subject,
                    "window": turn,
                    **window.figures,
                    **{f"cores_{name}": value for name, value in window.usage.as_json().items()},
                    **window.notes,
                    **facts,
                    **({**told, "remarks": section.remarks} if turn == 0 else {}),
                }
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
