"""What the audit log adds to the house."""

from server.auditing.jobs import seal_audit
from server.auditing.operating import ACTS
from server.auditing.routes import ROUTES
from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.kit.module import Module
from server.permissions.capabilities import Capability

MODULE = Module(
    "auditing",
    *ROUTES,
    *ACTS,
    Capability("audit.read"),
    Job("seal_audit", BY_THE_HOUSE, seal_audit),
    Schedule("seal_audit", 60),
)
