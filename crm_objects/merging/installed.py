"""What merging adds to the house. Called by `crm_objects/module.py`."""

from typing import Any

from crm_objects.engine.events import DELETED
from crm_objects.merging import over
from crm_objects.merging.pointers import POINTERS
from crm_objects.merging.routes import ROUTES
from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.work.within import Within

PARTS: list[Any] = [
    *ROUTES,
    *POINTERS,
    Job(over.JOB, BY_THE_HOUSE, over.forget),
    Schedule(over.JOB, 3_600),
    Within(DELETED, "merges go with it", over.erased),
]
