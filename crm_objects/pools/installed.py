"""What pools add to the house. Called by `crm_objects/module.py`."""

from typing import Any

from crm_objects.pools import editing
from crm_objects.pools.policies import EDIT
from crm_objects.pools.routes import ROUTES
from server.db.invariant import Invariant
from server.people.leaving import LEFT
from server.permissions.capabilities import Capability
from server.work.within import Within

PARTS: list[Any] = [
    *ROUTES,
    Capability(EDIT),
    Within(LEFT, "leavers are in no pool", editing.forget_leaver),
    Invariant(
        "a department's home is a pool of the kind that it says, and in use",
        "SELECT d.department_id FROM pool_department d JOIN pool p ON p.id = d.pool_id"
        " WHERE p.kind <> d.kind OR p.retired_at IS NOT NULL",
    ),
]
