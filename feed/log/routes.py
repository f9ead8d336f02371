"""Templates of logs, scores, and who has handed in."""

from feed.log import calling, changing, handed_in, scoring, templates
from feed.log.inputs import ChangedLog, ChangedTemplate, HandInPage, NewTemplate, ScoreInput
from feed.log.policies import (
    MAY_CHANGE_LOG,
    MAY_EDIT_TEMPLATES,
    MAY_OVERSEE,
    MAY_READ_TEMPLATES,
    MAY_SCORE,
)
from feed.log.present import HandInPanel, LogScores, LogTemplates, LogTemplateView
from feed.present import PostView, Reminded
from server.api.route import Made, Nothing, Read, Write, get, post, put


def list_templates(call: Read[None, Nothing]) -> LogTemplates:
    """What logs ask for, and what I have handed in lately."""
    return templates.offered(call.conn, call.actor, call.company.today())


def add_template(call: Write[NewTemplate, Nothing]) -> Made:
    """Add a template."""
    view = templates.add(call.work, call.actor, call.body)
    return Made(("log_template", view.id), view)


def change_template(call: Write[ChangedTemplate, Nothing]) -> LogTemplateView:
    """Change a template, or offer it no longer; logs stay as they were written."""
    return templates.change(call.work, call.actor, call.id(), call.body)


def show_period(call: Read[None, HandInPage]) -> HandInPanel:
    """Who of the people below me has handed in the log of the period that holds this day."""
    period = handed_in.period_of(call.conn, call.company, call.id(), call.path["day"])
    query, now = call.query, call.company.clock.now()
    return handed_in.panel(call.conn, call.actor, period, query.state, query.limit, query.cursor, now)


def remind(call: Write[Nothing, Nothing]) -> Made:
    """Call for the logs that are missing: of those who have not handed in only."""
    period = handed_in.period_of(call.conn, call.company, call.id(), call.path["day"])
    return Made(calling.ref_of(period), calling.remind(call.work, call.actor, period))


def score(call: Write[ScoreInput, Nothing]) -> LogScores:
    """Score a log that was handed in to me."""
    return scoring.give(call.work, call.actor, call.id(), call.body.score)


def change_log(call: Write[ChangedLog, Nothing]) -> PostView:
    """Correct my log."""
    return changing.change(call.work, call.actor, call.id(), call.body)


ROUTES = [
    get("/api/log-templates", MAY_READ_TEMPLATES, list_templates, output=LogTemplates),
    post(
        "/api/log-templates",
        MAY_EDIT_TEMPLATES,
        add_template,
        again=lambda call, earlier: templates.view_of(call.conn, earlier.ref_id),
        output=LogTemplateView,
        body=NewTemplate,
    ),
    put(
        "/api/log-templates/{id:int}",
        MAY_EDIT_TEMPLATES,
        change_template,
        output=LogTemplateView,
        body=ChangedTemplate,
    ),
    get(
        "/api/log-templates/{id:int}/periods/{day:str}",
        MAY_OVERSEE,
        show_period,
        output=HandInPanel,
        query=HandInPage,
    ),
    post(
        "/api/log-templates/{id:int}/periods/{day:str}/remind",
        MAY_OVERSEE,
        remind,
        again=lambda call, earlier: calling.reminded_before(
            call.conn, call.actor, earlier.ref_id, call.company.clock.now()
        ),
        output=Reminded,
        status=200,
    ),
    put("/api/posts/{id:int}/score", MAY_SCORE, score, output=LogScores, body=ScoreInput),
    put("/api/posts/{id:int}/log", MAY_CHANGE_LOG, change_log, output=PostView, body=ChangedLog),
]
