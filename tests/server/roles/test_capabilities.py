"""Every capability is declared once, and nothing asks for one that nobody declares."""

import ast
import dataclasses
from collections.abc import Iterator

import pytest

from server.app import make_app
from server.config.settings import Settings
from server.kit.module import Module, every
from server.modules import MODULES
from server.opening import open_company
from server.permissions.capabilities import SCOPES, Capability, Undeclared, check_capabilities, covers
from server.permissions.roles import SHIPPED
from server.permissions.rules import Rule
from server.roles.routes import ROUTES
from server.work.company import Company
from tests.laws.tree import modules, verdict
from tests.servers import free_port

DECLARED = {one.name for one in every(MODULES, Capability)}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    opened = open_company(Settings(data=tmp_path_factory.mktemp("capabilities"), port=free_port()))
    yield opened
    opened.db.close()


def test_a_start_with_a_rule_that_asks_for_an_undeclared_capability_is_refused(company: Company) -> None:
    rule = Rule("cake.bake", "Nobody yet.", capability="cake.bake")
    stranger = dataclasses.replace(ROUTES[0], path="/api/cakes", rule=rule)
    other = Company(company.settings, company.db, company.bus, [*MODULES, Module("stranger", stranger)])
    with pytest.raises(Undeclared, match=r'add Capability\("cake.bake", scopes\)'):
        make_app(other)


def test_a_capability_is_declared_once_and_with_scopes_that_exist() -> None:
    with pytest.raises(Undeclared, match="twice"):
        check_capabilities([Capability("a.b"), Capability("a.b")], [], {})
    with pytest.raises(Undeclared, match="scopes"):
        check_capabilities([Capability("a.b", ("everywhere",))], [], {})


def test_a_shipped_role_gives_only_what_is_declared_and_only_in_its_scopes() -> None:
    with pytest.raises(Undeclared, match="shipped role r"):
        check_capabilities([], [], {"r": {"a.b": ["all"]}})
    with pytest.raises(Undeclared, match="scope"):
        check_capabilities([Capability("a.b")], [], {"r": {"a.b": ["below"]}})


def test_every_capability_that_the_code_names_is_declared() -> None:
    asking = {"can", "must", "scopes", "people_within"}
    offences = []
    for file, module in modules():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).rpartition(".")[2]
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            offences += [
                f"{file}:{node.lineno}: {text}"
                for text in texts
                if name in asking and isinstance(text, str) and "." in text and text not in DECLARED
            ]
    assert not offences, verdict("Declare these in their domain's module.py:", offences)


def test_whatever_is_declared_is_given_by_some_shipped_role() -> None:
    given = {name for _, capabilities in SHIPPED.values() for name in capabilities}
    assert given == DECLARED


def test_the_system_administrator_is_no_reader_of_data_by_default() -> None:
    assert "receipts.read" not in SHIPPED["administrator"][1]


@pytest.mark.parametrize("scope", SCOPES)
def test_all_covers_every_scope_and_every_scope_itself(scope: str) -> None:
    assert covers(["all"], scope)
    assert covers([scope], scope)
    assert not covers([], scope)
    assert covers([scope], "all") == (scope == "all")
