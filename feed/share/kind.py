"""A share: a text for whom it concerns, and nothing more (FEED-01)."""

from feed.kinds import PostKind
from feed.policies import MAY_SHARE

SHARE = PostKind("share", MAY_SHARE, takes_poll=True, takes_table=True)
