"""Who sees the working calendar, and who changes it."""

from server.permissions.rules import Rule

MAY_SEE_CALENDAR = Rule("calendar.read", "Everyone who is signed in.")
MAY_EDIT_CALENDAR = Rule(
    "calendar.edit",
    "Changing holidays, make-up days and the week of the company.",
    capability="calendar.edit",
)
