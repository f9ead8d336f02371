"""An announcement on the wire."""

from datetime import datetime

import msgspec


class AnnouncementView(msgspec.Struct, frozen=True, tag_field="kind", tag="announcement"):
    """Null: effective with its publication, never expiring. Expired ones stay readable and stand out no longer."""

    pinned: bool
    effective_at: datetime | None
    expires_at: datetime | None
