"""The routes of relations between records, and of families."""

import msgspec

from crm_objects.engine import families
from crm_objects.engine.families import Family
from crm_objects.engine.policies import MAY_READ, MAY_WRITE
from crm_objects.relations import relations
from crm_objects.relations.relations import RelationEdge, Relations
from crm_objects.standing import desk_for
from server.api.inputs import EntityId, Line
from server.api.route import Made, Nothing, Read, Write, delete, get, post


class NewRelation(msgspec.Struct, forbid_unknown_fields=True):
    """«This record `sort` `to`»; `turned`: «`to` `sort` this record»."""

    to: EntityId
    sort: Line
    turned: bool = False


def list_relations(call: Read[None, Nothing]) -> Relations:
    """How this record stands to others of its kind, or how those that belong to it stand to each other."""
    return relations.around(desk_for(call), call.id())


def relate(call: Write[NewRelation, Nothing]) -> Made:
    """One more relation."""
    body = call.body
    made = relations.relate(call.work, desk_for(call), call.id(), body.to, body.sort, turned=body.turned)
    return Made(("record_relation", made.id), made)


def part(call: Write[None, Nothing]) -> None:
    """One less."""
    relations.part(call.work, desk_for(call), call.id(), call.id("relation_id"))


def show_family(call: Read[None, Nothing]) -> Family:
    """What it hangs below, what hangs below it, and the sums over all of that."""
    return families.family(desk_for(call), call.id())


_ONE = "/api/records/{kind:str}/{id:int}"
ROUTES = [
    get(f"{_ONE}/family", MAY_READ, show_family, output=Family),
    get(f"{_ONE}/relations", MAY_READ, list_relations, output=Relations),
    post(
        f"{_ONE}/relations",
        MAY_WRITE,
        relate,
        again=lambda call, earlier: relations.one(desk_for(call), call.id(), earlier.ref_id),
        output=RelationEdge,
        body=NewRelation,
    ),
    delete(_ONE + "/relations/{relation_id:int}", MAY_WRITE, part),
]
