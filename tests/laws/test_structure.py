"""The house keeps its plan: what import-linter cannot say. Who may import whom is in pyproject.toml."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.laws.tree import PACKAGES, ROOT, files, imports, modules, text, verdict

LONGEST = 350


def test_routes_touch_neither_tables_nor_queries() -> None:
    offences = []
    for file, module in modules():
        if file.name == "routes.py":
            for name in imports(module, file):
                if name.split(".")[0] == "sqlalchemy" or "models" in name.split("."):
                    offences.append(f"{file} imports {name}")
    assert not offences, verdict(
        "Move the query into a use-case file; a route names policy, use-case and presentation:", offences
    )


def test_engines_are_made_only_by_the_database_package() -> None:
    makers = {"create_engine", "create_async_engine", "sessionmaker", "async_sessionmaker", "scoped_session"}
    offences = []
    for file, module in modules():
        everywhere, at_import = set(calls_of(makers, module.body)), set()
        for statement in module.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr):
                at_import |= set(calls_of(makers, [statement]))
        forbidden = at_import if file.parts[:2] == ("server", "db") else everywhere
        offences += [f"{file}:{line}: {name}" for line, name in sorted(forbidden)]
    assert not offences, verdict(
        "Take the database from the Company a door hands down; no engine lives in a module:", offences
    )


def test_templates_are_declarations_over_the_engine_alone() -> None:
    allowed = ("crm_objects.engine", "crm_objects.templates")
    offences = []
    for file, module in modules("crm_objects"):
        if file.parts[:2] == ("crm_objects", "templates"):
            for name in imports(module, file):
                if (
                    name.split(".")[0] not in sys.stdlib_module_names
                    and not name.startswith(allowed)
                    and name != "crm_objects"
                ):
                    offences.append(f"{file} imports {name}")
        elif file.parts[:2] == ("crm_objects", "engine"):
            offences += [
                f"{file} imports {name}"
                for name in imports(module, file)
                if name.startswith("crm_objects.templates")
            ]
    assert not offences, verdict(
        "Templates import only crm_objects.engine, and the engine knows no template:", offences
    )


def test_every_part_of_the_house_has_its_layer() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = " ".join(contracts[0]["layers"])
    parts = {
        ".".join(file.with_suffix("").parts[:2])
        for file in files()
        if file.suffix == ".py" and file.parts[0] == "server"
    }
    offences = sorted(part for part in parts - {"server.__init__"} if f"({part})" not in layers)
    assert not offences, verdict("Give each its place in the layers of pyproject.toml:", offences)


def test_no_file_grew_past_what_one_thought_needs() -> None:
    offences = []
    for file in files():
        if file.suffix in {".py", ".ts", ".tsx", ".css"} and not _may_be_long(file):
            length = len(text(file).splitlines())
            if length > LONGEST:
                offences.append(f"{file}: {length} lines")
    assert not offences, verdict(f"Past {LONGEST} lines a file holds two thoughts; part them:", offences)


def test_the_readme_shows_how_to_run_and_test() -> None:
    readme = ROOT / "README.md"
    assert readme.is_file(), "Write README.md."
    missing = [command for command in ("make run", "make test") if command not in readme.read_text()]
    assert not missing, verdict("README.md must show these commands:", missing)


def calls_of(names: set[str], statements: list[ast.stmt]) -> Iterator[tuple[int, str]]:
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func).rpartition(".")[2]
                if called in names:
                    yield node.lineno, called


def _may_be_long(file: Path) -> bool:
    """Tests, migrations and generated types may: nobody reads them from top to bottom."""
    top = file.parts[0]
    if top == "web":
        return file.parts[1] != "src" or ".test." in file.name or "generated" in file.as_posix()
    return top not in PACKAGES or "migrations" in file.parts
