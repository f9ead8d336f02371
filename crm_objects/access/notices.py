"""How people hear that somebody asks them for access, and how that went."""

from crm_objects.access.policies import MAY_ASK, MAY_DECIDE
from notifications.declared import NoticeKind, nothing_to_tell

_NOTHING: frozenset[str] = frozenset()
ASKED = NoticeKind("access_asked", MAY_DECIDE, _NOTHING, nothing_to_tell, obligation=True)
ANSWERED = NoticeKind("access_answered", MAY_ASK, _NOTHING, nothing_to_tell, obligation=True)
