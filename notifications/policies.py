"""Who may what about notices and reminders."""

from server.permissions.rules import Rule

TOLD = Rule("notice.own", "Everyone reads the own inbox and chooses how to be told.")
REMINDED = Rule("reminder.own", "Who made a reminder, and who is reminded; of things that they may see.")
