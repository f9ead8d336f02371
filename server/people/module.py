"""What the directory adds to the house."""

from server.api.entities import Entity
from server.api.first_state import BootstrapPart
from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.kit.module import Module
from server.people import import_run, imports
from server.people.delegations import DelegationView, first_state
from server.people.department_routes import DEPARTMENT_ROUTES
from server.people.edit_routes import EDIT_ROUTES
from server.people.handover import HandoverPart, count_reports
from server.people.import_routes import IMPORT_ROUTES
from server.people.leaving_routes import LEAVING_ROUTES
from server.people.operating import ACTS
from server.people.present import DepartmentView, PersonView
from server.people.routes import ROUTES
from server.permissions.capabilities import OVER_PEOPLE, Capability
from server.permissions.rules import SIGNED_IN

MODULE = Module(
    "people",
    *ROUTES,
    *IMPORT_ROUTES,
    *EDIT_ROUTES,
    *DEPARTMENT_ROUTES,
    *ACTS,
    Job(imports.JOB, BY_THE_HOUSE, import_run.run, alone=True),
    Capability("people.read"),
    Capability("people.import"),
    Capability("people.disable"),
    Capability("absences.edit", OVER_PEOPLE),
    Capability("delegations.edit"),
    *LEAVING_ROUTES,
    Capability("people.edit", OVER_PEOPLE),
    Capability("departments.edit"),
    Job(imports.FORGET_JOB, BY_THE_HOUSE, imports.forget),
    Schedule(imports.FORGET_JOB, 86_400),
    Entity("person", PersonView),
    Entity("department", DepartmentView),
    Entity("delegation", DelegationView),
    BootstrapPart("delegations", SIGNED_IN, first_state),
    HandoverPart("reports", count_reports),
)
