"""Mentions in posts and comments: they must exist, and who cannot see it is named to the author (M1)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from feed import audience
from feed.present import PostMentions
from server.kit.mentions import Mentions
from server.kit.problems import invalid
from server.org.models import Department, Person


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
