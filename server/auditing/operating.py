"""What the operator may do about the audit log from the command line."""

from collections.abc import Mapping

from sqlalchemy import Connection

from server.audit import seal
from server.kit.problems import WrongState, invalid
from server.operating.acts import BY_THE_OPERATOR, OperatorAct

BREAKS = {
    "changed": "is not what it was when it was sealed",
    "missing": "is missing",
    "out_of_order": "stands before an older one",
    "end_cut_off": "was there and is missing: the end was cut off",
    "differs_from_seal": "is not the one that the seal names",
    "differs_from_copy": "is not the one of the copy: the chain was made anew",
    "put_in_between": "was put in behind what is sealed already",
}


def verify_audit(conn: Connection, args: Mapping[str, str]) -> str:
    """Follows the chain; `expect` is NUMBER:HASH of an earlier newest link, kept elsewhere. Raises `WrongState` with what is broken."""
    found = seal.verify(conn, _copy(args["expect"]))
    if isinstance(found, seal.Broken):
        where = f" (row {found.entry})" if found.entry is not None else ""
        raise WrongState(f"The audit log does not hold: entry {found.number}{where} {BREAKS[found.what]}.")
    return f"The audit log holds. Its newest entry, to be kept elsewhere: {found}"


def _copy(text: str) -> seal.Head | None:
    if not text:
        return None
    number, _, hashed = text.partition(":")
    if not (number.isascii() and number.isdigit() and len(hashed) == 64):
        raise invalid(
            "expect", "format", "--expect takes NUMBER:HASH as an earlier check or the server's log gave it."
        )
    return seal.Head(int(number), hashed)


ACTS = [
    OperatorAct(
        "verify-audit",
        "follow the audit log's chain and name the first broken entry",
        BY_THE_OPERATOR,
        verify_audit,
        may_take={"expect": "NUMBER:HASH of an earlier newest entry, kept elsewhere, to compare with"},
        reads=True,
    )
]
