"""Who may try what with records. Over which of them, and which of their fields, is one condition: `rights.py`."""

from server.permissions.rules import Rule

READ, WRITE, CREATE, OWNER = "records.read", "records.write", "records.create", "records.change_owner"
DELETE, REVEAL = "records.delete", "records.reveal"
LOCK = "records.lock"
FINANCIAL, INTERNAL = "records.see_financial", "records.see_internal"
FIELDS = "record_fields.edit"

MAY_READ = Rule(
    "records.read",
    "Found through owning it, its team, having made it, or a scope over its owner; others get «not found».",
    capability=READ,
)
MAY_DO_TO_MANY = Rule(
    "records.bulk",
    "The same act on many: each of them under the rule of the act alone.",
    capability=READ,
)
MAY_WRITE = Rule("records.write", "Its owner, its writing team, or a scope over its owner.", capability=WRITE)
MAY_CREATE = Rule("records.create", "Making a record, for oneself or another owner.", capability=CREATE)
MAY_CHANGE_OWNER = Rule(
    "records.change_owner",
    "Giving a record to another owner, within a scope over the owner.",
    capability=OWNER,
)
MAY_DELETE = Rule(
    "records.erase",
    "Who holds «records.delete» over its owner deletes for good what is voided.",
    capability=WRITE,
)
MAY_LOCK = Rule(
    "records.lock",
    "Locking and unlocking what one changes, within a scope over the owner.",
    capability=LOCK,
)
MAY_MERGE = Rule(
    "records.merge",
    "Merging two records, and taking them apart again: the owner of both, or who holds «records.write» over both owners.",
    capability=WRITE,
)
MAY_REVEAL = Rule(
    "records.reveal",
    "Seeing one masked value in clear, with a reason; audited and counted.",
    capability=REVEAL,
)
MAY_EDIT_FIELDS = Rule("record_fields.edit", "Adding fields to kinds of records.", capability=FIELDS)
