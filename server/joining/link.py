"""The company's link: on or off, renewed, as an address and as a QR code."""

import io
import secrets
from datetime import datetime

import msgspec
import segno
from sqlalchemy import Connection, select, update

from server.config.settings import Settings
from server.db.upsert import insert_into
from server.joining.models import JoinLink
from server.kit.clock import real_now
from server.kit.problems import NotFound
from server.permissions.actor import Actor
from server.work.company import profile_of
from server.work.work import Work


class JoinLinkView(msgspec.Struct):
    """`link` is empty while it is off. `version` changes with the link: pictures of it are asked for anew."""

    is_on: bool
    link: str
    company: str
    changed_at: datetime | None
    version: int


def view(conn: Connection, settings: Settings) -> JoinLinkView:
    row = conn.execute(select(JoinLink.__table__)).first()
    company = profile_of(conn).name
    if row is None:
        return JoinLinkView(False, "", company, None, 0)
    address = _address(settings, row.token) if row.is_on else ""
    return JoinLinkView(row.is_on, address, company, row.changed_at, int(row.changed_at.timestamp() * 1000))


def _address(settings: Settings, token: str) -> str:
    return f"{settings.public_url}/company/{token}"


def switch(work: Work, actor: Actor, on: bool) -> JoinLinkView:
    """Twice is the same. Off, nobody can ask; on again, the same link works again."""
    _ensure(work, actor)
    changed = work.conn.execute(
        update(JoinLink).where(JoinLink.id == 1, JoinLink.is_on != on).values(is_on=on, **_now(actor))
    )
    if changed.rowcount:
        work.audit("join_link.switched_on" if on else "join_link.switched_off", ("company", 1))
    return view(work.conn, work.company.settings)


def renew(work: Work, actor: Actor) -> JoinLinkView:
    """Another link; the old one, wherever it hangs, is dead from now on. It does not switch on by itself."""
    _ensure(work, actor)
    work.conn.execute(update(JoinLink).where(JoinLink.id == 1).values(token=_token(), **_now(actor)))
    work.audit("join_link.renewed", ("company", 1))
    return view(work.conn, work.company.settings)


def _ensure(work: Work, actor: Actor) -> None:
    work.conn.execute(
        insert_into(work.conn, JoinLink)
        .values(id=1, token=_token(), is_on=False, **_now(actor))
        .on_conflict_do_nothing(index_elements=[JoinLink.id])
    )


def _token() -> str:
    return secrets.token_urlsafe(32)


def _now(actor: Actor) -> dict[str, object]:
    return {"changed_by": actor.id, "changed_at": real_now()}


def must_lead_here(conn: Connection, token: str) -> None:
    """Raises `NotFound` for any link but the present one while it is on."""
    row = conn.execute(select(JoinLink.id).where(JoinLink.token == token, JoinLink.is_on)).first()
    if row is None:
        raise NotFound("This link does not work (any more).", next_step="ask_new_link")


def picture(conn: Connection, settings: Settings, kind: str) -> bytes:
    """The QR code as `svg` or `png`. Raises `NotFound` while the link is off."""
    address = view(conn, settings).link
    if not address:
        raise NotFound("The link is switched off.", next_step="switch_on")
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    if kind == "png":
        code.save(out, kind="png", scale=12, border=4)
    else:
        code.save(out, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True)
    return out.getvalue()
