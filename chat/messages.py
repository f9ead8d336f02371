"""Sending messages, set-based: everything that waits at one moment in a handful of statements (lane A)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, select, update

from chat import naming
from chat.attached import Attached
from chat.events import message_sent
from chat.models import Conversation, Membership, Message
from chat.present import MessageMentions, MessageView, message
from server.cards import blind, carrying
from server.cards.carrying import CarriedCard, Wanted
from server.db.base import table
from server.db.hot import Hot, among
from server.db.ids import Ids
from server.events.envelope import Event
from server.files.attaching import not_ready
from server.files.present import stored
from server.kit.mentions import Mentions, mentions_in
from server.kit.problems import Forbidden, IdempotencyMismatch, NotFound, Problem, invalid
from server.kit.text import clean
from server.org.models import Person
from server.work.work import Work

MAX_TEXT = 8_000
MESSAGES = table(Message)

_IDS = Ids(MESSAGES)
_STORE = Hot(insert(MESSAGES), [column.name for column in MESSAGES.columns if column.name != "seq"])
_NUMBERED = Hot(
    update(Conversation)
    .where(Conversation.id == bindparam("c_id"))
    .values(
        last_number=bindparam("c_last"), active_at=bindparam("c_at"), everyone_number=bindparam("c_everyone")
    )
)
_PLACE = (
    Membership.conversation_id == bindparam("m_conversation"),
    Membership.person_id == bindparam("m_person"),
)
OWN_READ = Hot(update(Membership).where(*_PLACE).values(read_number=bindparam("m_number")))
_MENTIONED = Hot(
    update(Membership)
    .where(*_PLACE, Membership.state == "active")
    .values(mentioned_number=bindparam("m_number"))
)
_KNOWN = Hot(select(Message.id).where(among(Message.client_id, "client_ids")))
_LOCKED_COUNTERS = Hot(
    select(Conversation.id, Conversation.last_number, Conversation.everyone_number, Conversation.closed)
    .where(among(Conversation.id, "ids"))
    .order_by(Conversation.id)
    .with_for_update()
)
_PLACES = Hot(
    select(Membership.conversation_id, Membership.person_id, Membership.state)
    .join(Person, Person.id == Membership.person_id)
    .where(
        among(Membership.conversation_id, "ids"),
        among(Membership.person_id, "people"),
        Person.state == "active",
    )
)


@dataclass(frozen=True, slots=True)
class Send:
    """A message as it arrived, already cleaned (`prepare`)."""

    author_id: int
    conversation_id: int
    client_id: str
    text: str
    reply_to: int | None
    mentions: Mentions
    body_hash: str
    files: tuple[int, ...] = ()
    cards: Wanted | None = None
    anyway: bool = False


@dataclass(slots=True)
class Sent:
    """A stored message. `seq` is known after the commit."""

    view: MessageView
    event: Event | None
    known_seq: int

    @property
    def seq(self) -> int:
        return self.event.seq if self.event else self.known_seq


def prepare(
    author_id: int,
    conversation_id: int,
    client_id: str,
    text: str,
    reply_to: int | None,
    files: Sequence[int] = (),
    cards: Wanted | None = None,
    anyway: bool = False,
) -> Send:
    """Checks what needs no database; with files or cards the text may be empty. `anyway`: cards go also to who will see only their stubs
    (CHAT-10). Raises `Invalid` naming the field."""
    if not 1 <= len(client_id) <= 64 or not client_id.isascii() or not client_id.isprintable():
        raise invalid("client_id", "required", "1 to 64 printable characters.")
    cleaned = clean(text, "text", limit=MAX_TEXT, required=not (files or cards))
    mentions = mentions_in(cleaned)
    if mentions.departments:
        raise invalid("text", "mention_unknown", "A message can name persons and everyone.")
    body = f"{conversation_id}\0{reply_to}\0{cleaned}"
    if files:
        body += f"\0{list(files)}"
    if cards:
        body += f"\0{cards.refs}"
    hashed = hashlib.blake2b(body.encode(), digest_size=16).hexdigest()
    return Send(
        author_id,
        conversation_id,
        client_id,
        cleaned,
        reply_to,
        mentions,
        hashed,
        tuple(files),
        cards,
        anyway,
    )


def send_many(work: Work, sends: Sequence[Send]) -> list[Sent | Problem]:
    """One outcome per send. The same client id gives the message stored first (CHAT-13); every conversation's numbers stay dense."""
    earlier = _earlier(work, sends)
    attached = Attached(work, sends)
    counters, places = _places(work, sends)
    replies = _replies(work, sends)
    known = naming.states(work.conn, [one for send in sends for one in send.mentions.people])
    outcomes: list[Sent | Problem] = []
    fresh: list[tuple[int, Send, int]] = []
    carried: dict[int, list[CarriedCard]] = {}
    twins: dict[tuple[int, str], int] = {}
    for at, send in enumerate(sends):
        key = (send.author_id, send.client_id)
        outcome: Sent | Problem = _PENDING
        if key in earlier:
            outcome = _again(send, earlier[key])
        elif key in twins:
            outcome = _TWIN
        elif places.get((send.conversation_id, send.author_id)) is None:
            outcome = NotFound()
        elif places[send.conversation_id, send.author_id] != "active":
            outcome = Forbidden("You are no longer in this conversation.", next_step="ask_member")
        elif counters[send.conversation_id].closed:
            outcome = Forbidden("The other person has left the company.", reason="left")
        elif send.cards and (refusal := _carry(work, send, send.cards, carried, at)):
            outcome = refusal
        elif send.reply_to is not None and replies.get(send.reply_to) != send.conversation_id:
            outcome = invalid("reply_to", "not_found", "That message is not in this conversation.")
        elif refusal := naming.refusal(send.mentions.people, known):
            outcome = refusal
        elif send.files and not attached.take(send):
            outcome = not_ready(send.files)
        else:
            twins[key] = at
            fresh.append((at, send, counters[send.conversation_id].next(send.mentions.everyone)))
        outcomes.append(outcome)
    for (at, _, _), view in zip(fresh, _insert(work, fresh, attached, carried), strict=True):
        event = work.record(message_sent(view))
        work.stamp(MESSAGES, {"id": view.id}, event)
        outcomes[at] = Sent(view, event, 0)
    if fresh:
        _move_marks(work, fresh, counters)
        attached.hang(work)
    for at, send in enumerate(sends):
        if outcomes[at] is _TWIN:
            first = twins[send.author_id, send.client_id]
            outcomes[at] = (
                outcomes[first] if sends[first].body_hash == send.body_hash else IdempotencyMismatch()
            )
    return outcomes


