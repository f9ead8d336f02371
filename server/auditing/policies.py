"""Who reads the audit log. It holds ids, codes and counts, so reading it is no way to read data."""

from server.permissions.rules import Rule

MAY_READ_AUDIT = Rule("audit.read", "Who may look back at what was done by whom.", capability="audit.read")
MAY_EXPORT_AUDIT = Rule(
    "audit.export",
    "The same people take the log with them; that is an entry too.",
    capability="audit.read",
    step_up=True,
)
