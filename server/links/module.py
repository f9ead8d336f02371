"""What links add to the house. Their following is added where all referring kinds are known: `server/modules.py`."""

from server.background.jobs import BY_THE_HOUSE, Job
from server.kit.module import Module
from server.links.following import rebuild
from server.links.routes import ROUTES
from server.operating.rebuilding import rebuild_act

MODULE = Module(
    "links",
    *ROUTES,
    Job("rebuild_links", BY_THE_HOUSE, rebuild),
    rebuild_act("rebuild-links", "find anew what refers to what", "rebuild_links"),
)
