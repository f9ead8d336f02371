"""The routes of the feed: policy aloud, call, present."""

from starlette.responses import Response

from feed import asking, deleting, earlier, editing, marks, panel, publishing, receipts, sheet, timeline
from feed.filters import Named, Wanted
from feed.inputs import (
    ChangedPost,
    GivenReceipt,
    NewPost,
    ReceiptPage,
    ReceiptsInput,
    SheetQuery,
    TimelinePage,
    VersionSeen,
)
from feed.kinds import kind_named
from feed.policies import (
    MAY_CONFIRM,
    MAY_DELETE_POST,
    MAY_EDIT_POST,
    MAY_MANAGE_RECEIPTS,
    MAY_MARK,
    MAY_READ_ONE_POST,
    MAY_READ_POST,
    MAY_SEE_RECEIPTS,
    MAY_SHARE,
)
from feed.present import (
    MarkView,
    PostVersionView,
    PostView,
    PublishedPost,
    ReceiptPanel,
    ReceiptView,
    Reminded,
    posts,
)
from feed.topic.page import keys_of
from notifications import reminders
from notifications.inputs import WhenInput
from notifications.present import TimedReminder
from server.api.endpoint import PRIVATE
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
from server.cards.cards import Ref, cards_of, names_of
from server.files.names import disposition


def publish(call: Write[NewPost, Nothing]) -> Made:
    """Publish a share or a post of another kind, with receipts required or not."""
    answer = publishing.publish(call.work, call.actor, call.body)
    return Made(("post", answer.id), answer)


def list_timeline(call: Read[None, TimelinePage]) -> Items[PostView]:
    """The posts that I may read, newest first; all, or those that fit."""
    query = call.query
    modules = call.company.modules
    kind = None if query.kind is None else kind_named(modules, query.kind).kind
    topic = () if query.topic is None else keys_of(call.conn, call.actor, query.topic)
    record = None
    if query.record is not None:
        name, _, number = query.record.partition("-")
        record = _named(call, Ref(name, int(number)))
    wanted = Wanted(query.filter, kind, query.department, query.person, topic, record)
    return Items(*timeline.page(call.conn, call.actor, modules, query.limit, query.cursor, wanted))


def _named(call: Read[None, TimelinePage], thing: Ref) -> Named:
    """Who may not see a thing does not hear what else it was called."""
    modules = call.company.modules
    if cards_of(call.conn, call.actor, modules, [thing])[thing].restricted:
        return Named(thing.kind, (thing.id,))
    return Named(thing.kind, tuple(names_of(call.conn, modules, thing)))


def show(call: Read[None, Nothing]) -> Item[PostView]:
    """One post, with my receipt."""
    return Item(*timeline.one(call.conn, call.actor, call.company.modules, call.id()))


def change(call: Write[ChangedPost, Nothing]) -> PublishedPost:
    """Make a new version of my post, minor or to be confirmed again."""
    return editing.edit(call.work, call.actor, call.id(), call.body)


def list_versions(call: Read[None, Nothing]) -> Items[PostVersionView]:
    """What a post said before, the newest version first."""
    return Items(earlier.versions(call.conn, call.actor, call.id()))


def remove(call: Write[None, Nothing]) -> None:
    """Delete a post, for everybody."""
    deleting.delete_post(call.work, call.actor, call.id())


def keep(call: Write[Nothing, Nothing]) -> MarkView:
    """Among my favourites."""
    return marks.mark(call.work, call.actor, call.id(), "favourite")


def let_go(call: Write[None, Nothing]) -> None:
    """No longer among my favourites."""
    marks.unmark(call.work, call.actor, call.id(), "favourite")


def hide(call: Write[Nothing, Nothing]) -> MarkView:
    """Keep a post out of my own timeline."""
    return marks.mark(call.work, call.actor, call.id(), "hidden")


def unhide(call: Write[None, Nothing]) -> None:
    """Back into my timeline."""
    marks.unmark(call.work, call.actor, call.id(), "hidden")


async def give_receipt(call: Await[GivenReceipt, Nothing]) -> Answer:
    """«Received»: once, however often it is pressed, by oneself or a deputy."""
    act = receipts.Act(
        call.actor.id, call.id(), call.body.version, call.actor.by, call.trace, call.body.answer
    )
    done = await call.company.small("receipt", act)
    return Answer(done.value, done.seq)


async def note_read(call: Await[VersionSeen, Nothing]) -> Answer:
    """I have opened this version. Not a receipt."""
    done = await call.company.small("post_read", receipts.Act(call.actor.id, call.id(), call.body.version))
    return Answer(seq=done.seq)


