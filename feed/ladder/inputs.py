"""Typed bodies and queries of ladders."""

from datetime import datetime

import msgspec

from server.api.paging import Page


class LadderInput(msgspec.Struct, forbid_unknown_fields=True):
    """Both are said each time, so that what is left out cannot be meant otherwise."""

    is_on: bool
    due_at: datetime | None


class PlanQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`due_at` left out: a day from now."""

    due_at: datetime | None = None
    urgent: bool = False


class StepPage(Page, forbid_unknown_fields=True):
    """Of the steps that were taken."""
