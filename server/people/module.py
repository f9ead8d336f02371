"""What the directory adds to the house."""

from server.api.entities import Entity
from server.background.jobs import BY_THE_HOUSE, Job
from server.kit.module import Module
from server.people import import_run, imports
from server.people.import_routes import IMPORT_ROUTES
from server.people.operating import ACTS
from server.people.present import DepartmentView, PersonView
from server.people.routes import ROUTES
from server.permissions.capabilities import Capability

MODULE = Module(
    "people",
    *ROUTES,
    *IMPORT_ROUTES,
    *ACTS,
    Job(imports.JOB, BY_THE_HOUSE, import_run.run, alone=True),
    Capability("people.read"),
    Capability("people.import"),
    Entity("person", PersonView),
    Entity("department", DepartmentView),
)
