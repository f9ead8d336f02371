"""Who lets people in."""

from server.permissions.rules import Rule

MAY_ADMIT = Rule(
    "people.admit",
    "The company's link for joining, and deciding who asked through it.",
    capability="people.admit",
)
