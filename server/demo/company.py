"""Fills an empty company with the demo: people, posts with receipts, conversations. Every act goes through the real use-cases."""

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy import func, select, update

from chat import conversations, messages
from feed import receipts, shares
from feed.inputs import AudienceInput, NewPost, ReceiptsInput
from feed.models import Receipt
from server.auth.passwords import hash_password
from server.demo.people import COMPANY, PASSWORD, PEOPLE
from server.demo.texts import DIRECT, GROUPS, POSTS, DemoDirect, DemoGroup, DemoPost
from server.org.models import Person
from server.people.founding import NewPerson, make_departments, make_people
from server.permissions import roles
from server.permissions.actor import Actor, load_actor
from server.permissions.automatic import settle_managers
from server.work.company import Company, CompanyRow
from server.work.work import Work

_NAMED = re.compile(r"\{(\d{4})\}")


def who_can_sign_in(url: str) -> str:
    """What `serve --demo` prints."""
    shown = [person for person in PEOPLE if person[1] in ("1002", "1001", "1003", "1004", "1005")]
    lines = [f"  {number}  {name}  {title}" for name, number, _, _, title, *_ in shown]
    return (
        f"\nTenfour serves the demo company «{COMPANY}» at {url}\n"
        f"Sign in with a staff number (or phone) and the password {PASSWORD}:\n" + "\n".join(lines) + "\n"
        "1002 imports staff lists; any of 1001 … 1026 can sign in. Demo only: do not put real data here.\n"
    )


def fill(company: Company) -> None:
    """Does nothing when there are people already."""
    with company.db.writer.engine.connect() as conn:
        if conn.execute(select(func.count()).select_from(Person)).scalar_one():
            return
    hashed = asyncio.run(hash_password(PASSWORD))
    ids = company.write_now(lambda work: _people(work, hashed))
    for post in POSTS:
        company.write_now(partial(_post, ids=ids, post=post))
    company.write_now(partial(_some_receipts, ids=ids))
    for group in GROUPS:
        company.write_now(partial(_group, ids=ids, group=group))
    for direct in DIRECT:
        company.write_now(partial(_direct, ids=ids, direct=direct))


def _people(work: Work, hashed: str) -> dict[str, int]:
    work.conn.execute(update(CompanyRow).values(name=COMPANY))
    paths = [tuple(person[5].split("/")) for person in PEOPLE]
    departments = make_departments(work, paths)
    new = [
        NewPerson(name, number, phone, f"{mail}@farbridge.example", title, [departments[path]], hashed)
        for (name, number, phone, mail, title, *_), path in zip(PEOPLE, paths, strict=True)
    ]
    ids = dict(zip([person[1] for person in PEOPLE], make_people(work, new), strict=True))
    for _, number, _, _, _, _, manager, extra in PEOPLE:
        if manager:
            work.conn.execute(update(Person).where(Person.id == ids[number]).values(manager_id=ids[manager]))
        for role in extra:
            roles.give(work.conn, role, [ids[number]])
    settle_managers(work, ids.values())
    return ids


def _actor(work: Work, person_id: int) -> Actor:
    actor = load_actor(work.conn, person_id)
    assert actor is not None
    return actor


def _written(text: str, ids: dict[str, int]) -> str:
    names = {person[1]: person[0] for person in PEOPLE}
    return _NAMED.sub(lambda match: f"@[{names[match[1]]}](person:{ids[match[1]]})", text)


def _post(work: Work, ids: dict[str, int], post: DemoPost) -> None:
    number, to, asked, hours, text = post
    departments = make_departments(work, [tuple(path.split("/")) for path in (*to, *asked)])
    audience = AudienceInput(not to, [departments[tuple(path.split("/"))] for path in to])
    wanted = ReceiptsInput(
        departments=[departments[tuple(path.split("/"))] for path in asked],
        due_at=work.now + timedelta(hours=hours) if hours else None,
    )
    new = NewPost("share", _written(text, ids), audience, None, wanted if asked else None)
    shares.publish(work, _actor(work, ids[number]), new)


def _group(work: Work, ids: dict[str, int], group: DemoGroup) -> None:
    owner, name, members, said = group
    actor = _actor(work, ids[owner])
    _say(work, ids, conversations.start_group(work, actor, name, [ids[one] for one in members], []), said)


def _direct(work: Work, ids: dict[str, int], direct: DemoDirect) -> None:
    one, other, said = direct
    _say(work, ids, conversations.start_direct(work, _actor(work, ids[one]), ids[other]), said)


def _some_receipts(work: Work, ids: dict[str, int]) -> None:
    waiting = work.conn.execute(select(Receipt.post_id, Receipt.person_id).order_by(Receipt.post_id)).all()
    early = {ids["1006"], ids["1008"], ids["1013"]}
    acts = [receipts.Act(row.person_id, row.post_id, 1) for row in waiting if row.person_id in early]
    receipts.acknowledge_many(work, acts)
    seen = {ids["1005"], ids["1009"]}
    receipts.read_many(
        work, [receipts.Act(row.person_id, row.post_id, 1) for row in waiting if row.person_id in seen]
    )


def _say(work: Work, ids: dict[str, int], conversation_id: int, said: Sequence[tuple[str, str]]) -> None:
    messages.send_many(
        work,
        [
            messages.prepare(
                ids[number], conversation_id, f"demo-{conversation_id}-{at}", _written(text, ids), None
            )
            for at, (number, text) in enumerate(said)
        ],
    )
