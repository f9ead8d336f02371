"""What the operator may do about people from the command line."""

from collections.abc import Mapping

from server.operating.acts import BY_THE_OPERATOR, OperatorAct
from server.people.cell_values import sign_in_key
from server.people.founding import found_administrator
from server.people.invitations import VALID, link
from server.work.work import Work


def create(work: Work, args: Mapping[str, str]) -> str:
    token = found_administrator(work, args["name"], sign_in_key(args["login"]))
    address = link(work.company.settings.public_url, token)
    return f"{args['name']} sets a password here (once, within {VALID.days} days): {address}"


ACTS = [
    OperatorAct(
        "create",
        "make an administrator and print a single-use link",
        BY_THE_OPERATOR,
        create,
        {"name": "the person's name", "login": "phone, staff number or e-mail"},
    ),
]
