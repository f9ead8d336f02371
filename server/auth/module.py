"""What signing in adds to the house."""

from collections.abc import Mapping
from typing import Any

from server.api.endpoint import Authenticator
from server.api.first_state import BootstrapPart
from server.auth import delays, renewal, resets, sessions, sign_in
from server.auth.me import first_state
from server.auth.models import SecondFactor
from server.auth.openid.routes import OPENID_ROUTES
from server.auth.operating import ACTS
from server.auth.reactions import end_access, renew_tokens
from server.auth.reset_routes import RESET_ROUTES
from server.auth.routes import ROUTES
from server.auth.security_routes import SECURITY_ROUTES
from server.auth.token_routes import TOKEN_ROUTES
from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.db.base import table
from server.kit.clock import real_now
from server.kit.module import Module, every
from server.kit.problems import WrongState
from server.operating.acts import BY_THE_OPERATOR, OperatorAct
from server.people.leaving import LEFT, RETURNED
from server.permissions.capabilities import Capability
from server.permissions.rights import CHANGED
from server.permissions.rules import MAY_LISTEN
from server.secrets.box import CannotOpen
from server.secrets.rotation import SealedColumn, reseal
from server.work.company import Company
from server.work.within import Within
from server.work.work import Work


async def forget(company: Company, args: dict[str, Any]) -> None:
    """Old failures, sign-ins that nobody finished, sessions that have run out."""
    await company.write(lambda work: delays.forget(work.conn, real_now()))
    await company.write(lambda work: sign_in.forget_steps(work.conn, real_now()))
    await company.write(lambda work: sessions.end_expired(work, real_now()))


def reseal_all(work: Work, args: Mapping[str, str]) -> str:
    """What the operator's `reseal` does. Raises `WrongState` when a value cannot be opened."""
    company = work.company
    try:
        changed = reseal(work.conn, company.secrets, every(company.modules, SealedColumn))
    except CannotOpen as error:
        raise WrongState(f"Nothing was changed: {error}.") from error
    work.audit("secrets.resealed", ("company", 1), values=changed, key=company.secrets.ids[0])
    return f"{changed} values sealed anew with the key {company.secrets.ids[0]}. Older keys may go."


MODULE = Module(
    "auth",
    Authenticator(sessions.authenticate, sessions.again, sessions.touch, renewal.renewed),
    *ROUTES,
    *SECURITY_ROUTES,
    *TOKEN_ROUTES,
    *RESET_ROUTES,
    *ACTS,
    *OPENID_ROUTES,
    BootstrapPart("me", MAY_LISTEN, first_state),
    Capability("sessions.end"),
    Capability("bots.manage"),
    Capability("people.reset_password"),
    Job(resets.JOB, BY_THE_HOUSE, resets.mail_link),
    Within(LEFT, "access ends", end_access),
    Within(RETURNED, "access ends", end_access),
    Within(CHANGED, "tokens change", renew_tokens),
    SealedColumn(table(SecondFactor), "person_id", "secret"),
    OperatorAct(
        "reseal",
        "seal all secrets with the newest key, so that older ones may go",
        BY_THE_OPERATOR,
        reseal_all,
    ),
    Job("forget_sign_ins", BY_THE_HOUSE, forget),
    Schedule("forget_sign_ins", 3_600),
)
