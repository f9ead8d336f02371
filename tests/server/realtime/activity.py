"""A random working day of a few people over HTTP and sockets: every act that changes what somebody else sees."""

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx2
from sqlalchemy import Connection, select, update

from chat.models import Conversation, Membership
from feed.models import Post, Receipt, ReceiptAsk
from server.events.envelope import EVERYONE, Event
from server.org.models import Department, Person
from server.people.present import person_puts
from server.work.work import Work
from tests.house import Client, House

_numbers = itertools.count(1)
# May edit departments.
BOSS = 1

# What a person who acts on what they last saw may be told meanwhile; anything else is a failure.
LEGAL = {200, 201, 204, 403, 404, 409, 429}


class Day:
    """Acts of `clients`, by person id. Every answer is handed to `told`, as to the device that asked."""

    def __init__(self, house: House, clients: Mapping[int, Client], dice: random.Random) -> None:
        self.house = house
        self.clients = clients
        self.dice = dice
        self.told: Callable[[int, httpx2.Response], None] = lambda person, answer: None
        self.refused: list[str] = []
        self.done = 0

    async def pass_by(self, acts: int, at_once: int = 3) -> None:
        """So many acts, some of them at the same moment."""
        chosen = [self.dice.choices(list(ACTS), weights=list(ACTS.values()))[0] for _ in range(acts)]
        for start in range(0, acts, at_once):
            await asyncio.gather(*[act(self) for act in chosen[start : start + at_once]])

    # --- acts

    async def start_group(self) -> None:
        maker, *others = self._some(self.dice.randint(2, 4))
        body = {"kind": "group", "name": f"G{next(_numbers)}", "people": others}
        if self.dice.random() < 0.3:
            body["departments"] = [await self._department()]
        await self._post(maker, "/api/conversations", body)

    async def start_direct(self) -> None:
        maker, other = self._some(2)
        await self._post(maker, "/api/conversations", {"kind": "direct", "people": [other]})

    async def send(self) -> None:
        found = await self._conversation()
        if found is None:
            return
        text = f"message {next(_numbers)}"
        if self.dice.random() < 0.3:
            text += f" @[x](person:{self.dice.choice(found.members)})"
        elif self.dice.random() < 0.15:
            text += " @[everyone](everyone:0)"
        sender = self.dice.choice(self._mine(found))
        body = {"client_id": f"c-{next(_numbers)}", "text": text}
        await self._post(sender, f"/api/conversations/{found.id}/messages", body)

    async def read(self) -> None:
        found = await self._conversation()
        if found is not None and found.last:
            body = {"number": self.dice.randint(max(1, found.last - 3), found.last)}
            await self._put(self.dice.choice(self._mine(found)), f"/api/conversations/{found.id}/read", body)

    async def add(self) -> None:
        found = await self._conversation("group")
        if found is not None:
            body = {"people": self._some(self.dice.randint(1, 2))}
            await self._post(
                self.dice.choice(self._mine(found)), f"/api/conversations/{found.id}/members", body
            )

    async def remove(self) -> None:
        found = await self._conversation("group")
        if found is not None and found.owner is not None and found.owner in self.clients:
            gone = self.dice.choice(found.members)
            await self._delete(found.owner, f"/api/conversations/{found.id}/members/{gone}")

    async def leave(self) -> None:
        found = await self._conversation("group")
        if found is not None:
            me = self.dice.choice(self._mine(found))
            await self._delete(me, f"/api/conversations/{found.id}/members/{me}")

    async def rename_group(self) -> None:
        found = await self._conversation("group")
        if found is not None:
            me, path = self.dice.choice(self._mine(found)), f"/api/conversations/{found.id}"
            answer = await self.clients[me].http.patch(path, json={"name": f"N{next(_numbers)}"})
            self._answered(me, answer)

    async def publish(self) -> None:
        author = self.dice.choice([1, 3])  # whom the roles let ask
        to, asked = self.dice.choice(
            [
                ({"everyone": True}, {"departments": [await self._department()]}),
                ({"departments": [await self._department()]}, None),
                ({"people": (named := self._some(3))}, {"people": named}),
            ]
        )
        body = {"kind": "share", "text": f"post {next(_numbers)}", "audience": to}
        await self._post(author, "/api/posts", {**body, "receipts": asked} if asked else body)

    async def give_receipt(self) -> None:
        await self._receipt("receipt")

    async def open_post(self) -> None:
        await self._receipt("read")

    async def _receipt(self, what: str) -> None:
        rows = await self.house.company.read(
            lambda conn: conn.execute(
                select(Receipt.post_id, Receipt.person_id, Post.version)
                .join(Post, Post.id == Receipt.post_id)
                .where(Receipt.person_id.in_(list(self.clients)), Receipt.state == "open")
            ).all()
        )
        if rows:
            row = self.dice.choice(rows)
            await self._put(row.person_id, f"/api/posts/{row.post_id}/{what}", {"version": row.version})

    async def withdraw(self) -> None:
        rows = await self.house.company.read(
            lambda conn: conn.execute(
                select(Receipt.post_id, Receipt.person_id, ReceiptAsk.asked_by)
                .join(ReceiptAsk, ReceiptAsk.post_id == Receipt.post_id)
                .where(Receipt.state == "open", ReceiptAsk.asked_by.in_(list(self.clients)))
            ).all()
        )
        if rows:
            row = self.dice.choice(rows)
            await self._delete(row.asked_by, f"/api/posts/{row.post_id}/receipts/{row.person_id}")

    async def delete_post(self) -> None:
        rows = await self.house.company.read(
            lambda conn: conn.execute(
                select(Post.id, Post.author_id).where(
                    Post.author_id.in_(list(self.clients)), Post.deleted_at.is_(None)
                )
            ).all()
        )
        if rows:
            row = self.dice.choice(rows)
            await self._delete(row.author_id, f"/api/posts/{row.id}")

    async def edit_post(self) -> None:
        rows = await self.house.company.read(
            lambda conn: conn.execute(
                select(Post.id, Post.author_id, Post.version).where(
                    Post.author_id.in_(list(self.clients)), Post.deleted_at.is_(None)
                )
            ).all()
        )
        row = self.dice.choice(rows)
        asks = await self.house.company.read(
            lambda conn: conn.execute(select(ReceiptAsk.post_id).where(ReceiptAsk.post_id == row.id)).first()
        )
        again = asks is not None and self.dice.random() < 0.5
        body = {"version": row.version, "text": f"edited {next(_numbers)}", "confirm_again": again}
        answer = await self.clients[row.author_id].http.patch(f"/api/posts/{row.id}", json=body)
        self._answered(row.author_id, answer)

    async def mark(self) -> None:
        """Hides a post, keeps it, or no longer."""
        ids = await self.house.company.read(
            lambda conn: list(conn.execute(select(Post.id).where(Post.deleted_at.is_(None))).scalars())
        )
        me, kind = self.dice.choice(list(self.clients)), self.dice.choice(["hidden", "favourite"])
        path = f"/api/posts/{self.dice.choice(ids)}/{kind}"
        await (self._delete(me, path) if self.dice.random() < 0.3 else self._put(me, path, {}))

    async def remind(self) -> None:
        asks = await self.house.company.read(
            lambda conn: conn.execute(select(ReceiptAsk.post_id, ReceiptAsk.asked_by)).all()
        )
        mine = [row for row in asks if row.asked_by in self.clients]
        if mine:
            row = self.dice.choice(mine)
            await self._post(row.asked_by, f"/api/posts/{row.post_id}/receipts/remind", {})

    async def change_person(self) -> None:
        person_id, title = self.dice.choice(list(self.clients)), f"T{next(_numbers)}"

        def turn(work: Work) -> None:
            work.conn.execute(update(Person).where(Person.id == person_id).values(title=title))
            work.record(Event("person.changed", [EVERYONE], person_puts(work.conn, [person_id])))

        await self.house.company.write(turn)

    async def change_department(self) -> None:
        department_id, name = await self._department(), f"D{next(_numbers)}"

        tree = (await self.clients[BOSS].get("/api/departments"))["items"]
        version = next(one["version"] for one in tree if one["id"] == department_id)
        path = f"/api/departments/{department_id}"
        answer = await self.clients[BOSS].http.patch(path, json={"version": version, "name": name})
        self._answered(BOSS, answer)

    # --- what there is to act on

    def _some(self, count: int) -> list[int]:
        return self.dice.sample(list(self.clients), count)

    def _mine(self, found: "Found") -> list[int]:
        return [one for one in found.members if one in self.clients]

    async def _department(self) -> int:
        ids = await self.house.company.read(lambda conn: list(conn.execute(select(Department.id)).scalars()))
        return self.dice.choice(ids)

    async def _conversation(self, kind: str | None = None) -> "Found | None":
        found = await self.house.company.read(lambda conn: conversations(conn, kind))
        usable = [one for one in found if self._mine(one)]
        return self.dice.choice(usable) if usable else None

    # --- requests

    async def _post(self, person: int, path: str, body: Any) -> None:
        self._answered(person, await self.clients[person].try_post(path, body))

    async def _put(self, person: int, path: str, body: Any) -> None:
        self._answered(person, await self.clients[person].http.put(path, json=body))

    async def _delete(self, person: int, path: str) -> None:
        self._answered(person, await self.clients[person].http.delete(path))

    def _answered(self, person: int, answer: httpx2.Response) -> None:
        assert answer.status_code in LEGAL, f"{answer.request.url} {answer.status_code} {answer.text}"
        if answer.status_code < 300:
            self.done += 1
            self.told(person, answer)
        else:
            self.refused.append(f"{answer.request.url.path} {answer.json()['code']}")


