"""What knowing beforehand who will see a post adds to the feed."""

from feed.reach.routes import ROUTES

PARTS = [*ROUTES]
