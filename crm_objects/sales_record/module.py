"""What sales records add to the house. Called by `crm_objects/module.py`."""

from crm_objects.sales_record.inputs import SalesRecordChange, SalesRecordInput
from crm_objects.sales_record.present import SalesRecordView
from crm_objects.sales_record.routes import ROUTES
from crm_objects.sales_record.sales_records import KIND, MAY_RECORD, begin, change, close, differs, prepare
from feed.kinds import PostKind
from server.db.invariant import Invariant

SALES_RECORD = PostKind(
    KIND,
    MAY_RECORD,
    fields=SalesRecordInput,
    shape=SalesRecordView,
    prepare=prepare,
    begin=begin,
    amended=SalesRecordChange,
    differs=differs,
    change=change,
    close=close,
)

PARTS = [
    *SALES_RECORD.parts,
    *ROUTES,
    Invariant(
        "a follow-up with a post is of a sales record that is there, of its author's, and holds none of its words",
        """SELECT f.id FROM record_followup f JOIN post p ON p.id = f.post_id
             WHERE p.kind <> 'sales_record' OR p.deleted_at IS NOT NULL OR p.author_id <> f.actor_id OR f.text <> ''""",
    ),
]