_PENDING = Problem("pending")
_TWIN = Problem("twin")


@dataclass(slots=True)
class _Counter:
    """A conversation's numbers while a batch is numbered."""

    last: int
    everyone: int
    closed: str = ""

    def next(self, names_everyone: bool) -> int:
        self.last += 1
        if names_everyone:
            self.everyone = self.last
        return self.last


def _earlier(work: Work, sends: Sequence[Send]) -> dict[tuple[int, str], Any]:
    known = [row[0] for row in _KNOWN.rows(work.conn, {"client_ids": [send.client_id for send in sends]})]
    if not known:
        return {}
    rows = work.conn.execute(select(MESSAGES).where(MESSAGES.c.id.in_(known)))
    return {(row.author_id, row.client_id): row for row in rows}


def _places(work: Work, sends: Sequence[Send]) -> tuple[dict[int, _Counter], dict[tuple[int, int], str]]:
    """Locks the conversations in id order; their counters, and the state of each (conversation, author)."""
    ids = sorted({send.conversation_id for send in sends})
    locked = _LOCKED_COUNTERS.rows(work.conn, {"ids": ids})
    counters = {one: _Counter(last, everyone, closed) for one, last, everyone, closed in locked}
    people = list({send.author_id for send in sends})
    places = _PLACES.rows(work.conn, {"ids": ids, "people": people})
    return counters, {(conversation, person): state for conversation, person, state in places}


