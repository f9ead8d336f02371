"""What duplicates add to the house. Called by `crm_objects/module.py`."""

from typing import Any

from crm_objects.duplicates import filling, routes, settings
from crm_objects.duplicates.models import FILL
from crm_objects.engine.record_type import Kinds
from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.db.first_rows import FirstRows
from server.db.invariant import Invariant
from server.permissions.capabilities import Capability


def parts(kinds: Kinds) -> list[Any]:
    return [
        *routes.ROUTES,
        Capability(routes.SET),
        FirstRows("what the company says of duplicates", settings.ensure),
        Job(FILL, BY_THE_HOUSE, filling.fill, alone=True),
        Schedule(FILL, 3_600),
        *[
            Invariant(
                f"what was kept in spite of a likeness is a {kind} that is there",
                f"SELECT d.record_id FROM duplicate_verdict d WHERE d.kind = '{kind}'"  # noqa: S608
                f" AND NOT EXISTS (SELECT 1 FROM {kind} r WHERE r.id = d.record_id)",
            )
            for kind in kinds
        ],
        *[
            Invariant(
                f"what a {kind} is recognised by belongs to one that is there",
                f"SELECT k.record_id FROM identity_key k WHERE k.kind = '{kind}'"  # noqa: S608
                f" AND NOT EXISTS (SELECT 1 FROM {kind} r WHERE r.id = k.record_id)",
            )
            for kind in kinds
        ],
    ]
