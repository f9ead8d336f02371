"""Names say what a thing is for."""

import ast
import re

from tests.laws.tree import files, modules, verdict

EMPTY_NAMES = re.compile(r"^_?(\w+_)?(service|manager|util|helper)s?$", re.IGNORECASE)


def test_no_module_hides_behind_a_name_that_says_nothing() -> None:
    code = (file for file in files() if file.suffix in {".py", ".ts", ".tsx"})
    offences = sorted(
        {str(file) for file in code for part in (*file.parts[:-1], file.stem) if EMPTY_NAMES.match(part)}
    )
    assert not offences, verdict(
        "Name the file after what it does; service, manager, utils and helpers say nothing:", offences
    )


def test_every_test_is_named_with_a_sentence() -> None:
    offences = []
    for file, module in modules("tests"):
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and file.name.startswith("test_"):
                words = [word for word in node.name.removeprefix("test_").split("_") if word]
                if node.name.startswith("test") and len(words) < 4:
                    offences.append(f"{file}:{node.lineno}: {node.name}")
    assert not offences, verdict(
        "Say in four words or more what holds, like test_a_second_receipt_changes_nothing:", offences
    )


def test_every_module_opens_with_what_it_is_for() -> None:
    offences = [str(file) for file, module in modules() if module.body and not ast.get_docstring(module)]
    assert not offences, verdict(
        "Open the file with one or two lines: what it is for, who calls it:", offences
    )
