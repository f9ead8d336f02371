"""The checker must see every kind of broken promise; these histories are broken by hand, one promise each."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.load.checker import check
from tests.load.history import Fact, History, Stored, load, save

ROOM = 7


def told(*, at: int = 0, client: str = "ann", what: str, number: int = 0, **more: object) -> Fact:
    """A fact about message `number` of the room, whose id is 100 + number and whose log number is 10 · number."""
    name = f"m{number}"
    fields: dict[str, object] = {"client_id": name, "digest": f"text {number}"}
    if what in ("answer", "receive"):
        fields |= {"id": 100 + number, "seq": 10 * number}
    if what in ("known", "end"):
        fields = {}
    return Fact(at, client, what, ROOM, number=number if what != "invoke" else 0, **(fields | more))  # type: ignore[arg-type]


def kept(number: int, author: str = "ann", **more: object) -> Stored:
    message = Stored(ROOM, number, 100 + number, author, f"m{number}", f"text {number}")
    return replace(message, **more)  # type: ignore[arg-type]


def run_without_fault() -> tuple[list[Fact], list[Stored]]:
    """Ann sends three messages, bob hears them; he had read nothing before."""
    facts = [told(what="known", client="bob", number=0), told(what="known", number=0)]
    for number in (1, 2, 3):
        facts += [
            told(at=10 * number, what="invoke", number=number),
            told(at=10 * number + 5, what="answer", number=number),
            told(at=10 * number + 6, what="receive", client="bob", number=number),
            told(at=10 * number + 7, what="receive", number=number),
        ]
    facts += [told(at=99, what="end", client="bob"), told(at=99, what="end")]
    return facts, [kept(number) for number in (1, 2, 3)]


def rules(facts: list[Fact], stored: list[Stored]) -> set[str]:
    return {finding.rule for finding in check(facts, stored)}


def test_a_run_without_fault_has_no_findings() -> None:
    assert check(*run_without_fault()) == []


def test_an_unanswered_message_may_be_stored_or_not() -> None:
    facts, stored = run_without_fault()
    facts.append(told(at=100, what="invoke", number=4))
    assert check(facts, stored) == []
    facts = [fact for fact in facts if fact.what != "end"]
    assert check(facts, [*stored, kept(4)]) == []


def test_an_acknowledged_message_that_is_gone_is_found() -> None:
    facts, stored = run_without_fault()
    facts = [fact for fact in facts if not (fact.what == "receive" and fact.number == 3)]
    assert rules(facts, stored[:2]) == {"lost"}


def test_a_message_that_somebody_saw_and_that_is_gone_is_found() -> None:
    facts, stored = run_without_fault()
    facts = [fact for fact in facts if not (fact.what == "answer" and fact.number == 3)]
    assert rules(facts, stored[:2]) == {"shown but lost"}


def test_a_number_given_again_after_a_crash_is_found() -> None:
    facts, stored = run_without_fault()
    facts.append(told(at=100, what="invoke", number=4))
    again = kept(3, client_id="m4", digest="text 4", id=104)
    assert {"lost", "shown otherwise"} <= rules(facts, [*stored[:2], again])


def test_a_message_stored_under_another_number_than_was_answered_is_found() -> None:
    facts, stored = run_without_fault()
    moved = [
        kept(1),
        kept(2, id=103, client_id="m3", digest="text 3"),
        kept(3, id=102, client_id="m2", digest="text 2"),
    ]
    assert "moved" in rules(facts, moved)
    assert "moved" not in rules(facts, stored)


def test_a_message_stored_twice_is_found() -> None:
    facts, stored = run_without_fault()
    twice = kept(4, client_id="m3", digest="text 3")
    assert "doubled" in rules(facts, [*stored, twice])


def test_two_messages_under_one_number_are_found() -> None:
    facts, stored = run_without_fault()
    facts.append(told(at=100, what="invoke", number=4))
    assert "doubled" in rules(facts, [*stored, kept(3, id=104, client_id="m4", digest="text 4")])


def test_a_hole_in_the_numbers_is_found() -> None:
    facts, stored = run_without_fault()
    facts = [fact for fact in facts if fact.number != 2]
    assert "hole" in rules(facts, [stored[0], stored[2]])


def test_a_first_message_that_is_not_number_one_is_found() -> None:
    _, stored = run_without_fault()
    facts = [told(at=30, what="invoke", number=2), told(at=30, what="invoke", number=3)]
    assert rules(facts, stored[1:]) == {"hole"}


def test_a_message_nobody_sent_is_found() -> None:
    facts, stored = run_without_fault()
    facts = [fact for fact in facts if fact.what != "end"]
    assert rules(facts, [*stored, kept(4)]) == {"invented"}


def test_a_message_with_another_text_is_found() -> None:
    facts, stored = run_without_fault()
    assert "altered" in rules(facts, [*stored[:2], kept(3, digest="something else")])


def test_a_refused_message_that_is_stored_is_found() -> None:
    facts, stored = run_without_fault()
    facts = [
        replace(fact, what="refuse") if fact.what == "answer" and fact.number == 3 else fact for fact in facts
    ]
    assert rules(facts, stored) == {"refused but stored"}


def test_a_repeated_answer_that_differs_is_found() -> None:
    facts, stored = run_without_fault()
    facts.append(told(at=100, what="answer", number=3, id=999))
    assert "answered twice" in rules(facts, stored)


def test_a_repeated_answer_and_a_repeated_delivery_that_agree_are_no_fault() -> None:
    facts, stored = run_without_fault()
    facts[-2:-2] = [told(at=90, what="answer", number=3), told(at=91, what="receive", client="bob", number=2)]
    assert check(facts, stored) == []


def test_one_message_shown_under_two_numbers_is_found() -> None:
    facts, stored = run_without_fault()
    facts.append(
        told(at=100, what="receive", client="bob", number=4, client_id="m3", id=103, digest="text 3")
    )
    assert "shown twice" in rules(facts, stored)


def test_a_later_message_with_an_earlier_number_is_found() -> None:
    facts, stored = run_without_fault()
    facts = [fact for fact in facts if fact.what in ("invoke", "answer")]
    late = [replace(fact, at=fact.at + 500) if fact.client_id == "m1" else fact for fact in facts]
    assert rules(late, stored) == {"reordered"}


def test_messages_on_their_way_at_the_same_time_may_stand_in_any_order() -> None:
    facts, stored = run_without_fault()
    facts = [replace(fact, at=1) if fact.what == "invoke" else fact for fact in facts]
    assert check(facts, stored) == []


def test_a_stream_that_leaves_one_out_is_found_at_once() -> None:
    facts, stored = run_without_fault()
    facts = [f for f in facts if not (f.what == "receive" and f.client == "bob" and f.number == 2)]
    assert rules(facts, stored) == {"gap", "missed"}


def test_a_stream_that_brings_an_older_one_later_is_found() -> None:
    facts, stored = run_without_fault()
    second = [f for f in facts if f.what == "receive" and f.client == "bob" and f.number == 2]
    facts = [fact for fact in facts if fact not in second]
    facts[-2:-2] = second
    assert {"gap", "out of order", "log backwards"} <= rules(facts, stored)


def test_the_last_ones_missing_after_a_resume_are_found() -> None:
    facts, stored = run_without_fault()
    facts = [f for f in facts if not (f.what == "receive" and f.client == "bob" and f.number == 3)]
    assert rules(facts, stored) == {"missed"}


def test_what_was_read_by_bootstrap_need_not_come_again() -> None:
    facts, stored = run_without_fault()
    facts = [f for f in facts if not (f.what == "receive" and f.client == "bob" and f.number < 3)]
    facts[0] = told(what="known", client="bob", number=2)
    assert check(facts, stored) == []


@pytest.mark.parametrize("left_out", ["invoke", "answer", "receive"])
def test_a_saved_run_is_judged_the_same(tmp_path: Path, left_out: str) -> None:
    facts, stored = run_without_fault()
    history = History("all")
    history.facts = [fact for fact in facts if not (fact.what == left_out and fact.client_id == "m2")]
    save(tmp_path / "run.jsonl", [history], stored)
    assert load(tmp_path / "run.jsonl") == (history.facts, stored)
    assert check(*load(tmp_path / "run.jsonl")) == check(history.facts, stored)


def test_an_event_past_the_fence_is_found() -> None:
    facts, stored = run_without_fault()
    fence = told(what="revoked", client="bob", number=2, seq=20, client_id="", digest="")
    assert rules([*facts, fence], stored) == {"heard past the fence"}


def test_who_was_removed_needs_everything_up_to_the_fence_and_no_more() -> None:
    facts, stored = run_without_fault()
    fence = told(what="revoked", client="bob", number=2, seq=20, client_id="", digest="")
    until = [f for f in facts if not (f.what == "receive" and f.client == "bob" and f.number == 3)]
    assert check([*until, fence], stored) == []
    short = [f for f in until if not (f.what == "receive" and f.client == "bob" and f.number == 2)]
    assert rules([*short, fence], stored) == {"missed"}
