"""What comments, likes and following add to the feed."""

from feed.comments.cards import COMMENT_CARDS
from feed.comments.invariants import INVARIANTS
from feed.comments.likes import like_many
from feed.comments.linking import COMMENT_LINKS
from feed.comments.notices import NOTICES
from feed.comments.present import (
    CommentLikesTally,
    CommentsTally,
    CommentView,
    FollowView,
    LikesTally,
    LikeView,
)
from feed.comments.reading import readable_among
from feed.comments.routes import ROUTES
from feed.comments.search import COMMENTS
from feed.policies import MAY_READ_POST
from server.api.entities import Entity
from server.files.attachable import Attachable
from server.permissions.capabilities import Capability
from server.work.lanes import SmallAct

PARTS = [
    *ROUTES,
    Capability("post.comment"),
    Capability("post.moderate"),
    SmallAct("like", 25, like_many),
    Entity("comment", CommentView),
    Entity("tally/comments", CommentsTally),
    Entity("tally/likes", LikesTally),
    Entity("tally/comment_likes", CommentLikesTally),
    Entity("like", LikeView),
    Entity("comment_like", LikeView),
    Entity("follow", FollowView),
    COMMENT_CARDS,
    COMMENT_LINKS,
    *NOTICES,
    COMMENTS,
    Attachable("comment", MAY_READ_POST, readable_among),
    *INVARIANTS,
]
