"""Are our floors as fast as the peers' programs? Both run interleaved, with one client, on the same cores.

    python -m tests.load.floors.compare --peers FOLDER [--peers-python PYTHON] [--windows 7] [--seconds 3] [--only raw,…]

FOLDER holds `floor_servers.py` (or $TENFOUR_PEERS names it). Their programs need asyncpg for PostgreSQL; PYTHON is an interpreter
that has it (default: this one, and the PostgreSQL pair is left out when asyncpg is missing).
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.load.engine import Loop
from tests.load.machine import CLIENT_CORE, SERVER_CORE, describe, on_core
from tests.load.processes import RAW_GREETING, Program, raw_floor, skeleton
from tests.load.report import Section, append, cell, show
from tests.load.wire import Counted, RawLines, WebSocket
from tests.load.workloads import FLOOR_TALK, MARK, Fanout, Latency, Sends, Workload, body, quiet_collector
from tests.servers import create_database, start_postgres

PAIRS = {  # name → (workload, main figure, higher is better)
    "raw": ("fanout", "deliveries/s"),
    "full": ("sends", "messages/s"),
    "full-latency": ("latency", "p50 ms"),
    "full-fanout": ("fanout", "deliveries/s"),
    "full-coalesce": ("fanout", "deliveries/s"),
    "pg": ("sends", "messages/s"),
    "pg-latency": ("latency", "p50 ms"),
}
ROOMS, MEMBERS, GROUP = 50, 1000, 100


def set_up(program: Program, workload: str) -> Workload:
    loop = Loop()
    if program.name.endswith("raw"):
        lines = [RawLines(program.port, "fan") for _ in range(MEMBERS)]
        counted = [Counted(line, MARK) for line in lines]
        return Fanout(loop, counted, lambda stamp: lines[0].send(body(stamp)), program.pids)
    if workload == "sends":
        sockets = [WebSocket(program.port, f"/ws/{number // 2}") for number in range(ROOMS * 2)]
    else:
        sockets = [
            WebSocket(program.port, "/ws/all") for _ in range(MEMBERS if workload == "fanout" else GROUP)
        ]
    if workload == "fanout":
        counted = [Counted(socket, MARK) for socket in sockets]
        return Fanout(loop, counted, lambda stamp: sockets[0].send(body(stamp)), program.pids)
    for socket in sockets:
        loop.add(socket)
    if workload == "latency":
        return Latency(loop, sockets, FLOOR_TALK, program.pids)
    return Sends(loop, sockets[::2], FLOOR_TALK, program.pids)


@contextmanager
def running(program: Program) -> Iterator[Program]:
    program.start()
    try:
        yield program
    finally:
        program.stop()


def programs(name: str, given: argparse.Namespace, folder: Path, stack: ExitStack) -> list[Program]:
    """Theirs, then ours."""
    theirs = [given.peers_python, f"{given.peers}/floor_servers.py"]
    if name == "raw":
        peer = Program(
            "peers' raw", [*theirs, "raw-uvloop", "{port}"], folder / "their", greeting=RAW_GREETING
        )
        return [peer, raw_floor(folder / "our")]
    environment: dict[str, str] = {}
    also: list[int] = []
    database = f"sqlite:{folder}/our/floor.db"
    kind = "durable-full"
    if name.startswith("pg"):
        with on_core(SERVER_CORE):
            server = start_postgres(folder / "pg", durable=True)
        stack.callback(server.stop)
        environment = {"PG_DSN": create_database(server, "their")}
        database, also, kind = create_database(server, "our"), [server.process.pid], "durable-pg"
    coalesce = name.endswith("coalesce")
    kind += "-coalesce" if coalesce else ""
    command = [*theirs, kind, "{port}", str(folder / "their")]
    peer = Program(f"peers' {kind}", command, folder / "their", environment=environment, also=also)
    return [peer, skeleton(folder / "our", database, coalesce=coalesce, also=also)]


def compare(name: str, given: argparse.Namespace) -> Section:
    workload, figure = PAIRS[name]
    section = Section(
        name, f"{workload}: theirs and ours, interleaved", "postgresql" if name[:2] == "pg" else "sqlite"
    )
    dice = random.Random(given.seed)
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="tenfour-floors-") as scratch:
        os.chmod(scratch, 0o755)
        pair = [
            stack.enter_context(running(program)) for program in programs(name, given, Path(scratch), stack)
        ]
        loads: list[tuple[str, Workload]] = [(program.name, set_up(program, workload)) for program in pair]
        for _, load in loads:
            load.window(0.5, 0.5)
        for _ in range(given.windows):
            for subject, load in dice.sample(loads, 2):
                section.add(subject, load.window(given.seconds, 0.5))
    their, our = (section.series[program.name] for program in pair)
    ratios = [b.figures[figure] / a.figures[figure] for a, b in zip(their.windows, our.windows, strict=True)]
    section.remarks.append(f"{figure}: ours / theirs, window by window: {cell(ratios)}")
    return section


def has(module: str, python: str) -> bool:
    return (
        subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    )


def main(say: Callable[[str], None] = print) -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--peers", default=os.environ.get("TENFOUR_PEERS"))
    arguments.add_argument("--peers-python", default=sys.executable)
    arguments.add_argument("--windows", type=int, default=7)
    arguments.add_argument("--seconds", type=float, default=3.0)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", default=",".join(PAIRS))
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    if not given.peers:
        arguments.error("name the peers' folder with --peers or TENFOUR_PEERS")
    os.sched_setaffinity(0, {CLIENT_CORE})
    quiet_collector()
    say(describe())
    for name in given.only.split(","):
        if name.startswith("pg") and not has("asyncpg", given.peers_python):
            say(f"\n{name}: left out, {given.peers_python} has no asyncpg")
            continue
        section = compare(name, given)
        say(show(section))
        append(given.out, section, {"seed": given.seed})


if __name__ == "__main__":
    main()
