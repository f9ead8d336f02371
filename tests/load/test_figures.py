"""The page of figures is what the kept lines give, and says of a missed goal that it is missed."""

import json
from pathlib import Path

import pytest

from tests.load import figures, page
from tests.load.goals import GOALS, at_least, at_most, judge
from tests.load.machine import Usage
from tests.load.report import Section, append
from tests.load.workloads import Window

CLEAN, DIRTY = Usage(0.9, 0.5, 0.0, 0.0), Usage(0.9, 0.5, 0.6, 0.0)
FACTS: dict[str, object] = {"command": "make figures", "seed": 1, "machine": "M", "commit": "abc"}


def section(values: list[float], *, subject: str = "tenfour", usage: Usage = CLEAN) -> Section:
    made = Section("sends", "fifty pairs", "sqlite", "much", "messages/s")
    for value in values:
        made.add(subject, Window({"messages/s": value}, usage, {"missing": 0.0}))
    return made


def test_the_page_is_what_the_kept_lines_give() -> None:
    kept = figures.read(figures.KEPT.read_text().splitlines())
    assert figures.PAGE.read_text() == page.render(kept, figures.NOTES.read_text()), (
        'run: make figures ARGS="--page"'
    )


def test_every_goal_is_about_a_section_that_exists() -> None:
    from tests.load.sections import SECTIONS

    assert {goal.section for goal in GOALS} <= set(SECTIONS)


def test_what_is_kept_gives_back_what_was_measured(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    append(out, section([1.0, 3.0, 2.0]), FACTS)
    lines = figures.condensed(json.loads(line) for line in out.read_text().splitlines())
    (kept,) = figures.read(json.dumps(line) for line in lines)
    series = kept.section.series["tenfour"]
    assert kept.section.values(series, "messages/s") == [1.0, 3.0, 2.0]
    assert (kept.section.title, kept.section.goal) == ("fifty pairs", "much")
    assert kept.facts["commit"] == "abc"


def test_what_is_measured_again_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "KEPT", tmp_path / "kept.jsonl")
    for value in (1.0, 2.0):
        out = tmp_path / f"{value}.jsonl"
        append(out, section([value]), FACTS)
        figures.take(out)
    (kept,) = figures.read(figures.KEPT.read_text().splitlines())
    assert kept.section.values(kept.section.series["tenfour"], "messages/s") == [2.0]


def test_a_missed_goal_is_named_with_how_much_is_missing() -> None:
    shown = page.render([figures.Kept(section([4950.0, 4950.0, 4950.0]), FACTS)], "")
    assert "4,950 · **missed**" in shown
    assert "short by 10%" in shown


def test_a_figure_of_dirty_windows_says_so() -> None:
    shown = page.render([figures.Kept(section([9000.0], usage=DIRTY), FACTS)], "")
    assert "9,000 · met, dirty" in shown


def test_a_goal_may_be_a_ratio_to_another_subject_of_the_same_run() -> None:
    made = section([50.0, 50.0, 50.0])
    for _ in range(3):
        made.add("raw", Window({"messages/s": 100.0}, CLEAN))
    goal = next(goal for goal in GOALS if goal.section == "fanout")
    relative = at_least("half", "sends", "tenfour", "messages/s", {"": type(goal.must[""])(0.5, "raw")})
    verdict = judge(relative, made)
    assert verdict is not None
    assert (verdict.is_met, verdict.ratio) == (True, 0.5)
    most = judge(at_most("little", "sends", "tenfour", "messages/s", 40), made)
    assert most is not None
    assert (most.is_met, most.short) == (False, 0.25)
