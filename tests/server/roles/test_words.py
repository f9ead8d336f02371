"""What an administrator reads about roles and acts is in words of both languages, never a bare code."""

import ast
import json

from server.kit.module import every
from server.modules import MODULES
from server.permissions.capabilities import SCOPES, Capability
from server.permissions.roles import SHIPPED
from tests.laws.tree import ROOT, modules, verdict

LANGUAGES = ("zh-Hans", "en")


def words(folder: str, language: str) -> set[str]:
    return set(json.loads((ROOT / "web" / "src" / folder / f"{language}.json").read_text(encoding="utf-8")))


def acts() -> set[str]:
    """Every act that some code writes into the audit log, as a literal."""
    return {
        node.args[0].value
        for _, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "audit"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_capability_scope_and_shipped_role_has_words() -> None:
    wanted = {f"roles.cap.{one.name}" for one in every(MODULES, Capability)}
    wanted |= {f"roles.scope.{scope}" for scope in SCOPES} | {f"roles.shipped.{code}" for code in SHIPPED}
    missing = [
        f"{language}: {key}" for language in LANGUAGES for key in sorted(wanted - words("roles", language))
    ]
    assert not missing, verdict("Add these to web/src/roles:", missing)


def test_every_act_of_the_audit_log_is_a_sentence() -> None:
    wanted = {f"audit.act.{act}" for act in acts()}
    assert len(wanted) > 15
    missing = [
        f"{language}: {key}" for language in LANGUAGES for key in sorted(wanted - words("audit", language))
    ]
    assert not missing, verdict("Add these to web/src/audit:", missing)
