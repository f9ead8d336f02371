"""Threads that decode a struct for the first time at the same moment: msgspec must have learnt it before."""

import subprocess
import sys

RACE = """
import sys, threading, time
import msgspec
from server.kit.structs import learn_all

sys.setswitchinterval(1e-6)
kinds = []
for at in range(300):
    inner = msgspec.defstruct(f"Inner{at}", [(f"f{n}", "int | None", None) for n in range(30)])
    kinds.append(msgspec.defstruct(f"Outer{at}", [(f"a{n}", int) for n in range(40)] + [("inner", list[inner])]))
if sys.argv[1] == "learnt":
    assert learn_all() >= 600
body = msgspec.json.encode({**{f"a{n}": n for n in range(40)}, "inner": [{"f1": 1}]})
for kind in kinds:
    together = threading.Barrier(4)

    def decode():
        together.wait()
        assert msgspec.json.decode(body, type=kind).a39 == 39

    threads = [threading.Thread(target=decode) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def race(how: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", RACE, how], capture_output=True, text=True, check=False)


def test_threads_that_decode_the_same_struct_for_the_first_time_do_not_crash() -> None:
    done = race("learnt")
    assert done.returncode == 0, done.stderr


def test_without_it_they_do() -> None:
    assert race("not learnt").returncode != 0, "msgspec is mended: server/kit/structs.py may go"
