"""Who may converse. *Which* conversation is decided by the person's own place in it (`chat/membership.py`)."""

from server.permissions.rules import Rule

MAY_CONVERSE = Rule("chat.converse", "Talking with colleagues.", capability="chat.converse")
IN_CONVERSATION = Rule(
    "chat.in_conversation", "Found through one's own place in the conversation; others get «not found»."
)
