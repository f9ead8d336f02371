"""Nothing in the tree tells on which machine, or behind which package mirror, it was written."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests.laws.tree import ROOT, files, text, verdict

# Written in pieces, so that the laws keep themselves.
MACHINE_PATHS = re.compile(
    r"(?<![\w/.-])/(wo" r"rk|ro" r"ot|Us" r"ers)/\w|(?<![\w/.-])/ho" r"me/(?!tenfour\b)\w"
)
REGISTRIES = re.compile(
    r"registry\.(npm"
    r"js|yarn"
    r"pkg)|npm"
    r"mirror\.|files\.python"
    r"hosted|py"
    r"pi\.org/simple|pypi\.tu"
    r"na|deb\.deb"
    r"ian\."
)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def mirrors_of_this_machine() -> set[str]:
    """The hosts this machine installs from: a name found here today is the likeliest to slip into a commit."""
    said = [
        value for name, value in os.environ.items() if name.upper().startswith(("PIP_", "NPM_CONFIG_", "UV_"))
    ]
    pip = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    said += pip.stdout.splitlines()
    for npmrc in (
        Path.home() / ".npmrc",
        Path("/etc/npmrc"),
        Path(os.environ.get("PREFIX", "/usr")) / "etc/npmrc",
    ):
        if npmrc.is_file():
            said += npmrc.read_text(errors="replace").splitlines()
    addresses = re.findall(r"https?://[^\s'\"]+", "\n".join(said))
    return {
        host for host in (urlsplit(address).hostname for address in addresses) if host and "." in host
    } - LOOPBACK


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    offences = [
        f"{file}:{number}: {line.strip()[:100]}"
        for file in files()
        for number, line in enumerate(text(file).splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert not offences, verdict("Say it relative to the checkout, or take it from a setting:", offences)


def test_no_file_names_the_host_of_a_package_registry() -> None:
    mirrors = mirrors_of_this_machine()
    offences = []
    for file in files():
        content = text(file)
        found = REGISTRIES.search(content)
        named = found.group() if found else next((host for host in mirrors if host in content), None)
        if named:
            offences.append(f"{file}: {named}")
    assert not offences, verdict("Leave the registry to everybody's own pip and npm settings:", offences)


def test_lock_files_hold_versions_and_hashes_but_no_addresses() -> None:
    offences = []
    for file in files():
        if file.name in {"uv.lock", "yarn.lock", "pnpm-lock.yaml", "poetry.lock"} or file.match(
            "pylock*.toml"
        ):
            offences.append(
                f"{file}: this kind carries addresses; `make lock` writes requirements/*.txt instead"
            )
        elif file.parts[0] == "requirements" and re.search(
            r"://|^\s*-(i|f|-\w*index|-find-links)\b", text(file), re.MULTILINE
        ):
            offences.append(f"{file}: has an address or an index option; write it with `make lock`")
        elif file.name == "package-lock.json":
            packages = json.loads(text(file))["packages"].items()
            offences += [
                f"{file}: {name} has `resolved`"
                for name, package in packages
                if "http" in package.get("resolved", "")
            ][:3]
    assert not offences, verdict(
        "A lock file must install from anybody's mirror (npm: see web/.npmrc):", offences
    )


def test_the_web_client_keeps_addresses_out_of_its_lock() -> None:
    npmrc = ROOT / "web" / ".npmrc"
    said = npmrc.read_text() if npmrc.is_file() else ""
    assert "omit-lockfile-registry-resolved=true" in said, (
        "Put omit-lockfile-registry-resolved=true into web/.npmrc: a new machine's own npmrc does not have it."
    )
