"""One's own devices and second factor, and what an administrator does about somebody's."""

from datetime import datetime

import msgspec
import segno

from server.api.inputs import Line
from server.api.paging import Page
from server.api.route import Await, Items, Nothing, Read, Write, awaits, delete, get, put
from server.auth import of_others, own_devices, requirement, second_factor
from server.auth.of_others import AccessView
from server.auth.policies import (
    ENROL,
    MAY_END_SESSIONS,
    MAY_SEE_ACCESS,
    MAY_SEE_SIGN_IN,
    MAY_SET_SIGN_IN,
    OWN_DEVICES,
    OWN_KEYS,
    OWN_SIGN_IN,
)
from server.auth.present import DeviceView
from server.auth.requirement import Who


class EndedView(msgspec.Struct):
    ended: int


class SecondFactorView(msgspec.Struct):
    """`required`: the company asks it of me."""

    is_on: bool
    since: datetime | None
    recovery_codes_left: int
    required: bool


class EnrolmentView(msgspec.Struct):
    """Shown until confirmed. `qr` is a picture of `uri` as a data address."""

    secret: str
    uri: str
    qr: str


class Code(msgspec.Struct, forbid_unknown_fields=True):
    code: Line


class RecoveryCodesView(msgspec.Struct):
    """Shown once; only hashes are kept."""

    recovery_codes: list[str]


class Requirement(msgspec.Struct, forbid_unknown_fields=True):
    second_factor: Who


def list_devices(call: Read[None, Page]) -> Items[DeviceView]:
    """Where I am signed in."""
    return Items(*own_devices.mine(call.conn, call.actor, call.query.limit, call.query.cursor))


def end_device(call: Write[Nothing, Nothing]) -> None:
    """Sign one of my devices out."""
    own_devices.end_one(call.work, call.actor, call.id())


def end_other_devices(call: Write[Nothing, Nothing]) -> EndedView:
    """Sign me out everywhere but here."""
    return EndedView(own_devices.end_others(call.work, call.actor))


def show_second_factor(call: Read[None, Nothing]) -> SecondFactorView:
    """Whether my second factor is on."""
    since = second_factor.since(call.conn, call.actor.id)
    left = second_factor.codes_left(call.conn, call.actor.id)
    asked = second_factor.is_asked(call.conn, call.actor)
    return SecondFactorView(since is not None, since, left, asked)


async def enrol(call: Await[Nothing, Nothing]) -> EnrolmentView:
    """A fresh secret for my authenticator, in force once a code confirms it."""
    done = await call.write(lambda work: second_factor.enrol(work, call.actor))
    made = done.value
    picture = segno.make(made.uri, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return EnrolmentView(made.secret, made.uri, picture)


def confirm_enrolment(call: Write[Code, Nothing]) -> RecoveryCodesView:
    """Switch my second factor on with a code; answers the recovery codes."""
    return RecoveryCodesView(second_factor.confirm(call.work, call.actor.id, call.body.code))


async def renew_recovery_codes(call: Await[Nothing, Nothing]) -> RecoveryCodesView:
    """Ten fresh recovery codes; the older ones are void."""
    done = await call.write(lambda work: second_factor.renew_codes(work, call.actor.id))
    return RecoveryCodesView(done.value)


def switch_off(call: Write[Nothing, Nothing]) -> None:
    """Switch my second factor off."""
    second_factor.give_up(call.work, call.actor)


def show_access(call: Read[None, Nothing]) -> AccessView:
    """How somebody signs in."""
    return of_others.access_of(call.conn, call.id())


def end_all_devices(call: Write[Nothing, Nothing]) -> None:
    """Sign somebody out everywhere."""
    of_others.sign_out(call.work, call.id())


def end_all_tokens(call: Write[Nothing, Nothing]) -> None:
    """Revoke all of somebody's access tokens."""
    of_others.revoke_tokens(call.work, call.id())


def reset_second_factor(call: Write[Nothing, Nothing]) -> None:
    """Take away a second factor that its owner has lost."""
    of_others.reset_second_factor(call.work, call.id())


def show_requirement(call: Read[None, Nothing]) -> Requirement:
    """Who must have a second factor."""
    return Requirement(requirement.wanted_of(call.conn))


def change_requirement(call: Write[Requirement, Nothing]) -> Requirement:
    """Decide who must have a second factor; whom it concerns signs in anew."""
    requirement.require(call.work, call.actor, call.body.second_factor)
    return call.body


SECURITY_ROUTES = [
    get("/api/me/devices", OWN_DEVICES, list_devices, output=Items[DeviceView], query=Page),
    delete("/api/me/devices", OWN_DEVICES, end_other_devices, output=EndedView, status=200),
    delete("/api/me/devices/{id:int}", OWN_DEVICES, end_device),
    get("/api/me/second-factor", OWN_SIGN_IN, show_second_factor, output=SecondFactorView),
    awaits("POST", "/api/me/second-factor", ENROL, enrol, output=EnrolmentView, status=201),
    put("/api/me/second-factor", ENROL, confirm_enrolment, output=RecoveryCodesView, body=Code),
    delete("/api/me/second-factor", OWN_KEYS, switch_off),
    awaits(
        "POST",
        "/api/me/second-factor/recovery-codes",
        OWN_KEYS,
        renew_recovery_codes,
        output=RecoveryCodesView,
        status=201,
    ),
    get("/api/people/{id:int}/access", MAY_SEE_ACCESS, show_access, output=AccessView),
    delete("/api/people/{id:int}/devices", MAY_END_SESSIONS, end_all_devices),
    delete("/api/people/{id:int}/tokens", MAY_END_SESSIONS, end_all_tokens),
    delete("/api/people/{id:int}/second-factor", MAY_END_SESSIONS, reset_second_factor),
    get("/api/company/sign-in", MAY_SEE_SIGN_IN, show_requirement, output=Requirement),
    put("/api/company/sign-in", MAY_SET_SIGN_IN, change_requirement, output=Requirement, body=Requirement),
]
