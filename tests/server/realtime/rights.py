"""Who should hear what, written down a second time: from members and departments as rows, never from grants.

`Chronicle` carries out acts and notes which rights each of them gave or took, at which number. What a person may hear above a
cursor follows from these notes and the streams of the logged events alone.
"""

import contextlib
import itertools
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from chat import conversations, messages
from chat.models import Conversation, Membership
from feed import publishing, receipts
from feed.inputs import AudienceInput, NewPost, ReceiptsInput
from feed.models import Receipt
from server.events import log
from server.events.envelope import EVERYONE, Event, department_stream, person_stream
from server.events.models import EventStream, LoggedEvent
from server.kit.problems import Forbidden, Invalid, NotFound, NotPending
from server.org.models import Department, Person, PersonDepartment
from server.people import tree
from server.people.founding import NewPerson, make_people
from server.people.membership import hold_org
from server.people.places import seat
from server.people.telling import tell
from server.permissions.actor import Actor, load_actor
from server.work.company import Company
from server.work.work import Work

Right = tuple[int, str]
_numbers = itertools.count(1)


def rights(conn: Connection, *, conversation: int | None = None, person: int | None = None) -> set[Right]:
    """(person, stream) of everything heard now; only those of one conversation or of one person's place in the tree (0: everyone's)."""
    found: set[Right] = set()
    if person is None:
        members = select(Membership.person_id, Membership.conversation_id).where(Membership.state == "active")
        if conversation is not None:
            members = members.where(Membership.conversation_id == conversation)
        found |= {(row.person_id, f"conversation:{row.conversation_id}") for row in conn.execute(members)}
        if conversation is not None:
            return found
    above = {row.id: row.parent_id for row in conn.execute(select(Department.id, Department.parent_id))}
    sits: dict[int, set[int]] = defaultdict(set)
    for row in conn.execute(select(PersonDepartment.person_id, PersonDepartment.department_id)):
        at: int | None = row.department_id
        while at is not None:
            sits[row.person_id].add(at)
            at = above[at]
    for one in conn.execute(select(Person.id, Person.kind, Person.state)):
        if one.state != "left" and person in (None, 0, one.id):
            found.add((one.id, person_stream(one.id)))
            if one.kind == "employee":
                found.add((one.id, EVERYONE))
                found |= {(one.id, department_stream(department)) for department in sits[one.id]}
    return found


@dataclass
class Note:
    seq: int
    given: set[Right]
    taken: set[Right]


