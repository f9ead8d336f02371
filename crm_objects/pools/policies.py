"""Who may try what with pools. What lies in one is records' business: `engine/rights.py`."""

from server.permissions.rules import Rule

EDIT = "pools.edit"

MAY_LIST = Rule(
    "pools.read", "The pools in which one is; all of them for who keeps them.", capability="records.read"
)
MAY_EDIT = Rule(
    "pools.edit",
    "Making pools and saying who is in them; it opens no record that lies in one.",
    capability=EDIT,
)
