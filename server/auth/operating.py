"""What the operator may do about getting in from the command line."""

from collections.abc import Mapping

from server.auth import resets
from server.operating.acts import BY_THE_OPERATOR, OperatorAct
from server.work.work import Work


def reset_password(work: Work, args: Mapping[str, str]) -> str:
    name, address, expires = resets.make_link_by_operator(work, args["login"])
    return f"{name} sets a new password here (once, until {expires:%Y-%m-%d %H:%M} UTC): {address}"


ACTS = [
    OperatorAct(
        "reset-password",
        "print a single-use link with which somebody sets a new password",
        BY_THE_OPERATOR,
        reset_password,
        {"login": "phone, staff number or e-mail"},
    ),
]
