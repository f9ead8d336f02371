"""Fills an empty company with the demo: people, posts with receipts, conversations. Every act goes through the real use-cases."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from sqlalchemy import select, update

from chat import conversations, messages
from feed import publishing, receipts
from feed.inputs import AudienceInput, NewPost, ReceiptsInput
from feed.models import Receipt
from server.auth.passwords import hash_password
from server.demo.people import PASSWORD, PEOPLE
from server.demo.script import CHINESE, Script
from server.demo.texts import DemoDirect, DemoGroup, DemoPost
from server.kit.problems import Problem
from server.org.models import Person
from server.people.founding import NewPerson, has_people, make_departments, make_people
from server.permissions import roles
from server.permissions.actor import Actor, load_actor
from server.permissions.automatic import settle_roles
from server.work.company import Company, CompanyRow
from server.work.work import Work

_NAMED = re.compile(r"\{(\d{4})\}")
# The first twenty-six people and today: what the tests are written on.
LIGHT = replace(CHINESE, people=PEOPLE)


@dataclass(frozen=True)
class Cast:
    """A demo company's people. `ids`: staff number → person; `groups`: name → conversation, as far as they are there already."""

    script: Script
    ids: dict[str, int]
    groups: dict[str, int]

    def written(self, text: str) -> str:
        """With mentions for `{1004}`."""
        names = {person[1]: person[0] for person in self.script.people}
        return _NAMED.sub(lambda match: f"@[{names[match[1]]}](person:{self.ids[match[1]]})", text)


def who_can_sign_in(url: str, script: Script = CHINESE) -> str:
    """What `serve --demo` prints."""
    shown = [person for person in script.people if person[1] in ("1002", "1001", "1003", "1004", "1005")]
    lines = [f"  {number}  {name}  {title}" for name, number, _, _, title, *_ in shown]
    return (
        f"\nTenfour serves the demo company «{script.company}» at {url}\n"
        f"Sign in with a staff number (or phone) and the password {PASSWORD}:\n" + "\n".join(lines) + "\n"
        f"1002 is the administrator; any of 1001 … {script.people[-1][1]} can sign in. Demo only: do not put real data here.\n"
    )


def fill(company: Company, script: Script = LIGHT) -> None:
    """People and today. Does nothing when there are people already."""
    if not company.db.snapshot(has_people):
        live_through_today(company, found(company, script))


def found(company: Company, script: Script) -> Cast:
    """The company with its people, of whom everybody has the demo's password."""
    hashed = asyncio.run(hash_password(PASSWORD))
    return Cast(script, company.write_now(lambda work: _people(work, script, hashed)), {})


def live_through_today(company: Company, cast: Cast) -> None:
    for post in cast.script.posts:
        company.write_now(partial(_post, cast=cast, post=post))
    company.write_now(partial(_some_receipts, ids=cast.ids))
    for group in cast.script.groups:
        company.write_now(partial(_group, cast=cast, group=group))
    for direct in cast.script.direct:
        company.write_now(partial(_direct, cast=cast, direct=direct))


def _people(work: Work, script: Script, hashed: str) -> dict[str, int]:
    work.conn.execute(
        update(CompanyRow).values(name=script.company, language=script.language, time_zone=script.time_zone)
    )
    paths = [tuple(person[5].split("/")) for person in script.people]
    departments = make_departments(work, paths)
    new = [
        NewPerson(
            name,
            number,
            phone,
            f"{mail}@farbridge.example",
            title,
            [departments[path]],
            hashed,
            heads=[departments[path]] if "department_head" in roles_besides else [],
        )
        for (name, number, phone, mail, title, _, _, roles_besides), path in zip(
            script.people, paths, strict=True
        )
    ]
    ids = dict(zip([person[1] for person in script.people], make_people(work, new), strict=True))
    for _, number, _, _, _, _, manager, extra in script.people:
        if manager:
            work.conn.execute(update(Person).where(Person.id == ids[number]).values(manager_id=ids[manager]))
        for role in extra:
            if role != "department_head":  # follows from what one heads
                roles.give(work.conn, role, [ids[number]])
    settle_roles(work, ids.values())
    return ids


def actor(work: Work, person_id: int) -> Actor:
    found = load_actor(work.conn, person_id)
    assert found is not None
    return found


def publish(
    work: Work, cast: Cast, author: str, to: Sequence[str], asked: Sequence[str], hours: int, text: str
) -> int:
    """A share, addressed to departments by their Chinese paths (none: everyone); answers its id."""
    script = cast.script
    departments = make_departments(work, [script.path(path) for path in (*to, *asked)])
    audience = AudienceInput(not to, [departments[script.path(path)] for path in to])
    wanted = ReceiptsInput(
        departments=[departments[script.path(path)] for path in asked],
        due_at=work.now + timedelta(hours=hours) if hours else None,
    )
    new = NewPost("share", cast.written(text), audience, None, wanted if asked else None)
    return publishing.publish(work, actor(work, cast.ids[author]), new).id


def say(work: Work, cast: Cast, conversation_id: int, said: Sequence[tuple[str, str]], name: str) -> None:
    """These people say these lines; `name` makes their client ids."""
    outcomes = messages.send_many(
        work,
        [
            messages.prepare(cast.ids[number], conversation_id, f"{name}-{at}", cast.written(text), None)
            for at, (number, text) in enumerate(said)
        ],
    )
    for outcome in outcomes:
        if isinstance(outcome, Problem):
            raise outcome


def _post(work: Work, cast: Cast, post: DemoPost) -> None:
    number, to, asked, hours, text = post
    publish(work, cast, number, to, asked, hours, text)


def start_group(work: Work, cast: Cast, owner: str, name: str, members: Sequence[str]) -> int:
    """The group of this name, started where it is not there yet."""
    if name not in cast.groups:
        people = [cast.ids[one] for one in members]
        cast.groups[name] = conversations.start_group(work, actor(work, cast.ids[owner]), name, people, [])
    return cast.groups[name]


def _group(work: Work, cast: Cast, group: DemoGroup) -> None:
    owner, name, members, said = group
    place = start_group(work, cast, owner, name, members)
    say(work, cast, place, said, f"demo-{place}")


def _direct(work: Work, cast: Cast, direct: DemoDirect) -> None:
    one, other, said = direct
    place = conversations.start_direct(work, actor(work, cast.ids[one]), cast.ids[other])
    say(work, cast, place, said, f"demo-{place}")


def _some_receipts(work: Work, ids: dict[str, int]) -> None:
    waiting = work.conn.execute(
        select(Receipt.post_id, Receipt.person_id).where(Receipt.state == "open").order_by(Receipt.post_id)
    ).all()
    early = {ids["1006"], ids["1008"], ids["1013"]}
    acts = [receipts.Act(row.person_id, row.post_id, 1) for row in waiting if row.person_id in early]
    receipts.acknowledge_many(work, acts)
    seen = {ids["1005"], ids["1009"]}
    receipts.read_many(
        work, [receipts.Act(row.person_id, row.post_id, 1) for row in waiting if row.person_id in seen]
    )
