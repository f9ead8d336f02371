"""What registries add to the house. Called by `crm_objects/module.py`."""

from typing import Any

from crm_objects.registry import loading, routes
from crm_objects.registry.directory import DIRECTORY
from crm_objects.registry.gleif import GLEIF
from server.background.jobs import BY_THE_HOUSE, Job
from server.db.invariant import Invariant
from server.operating.acts import BY_THE_OPERATOR, OperatorAct
from server.operating.rebuilding import rebuild_act
from server.permissions.capabilities import Capability

PARTS: list[Any] = [
    GLEIF,
    DIRECTORY,
    *routes.ROUTES,
    Capability(routes.CHOOSE),
    Job(loading.JOB, BY_THE_HOUSE, loading.load, alone=True),
    Job(loading.REBUILD, BY_THE_HOUSE, loading.rebuild),
    rebuild_act("rebuild-registry", "build the index of the directory of companies anew", loading.REBUILD),
    OperatorAct(
        "registry-directory",
        "load a directory of companies (CSV) that the registry look-up asks",
        BY_THE_OPERATOR,
        loading.accept_path,
        takes={"file": "whole path of the file; readable where jobs run"},
    ),
    Invariant(
        "a line of a directory of companies belongs to one that is there",
        "SELECT c.id FROM registry_company c WHERE NOT EXISTS (SELECT 1 FROM registry_edition e WHERE e.id = c.edition_id)",
    ),
]
