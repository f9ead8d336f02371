"""The routes of ladders: policy aloud, call, present."""

from datetime import timedelta

from feed.due import checked_ahead
from feed.ladder import panel, setting
from feed.ladder.inputs import LadderInput, PlanQuery, StepPage
from feed.ladder.policies import MAY_BE_TOLD, MAY_PLAN_LADDER, MAY_SEE_LADDER, MAY_SET_LADDER
from feed.ladder.present import LadderPanel, PlanView
from feed.present import PostView
from server.api.route import Nothing, Read, Write, delete, get, put


def show_plan(call: Read[None, PlanQuery]) -> PlanView:
    """When the steps would fall due if it were published now."""
    query, company = call.query, call.company
    now = company.clock.now()
    due = checked_ahead(now, "due_at", query.due_at or now + timedelta(days=1))
    return setting.planned(call.conn, company, due, query.urgent)


def show_ladder(call: Read[None, StepPage]) -> LadderPanel:
    """What comes next and who was told so far: as far as it is mine to see."""
    query = call.query
    return panel.panel(call.conn, call.company, call.actor, call.id(), query.limit, query.cursor)


def set_ladder(call: Write[LadderInput, Nothing]) -> PostView:
    """Move the due time of my post's receipts, switch their ladder on or off."""
    return setting.change(call.work, call.actor, call.id(), call.body)


def see_to(call: Write[None, Nothing]) -> None:
    """I have seen to those about whom I was told."""
    setting.seen_to(call.work, call.actor, call.id())


ROUTES = [
    get("/api/receipt-ladder", MAY_PLAN_LADDER, show_plan, output=PlanView, query=PlanQuery),
    get(
        "/api/posts/{id:int}/receipts/ladder",
        MAY_SEE_LADDER,
        show_ladder,
        output=LadderPanel,
        query=StepPage,
    ),
    put("/api/posts/{id:int}/receipts/ladder", MAY_SET_LADDER, set_ladder, output=PostView, body=LadderInput),
    delete("/api/posts/{id:int}/receipts/ladder/mine", MAY_BE_TOLD, see_to),
]
