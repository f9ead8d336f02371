"""Mentions in posts and comments: they must exist, and who cannot see it is named to the author (M1)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from feed import audience
from feed.models import PostMention
from feed.present import PostMentions
from server.events.envelope import department_stream, person_stream
from server.kit.mentions import Mentions
from server.kit.problems import invalid
from server.org.models import Department, Person
from server.work.work import Work


def checked(conn: Connection, found: Mentions) -> PostMentions:
    """Refuses mentions of who does not exist."""
    if found.everyone:
        raise invalid(
            "text", "mention_unknown", "Choose the whole company as audience instead of mentioning it."
        )
    _must_exist(conn, select(Person.id).where(Person.id.in_(found.people)), found.people)
    _must_exist(
        conn,
        select(Department.id).where(Department.id.in_(found.departments), Department.removed_at.is_(None)),
        found.departments,
    )
    return PostMentions(list(found.people), list(found.departments))


def _must_exist(conn: Connection, query: Any, ids: Sequence[int]) -> None:
    if ids and len(set(conn.execute(query).scalars())) < len(ids):
        raise invalid("text", "mention_unknown", "Somebody mentioned is unknown.")


def note(work: Work, post_id: int, mentions: PostMentions) -> None:
    """Makes the post findable by whom it names."""
    named = [person_stream(one) for one in mentions.people]
    named += [department_stream(one) for one in mentions.departments]
    if named:
        work.conn.execute(insert(PostMention), [{"subject": one, "post_id": post_id} for one in named])


def outside(conn: Connection, mentions: PostMentions, inside: ColumnElement[bool]) -> PostMentions:
    """The mentioned people, and departments with people, who are not `inside` (a condition on `Person`)."""
    people: list[int] = []
    if mentions.people:
        reached = set(conn.execute(select(Person.id).where(Person.id.in_(mentions.people), inside)).scalars())
        people = [one for one in mentions.people if one not in reached]
    departments = [
        one
        for one in mentions.departments
        if conn.execute(
            select(Person.id).where(audience.people_in(False, [one], []), ~inside).limit(1)
        ).first()
    ]
    return PostMentions(people, departments)
