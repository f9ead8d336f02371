"""The receipts of a post as a spreadsheet (N7): the rows that the reader sees in the panel, with names, times and answers."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, true

from feed.models import Receipt
from feed.panel import asked_of
from feed.policies import receipts_seen_by
from feed.present import ANSWER
from feed.questions import Answer, ChoiceAnswer, ChoiceQuestion, FileAnswer, Question, answer_of, question_of
from server.kit.problems import Forbidden
from server.org.lines import below
from server.people.present import PersonView, departments, person_puts_for
from server.permissions.actor import Actor

Language = Literal["zh-Hans", "en"]
NAMES: Final[dict[Language, str]] = {"zh-Hans": "回执.xlsx", "en": "receipts.xlsx"}
_HEADS: Final[dict[Language, Sequence[str]]] = {
    "zh-Hans": ("姓名", "部门", "状态", "阅读时间", "回执时间", "版本", "代办人", "回答"),
    "en": ("Name", "Department", "State", "Read", "Confirmed", "Version", "Given by", "Answer"),
}
_STATES: Final[dict[Language, dict[str, str]]] = {
    "zh-Hans": {"done": "已回执", "open": "未回执", "withdrawn": "已撤回", "left": "已离职"},
    "en": {"done": "confirmed", "open": "pending", "withdrawn": "withdrawn", "left": "left the company"},
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (16, 24, 12, 18, 18, 8, 16, 32)


def sheet(conn: Connection, actor: Actor, post_id: int, language: Language, zone: ZoneInfo) -> bytes:
    """XLSX. Raises `NotFound`, and `Forbidden` for who sees no names."""
    seen = receipts_seen_by(conn, actor, post_id)
    asked = asked_of(conn, post_id)
    if seen not in ("all", "below"):
        raise Forbidden("The author sees who has confirmed.", next_step="ask_author")
    rows = conn.execute(
        select(Receipt.__table__, ANSWER)
        .where(
            Receipt.post_id == post_id,
            Receipt.version == asked.version,
            Receipt.person_id.in_(below(actor.id)) if seen == "below" else true(),
        )
        .order_by(Receipt.person_id)
    ).all()
    named = {row.person_id for row in rows} | {row.by_id for row in rows if row.by_id is not None}
    people = {put.id: put.data for put in person_puts_for(conn, actor, sorted(named))}
    places = {one.id: one.path for one in departments(conn)}
    question = question_of(asked.question)
    heads = _heads(language, question)
    made = [_cells(row, people, places, question, language, zone) for row in rows]
    return written(heads, made, WIDTHS[: len(heads)])


def _heads(language: Language, question: Question | None) -> list[str]:
    *heads, answer = _HEADS[language]
    return [*heads, *([f"{answer}: {question.text}" if question.text else answer] if question else [])]


def _cells(
    row: Any,
    people: dict[int, PersonView],
    places: dict[int, str],
    question: Question | None,
    language: Language,
    zone: ZoneInfo,
) -> list[Any]:
    person, by = people.get(row.person_id), people.get(row.by_id)
    cells = [
        person.name if person else "",
        "; ".join(places.get(one, "") for one in person.department_ids) if person else "",
        _STATES[language][row.state],
        local(row.read_at, zone),
        local(row.done_at, zone),
        row.confirmed or "",
        by.name if by else "",
    ]
    return [*cells, _said(question, answer_of(row.answer))] if question else cells


def local(at: datetime | None, zone: ZoneInfo) -> datetime | str:
    """Spreadsheets know no time zones: the company's clock."""
    return "" if at is None else at.astimezone(zone).replace(tzinfo=None)


def _said(question: Question, answer: Answer | None) -> str | float:
    if answer is None:
        return ""
    if isinstance(answer, FileAnswer):
        return answer.file.name
    if isinstance(answer, ChoiceAnswer):
        choices = question.choices if isinstance(question, ChoiceQuestion) else []
        return "; ".join(choices[one] for one in answer.chosen if one < len(choices))
    return answer.value


def written(heads: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> bytes:
    """A sheet of texts, numbers, days and moments; its first row is the heads."""
    import xlsxwriter  # type: ignore[import-untyped]  # few ask for it, and every start would load it

    made = BytesIO()
    # What people wrote stays text: no formula, no link.
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet()
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    page.freeze_panes(1, 1)
    page.write_row(0, 0, heads, bold)
    for line, cells in enumerate(rows, 1):
        for at, cell in enumerate(cells):
            if isinstance(cell, datetime):
                page.write_datetime(line, at, cell, moment)
            elif isinstance(cell, date):
                page.write_datetime(line, at, cell, day)
            elif isinstance(cell, str):
                page.write_string(line, at, cell)
            else:
                page.write_number(line, at, cell)
    page.autofilter(0, 0, len(rows), len(heads) - 1)
    book.close()
    return made.getvalue()
