"""One-time passwords (RFC 6238): setting them up, taking a code once, recovery codes, switching off."""

import base64
import os
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
import structlog
from sqlalchemy import Connection, delete, func, insert, select, update

from server.auth.models import RecoveryCode, SecondFactor, Session
from server.kit.clock import real_now
from server.kit.problems import WrongState, invalid
from server.people.invitations import hash_token
from server.permissions.actor import Actor
from server.secrets.box import CannotOpen
from server.work.company import Company, CompanyRow
from server.work.work import Work

SECONDS = 30
DRIFT = (0, -1, 1)
RECOVERY_CODES = 10
logger = structlog.get_logger()


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator needs, shown until a code confirms it."""

    secret: str
    uri: str


def is_on(conn: Connection, person_id: int) -> bool:
    query = select(SecondFactor.person_id).where(
        SecondFactor.person_id == person_id, SecondFactor.confirmed_at.is_not(None)
    )
    return conn.execute(query).first() is not None


def since(conn: Connection, person_id: int) -> datetime | None:
    """When it was switched on, or None."""
    query = select(SecondFactor.confirmed_at).where(SecondFactor.person_id == person_id)
    return conn.execute(query).scalar()


def codes_left(conn: Connection, person_id: int) -> int:
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.person_id == person_id)
    return int(conn.execute(query).scalar_one())


def enrol(work: Work, actor: Actor) -> Enrolment:
    """A fresh secret, not yet in force; replaces one that was never confirmed. Raises `WrongState` when a factor is on."""
    conn, person_id = work.conn, actor.id
    conn.execute(
        delete(SecondFactor).where(SecondFactor.person_id == person_id, SecondFactor.confirmed_at.is_(None))
    )
    if is_on(conn, person_id):
        raise WrongState("A second factor is on already; switch it off first.", reason="second_factor_on")
    secret = pyotp.random_base32()
    sealed = work.company.secrets.seal(conn, secret, _where(person_id))
    conn.execute(insert(SecondFactor).values(person_id=person_id, secret=sealed, created_at=real_now()))
    return Enrolment(
        secret, pyotp.TOTP(secret).provisioning_uri(name=actor.name, issuer_name=work.company.profile.name)
    )


def confirm(work: Work, person_id: int, code: str) -> list[str]:
    """Switches on; answers the recovery codes, shown this once. Raises `Invalid` on field `code`, `WrongState` with nothing to confirm."""
    conn = work.conn
    row = conn.execute(
        select(SecondFactor.secret, SecondFactor.confirmed_at)
        .where(SecondFactor.person_id == person_id)
        .with_for_update()
    ).first()
    if row is None or row.confirmed_at is not None:
        raise WrongState("There is nothing to confirm.", reason="no_enrolment")
    step = _matching_step(work.company, person_id, row.secret, code)
    if step is None:
        raise invalid("code", "wrong_code", "This is not the code that is shown now.")
    conn.execute(
        update(SecondFactor)
        .where(SecondFactor.person_id == person_id)
        .values(confirmed_at=real_now(), last_step=step)
    )
    conn.execute(update(Session).where(Session.person_id == person_id).values(must_enrol=False))
    work.audit("second_factor.enabled", ("person", person_id))
    return renew_codes(work, person_id)


def renew_codes(work: Work, person_id: int) -> list[str]:
    """Ten fresh recovery codes; the older ones are void. Raises `WrongState` without a second factor."""
    if not is_on(work.conn, person_id):
        raise WrongState("There is no second factor.", reason="second_factor_off")
    work.conn.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    rows = [{"person_id": person_id, "code_hash": _code_hash(person_id, code)} for code in codes]
    work.conn.execute(insert(RecoveryCode), rows)
    return codes


def take(work: Work, person_id: int, code: str) -> bool:
    """Whether this code lets in, now and never again."""
    typed = "".join(code.split()).replace("-", "")
    return _take_step(work, person_id, typed) if typed.isdigit() else _take_recovery(work, person_id, typed)


def switch_off(work: Work, person_id: int, act: str) -> None:
    """Removes factor and recovery codes. Raises `WrongState` when there is none."""
    gone = work.conn.execute(
        delete(SecondFactor).where(
            SecondFactor.person_id == person_id, SecondFactor.confirmed_at.is_not(None)
        )
    )
    if not gone.rowcount:
        raise WrongState("There is no second factor.", reason="second_factor_off")
    work.conn.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    work.audit(act, ("person", person_id))


def _take_step(work: Work, person_id: int, code: str) -> bool:
    sealed = work.conn.execute(
        select(SecondFactor.secret).where(
            SecondFactor.person_id == person_id, SecondFactor.confirmed_at.is_not(None)
        )
    ).scalar()
    if sealed is None:
        return False
    step = _matching_step(work.company, person_id, sealed, code)
    if step is None:
        return False
    # A step counts once: what somebody looked at over a shoulder is worth nothing afterwards.
    taken = work.conn.execute(
        update(SecondFactor)
        .where(SecondFactor.person_id == person_id, SecondFactor.last_step < step)
        .values(last_step=step)
    )
    return taken.rowcount == 1


def _take_recovery(work: Work, person_id: int, code: str) -> bool:
    taken = work.conn.execute(
        delete(RecoveryCode).where(
            RecoveryCode.person_id == person_id, RecoveryCode.code_hash == _code_hash(person_id, code)
        )
    )
    return taken.rowcount == 1


def _matching_step(company: Company, person_id: int, sealed: str, code: str) -> int | None:
    try:
        secret = company.secrets.open(sealed, _where(person_id))
    except CannotOpen as error:
        logger.error("a second factor cannot be opened", person=person_id, why=str(error))
        return None
    totp, now = pyotp.TOTP(secret), int(real_now().timestamp()) // SECONDS
    for step in (now + drift for drift in DRIFT):
        if secrets.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def _new_code() -> str:
    text = base64.b32encode(os.urandom(10)).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def _code_hash(person_id: int, code: str) -> str:
    """Codes have 80 bits of their own, so a plain hash is enough."""
    return hash_token(f"{person_id} {code.lower().replace('-', '')}")


def _where(person_id: int) -> tuple[str, str, int]:
    return ("second_factor", "secret", person_id)


def give_up(work: Work, actor: Actor) -> None:
    """One's own wish. Who must have one is led to a new one before anything else."""
    switch_off(work, actor.id, "second_factor.disabled")
    if is_asked(work.conn, actor):
        mine = (Session.person_id == actor.id) & (Session.kind == "device") & (Session.how != "openid")
        work.conn.execute(update(Session).where(mine).values(must_enrol=True))


def is_asked(conn: Connection, actor: Actor) -> bool:
    """Whether the company's rule asks this person for one."""
    wanted = conn.execute(select(CompanyRow.second_factor)).scalar()
    return wanted == "everyone" or (wanted == "administrators" and actor.can("roles.edit"))


def is_needed(conn: Connection, actor: Actor) -> bool:
    """Whether it is asked and not there yet."""
    return is_asked(conn, actor) and not is_on(conn, actor.id)
