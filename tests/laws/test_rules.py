"""Whatever can be called names a rule, and the server does not start otherwise (security.md §1)."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Route as HttpRoute

from notifications.todos import TodoKind
from server.api.first_state import BootstrapPart
from server.api.route import Route
from server.app import make_app
from server.background.jobs import Job
from server.config.settings import Settings
from server.kit.module import Module, every
from server.modules import MODULES
from server.opening import open_company
from server.operating.acts import OperatorAct
from server.permissions.rules import ANYONE, Rule, WithoutRule
from server.realtime.commands import Command, Watch
from server.work.company import Company
from tests.servers import free_port

RULED = (Route, Command, Watch, Job, BootstrapPart, TodoKind, OperatorAct)
# Addresses that are no route of ours: open to all, and nothing in them is about anybody.
OPEN = {"/api/live", "/api/openapi.json", "/api/docs", "/healthz", "/readyz", "/metrics", "/{path:path}"}
# Routes that the signed-out may call.
FOR_ANYONE = {
    "POST /api/session",
    "POST /api/session/second",
    "GET /api/session/openid",
    "GET /api/session/openid/start",
    "GET /api/session/openid/callback",
    "GET /api/invitations/{token:str}",
    "POST /api/invitations/{token:str}",
    "GET /api/setup/{token:str}",
    "POST /api/setup/{token:str}",
    "GET /api/password-resets",
    "POST /api/password-resets",
    "GET /api/password-resets/{token:str}",
    "POST /api/password-resets/{token:str}",
    "GET /api/joining/{token:str}",
    "POST /api/joining/{token:str}",
    "GET /api/joining/requests/{token:str}",
    "GET /api/calendar/feeds/{token:str}",
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    opened = open_company(Settings(data=tmp_path_factory.mktemp("rules"), port=free_port(), test_clock=True))
    yield opened
    opened.db.close()


def with_modules(company: Company, *modules: Module) -> Company:
    """The same company with other things installed; never started."""
    return Company(company.settings, company.db, company.bus, [*MODULES, *modules])


def declared() -> list[Any]:
    return [thing for kind in RULED for thing in every(MODULES, kind)]


def test_whatever_can_be_called_names_a_rule_that_says_who() -> None:
    assert {type(thing) for thing in declared()} == set(RULED)
    for thing in declared():
        assert isinstance(thing.rule, Rule), f"{type(thing).__name__} {thing.name} names no rule"
        assert thing.rule.name, thing.name
        assert thing.rule.says.endswith("."), thing.name


def test_rules_of_one_name_are_one_rule() -> None:
    by_name: dict[str, Rule] = {}
    for thing in declared():
        assert by_name.setdefault(thing.rule.name, thing.rule) == thing.rule, thing.name


def test_every_address_is_a_ruled_route_or_one_of_the_few_open_ones(company: Company) -> None:
    app = make_app(company)
    ruled = {route.path for route in app.state.routes}
    served = {route.path for route in app.routes if hasattr(route, "path")}
    assert served == ruled | OPEN
    assert len(app.routes) == len(served)
    assert all(isinstance(route.rule, Rule) for route in app.state.routes)


def test_the_signed_out_may_call_nothing_but_the_door(company: Company) -> None:
    app = make_app(company)
    assert {route.name for route in app.state.routes if route.rule.anonymous} == FOR_ANYONE
    assert not [thing for thing in declared() if thing.rule is ANYONE and not isinstance(thing, Route)]


@pytest.mark.parametrize("kind", RULED)
def test_a_start_with_something_that_names_no_rule_is_refused(company: Company, kind: type) -> None:
    sample: Any = every(MODULES, kind)[0]
    for rule in (None, "post.read", object()):
        with pytest.raises(WithoutRule, match=kind.__name__):
            make_app(with_modules(company, Module("stranger", dataclasses.replace(sample, rule=rule))))


def test_a_start_with_everything_ruled_is_not_refused(company: Company) -> None:
    assert isinstance(make_app(with_modules(company, Module("nothing"))).routes[0], HttpRoute)
