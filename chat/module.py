"""What chat adds to the house."""

from chat.cards import CARDS
from chat.history import first_state
from chat.invariants import INVARIANTS
from chat.linking import MESSAGE_LINKS
from chat.membership import readable_among
from chat.messages import send_many
from chat.notices import MENTION
from chat.policies import IN_CONVERSATION
from chat.present import ConversationView, MembershipView, MessageView
from chat.reactions import close, count_owned, open_again
from chat.reading import read_many
from chat.routes import COMMANDS, ROUTES
from chat.search import CONVERSATIONS, MESSAGES
from server.api.entities import Entity
from server.api.first_state import BootstrapPart
from server.files.attachable import Attachable
from server.kit.module import Module
from server.people.handover import HandoverPart
from server.people.leaving import LEFT, RETURNED
from server.permissions.capabilities import Capability
from server.work.lanes import SmallAct
from server.work.within import Within

MODULE = Module(
    "chat",
    *ROUTES,
    *COMMANDS,
    Capability("chat.converse"),
    SmallAct("message", 30, send_many),
    SmallAct("read", 40, read_many),
    Within(LEFT, "conversations close", close),
    Within(RETURNED, "conversations open again", open_again),
    HandoverPart("groups", count_owned),
    Entity("conversation", ConversationView),
    Entity("membership", MembershipView),
    Entity("message", MessageView),
    *CARDS,
    MESSAGE_LINKS,
    MENTION,
    MESSAGES,
    Attachable("message", IN_CONVERSATION, readable_among),
    CONVERSATIONS,
    BootstrapPart("conversations", IN_CONVERSATION, first_state),
    *INVARIANTS,
)
