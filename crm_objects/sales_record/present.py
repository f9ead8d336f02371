"""Sales records on the wire."""

import msgspec

from crm_objects.engine.followups import Sort


class SalesRecordOf(msgspec.Struct, frozen=True):
    """With or for whom. What it is called, its card says to who may read it."""

    kind: str
    id: int


class SalesRecordView(msgspec.Struct, frozen=True, tag_field="kind", tag="sales_record"):
    """The same for every reader of the post: nothing of the record but which it is."""

    record: SalesRecordOf
    sort: Sort
