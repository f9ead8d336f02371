"""The routes and socket commands of chat: policy aloud, call, present."""

from typing import Any

from chat import conversations, history, messages, muting, reading
from chat.inputs import (
    Mute,
    NewConversation,
    NewMembers,
    NewMessage,
    ReadFrame,
    ReadUpTo,
    Rename,
    SendFrame,
    TypingFrame,
)
from chat.membership import place_of
from chat.policies import IN_CONVERSATION, MAY_CONVERSE
from chat.present import ConversationView, MembershipView, MemberView, MessageView
from chat.sockets import read, send, typing
from chat.started import Added, Started
from server.api.paging import Page, Window
from server.api.route import (
    Answer,
    Await,
    Item,
    Items,
    Made,
    Nothing,
    Read,
    Write,
    awaits,
    delete,
    get,
    patch,
    post,
    put,
)
from server.cards.carrying import wanted
from server.kit.problems import invalid
from server.realtime.commands import Command


def list_mine(call: Read[None, Page]) -> Items[ConversationView]:
    """My conversations, the most recently active first."""
    found, following, also = history.mine(call.conn, call.actor, call.query.limit, call.query.cursor)
    return Items(found, following, also)


def start(call: Write[NewConversation, Nothing]) -> Made:
    """Start a direct conversation (or find it) or a group."""
    body = call.body
    if body.kind == "direct":
        if len(body.people) != 1 or body.departments:
            raise invalid("people", "one_person", "A direct conversation has exactly one other person.")
        made = conversations.start_direct(call.work, call.actor, body.people[0])
    else:
        made = conversations.start_group(call.work, call.actor, body.name, body.people, body.departments)
    return Made(("conversation", made), _started(call, made))


def _started(call: Write[Any, Any], conversation_id: int) -> Started:
    view = conversations.visible_or_missing(call.conn, call.actor, conversation_id)
    return Started.of(view, place_of(call.conn, call.actor.id, conversation_id))


def show(call: Read[None, Nothing]) -> Item[ConversationView]:
    """One conversation with my place, its newest message and its persons."""
    return Item(*history.one(call.conn, call.actor, call.id()))


def change(call: Write[Rename, Nothing]) -> ConversationView:
    """Rename a group."""
    return conversations.rename(call.work, call.actor, call.id(), call.body.name, call.body.version)


def list_members(call: Read[None, Nothing]) -> Items[MemberView]:
    """Who is in a conversation."""
    found, also = history.members(call.conn, call.actor, call.id())
    return Items(found, None, also)


def add(call: Write[NewMembers, Nothing]) -> Made:
    """Bring people into a group."""
    count = conversations.add_members(
        call.work, call.actor, call.id(), call.body.people, call.body.departments
    )
    return Made(("added", count), Added(count))  # the count is all there is to answer again


def remove(call: Write[None, Nothing]) -> None:
    """Remove somebody from a group, or leave it."""
    conversations.remove_member(call.work, call.actor, call.id(), call.id("person_id"))


def mute(call: Write[Mute, Nothing]) -> MembershipView:
    """Whether this conversation is said aloud to me."""
    return muting.mute(call.work, call.actor, call.id(), call.body.muted)


def list_messages(call: Read[None, Window]) -> Items[MessageView]:
    """A page of messages, oldest first."""
    query = call.query
    found, also = history.messages(call.conn, call.actor, call.id(), query.limit, query.before, query.after)
    return Items(found, None, also)


async def post_message(call: Await[NewMessage, Nothing]) -> Answer:
    """Send a message; the same client id gives the message stored first."""
    body = call.body
    prepared = messages.prepare(
        call.actor.id,
        call.id(),
        body.client_id,
        body.text,
        body.reply_to,
        body.files,
        wanted(call.actor, body.cards),
        body.anyway,
    )
    sent: messages.Sent = (await call.company.small("message", prepared)).value
    return Answer(sent.view, sent.seq)


async def mark_read(call: Await[ReadUpTo, Nothing]) -> Answer:
    """Everything up to this number has been read."""
    done = await call.company.small("read", reading.MarkRead(call.actor.id, call.id(), call.body.number))
    return Answer(done.value, done.seq)


ROUTES = [
    get("/api/conversations", IN_CONVERSATION, list_mine, output=Items[ConversationView], query=Page),
    post(
        "/api/conversations",
        MAY_CONVERSE,
        start,
        again=lambda call, earlier: _started(call, earlier.ref_id),
        output=Started,
        body=NewConversation,
    ),
    get("/api/conversations/{id:int}", IN_CONVERSATION, show, output=Item[ConversationView]),
    patch("/api/conversations/{id:int}", IN_CONVERSATION, change, output=ConversationView, body=Rename),
    get("/api/conversations/{id:int}/members", IN_CONVERSATION, list_members, output=Items[MemberView]),
    post(
        "/api/conversations/{id:int}/members",
        IN_CONVERSATION,
        add,
        again=lambda call, earlier: Added(earlier.ref_id),
        output=Added,
        body=NewMembers,
    ),
    delete("/api/conversations/{id:int}/members/{person_id:int}", IN_CONVERSATION, remove),
    put("/api/conversations/{id:int}/mute", IN_CONVERSATION, mute, output=MembershipView, body=Mute),
    get(
        "/api/conversations/{id:int}/messages",
        IN_CONVERSATION,
        list_messages,
        output=Items[MessageView],
        query=Window,
    ),
    awaits(
        "POST",
        "/api/conversations/{id:int}/messages",
        MAY_CONVERSE,
        post_message,
        output=MessageView,
        body=NewMessage,
        status=201,
    ),
    awaits(
        "PUT",
        "/api/conversations/{id:int}/read",
        IN_CONVERSATION,
        mark_read,
        output=MembershipView,
        body=ReadUpTo,
    ),
]

COMMANDS = [
    Command(SendFrame, MAY_CONVERSE, send),
    Command(ReadFrame, IN_CONVERSATION, read),
    Command(TypingFrame, IN_CONVERSATION, typing),
]
