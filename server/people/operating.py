"""What the operator may do about people from the command line."""

from collections.abc import Mapping

from server.kit.problems import NotFound, invalid
from server.operating.acts import BY_THE_OPERATOR, OperatorAct
from server.people import leaving
from server.people.cell_values import sign_in_key
from server.people.founding import found_administrator
from server.people.invitations import VALID, link
from server.people.sign_in_names import owner_of
from server.work.work import Work


def create(work: Work, args: Mapping[str, str]) -> str:
    token = found_administrator(work, args["name"], sign_in_key(args["login"]))
    address = link(work.company.settings.public_url, token)
    return f"{args['name']} sets a password here (once, within {VALID.days} days): {address}"


def disable(work: Work, args: Mapping[str, str]) -> str:
    """Raises `NotFound`, `Invalid` for another word than up or keep, and as `leaving.leave`."""
    if args["reports"] not in ("up", "keep"):
        raise invalid("reports", "choice", "Say --reports up, or --reports keep.")
    person_id = _signs_in_as(work, args["login"])
    left = leaving.leave(
        work, None, person_id, reason=args["reason"], pass_reports_up=args["reports"] == "up"
    )
    return f"{left.name} has left: signed out everywhere, access tokens and pending links have ended."


def enable(work: Work, args: Mapping[str, str]) -> str:
    """Raises `NotFound`, and as `leaving.come_back`."""
    back = leaving.come_back(work, None, _signs_in_as(work, args["login"]))
    if back.state == "invited":
        return f"{back.name} is back, and has no password yet: `tenfour admin reset-password` prints a link."
    return f"{back.name} is back, and signs in with the password of before."


def _signs_in_as(work: Work, login: str) -> int:
    person_id = owner_of(work.conn, sign_in_key(login))
    if person_id is None:
        raise NotFound(f"Nobody signs in as {login}.")
    return person_id


ACTS = [
    OperatorAct(
        "create",
        "make an administrator and print a single-use link",
        BY_THE_OPERATOR,
        create,
        {"name": "the person's name", "login": "phone, staff number or e-mail"},
    ),
    OperatorAct(
        "disable",
        "somebody has left: sign them out everywhere at once and let them in no more",
        BY_THE_OPERATOR,
        disable,
        {
            "login": "phone, staff number or e-mail",
            "reports": "whoever reported to them: up (to their manager from now on) or keep",
        },
        {"reason": "why, for the audit"},
    ),
    OperatorAct(
        "enable",
        "somebody is back who had left",
        BY_THE_OPERATOR,
        enable,
        {"login": "phone, staff number or e-mail"},
    ),
]
