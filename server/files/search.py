"""Files are findable by name, for whoever may read what they hang on; a hit leads to it (FEED-31)."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from server.cards.cards import Ref
from server.events.envelope import Change
from server.files.downloads import readable_among
from server.files.forms import FORMS
from server.files.policies import MAY_READ_FILE
from server.kit.module import Module, every
from server.permissions.actor import Actor
from server.search.declared import Carried, Hit, Hits, Searchable


def _readable(conn: Connection, modules: Sequence[Module], actor: Actor, ids: Sequence[int]) -> set[int]:
    return {row.id for row in readable_among(conn, modules, actor, ids)}


def _hits(conn: Connection, modules: Sequence[Module], actor: Actor, ids: Sequence[int]) -> Hits:
    """Each stands where its carrier stands, which brings who and what is named there."""
    rows = [row for row in readable_among(conn, modules, actor, ids) if row.kind is not None]
    carriers: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        carriers[row.kind].add(row.ref_id)
    places: dict[Ref, Hit] = {}
    also: list[Change] = []
    for one in every(modules, Searchable):
        if one.kind in carriers:
            hits, brought = one.hits(conn, actor, sorted(carriers[one.kind]))
            places |= {Ref(one.kind, hit.id): hit for hit in hits}
            also += brought
    found = []
    for row in rows:
        on = Ref(row.kind, row.ref_id)
        if place := places.get(on):
            found.append(
                Hit(
                    row.id,
                    place.at,
                    place.author_id,
                    row.name,
                    place.conversation_id,
                    place.number,
                    row.ref_id if row.kind == "post" else place.post_id,
                    on,
                    FORMS[row.form].kind,
                )
            )
    return found, also


FILES = Carried("file", 3, MAY_READ_FILE, _readable, _hits)
