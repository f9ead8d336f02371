"""Routes that change people: an administrator edits and moves them; everyone has a picture and a line about themselves."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType
from starlette.responses import Response

from server.api.inputs import Counted, EntityId, Line
from server.api.route import Answer, Await, Nothing, Read, Route, Write, awaits, delete, get, patch, put
from server.api.static import FOREVER
from server.api.uploads import read_upload
from server.images.workshop import MAX_BYTES
from server.kit.text import clean
from server.people import directory, editing, pictures
from server.people.policies import MAY_EDIT_PEOPLE
from server.people.present import PersonView
from server.permissions.rules import SIGNED_IN

MAX_ABOUT = 100


class PersonChange(msgspec.Struct, forbid_unknown_fields=True):
    """Fields left out stay. `version` is the one that was seen; `department_ids` has the main one first; an empty text takes away."""

    version: Counted
    name: Line | UnsetType = UNSET
    title: Line | UnsetType = UNSET
    staff_number: Line | UnsetType = UNSET
    phone: Line | UnsetType = UNSET
    email: Line | UnsetType = UNSET
    department_ids: Annotated[list[EntityId], Meta(max_length=100)] | UnsetType = UNSET
    manager_id: EntityId | UnsetType | None = UNSET
    kind: Literal["employee", "external"] | UnsetType = UNSET


class PeopleMove(msgspec.Struct, forbid_unknown_fields=True):
    """`main`: the department takes the place of each person's main one; `add`: it comes behind the others."""

    people: Annotated[list[EntityId], Meta(max_length=1000)]
    how: Literal["main", "add"] = "main"


class Moved(msgspec.Struct):
    """How many sit elsewhere than before."""

    moved: int


class AboutMe(msgspec.Struct, forbid_unknown_fields=True):
    about: Line


class PictureQuery(msgspec.Struct, forbid_unknown_fields=True):
    size: Literal[64, 256] = 64


def change_person(call: Write[PersonChange, Nothing]) -> PersonView:
    """Change fields of a person."""
    fields = msgspec.structs.asdict(call.body)
    version = fields.pop("version")
    wanted = {name: value for name, value in fields.items() if value is not UNSET}
    editing.change(call.work, call.actor, call.id(), version, wanted)
    return directory.one(call.conn, call.id())


def move_people(call: Write[PeopleMove, Nothing]) -> Moved:
    """Several people come to a department, at most 100 at once."""
    people = list(dict.fromkeys(call.body.people))
    how = call.body.how == "main"
    return Moved(editing.move(call.work, call.actor, call.id(), people, as_main=how))


def say_about(call: Write[AboutMe, Nothing]) -> PersonView:
    """The line about oneself; empty takes it away."""
    about = clean(call.body.about, "about", limit=MAX_ABOUT, required=False, single_line=True)
    pictures.say_about(call.work, call.actor, about)
    return directory.one(call.conn, call.actor.id)


async def put_picture(call: Await[Nothing, Nothing]) -> Answer:
    """A picture of JPEG, PNG, WebP or HEIC, at most 8 MiB; it is made anew, upright and without metadata."""
    person_id = call.id()
    await call.company.read(lambda conn: pictures.may_change(conn, call.actor, person_id))
    upload = await read_upload(call.request, MAX_BYTES)
    squares = await call.company.images.squares(upload.data, pictures.SIZES, "file")
    done = await call.write(lambda work: pictures.keep(work, call.actor, person_id, squares))
    view = await call.company.read(lambda conn: directory.one(conn, person_id))
    return Answer(view, done.seq)


def drop_picture(call: Write[Nothing, Nothing]) -> None:
    """Back to the letters of the name."""
    pictures.take_away(call.work, call.actor, call.id())


def show_picture(call: Read[Nothing, PictureQuery]) -> Response:
    """A picture by its hash, for ever the same."""
    data = pictures.one(call.conn, call.id(), str(call.path["hash"]), call.query.size)
    return Response(
        data, media_type="image/webp", headers={"Cache-Control": FOREVER.replace("public", "private")}
    )


_ONE = "/api/people/{id:int}"

EDIT_ROUTES: list[Route] = [
    patch(_ONE, MAY_EDIT_PEOPLE, change_person, output=PersonView, body=PersonChange),
    put("/api/departments/{id:int}/people", MAY_EDIT_PEOPLE, move_people, output=Moved, body=PeopleMove),
    put("/api/me/about", SIGNED_IN, say_about, output=PersonView, body=AboutMe),
    awaits("PUT", f"{_ONE}/picture", SIGNED_IN, put_picture, output=PersonView, upload=True),
    delete(f"{_ONE}/picture", SIGNED_IN, drop_picture),
    get(f"{_ONE}/picture/{{hash:str}}", SIGNED_IN, show_picture, output=None, query=PictureQuery),
]
