"""Typed bodies and queries of announcements."""

from datetime import datetime
from typing import Literal

import msgspec

from server.api.paging import Page


class AnnouncementInput(msgspec.Struct, forbid_unknown_fields=True):
    """`effective_at` left out: at once; `expires_at` left out: never."""

    pinned: bool = False
    effective_at: datetime | None = None
    expires_at: datetime | None = None


class StandingInput(msgspec.Struct, forbid_unknown_fields=True):
    """Both are said each time, so that what is left out cannot be meant otherwise."""

    pinned: bool
    expires_at: datetime | None


class AnnouncementPage(Page, forbid_unknown_fields=True):
    """`state` left out: all of them."""

    state: Literal["current", "pinned", "expired"] | None = None
