"""A process that has read all code once and forks servers: a kill test that starts dozens of them need not wait for imports each time.

One line of JSON in: `{"module", "words", "environment", "log"}`; one line out: the child's process id. The child is the same program
as `python -m MODULE WORDS`; this process never opens a database and holds nothing that a killed child leaves behind.
"""

import ctypes
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.load.machine import SERVER_CORE, on_core

_DIES_WITH_ITS_PARENT = 1
ROOT = Path(__file__).resolve().parents[2]


class Child:
    """A forked server, as `subprocess.Popen` would show it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return -1
        return None

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("forked server", timeout)
            time.sleep(0.002)
        return -1


class Nursery:
    """The parent process. `close` ends it; its children are ended by whoever asked for them."""

    def __init__(self) -> None:
        with on_core(SERVER_CORE):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.load.nursery"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )

    def fork(self, module: str, words: Sequence[str], environment: Mapping[str, str], log: Path) -> Child:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        asked = {"module": module, "words": list(words), "environment": dict(environment), "log": str(log)}
        stdin.write(json.dumps(asked) + "\n")
        stdin.flush()
        return Child(int(stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


def _become(asked: dict[str, object]) -> None:
    """In the child: what `python -m` would have done, with a log of its own. It never outlives the nursery."""
    ctypes.CDLL(None).prctl(_DIES_WITH_ITS_PARENT, signal.SIGKILL)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(str(asked["log"]), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    words = asked["words"]
    assert isinstance(words, list)
    sys.argv = [str(asked["module"]), *words]
    runpy.run_module(str(asked["module"]), run_name="__main__", alter_sys=True)


def main() -> None:
    import server.app
    import server.cli.serve
    import server.modules
    import server.serving  # noqa: F401 - read now, so that children find it read

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the kernel
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _become(json.loads(line))
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
