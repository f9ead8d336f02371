"""The routes of duplicates: asking, what was kept in spite of a likeness, what the company says of them."""

from typing import Any

import msgspec

from crm_objects.duplicates import asking, settings, verdicts
from crm_objects.duplicates.settings import DuplicateSettingInput, DuplicateSettingView
from crm_objects.duplicates.telling import Duplicates
from crm_objects.duplicates.verdicts import DuplicateVerdictView
from crm_objects.engine.kinds_changed import kinds_changed
from crm_objects.engine.policies import MAY_READ, WRITE
from crm_objects.standing import desk_for, kinds_for
from server.api.inputs import EntityId
from server.api.paging import Page
from server.api.route import Items, Nothing, Read, Write, get, put
from server.permissions.rules import Rule

SET = "duplicates.edit"
MAY_SET = Rule(
    "duplicates.edit", "Saying which likenesses refuse, and whether an owner is named.", capability=SET
)
MAY_ASK = Rule(
    "records.duplicates",
    "Whether something exists already, whoever may read it: tells by design, so many times a day, audited.",
    capability=WRITE,
)


class DuplicateQuestion(msgspec.Struct, forbid_unknown_fields=True, rename={"beside": "except"}):
    """`except`: the record that is being changed."""

    fields: dict[str, Any]
    beside: EntityId | None = None


class VerdictQuery(Page, forbid_unknown_fields=True):
    """`record`: of this one alone; without it of all that I may read."""

    record: EntityId | None = None


def ask(call: Write[DuplicateQuestion, Nothing]) -> Duplicates:
    """Does this exist already?"""
    return asking.ask(call.work, desk_for(call), call.body.fields, call.body.beside)


def list_verdicts(call: Read[None, VerdictQuery]) -> Items[DuplicateVerdictView]:
    """What was kept in spite of a likeness, newest first."""
    query = call.query
    return verdicts.page(desk_for(call), query.record, query.limit, query.cursor)


def show_setting(call: Read[None, Nothing]) -> DuplicateSettingView:
    """What the company says of duplicates."""
    return settings.view(call.conn, kinds_for(call), call.company.settings.duplicate_checks_a_day)


def choose(call: Write[DuplicateSettingInput, Nothing]) -> DuplicateSettingView:
    """Which keys are hard, and whether an owner is named."""
    if settings.choose(call.work, kinds_for(call), call.body):
        kinds_changed(call.work, call.actor)
    return settings.view(call.conn, kinds_for(call), call.company.settings.duplicate_checks_a_day)


_OF_KIND = "/api/records/{kind:str}/duplicates"
ROUTES = [
    put(_OF_KIND, MAY_ASK, ask, output=Duplicates, body=DuplicateQuestion),
    get(_OF_KIND, MAY_READ, list_verdicts, output=Items[DuplicateVerdictView], query=VerdictQuery),
    get("/api/duplicate-settings", MAY_SET, show_setting, output=DuplicateSettingView),
    put(
        "/api/duplicate-settings",
        MAY_SET,
        choose,
        output=DuplicateSettingView,
        body=DuplicateSettingInput,
    ),
]
