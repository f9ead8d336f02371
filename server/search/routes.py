"""One route for every kind."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line
from server.api.route import Items, Read, get
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.module import every
from server.kit.problems import invalid
from server.permissions.rules import SIGNED_IN
from server.search.declared import Carried, Finder, Searchable
from server.search.find import Wanted, find, look_up
from server.search.present import HitView, hit_view

Place = Annotated[str, Meta(pattern=r"^(conversation|department):[1-9][0-9]{0,14}$(?!\n)")]


class SearchQuery(msgspec.Struct, forbid_unknown_fields=True, rename={"within": "in", "author": "from"}):
    """`in` is `conversation:7` or `department:3`; `after` and `before` are days of the company, `before` not included."""

    q: Line = ""
    kind: Line = ""
    author: EntityId | None = None
    within: Place | None = None
    after: date | None = None
    before: date | None = None
    sort: Literal["newest", "best"] = "newest"
    limit: int | None = None
    cursor: Line = ""


def search(call: Read[None, SearchQuery]) -> Items[HitView]:
    """Posts, comments, messages, files, people and conversations within my rights; without `kind` posts, comments and messages."""
    query = call.query
    finders = {one.kind: one for one in every(call.company.modules, Finder)}
    searchables = every(call.company.modules, Searchable)
    carried = [one for one in every(call.company.modules, Carried) if one.kind == query.kind]
    if carried:
        searchables = [one.among(call.company.modules, searchables) for one in carried]
    if query.kind and query.kind not in {*finders, *(one.kind for one in searchables)}:
        raise invalid("kind", "choice", "There is no such kind.")
    size = page_size(query.limit, 20)
    after = decode_cursor(query.cursor, int)
    if query.kind in finders:
        found = look_up(call.conn, call.actor, finders[query.kind], query.q, size)
    else:
        wanted = Wanted(
            query.q,
            query.kind,
            query.author,
            _token(query.within),
            query.after,
            query.before,
            query.sort == "best",
        )
        found = find(
            call.conn,
            call.actor,
            searchables,
            wanted,
            call.company.profile.time_zone,
            size,
            int(after[0]) if after else None,
        )
    following = None if found.following is None else encode_cursor(found.following)
    return Items([hit_view(kind, hit, query.q) for kind, hit in found.hits], following, found.also)


def _token(place: str | None) -> str:
    kind, _, number = (place or "").partition(":")
    return f"{kind[0]}{number}" if number else ""


ROUTES = [get("/api/search", SIGNED_IN, search, output=Items[HitView], query=SearchQuery)]
