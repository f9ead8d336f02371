"""`make figures`: measures, keeps the windows in docs/figures.jsonl, and makes docs/figures.md from all that is kept there.

    python -m tests.load figures [--only sends,latency,…] [any other word of bench]     measures, keeps, makes the page
    python -m tests.load figures --take FILE…     keeps what `--out` of bench or soak wrote earlier
    python -m tests.load figures --page           only makes the page

What is measured again replaces what was kept of the same section and database; everything else stays. A kept line is one subject:
the values of all its windows, whether each was clean, and with what it was measured.
"""

import json
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.load import bench, page
from tests.load.machine import Usage
from tests.load.processes import ROOT
from tests.load.report import Section, Series
from tests.load.workloads import Window

KEPT, PAGE, NOTES = (ROOT / "docs" / name for name in ("figures.jsonl", "figures.md", "where-time-goes.md"))
CORES = ("server", "client", "other", "steal")
FACTS = ("command", "seed", "machine", "commit", "at", "quick")
TOLD = ("title", "goal", "ratio", "remarks")
SAID = {*FACTS, *TOLD, "section", "database", "subject", "window", "cores_dirty"}
Line = dict[str, Any]


@dataclass
class Kept:
    """A section on one database, with what it was measured."""

    section: Section
    facts: dict[str, Any] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)  # by subject: what is told in words


def main(words: list[str]) -> int:
    if words[:1] == ["--page"]:
        write_page()
        return 0
    if words[:1] == ["--take"]:
        for name in words[1:]:
            take(Path(name))
        write_page()
        return 0
    with tempfile.TemporaryDirectory(prefix="tenfour-figures-") as folder:
        out = Path(folder) / "windows.jsonl"
        failed = bench.main([*words, "--out", str(out), "--said", said(words)])
        if out.exists():
            take(out)
            write_page()
    return failed


def said(words: list[str]) -> str:
    """The command for the page, without where somebody keeps their archives."""
    kept = [
        word for at, word in enumerate(words) if word != "--keep" and (not at or words[at - 1] != "--keep")
    ]
    return f'make figures ARGS="{shlex.join(kept)}"' if kept else "make figures"


def write_page() -> None:
    PAGE.write_text(page.render(read(KEPT.read_text().splitlines()), NOTES.read_text()))


def take(file: Path) -> None:
    """Puts the windows in this file in the place of what was kept of the same sections."""
    fresh = condensed(json.loads(line) for line in file.read_text().splitlines() if line)
    again = {(one["section"], one["database"]) for one in fresh}
    old = [json.loads(line) for line in KEPT.read_text().splitlines()] if KEPT.exists() else []
    kept = [one for one in old if (one["section"], one["database"]) not in again]
    lines = sorted([*kept, *fresh], key=lambda one: (one["section"], one["database"]))
    KEPT.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines))


def condensed(windows: Iterable[Line]) -> list[Line]:
    """One line for each subject from a line for each window."""
    found: dict[tuple[str, str, str], Line] = {}
    for window in windows:
        key = (window["section"], window.get("database", ""), window.get("subject", "tenfour"))
        one = found.setdefault(
            key,
            {
                "section": key[0],
                "database": key[1],
                "subject": key[2],
                "windows": 0,
                "figures": {},
                "cores": {name: [] for name in CORES},
                "words": {},
                **{name: window[name] for name in FACTS if name in window},
            },
        )
        one |= {name: window[name] for name in TOLD if window.get(name)}
        one["at"] = window.get("at", "")
        for name in CORES:
            one["cores"][name].append(window.get(f"cores_{name}", 0.0))
        for name, value in window.items():
            if name in SAID or name.startswith("cores_"):
                continue
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                values = one["figures"].setdefault(name, [None] * one["windows"])
                values.append(value)
            elif value not in (None, ""):
                one["words"][name] = str(value)
        one["windows"] += 1
        for values in one["figures"].values():
            values += [None] * (one["windows"] - len(values))
    return list(found.values())


def read(lines: Iterable[str]) -> list[Kept]:
    """The kept sections, as `bench` had them."""
    found: dict[tuple[str, str], Kept] = {}
    for text in lines:
        line = json.loads(text)
        key = (line["section"], line["database"])
        if key not in found:
            section = Section(key[0], "", key[1])
            found[key] = Kept(section, {name: line.get(name, "") for name in FACTS})
        kept = found[key]
        for name in TOLD:
            if line.get(name):
                setattr(kept.section, name, line[name])
        kept.section.series[line["subject"]] = Series(line["subject"], list(_windows(line)))
        kept.words[line["subject"]] = line.get("words", {})
    return list(found.values())


def _windows(line: Line) -> Iterator[Window]:
    for turn in range(line["windows"]):
        usage = Usage(*(line["cores"][name][turn] for name in CORES))
        figures = {name: values[turn] for name, values in line["figures"].items() if values[turn] is not None}
        yield Window(figures, usage)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
