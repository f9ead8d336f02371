"""Typed fields of sales records."""

import msgspec
from msgspec import UNSET, UnsetType

from crm_objects.engine.followups import Sort
from server.cards.inputs import RefInput


class SalesRecordInput(msgspec.Struct, forbid_unknown_fields=True):
    """`record`: with or for whom; its card goes along."""

    record: RefInput
    sort: Sort


class SalesRecordChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays. Another record must be among the post's cards."""

    record: RefInput | UnsetType = UNSET
    sort: Sort | UnsetType = UNSET