class Chronicle:
    """Acts at random through the real use-cases, several at once; each notes what it gave and took."""

    def __init__(self, company: Company, people: list[int], dice: random.Random) -> None:
        self.company = company
        self.people = people
        self.dice = dice
        self.notes: list[Note] = []
        self.begun_with: set[Right] = set()
        self.start = 0

    async def open(self) -> None:
        self.start, self.begun_with = await self.company.read(lambda conn: (log.head(conn), rights(conn)))

    async def act(self) -> None:
        kinds: list[Callable[[], Any]] = [self.start_group, self.add, self.remove, self.leave, self.rename]
        kinds += (
            [self.publish] * 3
            + [self.move] * 2
            + [self.hang]
            + [self.send] * 5
            + [self.acknowledge] * 2
            + [self.found]
        )
        with contextlib.suppress(Forbidden, NotFound, NotPending, Invalid):
            # Somebody else was faster: removed the actor, withdrew the request …
            await self.dice.choice(kinds)()

    async def _noted(
        self, fn: Callable[[Work], Any], *, conversation: int | None = None, person: int | None = None
    ) -> None:
        """Runs the act and notes what the rows around it say. `fn` answers the id of what it made, if it made one."""
        seen: dict[str, Any] = {}

        def turn(work: Work) -> None:
            scope = {"conversation": conversation, "person": person}
            before: set[Right] = set()
            if conversation is not None:
                work.conn.execute(
                    select(Conversation.id).where(Conversation.id == conversation).with_for_update()
                )
            if person is not None:
                hold_org(work.conn)
            if conversation is not None or person is not None:
                before = rights(work.conn, **scope)
            made = fn(work)
            if isinstance(made, dict):
                scope = made
            seen.update(work=work, before=before, after=rights(work.conn, **scope))

        await self.company.write(turn)
        events: list[Event] = seen["work"].events
        given, taken = seen["after"] - seen["before"], seen["before"] - seen["after"]
        # A newcomer hears from the event that brings the place, a leaver up to the one that takes it.
        for names, change in (
            (
                ("conversation.joined", "person.changed", "directory.changed", "department.changed"),
                (given, set()),
            ),
            (("conversation.removed", "person.changed", "department.changed"), (set(), taken)),
        ):
            at = [event.seq for event in events if event.type in names]
            if change[0] or change[1]:
                self.notes.append(Note(min(at), *change))

    # --- acts

    async def start_group(self) -> None:
        maker, *others = self.dice.sample(self.people, self.dice.randint(2, 5))
        name = f"group {next(_numbers)}"

        def fn(work: Work) -> dict[str, int]:
            made = conversations.start_group(work, actor(work, maker), name, others, [])
            return {"conversation": made}

        await self._noted(fn)

    async def add(self) -> None:
        place = await self._group()
        if place is not None:
            id, members, _ = place
            by, new = self.dice.choice(members), self.dice.sample(self.people, 2)
            await self._noted(
                lambda work: conversations.add_members(work, actor(work, by), id, new, []), conversation=id
            )

    async def remove(self) -> None:
        place = await self._group()
        if place is not None:
            id, members, owner = place
            gone = self.dice.choice(members)
            await self._noted(
                lambda work: conversations.remove_member(work, actor(work, owner), id, gone), conversation=id
            )

    async def leave(self) -> None:
        place = await self._group()
        if place is not None:
            id, members, _ = place
            gone = self.dice.choice(members)
            await self._noted(
                lambda work: conversations.remove_member(work, actor(work, gone), id, gone), conversation=id
            )

    async def rename(self) -> None:
        place = await self._group()
        if place is not None:
            id, members, _ = place
            by, name = self.dice.choice(members), f"name {next(_numbers)}"
            await self._noted(
                lambda work: conversations.rename(work, actor(work, by), id, name, None), conversation=id
            )

    async def move(self) -> None:
        """To other departments."""
        one = self.dice.choice(self.people)
        departments = await self.company.read(
            lambda conn: list(conn.execute(select(Department.id)).scalars())
        )
        to = self.dice.sample(departments, self.dice.randint(0, 2))

        def fn(work: Work) -> None:
            seat(work, {one: to})
            tell(work, None, people=[one], moved=[one])

        await self._noted(fn, person=one)

    async def hang(self) -> None:
        """A department comes below another one, with everybody in it."""

        def fn(work: Work) -> None:
            rows = work.conn.execute(select(Department.id, Department.version).order_by(Department.id)).all()
            moved, target = self.dice.sample(rows, 2)
            tree.change(work, actor(work, 2), moved.id, moved.version, tree.Wanted(parent_id=target.id))

        await self._noted(fn, person=0)

    async def found(self) -> None:
        """Somebody new comes."""
        number = f"new-{next(_numbers)}"

        def fn(work: Work) -> dict[str, int]:
            departments = work.conn.execute(select(Department.id)).scalars().all()
            place = [departments[next(_numbers) % len(departments)]]
            [made] = make_people(work, [NewPerson("N", number, department_ids=place, password_hash="x")])
            self.people.append(made)
            return {"person": made}

        await self._noted(fn)

    async def publish(self) -> None:
        departments = await self.company.read(
            lambda conn: list(conn.execute(select(Department.id)).scalars())
        )
        named = self.dice.sample(self.people, 3)
        place = [self.dice.choice(departments)]
        to, asked = self.dice.choice(
            [
                (AudienceInput(everyone=True), ReceiptsInput(people=named)),
                (AudienceInput(departments=place), None),
                (AudienceInput(people=named), ReceiptsInput(people=named)),
                (AudienceInput(departments=place, people=named), None),
            ]
        )
        new = NewPost("share", f"post {next(_numbers)}", to, None, asked)

        def fn(work: Work) -> None:
            publishing.publish(work, actor(work, 1), new)

        await self._noted(fn, person=1)

    async def send(self) -> None:
        place = await self._group()
        if place is not None:
            id, members, _ = place
            sends = [
                messages.prepare(self.dice.choice(members), id, f"s-{next(_numbers)}", "text", None)
                for _ in range(self.dice.randint(1, 3))
            ]
            for done in [self.company.small("message", one) for one in sends]:
                await done

    async def acknowledge(self) -> None:
        rows = await self.company.read(
            lambda conn: conn.execute(
                select(Receipt.post_id, Receipt.person_id).where(Receipt.state == "open")
            ).all()
        )
        for row in self.dice.sample(rows, min(len(rows), 3)):
            await self.company.small("receipt", receipts.Act(row.person_id, row.post_id, 1))

    async def _group(self) -> tuple[int, list[int], int] | None:
        def look(conn: Connection) -> list[tuple[int, list[int], int]]:
            found: dict[int, tuple[int, list[int], int]] = {}
            for row in conn.execute(
                select(Membership.conversation_id, Membership.person_id, Membership.role)
                .join(Conversation, Conversation.id == Membership.conversation_id)
                .where(Membership.state == "active", Conversation.kind == "group")
            ):
                id, members, owner = found.get(row.conversation_id, (row.conversation_id, [], 0))
                members.append(row.person_id)
                found[id] = (id, members, row.person_id if row.role == "owner" else owner)
            return [one for one in found.values() if one[2]]

        groups = await self.company.read(look)
        return self.dice.choice(groups) if groups else None

    # --- the oracle

    def spans(self) -> dict[Right, list[tuple[int, int | None]]]:
        """From when to when each person should hear each stream, both ends included."""
        found: dict[Right, list[tuple[int, int | None]]] = {one: [(0, None)] for one in self.begun_with}
        for note in sorted(self.notes, key=lambda note: note.seq):
            for right in note.given:
                assert not found.get(right) or found[right][-1][1] is not None, (note, right)
                found.setdefault(right, []).append((note.seq, None))
            for right in note.taken:
                assert found[right][-1][1] is None, (note, right)
                found[right][-1] = (found[right][-1][0], note.seq)
        return found

    async def oracle(self) -> "Oracle":
        def look(conn: Connection) -> tuple[int, dict[int, set[str]], dict[int, str]]:
            streams: dict[int, set[str]] = defaultdict(set)
            for row in conn.execute(select(EventStream.seq, EventStream.stream)):
                streams[row.seq].add(row.stream)
            merged = conn.execute(
                select(LoggedEvent.seq, LoggedEvent.merge_key).where(LoggedEvent.merge_key.is_not(None))
            )
            return log.head(conn), streams, {row.seq: row.merge_key for row in merged}

        return Oracle(self.start, *await self.company.read(look), self.spans())


@dataclass
class Oracle:
    """`merged`: the tallies among the events, of which a listener may hear only the newest."""

    start: int
    head: int
    streams: dict[int, set[str]]
    merged: dict[int, str]
    spans: dict[Right, list[tuple[int, int | None]]]

    def may_hear(self, person: int, above: int, up_to: int | None = None) -> list[int]:
        """The numbers this person hears above a cursor, in order."""
        until = self.head if up_to is None else up_to
        return [
            seq
            for seq in range(above + 1, until + 1)
            if any(
                since <= seq and (end is None or seq <= end)
                for stream in self.streams.get(seq, ())
                for since, end in self.spans.get((person, stream), ())
            )
        ]


def actor(work: Work, person_id: int) -> Actor:
    found = load_actor(work.conn, person_id)
    assert found is not None
    return found
