"""For any staff list and any directory: the plan can be carried out, and carrying it out again changes nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from server.people.staff_plan import Directory, DirectoryPerson
from tests.server.people.companies import carried_out, check, outcomes, plan_rows

# Few values, so that rows collide in every way.
NAMES = ["张伟", "李娜", "王五", "", "张 伟"]
NUMBERS = ["", "1", "2", "3", "4", "13800000001", "Ａ", "a"]
PHONES = ["", "13800000001", "138-0000-0002", "13800000003", "12"]
EMAILS = ["", "a@b.cn", "A@B.cn", "c@d.cn", "x"]
DEPARTMENTS = ["", "华东", "华东/一部", "华东／一部；HR", "hr", "a//b"]
MANAGERS = ["", "", "张伟", "李娜", "1", "2", "3", "4", "13800000001", "13800000002", "a@b.cn", "无", "谁"]


def rows(most: int = 8) -> st.SearchStrategy[list[list[str]]]:
    cells = [NAMES, PHONES, EMAILS, NUMBERS, DEPARTMENTS, ["", "经理"], MANAGERS]
    return st.lists(st.tuples(*map(st.sampled_from, cells)).map(list), max_size=most)


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    """Somebody imported it: so it is one that imports make. Some people have left since."""
    directory = carried_out(plan_rows(draw(rows(5))), Directory())
    left = draw(st.sets(st.sampled_from([person.id for person in directory.people] or [0]), max_size=2))
    people = (
        DirectoryPerson(
            **{name: getattr(person, name) for name in person.__struct_fields__ if name != "state"},
            state="left",
        )
        if person.id in left
        else person
        for person in directory.people
    )
    return Directory(tuple(people), directory.departments)


@settings(max_examples=400, deadline=None)
@given(rows(), directories())
def test_every_plan_can_be_carried_out_and_then_changes_nothing(
    listed: list[list[str]], directory: Directory
) -> None:
    check(directory)
    first = plan_rows(listed, directory)
    assert [row.line for row in first] == list(range(2, len(listed) + 2))
    assert all((row.outcome == "refused") == bool(row.errors) for row in first)
    after = carried_out(first, directory)
    second = plan_rows(listed, after)
    if [row.line for row in first if row.errors] == [row.line for row in second if row.errors]:
        assert {outcome for outcome in outcomes(second) if outcome != "refused"} <= {"unchanged"}
        assert carried_out(second, after) == after


@settings(max_examples=150, deadline=None)
@given(rows())
def test_into_an_empty_company_a_second_import_is_the_same_but_for_nothing_changed(
    listed: list[list[str]],
) -> None:
    first = plan_rows(listed)
    after = carried_out(first, Directory())
    second = plan_rows(listed, after)
    assert [row.outcome for row in second] == ["refused" if row.errors else "unchanged" for row in first]


@settings(max_examples=150, deadline=None)
@given(rows(), directories())
def test_a_row_that_was_refused_touches_nobody(listed: list[list[str]], directory: Directory) -> None:
    planned = plan_rows(listed, directory)
    standing = {row.person_id for row in planned if row.outcome == "updated"}
    after = {person.id: person for person in carried_out(planned, directory).people}
    assert all(after[person.id] == person for person in directory.people if person.id not in standing)
