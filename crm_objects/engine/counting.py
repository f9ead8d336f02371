"""What counts as a follow-up (W7, M49): words, a picture or a document by the owner or the writing team, never an empty note. And the
record's clock, which always stands at the newest one that counts (CUST-14)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, ScalarSelect, func, insert, select, update

from crm_objects.engine.models import FollowupRule, RecordFollowup
from crm_objects.engine.record_type import RecordType
from server.db.base import table
from server.files.present import FileView
from server.kit.mentions import plain
from server.kit.problems import invalid
from server.work.work import Work

_RULE = table(FollowupRule)
_FOLLOWUPS = table(RecordFollowup)
LEAST, FEWEST, MOST = 2, 1, 200


def least(conn: Connection) -> int:
    """How many letters and digits a follow-up says at least: the company's own rule, else `LEAST`."""
    return conn.execute(select(_RULE.c.least)).scalar() or LEAST


def set_least(work: Work, wanted: int) -> int:
    """What was written before stays as it was judged then. Raises `Invalid` on `least`."""
    if not FEWEST <= wanted <= MOST:
        raise invalid("least", "range", f"Between {FEWEST} and {MOST}.", minimum=FEWEST, maximum=MOST)
    before = work.conn.execute(select(_RULE.c.least).with_for_update()).scalar()
    if before is None:
        work.conn.execute(insert(_RULE).values(id=1, least=wanted))
    elif before != wanted:
        work.conn.execute(update(_RULE).values(least=wanted))
    if (before or LEAST) != wanted:
        work.audit("followup_rule.changed", ("followup_rule", 1), least=wanted)
    return wanted


def letters(text: str) -> int:
    """Letters and digits alone: dots and blanks say nothing."""
    return sum(char.isalnum() for char in plain(text))


def says_something(conn: Connection, text: str, files: Sequence[FileView]) -> bool:
    """A sound alone does not count: how long it is, nobody knows (W7 wants five seconds)."""
    return letters(text) >= least(conn) or any(one.kind != "audio" for one in files)


def move(work: Work, kind: RecordType, record_id: int) -> int | None:
    """The clock worked out anew, and a new version. The caller has locked the record; None where it is gone."""
    t, newest = kind.table, _newest(kind, record_id)
    return work.conn.execute(
        update(t)
        .where(t.c.id == record_id)
        .values(version=t.c.version + 1, updated_at=work.now, last_followed_at=newest)
        .returning(t.c.version)
    ).scalar()


def wind(work: Work, kind: RecordType, record_id: int) -> None:
    """The clock alone, where the new version is there already."""
    t = kind.table
    newest = _newest(kind, record_id)
    work.conn.execute(update(t).where(t.c.id == record_id).values(last_followed_at=newest))


def _newest(kind: RecordType, record_id: int) -> ScalarSelect[datetime]:
    f = _FOLLOWUPS.c
    here = (f.kind == kind.kind, f.record_id == record_id, f.counts)
    return select(func.max(f.at)).where(*here).scalar_subquery()
