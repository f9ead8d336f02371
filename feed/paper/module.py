"""What posts on paper add to the feed."""

from feed.paper.operating import ACTS
from feed.paper.routes import ROUTES

PARTS = [*ROUTES, *ACTS]
