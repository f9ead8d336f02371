"""What every command says alike: where the data is, and how it refuses."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from server.config.logs import set_up_logs
from server.config.settings import Settings, read_settings

Words = argparse.Namespace
Commands = Any  # argparse's own type for a set of sub-commands is private


class Refused(Exception):
    """A command that cannot be carried out; the sentence says why."""


def command(
    commands: Commands, name: str, run: Callable[[Words], int], says: str, **more: Any
) -> argparse.ArgumentParser:
    """A sub-command whose words are given to `run`, which answers the exit status."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says, **more)
    parser.set_defaults(run=run)
    return parser


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="data folder (TENFOUR_DATA, default ./data)")


def settings_of(given: Words) -> Settings:
    """The settings with what the command line says instead. Raises `SettingRefused`."""
    settings = read_settings(
        data=given.data, host=getattr(given, "host", None), port=getattr(given, "port", None)
    )
    set_up_logs(settings.log_level)
    return settings