class Found:
    """A conversation as the rows have it."""

    def __init__(self, id: int, last: int, members: list[int], owner: int | None) -> None:
        self.id, self.last, self.members, self.owner = id, last, members, owner


def conversations(conn: Connection, kind: str | None = None) -> list[Found]:
    found = []
    for row in conn.execute(select(Conversation.id, Conversation.kind, Conversation.last_number)):
        if kind in (None, row.kind):
            places = conn.execute(
                select(Membership.person_id, Membership.role).where(
                    Membership.conversation_id == row.id, Membership.state == "active"
                )
            ).all()
            owners = [place.person_id for place in places if place.role == "owner"]
            members = [place.person_id for place in places]
            found.append(Found(row.id, row.last_number, members, owners[0] if owners else None))
    return found


def last_numbers(conn: Connection) -> dict[int, int]:
    return {
        row.id: row.last_number for row in conn.execute(select(Conversation.id, Conversation.last_number))
    }


ACTS: dict[Callable[[Day], Awaitable[None]], int] = {
    Day.start_group: 3,
    Day.start_direct: 1,
    Day.send: 10,
    Day.read: 4,
    Day.add: 4,
    Day.remove: 3,
    Day.leave: 2,
    Day.rename_group: 2,
    Day.publish: 4,
    Day.give_receipt: 5,
    Day.open_post: 3,
    Day.withdraw: 2,
    Day.remind: 1,
    Day.delete_post: 1,
    Day.mark: 3,
    Day.edit_post: 2,
    Day.change_person: 1,
    Day.change_department: 1,
}
