"""What the laws look at: the files of this checkout, and the Python among them as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("server", "feed", "chat", "notifications", "crm_objects")


@cache
def files() -> tuple[Path, ...]:
    """Every file git keeps or would keep, relative to the root: a law should speak before the commit, not after."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(Path(name) for name in sorted(set(names)) if name and (ROOT / name).is_file())


def text(file: Path) -> str:
    """The file as text; empty for pictures, fonts and the like."""
    content = (ROOT / file).read_bytes()
    return "" if b"\0" in content[:8000] else content.decode("utf-8", errors="replace")


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """The Python files below these top-level folders (the five packages, when none is named)."""
    for file in files():
        if file.suffix == ".py" and file.parts[0] in (folders or PACKAGES):
            yield file, parse(file)


@cache
def parse(file: Path) -> ast.Module:
    return ast.parse(text(file), str(file))


def imports(module: ast.Module, file: Path) -> Iterator[str]:
    """Dotted names of what a module imports, inside functions too; `from a import b` gives both `a` and `a.b`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = file.parent.parts[: len(file.parent.parts) - node.level + 1] if node.level else ()
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield origin
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def verdict(what_to_do: str, offences: Sequence[str]) -> str:
    """The sentence a broken law ends with."""
    return "\n".join([what_to_do, *(f"  {offence}" for offence in offences)])
