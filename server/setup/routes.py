"""Setting up, the company's profile, the guided start."""

import msgspec

from server.api.route import Answer, Await, Nothing, Read, Write, awaits, get, put
from server.auth.me import MeView
from server.auth.routes import entered, origin_of
from server.people.inviting import LinkView
from server.people.policies import MAY_IMPORT
from server.permissions.rules import ANYONE
from server.setup import beginning, profile, start
from server.setup.beginning import SetUp, SetUpView
from server.setup.policies import MAY_EDIT_COMPANY
from server.setup.profile import ProfileInput
from server.setup.start import StartView
from server.work.company import Profile


class SetUpDone(msgspec.Struct):
    """`boss`: the link to hand over, shown once, when the boss is another person."""

    me: MeView
    boss: LinkView | None


def show_setup(call: Read[None, Nothing]) -> SetUpView:
    """Whether the printed link still leads in."""
    return beginning.look(call.conn, call.company, call.path["token"])


async def set_up(call: Await[SetUp, Nothing]) -> Answer:
    """Name the company and its first people, and go in."""
    origin = origin_of(call.company, call.request)
    begun = await beginning.set_up(call.company, call.path["token"], call.body, origin, call.write)
    inside = await entered(call.company, begun.token)
    return Answer(SetUpDone(inside.value, begun.boss), cookies=inside.cookies)


def change_company(call: Write[ProfileInput, Nothing]) -> Profile:
    """The company's name, language and time zone."""
    return profile.change(call.work, call.actor, call.body)


def show_start(call: Read[None, Nothing]) -> StartView:
    """How far the company has come."""
    return start.view(call.conn, call.actor)


def dismiss_start(call: Write[Nothing, Nothing]) -> None:
    """Show me the guided start no more."""
    start.dismiss(call.work, call.actor)


ROUTES = [
    get("/api/setup/{token:str}", ANYONE, show_setup, output=SetUpView),
    awaits("POST", "/api/setup/{token:str}", ANYONE, set_up, output=SetUpDone, body=SetUp),
    put("/api/company", MAY_EDIT_COMPANY, change_company, output=Profile, body=ProfileInput),
    get("/api/start", MAY_IMPORT, show_start, output=StartView),
    put("/api/start/dismissal", MAY_IMPORT, dismiss_start, status=204),
]
