"""The three places that name packages agree."""

import re
import tomllib

from tests.laws.tree import ROOT, verdict


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    found = (re.match(r"([\w.-]+)==([^\s;\\]+)", line) for line in lines)
    return {match[1].lower(): match[2] for match in found if match}


def test_tests_run_on_the_versions_the_product_runs_on() -> None:
    run, dev = pins("run.txt"), pins("dev.txt")
    offences = [
        f"{name}: run.txt {version}, dev.txt {dev.get(name)}"
        for name, version in run.items()
        if dev.get(name) != version
    ]
    assert not offences, verdict("Run `make lock`, so that both files are made together:", offences)


def test_whatever_the_package_depends_on_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = {re.split(r"[\[<>=;!~ ]", dependency)[0].lower() for dependency in project["dependencies"]}
    asked = {
        re.split(r"[\[<>=;!~ ]", line)[0].lower()
        for line in (ROOT / "requirements" / "run.in").read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    }
    assert named == asked, (
        f"pyproject.toml and requirements/run.in must name the same packages; they differ in {named ^ asked}"
    )
    assert named <= set(pins("run.txt")), f"run `make lock`: not locked are {named - set(pins('run.txt'))}"
