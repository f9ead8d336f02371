"""`tenfour check`: every setting with its value, origin and meaning, then what works and what does not, in words."""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

from server.cli.file_findings import contents, storage
from server.cli.findings import Finding, all_findings, warning, wrong
from server.cli.words import Commands, Words, add_data, command
from server.config.explained import EXPLAINED, is_secret, table, variable
from server.config.settings import SettingRefused, Settings, read_one, read_settings

MARKS = {"good": "ok      ", "warning": "warning ", "wrong": "WRONG   "}


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "check",
        check,
        "explain every setting and test what they point to; status 1 when something is wrong",
    )
    add_data(parser)
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument(
        "--all-files", action="store_true", help="read every file and compare its fingerprint, not only some"
    )
    parser.add_argument("--table", action="store_true", help="print the settings as the table of the docs")


def check(given: Words) -> int:
    if given.table:
        print(table())
        return 0
    words = {
        name: getattr(given, name) for name in ("data", "host", "port") if getattr(given, name) is not None
    }
    findings = [*_settings(os.environ, words), *_strangers(os.environ)]
    if not any(one.level == "wrong" for one in findings):
        try:
            settings = read_settings(**words)
            findings += [*all_findings(settings), *storage(settings)]
            findings += contents(settings, every=given.all_files)
        except SettingRefused as error:
            findings.append(wrong(str(error)))
    print()
    for one in findings:
        print(MARKS[one.level] + one.says)
    bad = sum(one.level == "wrong" for one in findings)
    print(f"\n{bad} wrong, {sum(one.level == 'warning' for one in findings)} to be looked at.")
    return 1 if bad else 0


def _settings(environ: Mapping[str, str], words: Mapping[str, object]) -> list[Finding]:
    """Prints every setting; answers those that cannot be read."""
    refused, defaults = [], Settings()
    for spec in fields(Settings):
        name = spec.name
        value, origin = getattr(defaults, name), "default"
        try:
            found = read_one(environ, name)
            if found is not None:
                value, origin = found
        except SettingRefused as error:
            refused.append(wrong(str(error)))
            value, origin = "?", "cannot be read"
        if name in words:
            value, origin = words[name], f"--{name}"
        print(f"{variable(name)} = {shown(name, value)}  ({origin})\n    {EXPLAINED[name]}")
    return refused


def shown(name: str, value: object) -> str:
    """Without secrets: those are only said to be set, and of addresses the password is left out."""
    if value in ("", ()):
        return "(none)"
    if is_secret(name) and value != "?":
        return "(set, not shown)"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return re.sub(r"(://[^/@\s]*?:)[^/\s]*@", r"\1…@", str(value))


def _strangers(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Names that look like ours and mean nothing."""
    known = {variable(name) + end for name in EXPLAINED for end in ("", "_FILE")}
    for name in sorted(environ):
        if name.startswith("TENFOUR_") and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            yield warning(f"{name} is no setting{f'; did you mean {near[0]}?' if near else '.'}")
