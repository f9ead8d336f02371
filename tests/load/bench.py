"""`make bench`: what the whole stack does, beside floors that do almost nothing, in the same run.

    python -m tests.load.bench [--quick] [--only sends,latency,…] [--databases sqlite,postgresql] [--out FILE] [--seed 1]

Nothing here passes or fails: figures are printed as they are, with the goal beside them.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from tests.load.machine import CLIENT_CORE, OTHER_LIMIT, STEAL_LIMIT, describe
from tests.load.processes import ROOT
from tests.load.product import BUCKET, DATABASES
from tests.load.report import append, show
from tests.load.sections import EMBEDDED_ONLY, SCALED_ONLY, SECTIONS
from tests.load.workloads import quiet_collector
from tests.load.world import QUICK, Plan, World


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    plan = QUICK if given.quick else Plan()
    plan = replace(
        plan,
        seed=given.seed,
        **{
            name: value
            for name in ("windows", "posts", "messages", "history", "idle")
            if (value := getattr(given, name))
        },
    )
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    os.sched_setaffinity(0, {CLIENT_CORE})
    quiet_collector()
    machine = describe()
    words = words if words is not None else sys.argv[1:]
    facts: dict[str, object] = {
        "command": given.said or f'make bench ARGS="{" ".join(words)}"',
        "seed": plan.seed,
        "machine": machine,
        "commit": commit(),
        "quick": given.quick,
    }
    print(f"python -m tests.load bench {' '.join(words)}")
    print(f"{machine}; commit {facts['commit']}; seed {plan.seed}")
    print(
        f"Server and its database on one core, the load client on another, loopback, no TLS; medians [min..max]. A window is"
        f" dirty above {OTHER_LIMIT:g} cores used by others or {STEAL_LIMIT:g} stolen; clean ones count where there are three."
        f"\nBeside the defaults: TENFOUR_SENDS_PER_SECOND and TENFOUR_SENDS_BURST = {BUCKET:,}."
        f" SQLite commits with synchronous=FULL, PostgreSQL with its default settings."
    )
    failed = 0
    for kind in given.databases.split(","):
        failed += measure(kind, given.only.split(","), plan, given, facts)
    return 1 if failed else 0


def measure(
    kind: str, names: list[str], plan: Plan, given: argparse.Namespace, facts: dict[str, object]
) -> int:
    """All sections on one database; one that breaks is reported and the others go on."""
    failed = 0
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="tenfour-bench-", ignore_cleanup_errors=True)
            )
        )
        folder.chmod(0o755)
        kept = given.keep / kind if given.keep else None
        world = World(kind, folder, plan, stack, kept=kept)
        world.start()
        for name in names:
            if (kind != "sqlite" and name in EMBEDDED_ONLY) or (kind == "sqlite" and name in SCALED_ONLY):
                continue
            begun = time.monotonic()
            try:
                section = SECTIONS[name](world)
            except Exception:
                failed += 1
                print(f"\n{name} · {kind} · broke:\n{traceback.format_exc()}", flush=True)
                continue
            section.remarks.append(f"took {time.monotonic() - begun:.0f} s in all")
            print(show(section), flush=True)
            append(given.out, section, facts)
    return failed


def commit() -> str:
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or "unknown"


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.load.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="few short windows and 100,000 posts and messages: shows that it runs",
    )
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, by comma")
    parser.add_argument("--databases", default=",".join(DATABASES))
    parser.add_argument("--windows", type=int, help="windows of each subject (latency has its own number)")
    parser.add_argument("--posts", type=int, help="posts of the timeline section")
    parser.add_argument("--messages", type=int, help="messages of the search section")
    parser.add_argument("--history", type=int, help="messages of the sections about history")
    parser.add_argument("--idle", type=int, help="sockets of the section about silent ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--keep", type=Path, help="a folder for the archives of millions, found there again by the next run"
    )
    parser.add_argument("--said", default="", help=argparse.SUPPRESS)  # the command somebody typed instead
    parser.add_argument("--out", type=Path, help="append one JSON line for each window")
    return parser


if __name__ == "__main__":
    sys.exit(main())
