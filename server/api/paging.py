"""The queries of lists: page by page onwards from a cursor, or a window around numbers."""

import msgspec

from server.api.inputs import Counted, Line


class Page(msgspec.Struct, forbid_unknown_fields=True):
    """At most `limit` (≤ 100); `cursor` is the `next` of the page before."""

    limit: int | None = None
    cursor: Line = ""


class Window(msgspec.Struct, forbid_unknown_fields=True):
    """`before` and `after` are numbers of what is listed; neither: the newest page."""

    limit: int | None = None
    before: Counted | None = None
    after: Counted | None = None