def show_receipts(call: Read[None, ReceiptPage]) -> ReceiptPanel:
    """Who has confirmed, read, not read: as far as it is mine to see."""
    query = call.query
    return panel.panel(call.conn, call.actor, call.id(), query.column, query.limit, query.cursor)


def receipts_sheet(call: Read[None, SheetQuery]) -> Response:
    """The same rows as a spreadsheet (XLSX), with what was answered."""
    language = call.query.language
    made = sheet.sheet(call.conn, call.actor, call.id(), language, call.company.zone)
    headers = {**PRIVATE, "Content-Disposition": disposition(sheet.NAMES[language], inline=False)}
    return Response(made, headers=headers, media_type=sheet.XLSX)


def ask_receipts(call: Write[ReceiptsInput, Nothing]) -> Made:
    """Ask for receipts on a post that asked for none."""
    asking.ask_later(call.work, call.actor, call.id(), call.body)
    return Made(("post", call.id()), posts(call.work.conn, [call.id()])[0])


def withdraw(call: Write[None, Nothing]) -> None:
    """No longer ask this person."""
    asking.withdraw(call.work, call.actor, call.id(), call.id("person_id"))


def remind(call: Write[Nothing, Nothing]) -> Made:
    """Remind only those who have not confirmed."""
    return Made(("post", call.id()), asking.remind(call.work, call.actor, call.id()))


def remind_of(call: Write[WhenInput, Nothing]) -> Made:
    """Be reminded of this post, or have others reminded who may see it (FEED-19)."""
    body = call.body
    about = Ref("post", call.id())
    view = reminders.make(call.work, call.actor, about, body.at, body.people, body.note)
    return Made(("reminder", view.id), view)


ROUTES = [
    post(
        "/api/posts/{id:int}/reminders",
        MAY_READ_POST,
        remind_of,
        again=lambda call, earlier: reminders.view_of(call.conn, earlier.ref_id),
        output=TimedReminder,
        body=WhenInput,
    ),
    post(
        "/api/posts",
        MAY_SHARE,
        publish,
        again=lambda call, earlier: publishing.again(call.conn, earlier.ref_id),
        output=PublishedPost,
        body=NewPost,
    ),
    get("/api/posts", MAY_READ_POST, list_timeline, output=Items[PostView], query=TimelinePage),
    get("/api/posts/{id:int}", MAY_READ_ONE_POST, show, output=Item[PostView]),
    patch("/api/posts/{id:int}", MAY_EDIT_POST, change, output=PublishedPost, body=ChangedPost),
    get("/api/posts/{id:int}/versions", MAY_READ_POST, list_versions, output=Items[PostVersionView]),
    delete("/api/posts/{id:int}", MAY_DELETE_POST, remove),
    put("/api/posts/{id:int}/favourite", MAY_MARK, keep, output=MarkView),
    delete("/api/posts/{id:int}/favourite", MAY_MARK, let_go),
    put("/api/posts/{id:int}/hidden", MAY_MARK, hide, output=MarkView),
    delete("/api/posts/{id:int}/hidden", MAY_MARK, unhide),
    awaits(
        "PUT", "/api/posts/{id:int}/receipt", MAY_CONFIRM, give_receipt, output=ReceiptView, body=GivenReceipt
    ),
    awaits("PUT", "/api/posts/{id:int}/read", MAY_READ_POST, note_read, body=VersionSeen, status=204),
    get(
        "/api/posts/{id:int}/receipts",
        MAY_SEE_RECEIPTS,
        show_receipts,
        output=ReceiptPanel,
        query=ReceiptPage,
    ),
    get(
        "/api/posts/{id:int}/receipts/sheet", MAY_SEE_RECEIPTS, receipts_sheet, output=None, query=SheetQuery
    ),
    post(
        "/api/posts/{id:int}/receipts",
        MAY_MANAGE_RECEIPTS,
        ask_receipts,
        again=lambda call, earlier: publishing.again(call.conn, earlier.ref_id),
        output=PostView,
        body=ReceiptsInput,
    ),
    delete("/api/posts/{id:int}/receipts/{person_id:int}", MAY_MANAGE_RECEIPTS, withdraw),
    post(
        "/api/posts/{id:int}/receipts/remind",
        MAY_MANAGE_RECEIPTS,
        remind,
        again=lambda call, earlier: asking.reminded_before(call.work, call.actor, earlier.ref_id),
        output=Reminded,
        status=200,
    ),
]