def _replies(work: Work, sends: Sequence[Send]) -> dict[int, int]:
    wanted = {send.reply_to for send in sends if send.reply_to is not None}
    if not wanted:
        return {}
    rows = work.conn.execute(select(Message.id, Message.conversation_id).where(Message.id.in_(wanted)))
    return {row.id: row.conversation_id for row in rows}


def _carry(
    work: Work, send: Send, wish: Wanted, carried: dict[int, list[CarriedCard]], at: int
) -> Problem | None:
    """Notes the cards of the send at this place of the batch, or answers why not."""
    modules = work.company.modules
    try:
        carried[at] = carrying.carried(work.conn, modules, wish)
        if not send.anyway:
            members = select(Membership.person_id).where(
                Membership.conversation_id == send.conversation_id, Membership.state == "active"
            )
            here = Person.id.in_(members) & (Person.state != "left")
            blind.must_be_seen(work.conn, wish.actor, modules, carried[at], here)
    except Problem as problem:
        return problem
    return None


def _again(send: Send, row: Any) -> Sent | Problem:
    if row.body_hash != send.body_hash:
        return IdempotencyMismatch()
    return Sent(message(row), None, row.seq or 0)


def _insert(
    work: Work,
    fresh: Sequence[tuple[int, Send, int]],
    attached: Attached,
    carried: dict[int, list[CarriedCard]],
) -> list[MessageView]:
    """Stores the messages; answers their views in order."""
    if not fresh:
        return []
    views = [
        MessageView(
            message_id,
            send.conversation_id,
            number,
            "text",
            send.author_id,
            send.client_id,
            send.text,
            _mentions(send.mentions),
            send.reply_to,
            work.now,
            attached.to(send, message_id),
            carried.get(at, _NO_CARDS),
        )
        for message_id, (at, send, number) in zip(_IDS.take(work.conn, len(fresh)), fresh, strict=True)
    ]
    _STORE.many(
        work.conn,
        [
            {
                "id": view.id,
                "conversation_id": view.conversation_id,
                "number": view.number,
                "kind": view.kind,
                "author_id": view.author_id,
                "client_id": view.client_id,
                "body_hash": send.body_hash,
                "text": view.text,
                "mentions": msgspec.json.encode(view.mentions).decode(),
                "reply_to": view.reply_to,
                "created_at": view.created_at,
                "files": stored(view.files),
                "cards": carrying.stored(view.cards),
            }
            for view, (_, send, _) in zip(views, fresh, strict=True)
        ],
    )
    return views


_NO_MENTIONS = MessageMentions()
_NO_CARDS: list[CarriedCard] = []


def _mentions(found: Mentions) -> MessageMentions:
    if not (found.people or found.everyone):
        return _NO_MENTIONS
    return MessageMentions(list(found.people), found.everyone)


def _move_marks(work: Work, fresh: Sequence[tuple[int, Send, int]], counters: dict[int, _Counter]) -> None:
    """The conversations' newest numbers, the senders' own read marks, the marks of those named."""
    touched = sorted({send.conversation_id for _, send, _ in fresh})
    _NUMBERED.many(
        work.conn,
        [
            {
                "c_id": one,
                "c_last": counters[one].last,
                "c_everyone": counters[one].everyone,
                "c_at": work.now,
            }
            for one in touched
        ],
    )
    own = {(send.conversation_id, send.author_id): number for _, send, number in fresh}
    named = {
        (send.conversation_id, person): number for _, send, number in fresh for person in send.mentions.people
    }
    for statement, marks in ((OWN_READ, own), (_MENTIONED, named)):
        if marks:
            statement.many(
                work.conn,
                [
                    {"m_conversation": conversation, "m_person": person, "m_number": number}
                    for (conversation, person), number in sorted(marks.items())
                ],
            )
