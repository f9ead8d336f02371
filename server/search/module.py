"""What search adds to the house. The reaction is added where all searchable kinds are known: `server/modules.py`."""

from server.background.jobs import BY_THE_HOUSE, Job
from server.kit.module import Module
from server.operating.rebuilding import rebuild_act
from server.people.policies import MAY_READ_PEOPLE
from server.search import people
from server.search.declared import Finder
from server.search.follow import rebuild
from server.search.routes import ROUTES

MODULE = Module(
    "search",
    *ROUTES,
    Finder("person", MAY_READ_PEOPLE, people.find),
    Job("rebuild_search", BY_THE_HOUSE, rebuild),
    rebuild_act("rebuild-search", "build the search index anew", "rebuild_search"),
)
