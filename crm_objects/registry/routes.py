"""The routes of registries: which one is asked, candidates while a name is typed, what is kept with a record, the own directory."""

import msgspec

from crm_objects.engine.policies import MAY_READ, MAY_WRITE, READ
from crm_objects.registry import asking, choosing, loading, registrations
from crm_objects.registry.asking import Candidates
from crm_objects.registry.choosing import RegistryState
from crm_objects.registry.loading import EditionView
from crm_objects.registry.provider import Registration
from crm_objects.registry.registrations import Registered
from crm_objects.standing import desk_for, desk_on
from server.api.inputs import Line
from server.api.route import (
    Answer,
    Await,
    Items,
    Nothing,
    Read,
    Write,
    awaits,
    delete,
    get,
    get_awaiting,
    put,
)
from server.api.uploads import read_upload
from server.permissions.rules import Rule

CHOOSE = "registry.edit"
MAY_CHOOSE = Rule(
    "registry.edit", "Choosing the registry of companies and putting in a directory.", capability=CHOOSE
)
MAY_SEE_STATE = Rule(
    "registry.state",
    "Which registry is asked: who may read records, and who chooses it.",
    capability=READ,
    or_capability=CHOOSE,
)


class Provider(msgspec.Struct, forbid_unknown_fields=True):
    """Empty: none."""

    provider: Line


class NameQuery(msgspec.Struct, forbid_unknown_fields=True):
    q: Line = ""


class RefQuery(msgspec.Struct, forbid_unknown_fields=True):
    provider: Line = ""
    ref: Line = ""


class Chosen(msgspec.Struct, forbid_unknown_fields=True):
    """A company of a registry; the one that is kept already: ask for it again."""

    provider: Line
    ref: Line


def show_state(call: Read[None, Nothing]) -> RegistryState:
    """Which registry is asked, and which could be."""
    return choosing.state(call.conn, call.company)


def choose(call: Write[Provider, Nothing]) -> RegistryState:
    """Another registry, or none."""
    return choosing.choose(call.work, call.body.provider)


async def list_candidates(call: Await[None, NameQuery]) -> Candidates:
    """Companies of the registry whose name holds this."""
    return await asking.candidates(call.company, call.actor.id, call.query.q)


async def show_company(call: Await[None, RefQuery]) -> Registration:
    """What the registry says of one of them."""
    return await asking.registration(call.company, call.actor.id, call.query.provider, call.query.ref)


def show_kept(call: Read[None, Nothing]) -> Registered:
    """What is kept with the record."""
    return registrations.kept(desk_for(call), call.id())


async def keep(call: Await[Chosen, Nothing]) -> Answer:
    """This company of the registry is the record's; what the registry says now is kept."""
    provider, ref = call.body.provider, call.body.ref
    await call.company.read(lambda conn: registrations.must_keep(desk_on(conn, call), call.id()))
    told = await asking.registration(call.company, call.actor.id, provider, ref)
    done = await call.write(
        lambda work: registrations.keep(work, desk_on(work.conn, call), call.id(), provider, told)
    )
    return Answer(done.value, done.seq)


def darken(call: Write[None, Nothing]) -> None:
    """It was another company: the mark goes out."""
    registrations.darken(call.work, desk_for(call), call.id())


def list_editions(call: Read[None, Nothing]) -> Items[EditionView]:
    """The directories that were put in, the newest first."""
    return Items(loading.editions(call.conn))


async def put_directory(call: Await[Nothing, Nothing]) -> Answer:
    """A CSV file becomes the directory, in the background."""
    upload = await read_upload(call.request, loading.MAX_BYTES)
    done = await call.write(lambda work: loading.accept(work, call.actor, upload))
    return Answer(done.value, done.seq)


_KEPT = "/api/records/{kind:str}/{id:int}/registration"
ROUTES = [
    get("/api/registry", MAY_SEE_STATE, show_state, output=RegistryState),
    put("/api/registry", MAY_CHOOSE, choose, output=RegistryState, body=Provider),
    get_awaiting("/api/registry/candidates", MAY_READ, list_candidates, output=Candidates, query=NameQuery),
    get_awaiting("/api/registry/company", MAY_READ, show_company, output=Registration, query=RefQuery),
    get("/api/registry/directories", MAY_CHOOSE, list_editions, output=Items[EditionView]),
    awaits(
        "PUT",
        "/api/registry/directory",
        MAY_CHOOSE,
        put_directory,
        output=EditionView,
        status=202,
        upload=True,
    ),
    get(_KEPT, MAY_READ, show_kept, output=Registered),
    awaits("PUT", _KEPT, MAY_WRITE, keep, output=Registered, body=Chosen),
    delete(_KEPT, MAY_WRITE, darken),
]
