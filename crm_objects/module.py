"""What records add to the house: the engine, and the kinds that the templates declare."""

from crm_objects import kind_routes, list_routes, routes, stage_routes
from crm_objects.access import installed as access
from crm_objects.calls import routes as call_routes
from crm_objects.duplicates import installed as duplicates
from crm_objects.engine import policies, unusual
from crm_objects.engine.declared import RecordKindsMark
from crm_objects.engine.installed import parts
from crm_objects.merging.installed import PARTS as MERGING
from crm_objects.pools.installed import PARTS as POOLS
from crm_objects.registry.installed import PARTS as REGISTRY
from crm_objects.relations import routes as relation_routes
from crm_objects.sales_record.module import PARTS as SALES_RECORDS
from crm_objects.templates import base
from server.api.entities import Entity
from server.kit.module import Module
from server.permissions.capabilities import OVER_RECORDS, Capability

KINDS = {one.kind: one for one in base.KINDS}

MODULE = Module(
    "crm_objects",
    *call_routes.ROUTES,
    *kind_routes.ROUTES,
    *list_routes.ROUTES,
    *MERGING,
    *relation_routes.ROUTES,
    *POOLS,
    *REGISTRY,
    *routes.ROUTES,
    *SALES_RECORDS,
    *stage_routes.ROUTES,
    Capability(policies.READ, OVER_RECORDS),
    Capability(policies.WRITE, OVER_RECORDS),
    Capability(policies.CREATE),
    Capability(policies.OWNER, OVER_RECORDS),
    Capability(policies.DELETE, OVER_RECORDS),
    Capability(policies.LOCK, OVER_RECORDS),
    Capability(policies.REVEAL, OVER_RECORDS),
    Capability(policies.FINANCIAL, OVER_RECORDS),
    Capability(policies.INTERNAL, OVER_RECORDS),
    Capability(policies.FIELDS),
    Entity("record_kinds", RecordKindsMark),
    unusual.TOLD,
    *access.parts(KINDS),
    *duplicates.parts(KINDS),
    *parts(KINDS),
)
