"""What the feed adds to the house."""

from feed import answers, carrying, earlier
from feed.announcement import module as announcement
from feed.bound import BOUND
from feed.cards import POST_CARDS
from feed.comments.module import PARTS
from feed.events import ReminderView
from feed.instruction import module as instruction
from feed.invariants import INVARIANTS
from feed.ladder import module as ladder
from feed.linking import POST_LINKS
from feed.log import module as log
from feed.notices import MENTION
from feed.paper import module as paper
from feed.policies import (
    MAY_READ_POST,
    MAY_SEE_RECEIPTS,
    may_watch_post,
    may_watch_receipts,
    readable_among,
)
from feed.poll import module as poll
from feed.present import AskView, MarkView, PostView, ReceiptView, TallyView
from feed.reach import module as reach
from feed.reactions import count_open, give_back, take_away
from feed.receipts import acknowledge_many, read_many
from feed.routes import ROUTES
from feed.schedule import module as schedule
from feed.search import POSTS
from feed.share.kind import SHARE
from feed.table import module as table
from feed.task import module as task
from feed.timeline import first_state
from feed.todo import RECEIPT_TODO
from feed.topic import module as topic
from feed.watched import now_watched
from server.api.entities import Entity
from server.api.first_state import BootstrapPart
from server.files.attachable import Attachable
from server.kit.module import Module
from server.people.handover import HandoverPart
from server.people.leaving import LEFT, RETURNED
from server.permissions.capabilities import OVER_PEOPLE, Capability
from server.realtime.commands import Watch
from server.work.lanes import SmallAct
from server.work.within import Within

MODULE = Module(
    "feed",
    *ROUTES,
    *SHARE.parts,
    *announcement.PARTS,
    *instruction.PARTS,
    *task.PARTS,
    *schedule.PARTS,
    *ladder.PARTS,
    *log.PARTS,
    *paper.PARTS,
    *poll.PARTS,
    *table.PARTS,
    *reach.PARTS,
    *topic.PARTS,
    Capability("post.share"),
    Capability("receipt.require", OVER_PEOPLE),
    Capability("receipts.read"),
    Capability("post.announce", OVER_PEOPLE),
    Capability("post.mark_urgent", OVER_PEOPLE),
    Capability("post.instruct", OVER_PEOPLE),
    SmallAct("receipt", 10, acknowledge_many),
    SmallAct("post_read", 20, read_many),
    Watch("post", MAY_READ_POST, may_watch_post, now_watched),
    Watch("receipts", MAY_SEE_RECEIPTS, may_watch_receipts),
    Within(LEFT, "receipts are taken away", take_away),
    Within(RETURNED, "receipts are given back", give_back),
    HandoverPart("receipts", count_open),
    RECEIPT_TODO,
    BOUND,
    Entity("post", PostView),
    Entity("favourite", MarkView),
    Entity("hidden", MarkView),
    Entity("receipt", ReceiptView),
    Entity("receipt_ask", AskView),
    Entity("receipt_reminder", ReminderView),
    Entity("tally/receipts", TallyView),
    POST_CARDS,
    POST_LINKS,
    MENTION,
    POSTS,
    Attachable("post", MAY_READ_POST, readable_among),
    Attachable(answers.KIND, MAY_READ_POST, answers.readable_among),
    Attachable(carrying.EARLIER, MAY_READ_POST, earlier.files_readable_among),
    BootstrapPart("posts", MAY_READ_POST, first_state),
    *INVARIANTS,
    *PARTS,
)
