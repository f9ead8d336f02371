"""What files add to the house."""

from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.files.cards import FILE_CARDS
from server.files.invariants import INVARIANTS
from server.files.routes import ROUTES
from server.files.search import FILES
from server.files.sweeping import sweep
from server.kit.module import Module

MODULE = Module(
    "files",
    *ROUTES,
    Job("files.sweep", BY_THE_HOUSE, sweep),
    Schedule("files.sweep", 3_600),
    FILE_CARDS,
    FILES,
    *INVARIANTS,
)
