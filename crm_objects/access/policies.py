"""Who may try what with access to single records. Over which of them, the look-ups say."""

from crm_objects.engine.policies import READ, WRITE
from server.permissions.rules import Rule

MAY_ASK = Rule(
    "records.ask",
    "Who may read records at all, and has the card of this one before their eyes in something that is theirs to read.",
    capability=READ,
)
MAY_SHARE = Rule(
    "records.share",
    "Its owner, its writing team, or a scope over its owner lets others read.",
    capability=WRITE,
)
MAY_DECIDE = Rule(
    "records.decide", "Its owner, or who is over the owner, answers who asked for access.", capability=WRITE
)
