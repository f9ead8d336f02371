"""Faults under load for so many minutes, then the checker decides (delivery promises P1–P10).

python -m tests.load soak [--minutes 30] [--only kill,power,…] [--database sqlite|postgresql|scaled] [--seed 1]
                          [--cycles N] [--forked] [--history FOLDER] [--out FILE]
python -m tests.load soak --broken …    the positive controls: each must be found out

The minutes are shared out evenly. A seed decides who talks, what dies and when; what the machine's scheduler does it cannot.
"""

import argparse
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.load.bench import commit
from tests.load.faults.every import SCENARIOS
from tests.load.faults.scenario import Ground, Outcome, Scenario, Span
from tests.load.machine import CLIENT_CORE, Meter, describe
from tests.load.report import PRODUCT, Section, append
from tests.load.workloads import Window

MINUTES = 30.0


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    signal.signal(signal.SIGTERM, lambda *told: sys.exit(1))  # what was started is stopped
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    os.sched_setaffinity(0, {CLIENT_CORE})
    machine = describe()
    print(f"python -m tests.load soak {' '.join(words if words is not None else sys.argv[2:])}")
    print(f"{machine}; commit {commit()}; seed {given.seed}", flush=True)
    facts: dict[str, object] = {"seed": given.seed, "machine": machine, "commit": commit()}
    plays = [
        (SCENARIOS[name], kind)
        for name in given.only.split(",")
        for kind in (SCENARIOS[name].broken_on if given.broken else SCENARIOS[name].databases)
        if given.database in ("", kind)
    ]
    failed = 0
    for scenario, kind in plays:
        span = Span(given.seed, given.cycles, given.minutes * 60 / len(plays), given.broken)
        if given.history is not None:
            given.history.mkdir(parents=True, exist_ok=True)
            span.history = given.history / f"{scenario.name}-{kind}-{given.seed}.jsonl"
        failed += not one(scenario, kind, span, given.forked, given.out, facts)
    return 1 if failed else 0


def one(
    scenario: Scenario, kind: str, span: Span, forked: bool, out: Path | None, facts: dict[str, object]
) -> bool:
    """Plays one and prints what it gave; false when it broke a promise (or, broken on purpose, was not found out)."""
    with tempfile.TemporaryDirectory(prefix="tenfour-soak-", ignore_cleanup_errors=True) as scratch:
        Path(scratch).chmod(0o755)
        begun, meter = time.monotonic(), Meter([])
        try:
            with Ground(Path(scratch), kind, forked=forked) as ground:
                outcome = scenario.play(ground, span)
        except Exception:
            print(f"\n{scenario.name} · {kind} · broke:\n{traceback.format_exc()}", flush=True)
            return False
    took = time.monotonic() - begun
    subject = f"{scenario.about}{' · BROKEN ON PURPOSE: ' + scenario.control if span.broken else ''}"
    print(f"\n{scenario.name} · {kind} · {subject} · {took:.0f} s, seed {span.seed}\n  {outcome}")
    print(f"  goal: {scenario.goal}", flush=True)
    for finding in outcome.findings[:20]:
        print(f"  {finding}")
    if not span.broken:
        server = f"{PRODUCT}, forked" if forked else PRODUCT
        written(scenario, kind, server, outcome, took, meter, out, facts)
    return bool(outcome.findings) == span.broken


def written(
    scenario: Scenario,
    kind: str,
    server: str,
    outcome: Outcome,
    took: float,
    meter: Meter,
    out: Path | None,
    facts: dict[str, object],
) -> None:
    """One line of JSON, as the benches write them."""
    figures = {
        "cycles": outcome.cycles,
        "acknowledged": outcome.acknowledged,
        "stored": outcome.stored,
        "deliveries": outcome.received,
        "findings": len(outcome.findings),
        **outcome.figures,
        "took s": round(took),
    }
    section = Section(f"soak {scenario.name}", scenario.about, kind, scenario.goal)
    section.add(server, Window(figures, meter.usage(), {"notes": "; ".join(outcome.notes)}))
    append(out, section, facts)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.load soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument(
        "--cycles", type=int, default=0, help="so many of each instead of so many minutes together"
    )
    parser.add_argument("--only", default=",".join(SCENARIOS), help="scenarios, by comma")
    parser.add_argument("--database", default="", choices=("", "sqlite", "postgresql", "scaled"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", action="store_true")
    parser.add_argument(
        "--forked",
        action="store_true",
        help="servers are forked from a process that has read the code: more cycles, but no times of starting",
    )
    parser.add_argument(
        "--history",
        type=Path,
        help="a folder for every fact of each run, to be judged again by tests.load.checker",
    )
    parser.add_argument("--out", type=Path, help="append one JSON line for each scenario")
    return parser


if __name__ == "__main__":
    sys.exit(main())
