"""What counts as a follow-up, for whoever writes one; the company sets how much it has to say (M49)."""

from typing import Annotated

import msgspec
from msgspec import Meta

from crm_objects.engine import counting
from crm_objects.engine.counting import FEWEST, MOST
from crm_objects.engine.policies import MAY_READ
from server.api.route import Nothing, Read, Write, get, put
from server.permissions.rules import Rule

MAY_SET = Rule("followup_rule.set", "Setting what counts as a follow-up.", capability="company.edit")


class FollowupRuleView(msgspec.Struct, frozen=True):
    """`least`: so many letters or digits; a picture, a film or a document does without."""

    least: int


class FollowupRuleInput(msgspec.Struct, forbid_unknown_fields=True):
    least: Annotated[int, Meta(ge=FEWEST, le=MOST)]


def show(call: Read[None, Nothing]) -> FollowupRuleView:
    """What counts as a follow-up."""
    return FollowupRuleView(counting.least(call.conn))


def set_rule(call: Write[FollowupRuleInput, Nothing]) -> FollowupRuleView:
    """From now on it has to say so much; what was written before stays as it was judged."""
    return FollowupRuleView(counting.set_least(call.work, call.body.least))


ROUTES = [
    get("/api/followup-rule", MAY_READ, show, output=FollowupRuleView),
    put("/api/followup-rule", MAY_SET, set_rule, output=FollowupRuleView, body=FollowupRuleInput),
]
