"""Typed bodies and queries of instructions."""

from datetime import datetime
from typing import Literal

import msgspec

from server.api.paging import Page


class InstructionInput(msgspec.Struct, forbid_unknown_fields=True):
    """Whom it is addressed to has to do it."""

    due_at: datetime | None = None


class InstructionAnswer(msgspec.Struct, forbid_unknown_fields=True):
    state: Literal["received", "done"]


class InstructionPage(Page, forbid_unknown_fields=True):
    """In the order in which people came to the company."""
