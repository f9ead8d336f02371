"""docs/figures.md from what is kept: goals first, then every section, then where the time goes. Pure: the same lines, the same page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.load.goals import GOALS, Goal, Verdict, judge
from tests.load.machine import OTHER_LIMIT, STEAL_LIMIT
from tests.load.report import Section, cell, number, ratios

if TYPE_CHECKING:
    from tests.load.figures import Kept

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "": "both databases"}
# Counted to see that nothing was lost in the measuring; shown only when it is not as it must be.
SILENT = {
    "expected": "",
    "delivered": "",
    "late_ms": "",
    "never_answered": "never answered",
    "lost_sockets": "lost sockets",
    "missing": "missing",
}
HEAD = f"""# Figures

What was measured, with what. Made by `make figures` from [figures.jsonl](figures.jsonl), which holds every window; figures that were
not measured are not here. [tests/load/README.md](../tests/load/README.md) says what each section does.

The server and its database have one core, the load client another; loopback, no TLS. A cell is the median of the counted windows
[least..most]. A window is *dirty* when others used more than {OTHER_LIMIT:g} of a core or more than {STEAL_LIMIT:g} was stolen from the
machine; where a section has three clean ones only those count. The machine's clock drifts, so ratios within one run say more than
numbers.
A commit that ends in «-dirty» had changes that were not committed yet.
"""


def render(kept: Sequence["Kept"], notes: str) -> str:
    parts = [HEAD, _goals(kept)]
    names = sorted({one.section.name for one in kept}, key=_place)
    parts += [_section([one for one in kept if one.section.name == name]) for name in names]
    return "\n".join([*parts, notes.strip(), ""])


def _place(name: str) -> tuple[int, str]:
    """Sections in the order of their goals, those of the faults last."""
    order = list(dict.fromkeys(goal.section for goal in GOALS))
    if name.startswith("soak"):
        return len(order) + 1, name
    return (order.index(name) if name in order else len(order)), name


def _goals(kept: Sequence["Kept"]) -> str:
    sections = {(one.section.name, one.section.database): one for one in kept}
    lines = [
        "## Goals",
        "",
        "| what | goal | ambition | SQLite | PostgreSQL |",
        "| --- | --- | --- | --- | --- |",
    ]
    missed: list[str] = []
    for goal in GOALS:
        found: dict[str, tuple[Verdict, Kept]] = {}
        for database in ("sqlite", "postgresql"):
            one = sections.get((goal.section, database))
            verdict = judge(goal, one.section) if one is not None else None
            if one is not None and verdict is not None:
                found[database] = verdict, one
                if not verdict.is_met:
                    missed.append(
                        f"- {goal.what}, {DATABASES[database]}: {_measured(verdict)} instead of"
                        f" {verdict.bound}: short by {verdict.short:.0%}"
                    )
        if not found and not goal.must:
            continue
        bounds = list(dict.fromkeys(str(verdict.bound) for verdict, _ in found.values()))
        wishes = list(dict.fromkeys(verdict.wish for verdict, _ in found.values() if verdict.wish))
        cells = [_cell(goal, found.get(database)) for database in ("sqlite", "postgresql")]
        asked = bounds or [f"{'≤' if goal.most else '≥'} {mark}" for mark in goal.must.values()]
        lines.append(f"| {goal.what} | {'; '.join(asked)} | {'; '.join(wishes)} | {' | '.join(cells)} |")
    lines += ["", "**Missed:**" if missed else "None that was measured is missed.", *([""] if missed else [])]
    return "\n".join([*lines, *missed, ""])


def _measured(verdict: Verdict) -> str:
    return number(verdict.measured) + (f" ({number(verdict.ratio)} ×)" if verdict.ratio is not None else "")


def _cell(goal: Goal, found: "tuple[Verdict, Kept] | None") -> str:
    if found is None:
        return "not measured" if goal.section != "scaled" else ""
    verdict, one = found
    words = ["met, and the ambition" if verdict.is_wished else "met" if verdict.is_met else "**missed**"]
    if verdict.is_dirty:
        words.append("dirty")
    if one.facts.get("quick"):
        words.append("short windows")
    return f"{_measured(verdict)} · {', '.join(words)}"


def _section(some: Sequence["Kept"]) -> str:
    first = some[0].section
    lines = [f"## {first.name}", ""]
    titles = list(dict.fromkeys(one.section.title for one in some if one.section.title))
    lines += [f"{title[:1].upper()}{title[1:]}." for title in titles]
    goals = list(dict.fromkeys(one.section.goal for one in some if one.section.goal))
    lines += [f"Goal: {goal}." for goal in goals]
    for one in sorted(some, key=lambda one: one.section.database, reverse=True):
        lines += ["", f"**{DATABASES.get(one.section.database, one.section.database)}**: {_with(one)}", ""]
        lines += _table(one)
        told = [*ratios(one.section), *one.section.remarks]
        lines += ["", *[f"- {text}" for text in told]] if told else []
    return "\n".join([*lines, ""])


def _with(one: "Kept") -> str:
    facts = one.facts
    commit = str(facts.get("commit", ""))
    said = [f"`{facts['command']}`"] if facts.get("command") else []
    said += [f"seed {facts['seed']}"] if facts.get("seed") not in (None, "") else []
    said += [f"commit {commit}"] if commit else []
    said += [str(facts["at"]).replace("T", " ")] if facts.get("at") else []
    said += [str(facts["machine"])] if facts.get("machine") else []
    return " · ".join(said)


def _table(one: "Kept") -> list[str]:
    section = one.section
    columns = list(
        dict.fromkeys(
            name
            for series in section.series.values()
            for window in series.windows
            for name in window.figures
            if name not in SILENT
        )
    )
    words = list(dict.fromkeys(name for told in one.words.values() for name in told))
    has_cores = any(series.windows and _busy(section, series.subject) for series in section.series.values())
    heads = ["", "windows", *columns, *words, *(["cores: server", "client"] if has_cores else [])]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for series in section.series.values():
        usages, dirty = section.usages(series), sum(window.usage.dirty for window in series.windows)
        count = f"{len(usages)} of {len(series.windows)}" + (f" ({dirty} dirty)" if dirty else "")
        told = one.words.get(series.subject, {})
        cells = [series.subject, count, *(cell(section.values(series, name)) for name in columns)]
        cells += [told.get(name, "") for name in words]
        if has_cores:
            cells += [cell([usage.server for usage in usages]), cell([usage.client for usage in usages])]
        lines.append(f"| {' | '.join(cells)} |")
    for series in section.series.values():
        for name, words_for in SILENT.items():
            total = sum(window.figures.get(name, 0) for window in series.windows)
            if words_for and total:
                lines += ["", f"{series.subject}: {words_for} {total:g}."]
    return lines


def _busy(section: Section, subject: str) -> bool:
    return any(usage.server for usage in section.usages(section.series[subject]))
