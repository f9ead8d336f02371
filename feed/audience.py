"""Whom a post is addressed to: rows as they were named, never expanded; and whether a set of people lies inside."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, false, func, insert, or_, select

from feed.inputs import AudienceInput
from feed.models import PostAudience
from server.events.envelope import EVERYONE, department_stream, person_stream
from server.events.models import StreamGrant
from server.kit.problems import AudienceEmpty, invalid
from server.org.known import must_be_departments
from server.org.lines import members_of
from server.org.models import Person
from server.work.work import Work


def known(conn: Connection, audience: AudienceInput) -> AudienceInput:
    """The audience without doubles. Raises `AudienceEmpty`, or `Invalid` for people and departments that are not there."""
    departments, people = sorted(set(audience.departments)), sorted(set(audience.people))
    if not (audience.everyone or departments or people):
        raise AudienceEmpty("Choose who should see this.")
    must_be_here(conn, departments, people)
    return AudienceInput(audience.everyone, departments, people)


def must_be_here(conn: Connection, departments: Collection[int], people: Collection[int]) -> None:
    """Raises `Invalid` for people and departments that are not there."""
    must_be_departments(conn, departments, "audience.departments")
    present = set(
        conn.execute(
            select(Person.id).where(Person.id.in_(people), Person.state != "left", Person.kind != "bot")
        ).scalars()
    )
    missing = [one for one in people if one not in present]
    if missing:
        raise invalid(
            "audience.people", "not_found", "Some of these people are not here (any more).", ids=missing[:20]
        )


def subjects(audience: AudienceInput, author_id: int) -> list[str]:
    """The rows to write: what was named, and the author's own view."""
    named = [EVERYONE] if audience.everyone else []
    named += [department_stream(one) for one in audience.departments]
    named += [person_stream(one) for one in audience.people]
    return [*named, f"author:{author_id}"]


def address(work: Work, post_id: int, named: list[str]) -> None:
    work.conn.execute(insert(PostAudience), [{"subject": subject, "post_id": post_id} for subject in named])


def subjects_of_post(work: Work, post_id: int) -> list[str]:
    return sorted(
        work.conn.execute(select(PostAudience.subject).where(PostAudience.post_id == post_id)).scalars()
    )


def who_hears(work: Work, post: Any, subjects: Sequence[str]) -> list[str]:
    """Whom it was addressed to, its author and who published it, and who read it as a member of a department they have left (W18)."""
    since = func.coalesce(PostAudience.seq, post.seq)
    left = work.conn.execute(
        select(StreamGrant.person_id)
        .join(PostAudience, PostAudience.subject == StreamGrant.stream)
        .where(
            PostAudience.post_id == post.id,
            PostAudience.subject.in_([one for one in subjects if one.startswith("department:")]),
            since.between(StreamGrant.from_seq, StreamGrant.to_seq),
        )
        .distinct()
    ).scalars()
    people = {post.author_id, *([post.by_id] if post.by_id is not None else []), *left}
    named = [one for one in subjects if not one.startswith("author:")]
    return [*named, *sorted({person_stream(one) for one in people} - set(named))]


def people_in(everyone: bool, departments: Collection[int], people: Collection[int]) -> ColumnElement[bool]:
    """The working people whom these names reach, as a condition on `Person`."""
    parts: list[ColumnElement[bool]] = []
    if everyone:
        parts.append(Person.kind == "employee")
    if departments:
        parts.append(Person.id.in_(members_of(departments)))
    if people:
        parts.append(Person.id.in_(people))
    return (or_(*parts) if parts else false()) & (Person.state != "left")
